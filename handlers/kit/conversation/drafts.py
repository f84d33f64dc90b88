"""Flows whose drafts are worth a reminder hang these on their ends."""

from handlers.kit.here import Here
from services.reports import drafts as service
from storage.core.conversations import Conversation


def touched(here: Here, conversation: Conversation) -> None:
    """Remind of it later, once there is something in it."""
    if conversation.draft.get("words"):
        service.touched(here.tx, conversation.id)


def asked(here: Here, conversation: Conversation) -> None:
    """Let the question go when nothing comes."""
    service.asked(here.tx, conversation.id)


def ended(here: Here, conversation: Conversation) -> None:
    """Remind of it no more."""
    service.ended(here.tx, conversation.id)
