"""Notices of conversations that are not finished: reminded of, put away, let go. Part of handlers/notices.py."""

from collections.abc import Callable
from typing import Any

from domain import events
from handlers.flow import engine
from handlers.here import Here, Setup, in_conversation
from handlers.report import NAME as REPORT
from storage import conversations, messages, outbox
from storage.chats import Chat
from storage.database import Transaction


def _draft_reminded(tx: Transaction, setup: Setup, event: events.DraftReminded) -> None:
    here = in_conversation(tx, setup, event.conversation)
    if here.conversation is None or here.conversation.state != "open":
        return  # put aside for something else: it comes back by itself when that is done
    report = here.conversation.flow == REPORT
    if event.final and report:
        lead = here.say(
            "You began this report and have not sent it. If you do not send it, I will throw it away tomorrow morning."
        )
    elif event.final:
        lead = here.say("You began this and have not sent it. If you do not send it, I will throw it away tomorrow "
                        "morning.")  # fmt: skip
    elif report:
        lead = here.say("You began this report and have not sent it.")
    else:
        lead = here.say("You began this and have not sent it.")
    engine.show(here, anew=True, lead=lead)


def _draft_expired(tx: Transaction, setup: Setup, event: events.DraftExpired) -> None:
    here = in_conversation(tx, setup, event.conversation)
    conversation = here.conversation
    assert conversation is not None
    if conversation.flow == REPORT:
        text = here.say(
            "This report was never sent, and I have thrown it away. To send it after all, please write it again."
        )
    else:
        text = here.say("This was never sent, and I have thrown it away. To send it after all, please write it again.")
    engine.end(here, conversation, text, below=True)
    _next_question(here)


def _question_lapsed(tx: Transaction, setup: Setup, event: events.QuestionLapsed) -> None:
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


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.DraftReminded: _draft_reminded,
    events.DraftExpired: _draft_expired,
    events.QuestionLapsed: _question_lapsed,
}
