"""The edge towards Telegram: what an update holds, who it is from, and which handler takes it."""
