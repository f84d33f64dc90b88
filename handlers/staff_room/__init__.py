"""The staff's group: its set-up, the queue, search, the digest."""
