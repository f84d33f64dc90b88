"""The use cases of running the program: backups, downtime, quarantine, restoring."""
