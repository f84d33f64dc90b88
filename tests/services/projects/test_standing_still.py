"""Nothing stands still unseen: what counts as movement, when a week's turn is, and who reads what."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.calendar.hours import Holiday
from domain.calendar.quiet import NO_QUIET_HOURS, QuietHours
from domain.community import Community
from domain.core.subjects import subject
from domain.events import BroadcastStarted, ReportResolved, RoleRevoked
from domain.people.rights import Role
from domain.projects.projects import Step
from services.core import turns
from services.people import quiet
from services.projects import calling_in, department_answers, leading, milestones, stages, standing_still, words
from services.staff_room import staff_chat
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import departments, projects
from tests.services.projects.bundles import bundled, made, staff, with_staff_group
from tests.support import MONDAY, in_transaction, person

FORTNIGHT = timedelta(days=14)


def seen(tx: Transaction, community: Community, who: Person) -> tuple[list[int], list[int]]:
    """The projects that person is to look at now: still ones of theirs, and those without a lead."""
    found = standing_still.due(tx, community, subject("person", who.id), {})
    return [each.id for each in found.theirs], [each.id for each in found.without_lead]


def nudged_at(tx: Transaction, who: Person) -> datetime | None:
    return scheduled_tasks.planned(tx, f"{standing_still.NUDGE}:{who.id}")


def blocks_the_bot(tx: Transaction, who: Person) -> None:
    chat = chats.private_with(tx, who.id)
    assert chat is not None
    staff_chat.lost(tx, chat, "blocked")


@in_transaction
def test_it_stands_still_after_the_days_the_community_says(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    tx.now += FORTNIGHT - timedelta(minutes=1)
    assert standing_still.still(tx, community) == []
    tx.now += timedelta(minutes=1)
    assert [each.id for each in standing_still.still(tx, community)] == [project.id]
    patient = replace(community, care=replace(community.care, nudge_project_after=community.care.reopen_within))
    assert standing_still.still(tx, patient) == []
    stages.give_up(tx, wei, project.id, "No money")
    tx.now += FORTNIGHT
    assert standing_still.still(tx, community) == [], "what has ended need not move"


@pytest.mark.parametrize("moves", ["stage", "milestone", "resolved", "department", "word", "report"])
@in_transaction
def test_what_counts_as_movement(tx: Transaction, community: Community, moves: str) -> None:
    wei = staff(tx)
    with_staff_group(tx)
    project = made(tx, community, wei)
    (report,) = bundled(tx, community, wei, project, "Mei")
    calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    tx.now += FORTNIGHT
    assert standing_still.still(tx, community)
    if moves == "stage":
        stages.move(tx, wei, project.id, Step.DELIVER)
    elif moves == "milestone":
        milestones.add(tx, community, wei, project.id, "The motor is ordered", None)
    elif moves == "resolved":
        standing_still.report_resolved(tx, community, ReportResolved(actor=wei.id, report=report, parts=(), round=1))
    elif moves == "word":
        words.started(tx, community, BroadcastStarted(broadcast=1, about=f"project:{project.id}"))
    elif moves == "department":
        department_answers.say_opinion(tx, wei, departments.of(tx, project.id)[0].id, 0, "Yes")
    else:
        bundled(tx, community, wei, project, "Bo")
    assert standing_still.still(tx, community) == []
    assert projects.existing(tx, project.id).moved_at == tx.now


@pytest.mark.parametrize(
    ("after", "turn"),
    [
        (datetime(2026, 3, 1, 12), datetime(2026, 3, 2, 0, 30)),
        (datetime(2026, 3, 2, 0, 30), datetime(2026, 3, 10, 0, 30)),  # Monday the 9th is a holiday
        (datetime(2026, 3, 10, 0, 30), datetime(2026, 3, 16, 0, 30)),
    ],
)
def test_the_turn_is_on_the_first_working_day_of_a_week(community: Community, after: datetime, turn: datetime) -> None:
    closed = (Holiday(date(2026, 3, 9), date(2026, 3, 9)),)
    shut = replace(community, hours=replace(community.hours, holidays=closed))
    zone = MONDAY.tzinfo
    assert turns.of_week(after.replace(tzinfo=zone), shut) == turn.replace(tzinfo=zone)


@in_transaction
def test_once_a_week_and_one_that_came_late_is_not_followed_by_another(tx: Transaction, community: Community) -> None:
    standing_still.plan(tx, community)
    first = scheduled_tasks.planned(tx, standing_still.WEEKLY)
    standing_still.plan(tx, community)
    assert (
        first == scheduled_tasks.planned(tx, standing_still.WEEKLY) == datetime(2026, 3, 9, 0, 30, tzinfo=MONDAY.tzinfo)
    )
    tx.now = MONDAY + timedelta(days=13)  # the program was stopped until Sunday
    standing_still.run_weekly(tx, community)
    assert scheduled_tasks.planned(tx, standing_still.WEEKLY) == datetime(2026, 3, 23, 0, 30, tzinfo=MONDAY.tzinfo)


@in_transaction
def test_forty_projects_of_one_lead_are_one_nudge_when_their_quiet_hours_are_over(
    tx: Transaction, community: Community
) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    quiet.choose(tx, lin, QuietHours(8, 12))
    mine = [made(tx, community, wei, lin).id for _ in range(40)]
    other = made(tx, community, wei, lin).id
    tx.now += FORTNIGHT
    stages.move(tx, wei, other, Step.DELIVER)
    standing_still.run_weekly(tx, community)
    noon = MONDAY + FORTNIGHT + timedelta(hours=2)
    assert nudged_at(tx, lin) == noon and nudged_at(tx, wei) is None
    assert tx.number("SELECT count(*) FROM scheduled_tasks WHERE kind = ?", (standing_still.NUDGE,)) == 1
    assert seen(tx, community, people.by_id(tx, lin.id)) == ([], []), "not yet"
    assert nudged_at(tx, lin) == noon
    tx.now = noon
    stages.move(tx, wei, mine[0], Step.DELIVER)
    assert seen(tx, community, people.by_id(tx, lin.id)) == (mine[1:], []), "what has moved meanwhile is left out"


@in_transaction
def test_a_turn_that_comes_late_at_night_waits_for_the_morning(tx: Transaction, community: Community) -> None:
    lin = person(tx, "Lin", Role.PLEDGER)
    quiet.choose(tx, lin, NO_QUIET_HOURS)
    made(tx, community, staff(tx), lin)
    tx.now = MONDAY + FORTNIGHT + timedelta(hours=17)  # three o'clock at night, when the program starts again
    standing_still.run_weekly(tx, community)
    morning = MONDAY + FORTNIGHT + timedelta(hours=22)
    assert nudged_at(tx, lin) == morning and seen(tx, community, people.by_id(tx, lin.id)) == ([], [])
    tx.now = morning
    assert len(seen(tx, community, people.by_id(tx, lin.id))[0]) == 1


@in_transaction
def test_what_nobody_leads_who_can_be_reached_is_named_to_leads_and_admins(
    tx: Transaction, community: Community
) -> None:
    wei, lin, bo = staff(tx), person(tx, "Lin", Role.PLEDGER), person(tx, "Bo", Role.PLEDGER)
    senior, admin = person(tx, "Gao", Role.LEAD), person(tx, "Ai", Role.ADMIN)
    one, both = made(tx, community, wei, lin), made(tx, community, wei, lin, bo)
    standing_still.run_weekly(tx, community)
    assert [nudged_at(tx, each) for each in (wei, lin, bo, senior, admin)] == [None] * 5
    blocks_the_bot(tx, lin)
    standing_still.run_weekly(tx, community)
    assert [nudged_at(tx, each) is None for each in (wei, lin, bo, senior, admin)] == [True, True, True, False, False]
    for each in (senior, admin):
        assert seen(tx, community, each) == ([], [one.id])
    assert seen(tx, community, wei) == seen(tx, community, bo) == ([], [])
    people.revoke(tx, bo.id, Role.PLEDGER)
    leading.left_team(tx, community, RoleRevoked(person=bo.id, role=Role.PLEDGER))
    assert seen(tx, community, admin) == ([], [one.id, both.id]), "one lead left has blocked the bot, the other is gone"
    stages.give_up(tx, wei, one.id, "Nobody is left")
    assert seen(tx, community, admin) == ([], [both.id])
    assert standing_still.due(tx, community, "person:999", {}).nothing
