"""The demo: a neighbourhood in which something has happened, its stories, and a bot that may be killed."""
