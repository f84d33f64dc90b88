"""The milestones of a project."""

from datetime import date, timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import MilestoneMoved, MilestoneReached, MilestoneSet
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone, NotFound
from services.projects import milestones, stages
from storage.core.database import Transaction
from storage.projects import milestones as store
from tests.services.projects.bundles import known, made, staff
from tests.support import in_transaction, last_events, person

TODAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


@in_transaction
def test_one_is_set_moved_and_reached(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    first = milestones.add(tx, community, lin, project.id, "The part is ordered", TODAY + WEEK)
    last_events(tx, MilestoneSet(actor=lin.id, project=project.id, milestone=first.id))
    moved = milestones.move(tx, community, lin, first.id, TODAY + 2 * WEEK, "The maker is late")
    assert (moved.due_on, moved.moved_from, moved.why) == (TODAY + 2 * WEEK, TODAY + WEEK, "The maker is late")
    moved_to, before = (TODAY + 2 * WEEK).isoformat(), (TODAY + WEEK).isoformat()
    last_events(
        tx, MilestoneMoved(actor=lin.id, project=project.id, milestone=first.id, due_on=moved_to, before=before)
    )
    tx.now += timedelta(hours=1)
    assert milestones.reach(tx, wei, first.id).reached_at == tx.now
    last_events(tx, MilestoneReached(actor=wei.id, project=project.id, milestone=first.id))
    assert known(tx, project).moved_at == tx.now
    with pytest.raises(AlreadyDone):
        milestones.reach(tx, wei, first.id)
    with pytest.raises(AlreadyDone):
        milestones.move(tx, community, wei, first.id, TODAY + 3 * WEEK, "Too late")


@in_transaction
def test_no_day_that_is_over_and_no_same_day(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    with pytest.raises(milestones.InThePast):
        milestones.add(tx, community, wei, project.id, "Too late", TODAY - timedelta(days=1))
    found = milestones.add(tx, community, wei, project.id, "Today", TODAY)
    with pytest.raises(AlreadyDone):
        milestones.move(tx, community, wei, found.id, TODAY, "Why not")
    with pytest.raises(milestones.InThePast):
        milestones.move(tx, community, wei, found.id, TODAY - WEEK, "Back")
    assert milestones.move(tx, community, wei, found.id, None, "Nobody knows when").due_on is None


@in_transaction
def test_they_stand_by_their_days_and_there_are_not_too_many(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    days = [None, TODAY + 2 * WEEK, TODAY + WEEK]
    ids = [milestones.add(tx, community, wei, project.id, f"{day}", day).id for day in days]
    assert [each.id for each in store.of(tx, project.id)] == [ids[2], ids[1], ids[0]]
    for _ in range(milestones.MOST - 3):
        milestones.add(tx, community, wei, project.id, "More", None)
    with pytest.raises(milestones.TooManyMilestones):
        milestones.add(tx, community, wei, project.id, "One more", None)


@in_transaction
def test_others_set_none_and_an_ended_project_has_no_more(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    found = milestones.add(tx, community, wei, project.id, "The part is ordered", None)
    for stranger in (person(tx, "Mei"), person(tx, "Lin", Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            milestones.add(tx, community, stranger, project.id, "Mine", None)
        with pytest.raises(NotAllowed):
            milestones.reach(tx, stranger, found.id)
    with pytest.raises(NotFound):
        milestones.reach(tx, wei, 999)
    stages.give_up(tx, wei, project.id, "No money")
    with pytest.raises(WrongState):
        milestones.add(tx, community, wei, project.id, "After all", None)
    with pytest.raises(WrongState):
        milestones.reach(tx, wei, found.id)
