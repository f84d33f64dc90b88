"""Notices of conversations that are not finished: reminded of, put away, let go."""

from domain import events
from handlers.kit.conversation import gone
from handlers.kit.conversation.engine import engine
from handlers.kit.here import Here, Setup, in_conversation
from storage.core import conversations, messages, outbox
from storage.core.chats import Chat
from storage.core.conversations import ConversationState
from storage.core.database import Transaction


def draft_reminded(tx: Transaction, setup: Setup, event: events.DraftReminded) -> None:
    here = in_conversation(tx, setup, event.conversation)
    if here.conversation is None or here.conversation.state != ConversationState.OPEN:
        return  # put aside for something else: it comes back by itself when that is done
    flow = here.setup.features.flows.get(here.conversation.flow)
    if flow is None:
        _gone(here)
        return
    if not flow.may_lapse:
        engine.note_asked(here, here.conversation)  # else our reminder would lengthen what the person let lie
    engine.show(here, anew=True, lead=flow.unsent.final(here) if event.final else flow.unsent.first(here))


def draft_expired(tx: Transaction, setup: Setup, event: events.DraftExpired) -> None:
    here = in_conversation(tx, setup, event.conversation)
    conversation = here.conversation
    assert conversation is not None
    flow = here.setup.features.flows.get(conversation.flow)
    if flow is None:
        _gone(here)
        return
    engine.end(here, conversation, flow.unsent.expired(here), below=True)
    _next_question(here)


def _gone(here: Here) -> None:
    assert here.conversation is not None
    gone.end(here, here.conversation)
    _next_question(here)


def question_lapsed(tx: Transaction, setup: Setup, event: events.QuestionLapsed) -> None:
    here = in_conversation(tx, setup, event.conversation)
    assert here.conversation is not None
    engine.lapse(here, here.conversation)
    _next_question(here)


def show_again(tx: Transaction, setup: Setup, chat: Chat, person: int) -> None:
    """They can be written to again: the question that could not be put on their screen meanwhile is asked now."""
    open_ = conversations.open_one(tx, chat.id, person)
    if open_ is None or open_.card is None or messages.is_sent(tx, open_.card) or outbox.card_waits(tx, open_.card):
        return
    engine.show(in_conversation(tx, setup, open_.id))


def _next_question(here: Here) -> None:
    if conversations.open_one(here.tx, here.where.id, here.who.id) is None:
        engine.take_up_parked(here)
