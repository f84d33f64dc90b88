"""What the rooms of the bot share.

Calls to Telegram, settings, the clock, logs, private files. It knows none of them.
"""
