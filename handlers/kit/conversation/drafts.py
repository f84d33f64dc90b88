"""Flows whose drafts are worth a reminder hang these on their ends."""

from handlers.kit.update_context import UpdateContext
from services import drafts as service
from storage.core.conversations import Conversation


def touched(ctx: UpdateContext, conversation: Conversation) -> None:
    """Remind of it later, once there is something in it."""
    if conversation.draft.get("words"):
        service.touched(ctx.tx, conversation.id)


def let_lapse(ctx: UpdateContext, conversation: Conversation) -> None:
    """Let the question go when nothing comes."""
    service.plan_lapse(ctx.tx, conversation.id)


def ended(ctx: UpdateContext, conversation: Conversation) -> None:
    """Remind of it no more."""
    service.ended(ctx.tx, conversation.id)
