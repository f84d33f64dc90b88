"""A Bot API server for one machine, with its state in memory: bots talk to it as to Telegram, people by /api/."""
