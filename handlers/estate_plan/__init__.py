"""The estate's own plan in the chat: its picture comes from admins, and everybody finds the page."""
