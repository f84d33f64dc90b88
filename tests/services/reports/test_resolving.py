"""It is said to be fixed: who is asked from then on, how long they have, and what becomes of the deadline."""

from datetime import timedelta

from domain.community import Community
from domain.events import ReportLapsed, ReportOverdue, ReportResolved, ReportVerdictsAwaited
from domain.people.rights import Role
from domain.reports.reports import State
from services.reports import deadlines, deciding, joining, merging, working
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports import reports, verdicts
from tests.services.reporting import known, passes, submitted, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

DAY = timedelta(days=1)


def asked(tx: Transaction, number: int, round_: int = 1) -> dict[int, bool]:
    """Of whom it is kept that they are to be asked in that round, and whether it could be sent to them."""
    rows = tx.query("SELECT person, asked_at FROM verdicts WHERE report = ? AND round = ?", (number, round_))
    return {row["person"]: row["asked_at"] == to_text(tx.now) for row in rows}


@in_transaction
def test_everybody_who_spoke_about_it_is_asked_and_nobody_else(tx: Transaction, community: Community) -> None:
    mei, bo, eve, cem, wei = (person(tx, name) for name in ("Mei", "Bo", "Eve", "Cem", "Wei"))
    blocked, new, staff = person(tx, "Rong"), person(tx, "Zhou", started=False), person(tx, "Ann", Role.STAFF)
    number, other = submitted(tx, community, mei), submitted(tx, community, eve)
    for who, which in ((bo, number), (blocked, number), (new, number), (cem, other)):
        joining.join(tx, who, which, words("Here, too"))
    chat = chats.private_with(tx, blocked.id)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    merging.merge(tx, community, person(tx, "Lee", Role.STAFF), other, number)
    submitted(tx, community, wei)
    working.resolve(tx, community, staff, number, words("A new bulb"))
    reached, missed = (mei, bo, eve, cem), (blocked, new)
    assert asked(tx, number) == {**{each.id: True for each in reached}, **{each.id: False for each in missed}}
    tally = verdicts.tally(tx, number, 1)
    assert (tally.silent, tally.unasked) == (4, 2)
    assert ReportResolved.KIND in happened(tx) and known(tx, number).state is State.RESOLVED


@in_transaction
def test_who_comes_to_it_by_a_merge_is_asked_as_well(tx: Transaction, community: Community) -> None:
    mei, bo, staff = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Ann", Role.STAFF)
    number, other = submitted(tx, community, mei), submitted(tx, community, bo)
    joining.join(tx, mei, other, words("Here, too"))
    working.resolve(tx, community, staff, number, words("A new bulb"))
    merging.merge(tx, community, staff, other, number)
    assert asked(tx, number) == {mei.id: True, bo.id: True}
    row = tx.one("SELECT data FROM events WHERE kind = 'report.merged'")
    assert row is not None and f'"asked": [{bo.id}]' in row["data"], "not who was asked before"


@in_transaction
def test_silence_is_asked_once_more_and_closes_it_after_seven_days(tx: Transaction, community: Community) -> None:
    number, staff = submitted(tx, community, person(tx, "Mei")), person(tx, "Ann", Role.STAFF)
    working.resolve(tx, community, staff, number, words("A new bulb"))
    passes(tx, community, days=6, hours=23)
    last_events(tx, ReportVerdictsAwaited(report=number, round=1, close=to_text(MONDAY + 7 * DAY)))
    passes(tx, community, hours=1)
    last_events(tx, ReportLapsed(report=number, round=1))
    assert known(tx, number).state is State.UNANSWERED


@in_transaction
def test_its_deadline_rests_until_somebody_says_no(tx: Transaction, community: Community) -> None:
    mei, staff = person(tx, "Mei"), person(tx, "Ann", Role.STAFF)
    number = submitted(tx, community, mei)
    reports.change(tx, number, due_at=to_text(tx.now + DAY))
    working.take(tx, community, staff, number)
    assert scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") == MONDAY + DAY / 2, "half of the time before it"
    working.resolve(tx, community, staff, number, words("A new bulb"))
    passes(tx, community, days=2)
    assert ReportOverdue.KIND not in happened(tx)
    deciding.decide(tx, community, mei, number, 1, fixed=False)
    passes(tx, community, minutes=1)
    assert ReportOverdue.KIND in happened(tx)
