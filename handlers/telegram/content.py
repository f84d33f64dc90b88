"""What a message holds: something somebody says, or a notice of Telegram's own."""

from telegram import Message
from telegram.ext import filters

CONTENT = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "giveaway", "giveaway_winners",
        "invoice", "live_photo", "location", "paid_media", "passport_data", "photo", "poll", "sticker", "story",
        "text", "venue", "video", "video_note", "voice",
    }
)  # fmt: skip
"""The fields of a Message in which somebody says something; one of them is there in each message a person writes.

Everything else is a service message: a pin, a timer, a background, a gift. New kinds of those come with every version
of the Bot API, so they are told by what they do not hold. tests/handlers/test_content.py holds this list against the
schema.
"""


class _Said(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return any(getattr(message, name) for name in CONTENT)


SAID = _Said("handlers.telegram.content.SAID")
"""Messages in which somebody says something; not the service messages of Telegram."""
