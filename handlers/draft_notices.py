"""Notices of conversations that are not finished: reminded of, put away, let go. Part of handlers/notices.py."""

from collections.abc import Callable
from typing import Any

from domain import events
from handlers.flow import engine
from handlers.here import Here, Setup, in_conversation
from storage import conversations
from storage.database import Transaction


def _draft_reminded(tx: Transaction, setup: Setup, event: events.DraftReminded) -> None:
    here = in_conversation(tx, setup, event.conversation)
    if here.conversation is None or here.conversation.state != "open":
        return  # put aside for something else: it comes back by itself when that is done
    unsent = engine.flow(here.conversation.flow).unsent
    lead = unsent.final(here) if event.final else unsent.first(here)
    engine.show(here, anew=True, lead=lead)


def _draft_expired(tx: Transaction, setup: Setup, event: events.DraftExpired) -> None:
    here = in_conversation(tx, setup, event.conversation)
    conversation = here.conversation
    assert conversation is not None
    engine.end(here, conversation, engine.flow(conversation.flow).unsent.expired(here), below=True)
    _next_question(here)


def _question_lapsed(tx: Transaction, setup: Setup, event: events.QuestionLapsed) -> None:
    here = in_conversation(tx, setup, event.conversation)
    assert here.conversation is not None
    engine.lapse(here, here.conversation)
    _next_question(here)


def _next_question(here: Here) -> None:
    if conversations.open_one(here.tx, here.where.id, here.who.id) is None:
        engine.take_up_parked(here)


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.DraftReminded: _draft_reminded,
    events.DraftExpired: _draft_expired,
    events.QuestionLapsed: _question_lapsed,
}
