"""What only the volunteer may read is sent anew before Telegram lets nobody delete it any more."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from domain.repairs.repairs import HELD, State
from services.repairs import jobs, relay_renewal
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people.people import Person
from storage.repairs import repairs
from tests.services.repairing import COMMUNITY, arrived, arrives, ask, known, volunteer
from tests.support import MONDAY, in_transaction, person

HOUR = timedelta(hours=1)


def taken(tx: Transaction) -> tuple[Person, int]:
    """The volunteer who has it, and the repair."""
    lao = volunteer(tx, "Lao")
    number = ask(tx, person(tx, "Mei"))
    jobs.take(tx, COMMUNITY, lao, number)
    return lao, number


def looks(tx: Transaction, number: int) -> datetime | None:
    """It is looked at now; when next."""
    scheduled_tasks.cancel(tx, f"repair:{number}", relay_renewal.KIND)
    relay_renewal.run(tx, COMMUNITY, f"repair:{number}", {})
    return next_look(tx, number)


def next_look(tx: Transaction, number: int) -> datetime | None:
    return scheduled_tasks.planned(tx, f"{relay_renewal.KIND}:{number}")


def pending(tx: Transaction) -> list[dict[str, object]]:
    rows = tx.query("SELECT id, action, content, message, once FROM outbox WHERE state = 'pending' ORDER BY id")
    return [{**dict(row), "content": json.loads(row["content"])} for row in rows]


@in_transaction
def test_the_first_look_comes_thirty_hours_after_it_was_taken(tx: Transaction) -> None:
    _, number = taken(tx)
    assert next_look(tx, number) == MONDAY + 30 * HOUR


@in_transaction
def test_what_is_old_comes_again_without_a_sound_and_the_older_copy_goes_when_it_is_there(tx: Transaction) -> None:
    lao, number = taken(tx)
    about = f"repair:{number}"
    old = arrived(tx, lao, about, Purpose.JOB, {"text": "Flat 502"}, 31 * HOUR)
    arrived(tx, lao, about, Purpose.RELAY, {"text": "I wait"}, 29 * HOUR)
    arrived(tx, lao, about, Purpose.NOTICE, {"text": "Thank you"}, 40 * HOUR)
    arrived(tx, lao, "repair:999", Purpose.JOB, {"text": "Flat 1"}, 40 * HOUR)
    assert looks(tx, number) == tx.now + 5 * timedelta(minutes=1)
    (copy,) = pending(tx)
    assert copy["content"] == {"text": "Flat 502", "silent": True}
    # Once only, and nothing is deleted before the copy is there.
    looks(tx, number)
    assert pending(tx) == [copy]
    arrives(tx, int(str(copy["id"])))
    assert looks(tx, number) == tx.now + 4 * HOUR, "all is young again"
    (deletion,) = pending(tx)
    assert (deletion["action"], deletion["message"]) == ("delete", old)
    looks(tx, number)
    assert pending(tx) == [deletion]


@in_transaction
def test_in_the_volunteers_quiet_hours_nothing_comes(tx: Transaction) -> None:
    lao, number = taken(tx)
    tx.now = datetime(2026, 3, 2, 15, tzinfo=UTC)  # eleven in the evening
    arrived(tx, lao, f"repair:{number}", Purpose.JOB, {"text": "Flat 502"}, 31 * HOUR)
    assert looks(tx, number) == datetime(2026, 3, 3, 0, tzinfo=UTC), "eight in the morning"
    assert pending(tx) == []
    tx.now = datetime(2026, 3, 3, 0, tzinfo=UTC)
    looks(tx, number)
    assert len(pending(tx)) == 1


@in_transaction
def test_who_cannot_be_written_to_is_looked_at_later(tx: Transaction) -> None:
    lao, number = taken(tx)
    arrived(tx, lao, f"repair:{number}", Purpose.JOB, {"text": "Flat 502"}, 31 * HOUR)
    chat = chats.private_with(tx, lao.id)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    assert looks(tx, number) == tx.now + 4 * HOUR and pending(tx) == []


@pytest.mark.parametrize("state", [each for each in State if each not in HELD])
@in_transaction
def test_when_nobody_has_it_any_more_nothing_is_sent_anew(tx: Transaction, state: State) -> None:
    lao, number = taken(tx)
    arrived(tx, lao, f"repair:{number}", Purpose.JOB, {"text": "Flat 502"}, 31 * HOUR)
    repairs.move(tx, known(tx, number), state)
    assert looks(tx, number) is None and pending(tx) == []
    assert looks(tx, 999) is None
