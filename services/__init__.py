"""The use cases: plain functions of an open transaction. They know the rules and the storage, never Telegram."""
