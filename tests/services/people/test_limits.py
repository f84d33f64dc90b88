"""How much one person may press, write and send in: past it they wait, nothing is lost, and danger never waits."""

from datetime import timedelta

import pytest

from domain.people.limits import DAY, STRETCH, Counted, Limits
from domain.people.rights import Role
from services import bounded
from services.people import limits
from services.reports.submitting import NewReport, submit
from storage.core import inbox, scheduled_tasks
from storage.core.database import Database, Transaction
from storage.people import counts
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.services.repairing import COMMUNITY
from tests.support import Clock, in_transaction, person

FEW = Limits(reports=3, messages=4, photos=2, presses=5)


@pytest.fixture(autouse=True)
def few(database: Database) -> None:
    """Limits that are soon reached."""
    database.limits = FEW


@in_transaction
def test_presses_past_the_limit_wait_for_the_end_of_the_stretch(tx: Transaction) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
    assert [limits.press(tx, mei) for _ in range(FEW.presses)] == [None] * FEW.presses
    past = limits.press(tx, mei)
    assert past is not None and (past.count, past.until) == (FEW.presses, tx.now + STRETCH)
    assert limits.press(tx, bo) is None, "one person's limit is nobody else's"
    assert [limits.press(tx, wei) for _ in range(50)] == [None] * 50, "and staff have none"
    rows = tx.number("SELECT count(*) FROM counts_of_people")
    for _ in range(100):
        limits.press(tx, mei)
    assert tx.number("SELECT count(*) FROM counts_of_people") == rows, "pressing fills no table"
    tx.now += STRETCH
    assert limits.press(tx, mei) is None


@in_transaction
def test_no_limit_where_it_is_nought(tx: Transaction) -> None:
    tx.limits = Limits(presses=0, messages=0, photos=0, reports=0)
    mei = person(tx, "Mei")
    assert {limits.press(tx, mei) for _ in range(1000)} == {None}
    assert {limits.message(tx, mei, True) for _ in range(1000)} == {None}


def _comes(tx: Transaction, who: Person, number: int, *, has_file: bool = False) -> limits.TooMuch | None:
    """A message of theirs comes, and is held when it has to be."""
    update = {"update_id": number, "message": {"chat": {"id": who.telegram_id, "type": "private"}}}
    inbox.store(tx, [update])
    past = limits.message(tx, who, has_file)
    if past is not None:
        inbox.hold(tx, number)
    return past


@in_transaction
def test_messages_past_the_limit_are_held_and_come_in_their_order(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    told = [_comes(tx, mei, number) for number in range(1, 9)]
    assert [each is None for each in told] == [True] * 4 + [False] * 4
    assert [each.first for each in told if each is not None] == [True, False, False, False], "they are told once"
    assert scheduled_tasks.planned(tx, f"{limits.KIND}:{mei.id}") == tx.now + STRETCH
    # What comes after the stretch and before the task has run comes after what is held.
    tx.now += STRETCH + timedelta(seconds=1)
    assert _comes(tx, mei, 9) is not None
    assert [row["id"] for row in inbox.waiting(tx, 20)] == [1, 2, 3, 4]
    limits.run_due(tx, f"person:{mei.id}")
    assert [row["id"] for row in inbox.waiting(tx, 20)] == list(range(1, 10)), "all of them, in their order"
    assert limits.message(tx, mei, False) is None


@in_transaction
def test_files_have_a_limit_of_their_own(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    assert [_comes(tx, mei, number, has_file=True) is None for number in range(1, 4)] == [True, True, False]


async def test_reports_past_the_limit_wait_a_day_and_danger_does_not(database: Database, clock: Clock) -> None:
    def send(tx: Transaction, who: Person, danger: str | None = None) -> int:
        return submit(tx, COMMUNITY, who, NewReport([NewPart("text", text="dark")], danger=danger))

    mei = await database.run(lambda tx: person(tx, "Mei"))
    first = clock.now()
    for _ in range(FEW.reports):
        await database.run(send, mei)
        clock.advance(minutes=1)
    with pytest.raises(bounded.TooOften) as refused:
        await database.run(send, mei)
    assert (refused.value.most, refused.value.until) == (FEW.reports, first + DAY)
    await database.run(send, mei, COMMUNITY.dangers[0].code)
    await database.run(lambda tx: send(tx, person(tx, "Bo")))
    clock.at = first + DAY
    await database.run(send, mei)


@in_transaction
def test_what_is_refused_is_counted_by_day_in_one_row(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    for _ in range(60):
        limits.refused(tx, mei)
    assert tx.number("SELECT count(*) FROM counts_of_people") == 1
    assert counts.many(tx, Counted.REFUSED, 60, tx.now - DAY) == 1
    assert counts.many(tx, Counted.REFUSED, 61, tx.now - DAY) == 0
    tx.now += timedelta(days=3)
    assert counts.forget_old(tx) == 1
