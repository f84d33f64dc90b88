"""An optional question lapses: by a press of another button, by a command, or by words sent much later.

What somebody writes days after they left such a question is a report, and not its answer. A reply to the very question
is its answer whenever it comes.
"""

from datetime import timedelta

from domain.core.subjects import subject
from handlers.kit.conversation.engine import ASKED_AT, engine
from handlers.kit.conversation.question import ConversationPress
from handlers.kit.conversation.steps import Words
from handlers.kit.refusals import Handler
from handlers.kit.update_context import UpdateContext
from storage.core import conversations
from storage.core.messages import Message

WITHIN = timedelta(minutes=15)
"""So long plain words are taken as the answer to an optional question."""
LATER = "_later"
"""In a draft that lapses because something else was written: what it holds waits until that is done."""


def first(handler: Handler) -> Handler:
    """The handler of a command or a press, before which an optional question ends; what it had put aside comes back."""

    def handle(ctx: UpdateContext) -> None:
        lapsed = _by_another(ctx)
        handler(ctx)
        if not lapsed:
            return
        ctx.conversation = conversations.open_one(ctx.tx, ctx.where.id, ctx.who.id)
        if ctx.conversation is None:
            engine.take_up_parked(ctx)

    return handle


def _by_another(ctx: UpdateContext) -> bool:
    """End the open question, when it is an optional one and what came is not about it."""
    conversation = ctx.conversation
    if conversation is None:
        return False
    flow = ctx.setup.features.flows.get(conversation.flow)
    if flow is None or not flow.may_lapse:
        return False
    press = ctx.incoming.press
    if press is not None:
        if press.data.startswith(f"{ConversationPress.prefix}:{conversation.id}:"):
            return False
        left = flow.after_press(ctx, conversation)
        if left != "nothing":
            if left == "buttons":
                conversation.draft.pop(ASKED_AT, None)
                conversations.save(ctx.tx, conversation)
            return False
    engine.lapse(ctx, conversation)
    return True


def by_words(ctx: UpdateContext, about: Message | None) -> None:
    """Before plain words go to the open conversation: an optional question that has waited too long takes none.

    One that is only a part of a draft stays in it: the draft is put aside while they become a report of their own.
    """
    conversation = ctx.conversation
    if conversation is None or (about is not None and about.subject == subject("conversation", conversation.id)):
        return
    flow, draft = ctx.setup.features.flows.get(conversation.flow), conversation.draft
    asked_at = engine.asked_at(conversation)
    if flow is None or (asked_at is None and not flow.may_lapse):
        return  # begun before this was noted
    if asked_at is not None and ctx.message.sent_at - asked_at <= WITHIN:
        return
    if flow.may_lapse:
        draft[LATER] = True
        engine.lapse(ctx, conversation)
    elif draft.get("_changing"):
        if isinstance(flow.step(conversation.step), Words) and flow.take_extra is not None:
            engine.to_summary(ctx)  # "Write it again": what was said before is not replaced by what comes much later
    elif conversation.step in flow.skippable:
        engine.put_aside(ctx)
