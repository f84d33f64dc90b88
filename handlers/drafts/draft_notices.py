"""Notices of conversations that are not finished: reminded of, put away, let go."""

from domain import events
from handlers.kit.conversation import unknown_flow
from handlers.kit.conversation.engine import engine
from handlers.kit.update_context import Setup, UpdateContext, in_conversation
from storage.core import conversations, messages, outbox
from storage.core.chats import Chat
from storage.core.conversations import ConversationState
from storage.core.database import Transaction


def draft_reminded(tx: Transaction, setup: Setup, event: events.DraftReminded) -> None:
    ctx = in_conversation(tx, setup, event.conversation)
    if ctx.conversation is None or ctx.conversation.state != ConversationState.OPEN:
        return  # put aside for something else: it comes back by itself when that is done
    flow = ctx.setup.features.flows.get(ctx.conversation.flow)
    if flow is None:
        _gone(ctx)
        return
    if not flow.may_lapse:
        engine.note_asked(ctx, ctx.conversation)  # else our reminder would lengthen what the person let lie
    engine.show(ctx, anew=True, lead=flow.unsent.final(ctx) if event.final else flow.unsent.first(ctx))


def draft_expired(tx: Transaction, setup: Setup, event: events.DraftExpired) -> None:
    ctx = in_conversation(tx, setup, event.conversation)
    conversation = ctx.conversation
    assert conversation is not None
    flow = ctx.setup.features.flows.get(conversation.flow)
    if flow is None:
        _gone(ctx)
        return
    engine.end(ctx, conversation, flow.unsent.expired(ctx), below=True)
    _next_question(ctx)


def _gone(ctx: UpdateContext) -> None:
    assert ctx.conversation is not None
    unknown_flow.end(ctx, ctx.conversation)
    _next_question(ctx)


def question_lapsed(tx: Transaction, setup: Setup, event: events.QuestionLapsed) -> None:
    ctx = in_conversation(tx, setup, event.conversation)
    assert ctx.conversation is not None
    engine.lapse(ctx, ctx.conversation)
    _next_question(ctx)


def show_again(tx: Transaction, setup: Setup, chat: Chat, person: int) -> None:
    """They can be written to again: the question that could not be put on their screen meanwhile is asked now."""
    open_ = conversations.open_one(tx, chat.id, person)
    if open_ is None or open_.card is None or messages.is_sent(tx, open_.card) or outbox.card_waits(tx, open_.card):
        return
    engine.show(in_conversation(tx, setup, open_.id))


def _next_question(ctx: UpdateContext) -> None:
    if conversations.open_one(ctx.tx, ctx.where.id, ctx.who.id) is None:
        engine.take_up_parked(ctx)
