"""From the outbox to Telegram: which row goes when, what is called for it, and what became of that."""
