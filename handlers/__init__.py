"""What a person sees and does in Telegram: conversations, buttons, texts, and notices of what happened."""
