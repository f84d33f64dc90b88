"""Updates handed to the bot's own address, with the real server's patience and peculiarities."""
