"""What is printed: sheets of paper with words and QR codes, as PDF and PNG. Knows nothing of Telegram or storage.

`python -m paper` draws in a program of its own, for the running bot: drawing takes a second and 160 MB.
"""
