"""Deadlines: when they are spoken of, how often, and to whom nothing is said."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.community import Community
from domain.events import ReportDueSoon, ReportOverdue, ReportOverdueTold, ReportSubmitted
from domain.reports.reports import HAS_DEADLINE, State
from services.reports import deadlines
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports import reports
from tests.services.reporting import known, passes, stands, submitted
from tests.support import MONDAY, happened, in_transaction, last_events, person

HOUR = timedelta(hours=1)


def planned(tx: Transaction, number: int) -> tuple[datetime, str] | None:
    """When something is said of its deadline, and what: warn, late or tell."""
    occurrence = f"{deadlines.KIND}:{number}"
    at, noted = scheduled_tasks.planned(tx, occurrence), scheduled_tasks.noted(tx, occurrence)
    return None if at is None or noted is None else (at, noted["stage"])


def due_in(tx: Transaction, community: Community, **length: float) -> int:
    """A report whose deadline is so far away, and kept in mind."""
    number = submitted(tx, community, person(tx, "Mei"))
    reports.change(tx, number, due_at=to_text(tx.now + timedelta(**length)))
    deadlines.plan(tx, community, number)
    return number


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 8 * HOUR


@pytest.mark.parametrize(
    ("hours", "warned"),
    [(72, 48), (48, 24), (47, 23.5), (1, 0.5)],
    ids=["days ahead", "two days", "the day before is half of the time", "an hour"],
)
@in_transaction
def test_the_warning_comes_a_day_before_or_half_way(
    tx: Transaction, community: Community, hours: float, warned: float
) -> None:
    number = due_in(tx, community, hours=hours)
    assert planned(tx, number) == (MONDAY + warned * HOUR, "warn")


@in_transaction
def test_a_deadline_that_has_passed_is_late_now(tx: Transaction, community: Community) -> None:
    number = due_in(tx, community, hours=-1)
    assert planned(tx, number) == (MONDAY, "late")


@in_transaction
def test_nothing_is_planned_where_there_is_no_deadline(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    deadlines.plan(tx, community, number)
    deadlines.plan(tx, community, number + 1)
    assert planned(tx, number) is None and planned(tx, number + 1) is None


@pytest.mark.parametrize("state", [each for each in State if each not in HAS_DEADLINE])
@in_transaction
def test_nothing_is_said_of_what_is_out_of_staffs_hands(tx: Transaction, community: Community, state: State) -> None:
    number = due_in(tx, community, hours=10)
    stands(tx, number, state)
    passes(tx, community, days=7)
    assert happened(tx) == [ReportSubmitted.KIND]
    deadlines.plan(tx, community, number)
    assert planned(tx, number) is None


@in_transaction
def test_what_is_kept_in_mind_stays_where_it_is_until_the_deadline_moves(tx: Transaction, community: Community) -> None:
    number = due_in(tx, community, hours=10)
    tx.now += 2 * HOUR
    deadlines.plan(tx, community, number)
    assert planned(tx, number) == (MONDAY + 5 * HOUR, "warn"), "planned once"
    reports.change(tx, number, due_at=to_text(MONDAY + 32 * HOUR))
    deadlines.plan(tx, community, number)
    assert planned(tx, number) == (MONDAY + 17 * HOUR, "warn"), "half of the thirty hours that are left"


@in_transaction
def test_it_is_spoken_of_before_when_passed_and_never_again(tx: Transaction, community: Community) -> None:
    number = due_in(tx, community, hours=6)  # at four in the afternoon: the warning comes at one, in the lunch break
    due_at = to_text(MONDAY + 6 * HOUR)
    passes(tx, community, hours=3.9)
    assert happened(tx) == [ReportSubmitted.KIND], "nobody is there from noon to two"
    passes(tx, community, hours=0.2)
    last_events(tx, ReportDueSoon(report=number, due_at=due_at))
    assert planned(tx, number) == (MONDAY + 6 * HOUR, "late")
    passes(tx, community, hours=1.9)
    last_events(tx, ReportOverdue(report=number, due_at=due_at), ReportOverdueTold(report=number))
    passes(tx, community, days=30)
    deadlines.plan(tx, community, number)
    passes(tx, community, days=30)
    assert len(happened(tx)) == 4
    # Promised for another time it is kept in mind again.
    reports.change(tx, number, due_at=to_text(tx.now + HOUR))
    deadlines.plan(tx, community, number)
    assert planned(tx, number) is not None


@in_transaction
def test_out_of_hours_it_is_noted_at_once_and_told_when_somebody_is_there(
    tx: Transaction, community: Community
) -> None:
    tx.now = shanghai(6, 17)  # a Friday
    number = due_in(tx, community, hours=5)
    passes(tx, community, hours=5)
    last_events(tx, ReportOverdue(report=number, due_at=to_text(shanghai(6, 22))))
    assert planned(tx, number) == (shanghai(9, 9), "tell")
    passes(tx, community, days=2, hours=10)
    assert happened(tx)[-1] == ReportOverdue.KIND, "Sunday, and nobody is there"
    passes(tx, community, days=1)
    last_events(
        tx, ReportOverdue(report=number, due_at=to_text(shanghai(6, 22))), ReportOverdueTold(report=number)
    )  # the warning would have come when nobody was there either


@in_transaction
def test_danger_is_spoken_of_at_any_hour(tx: Transaction, community: Community) -> None:
    tx.now = shanghai(7, 23)  # Saturday night
    number = submitted(tx, community, person(tx, "Mei"), "fire", danger="fire")
    deadlines.plan(tx, community, number, new=True)
    assert known(tx, number).due_at == shanghai(7, 23, 30)
    passes(tx, community, minutes=16)
    assert happened(tx)[-1] == ReportDueSoon.KIND
    passes(tx, community, minutes=15)
    assert happened(tx)[-2:] == [ReportOverdue.KIND, ReportOverdueTold.KIND]


@in_transaction
def test_what_turns_dangerous_is_due_in_minutes_and_so_is_what_it_is_part_of(
    tx: Transaction, community: Community
) -> None:
    part, whole = due_in(tx, community, days=3), due_in(tx, community, minutes=10)
    reports.change(tx, part, merged_into=whole)
    deadlines.in_danger(tx, community, part, rings=False)
    soon = MONDAY + timedelta(minutes=community.care.danger_minutes)
    assert known(tx, part).due_at == soon and planned(tx, part) == (MONDAY + (soon - MONDAY) / 2, "warn")
    assert known(tx, whole).due_at == MONDAY + timedelta(minutes=10), "an earlier one stays"
    passes(tx, community, hours=1)
    deadlines.in_danger(tx, community, whole, rings=False)
    assert known(tx, whole).due_at == MONDAY + timedelta(minutes=10), "it is late already"
    deadlines.in_danger(tx, community, whole, rings=True)
    assert known(tx, whole).due_at == tx.now + timedelta(minutes=community.care.danger_minutes)
    deadlines.in_danger(tx, community, 999, rings=True)


@in_transaction
def test_without_a_deadline_danger_gives_it_one(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    deadlines.in_danger(tx, community, number, rings=False)
    assert known(tx, number).due_at == MONDAY + timedelta(minutes=community.care.danger_minutes)
    assert planned(tx, number) is not None


@in_transaction
def test_when_its_time_comes_and_it_is_gone_or_has_no_deadline_nothing_is_said(
    tx: Transaction, community: Community
) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    for about in (number, 999):
        deadlines.run_due(tx, community, f"report:{about}", {"stage": "late"})
    assert happened(tx) == [ReportSubmitted.KIND]


@in_transaction
def test_opened_again_a_danger_is_due_in_minutes_and_anything_else_as_it_was(
    tx: Transaction, community: Community
) -> None:
    number, dangerous = due_in(tx, community, days=3), due_in(tx, community, days=3)
    reports.change(tx, dangerous, danger="fire")
    for each in (number, dangerous):
        scheduled_tasks.cancel(tx, f"report:{each}", deadlines.KIND)
        deadlines.back(tx, community, each)
    deadlines.back(tx, community, 999)
    assert known(tx, number).due_at == MONDAY + timedelta(days=3)
    assert known(tx, dangerous).due_at == MONDAY + timedelta(minutes=community.care.danger_minutes)
    assert planned(tx, number) is not None and planned(tx, dangerous) is not None
