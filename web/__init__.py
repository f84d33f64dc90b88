"""What is served over HTTP: webhook, health, metrics. Of the running program it knows what it is given."""
