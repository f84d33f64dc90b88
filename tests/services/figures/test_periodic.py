"""When figures are written to people by themselves, and to whom: each week to staff, each month to project leads."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.calendar.quiet import QuietHours
from domain.community import Community
from domain.core.subjects import subject
from domain.figures.periods import Length, containing
from domain.people.rights import Role
from services.core import turns
from services.figures import periodic
from services.figures.periodic import OfProject
from services.people import quiet
from services.projects import leading
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from tests.services.projects.bundles import made, staff
from tests.support import MONDAY, in_transaction, person

FEBRUARY = containing(date(2026, 2, 1), Length.MONTH)


def planned(tx: Transaction, kind: str) -> list[tuple[datetime, dict[str, Any]]]:
    rows = tx.query("SELECT next_due, data FROM scheduled_tasks WHERE kind = ? ORDER BY id", (kind,))
    return [(datetime.fromisoformat(row["next_due"]), json.loads(row["data"])) for row in rows]


@pytest.mark.parametrize(
    ("after", "turn"),
    [
        (datetime(2026, 2, 20, 12), datetime(2026, 3, 2, 0, 30)),  # the 1st is a Sunday
        (datetime(2026, 3, 2, 0, 30), datetime(2026, 4, 1, 0, 30)),
    ],
)
def test_the_turn_of_a_month_is_on_its_first_working_day(community: Community, after: datetime, turn: datetime) -> None:
    zone = MONDAY.tzinfo
    assert turns.of_month(after.replace(tzinfo=zone), community) == turn.replace(tzinfo=zone)


@in_transaction
def test_each_turn_counts_what_is_over_and_plans_the_next(tx: Transaction, community: Community) -> None:
    periodic.plan(tx, community)
    periodic.plan(tx, community)
    ((week, _),), ((month, _),) = planned(tx, periodic.WEEKLY), planned(tx, periodic.MONTHLY)
    assert (week, month) == (turns.of_week(MONDAY, community), turns.of_month(MONDAY, community))
    tx.now = week
    periodic.run_weekly(tx, community)
    ((at, data),) = planned(tx, periodic.COUNT)
    assert at == week and periodic.period_of(data) == containing(date(2026, 3, 2), Length.WEEK)
    periodic.run_weekly(tx, community)
    assert len(planned(tx, periodic.COUNT)) == 1, "the same week, while it waits, is counted once"
    assert planned(tx, periodic.WEEKLY)[0][0] == week + timedelta(days=7)
    tx.now = month
    periodic.run_monthly(tx, community)
    assert periodic.period_of(planned(tx, periodic.COUNT)[-1][1]) == containing(date(2026, 3, 1), Length.MONTH)


@in_transaction
def test_a_turn_that_comes_late_waits_for_the_morning(tx: Transaction, community: Community) -> None:
    tx.now = MONDAY + timedelta(days=1, hours=14)  # midnight in Shanghai: the program was stopped
    periodic.run_weekly(tx, community)
    ((at, _),) = planned(tx, periodic.COUNT)
    assert at == quiet.allowed_from(tx.now, community) > tx.now
    assert planned(tx, periodic.WEEKLY)[0][0] == turns.of_week(MONDAY, community), "next Monday's is no other week's"


@in_transaction
def test_each_lead_reads_of_their_own_projects_in_their_own_hours(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.LEAD)
    lifts, lamps, quiet_one = made(tx, community, wei), made(tx, community, wei), made(tx, community, wei)
    leading.give(tx, wei, lamps.id, lin.id)
    quiet.choose(tx, lin, QuietHours(9, 12))
    counted = {lifts.id: OfProject(3, 2, 1, 1), lamps.id: OfProject(1, 0, 0, 0)}
    periodic.plan_leads(tx, community, FEBRUARY, counted)
    rows = tx.query("SELECT subject, next_due, data FROM scheduled_tasks WHERE kind = ?", (periodic.LEAD,))
    assert {row["subject"] for row in rows} == {subject("person", each.id) for each in (wei, lin)}
    of_wei, of_lin = (
        json.loads(next(row["data"] for row in rows if row["subject"] == subject("person", each.id)))
        for each in (wei, lin)
    )
    found = periodic.lead_due(tx, community, subject("person", wei.id), of_wei)
    assert found is not None and found.month == FEBRUARY.first
    assert found.projects == {**counted, quiet_one.id: OfProject(0, 0, 0, 0)}, "also one in which nothing happened"
    assert periodic.lead_due(tx, community, subject("person", lin.id), of_lin) is None, "not in their quiet hours"
    again = scheduled_tasks.planned(tx, f"{periodic.LEAD}:{lin.id}:2026-02-01")
    assert again is not None and again > tx.now
    tx.now = again
    found = periodic.lead_due(tx, community, subject("person", lin.id), of_lin)
    assert found is not None and list(found.projects) == [lamps.id]
    leading.take(tx, wei, lamps.id, lin.id)
    assert periodic.lead_due(tx, community, subject("person", lin.id), of_lin) is None, "they lead it no more"
