"""What is served over HTTP: the promise board, webhook, health, metrics.

Of the running program it knows what it is given.
"""
