"""The edge towards Telegram: what an update holds, and who it is from."""
