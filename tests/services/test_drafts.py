"""What was begun and not sent: when its owner is reminded, and when it is put away."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar.quiet import QuietHours
from domain.community import Community
from domain.events import DraftExpired, DraftReminded, QuestionLapsed
from services import drafts
from storage.core import chats, conversations, scheduled_tasks
from storage.core.conversations import ConversationState
from storage.core.database import Transaction
from storage.people import preferences
from tests.support import MONDAY, happened, in_transaction, last_events, person

MINUTE = timedelta(minutes=1)


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def begun(tx: Transaction, quiet: QuietHours | None = None) -> int:
    mei = person(tx, "Mei")
    preferences.put(tx, mei.id, preferences.QUIET, None if quiet is None else str(quiet))
    chat = chats.private_with(tx, mei.id)
    assert chat is not None
    return conversations.begin(tx, chat.id, mei.id, "report", "summary", {"words": ["a lamp"]}).id


def planned(tx: Transaction, number: int) -> tuple[datetime | None, str | None]:
    noted = scheduled_tasks.noted(tx, f"draft:{number}")
    return scheduled_tasks.planned(tx, f"draft:{number}"), noted and noted["stage"]


def comes(tx: Transaction, community: Community, number: int) -> None:
    """What is planned comes at its time."""
    at, stage = planned(tx, number)
    assert at is not None and stage is not None
    tx.now = at
    drafts.ended(tx, number)  # as the scheduler does: a row that has come is gone
    drafts.remind(tx, f"conversation:{number}", stage, community)


@in_transaction
def test_reminded_twice_then_put_away_with_its_words_kept(tx: Transaction, community: Community) -> None:
    number = begun(tx)
    drafts.touched(tx, number)
    assert planned(tx, number) == (MONDAY + 15 * MINUTE, "first")
    comes(tx, community, number)
    last_events(tx, DraftReminded(conversation=number, final=False))
    assert planned(tx, number) == (shanghai(3, 9), "morning")
    comes(tx, community, number)
    last_events(tx, DraftReminded(conversation=number, final=True))
    assert planned(tx, number) == (shanghai(4, 9), "expire")
    comes(tx, community, number)
    last_events(tx, DraftExpired(conversation=number))
    found = conversations.by_id(tx, number)
    assert found is not None and found.state == ConversationState.ENDED and found.draft == {"words": ["a lamp"]}
    assert planned(tx, number) == (None, None)


@in_transaction
def test_who_goes_on_with_it_is_reminded_anew(tx: Transaction, community: Community) -> None:
    number = begun(tx)
    drafts.touched(tx, number)
    comes(tx, community, number)
    drafts.touched(tx, number)
    assert planned(tx, number) == (tx.now + 15 * MINUTE, "first")


@in_transaction
def test_a_question_that_need_not_be_answered_is_let_go_after_a_day(tx: Transaction, community: Community) -> None:
    number = begun(tx)
    drafts.plan_lapse(tx, number)
    assert planned(tx, number) == (MONDAY + timedelta(days=1), "lapse")
    comes(tx, community, number)
    last_events(tx, QuestionLapsed(conversation=number))
    found = conversations.by_id(tx, number)
    assert found is not None and found.state == ConversationState.ENDED


@pytest.mark.parametrize("stage", ["first", "morning", "expire", "lapse"])
@in_transaction
def test_of_what_was_sent_or_is_gone_nothing_is_said(tx: Transaction, community: Community, stage: str) -> None:
    number = begun(tx)
    drafts.touched(tx, number)
    found = conversations.by_id(tx, number)
    assert found is not None
    found.state = ConversationState.ENDED
    conversations.save(tx, found)
    drafts.remind(tx, f"conversation:{number}", stage, community)
    drafts.remind(tx, "conversation:999", stage, community)
    assert happened(tx) == [] and planned(tx, number) == (None, None)


@pytest.mark.parametrize("stage", ["morning", "expire"])
@in_transaction
def test_in_their_own_quiet_hours_it_waits_and_the_first_word_does_not(
    tx: Transaction, community: Community, stage: str
) -> None:
    number = begun(tx, QuietHours(8, 11))
    tx.now = shanghai(3, 9)
    drafts.remind(tx, f"conversation:{number}", stage, community)
    assert happened(tx) == [] and planned(tx, number) == (shanghai(3, 11), stage)
    drafts.remind(tx, f"conversation:{number}", "first", community)
    last_events(tx, DraftReminded(conversation=number, final=False))


@in_transaction
def test_after_a_silence_nothing_is_put_away_before_they_had_their_say(tx: Transaction, community: Community) -> None:
    number, later = begun(tx), begun(tx)
    drafts.touched(tx, number)
    drafts.plan_lapse(tx, later)
    tx.now += timedelta(hours=5)
    drafts.postpone(tx)
    assert planned(tx, number) == (tx.now + 15 * MINUTE, "first")
    assert planned(tx, later) == (MONDAY + timedelta(days=1), "lapse"), "what is due later stays"
    drafts.wait(tx, f"conversation:{number}", "expire")
    assert planned(tx, number) == (tx.now + 15 * MINUTE, "expire")


@in_transaction
def test_asked_once_more_it_is_reckoned_from_then(tx: Transaction, community: Community) -> None:
    draft, question, ended = begun(tx), begun(tx), begun(tx)
    drafts.touched(tx, draft)
    drafts.plan_lapse(tx, question)
    tx.now += timedelta(hours=5)
    for number in (draft, question, ended):
        drafts.asked_again(tx, number, community.zone)
    assert planned(tx, draft) == (shanghai(3, 9), "morning")
    assert planned(tx, question) == (tx.now + timedelta(days=1), "lapse")
    assert planned(tx, ended) == (None, None)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (shanghai(2, 22), shanghai(3, 9)),
        (shanghai(3, 1), shanghai(3, 9)),
        (shanghai(3, 3), shanghai(3, 9)),
        (shanghai(3, 3, 1), shanghai(4, 9)),
        (shanghai(3, 5), shanghai(4, 9)),
        (shanghai(3, 9), shanghai(4, 9)),
    ],
)
def test_the_next_morning_has_a_night_before_it(now: datetime, morning: datetime, community: Community) -> None:
    assert drafts.next_morning(now, community.zone) == morning
