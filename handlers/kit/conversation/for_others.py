"""What is written in some flows is for others to read: no report of its writer, and no danger of theirs."""

from domain.core.subjects import number_of
from handlers.kit.update_context import UpdateContext
from storage.core import conversations
from storage.core.conversations import Conversation
from storage.core.messages import Message


def takes(ctx: UpdateContext, about: Message | None) -> bool:
    """Whether the message that came goes into such a flow, which is open; `about`: what it replies to."""
    if ctx.conversation is None or not _is(ctx, ctx.conversation):
        return False
    return about is None or number_of(about.subject, "conversation") == ctx.conversation.id


def writes(ctx: UpdateContext, kept: Message) -> bool:
    """Whether a kept message belongs to such a flow, also one that is put aside or has ended."""
    number = number_of(kept.subject, "conversation")
    begun = conversations.by_id(ctx.tx, number) if number is not None else None
    return begun is not None and _is(ctx, begun)


def _is(ctx: UpdateContext, conversation: Conversation) -> bool:
    flow = ctx.setup.features.flows.get(conversation.flow)
    return flow is not None and flow.for_others
