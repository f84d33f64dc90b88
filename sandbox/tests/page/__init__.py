"""The sandbox's page in a real browser, with a bot that is nothing but a few calls of the Bot API."""
