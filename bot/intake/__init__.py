"""How updates come in: by polling or by webhook, and whether Telegram is heard at all."""
