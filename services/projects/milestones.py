"""The milestones of a project. Setting one tells nobody; that it is reached, or moved and why, does.

Raises NotAllowed, NotFound, Outdated, WrongState, AlreadyDone, InThePast or TooManyMilestones.
"""

from datetime import date

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import MilestoneMoved, MilestoneReached, MilestoneSet
from services.core.errors import AlreadyDone, NotFound
from services.projects.access import steered
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import milestones, projects
from storage.projects.milestones import Milestone

MOST = 12
"""So many milestones has a project."""


class InThePast(Exception):
    """That day is over."""


class TooManyMilestones(Exception):
    """It has as many milestones as a project may have."""


def add(
    tx: Transaction, community: Community, actor: Person, number: int, title: str, due_on: date | None
) -> Milestone:
    """Set one more, by a day that is not over, or by none."""
    project = steered(tx, actor, number)
    if not project.stage.is_open:
        raise WrongState(project.stage)
    if milestones.count(tx, number) >= MOST:
        raise TooManyMilestones
    _still_to_come(tx, community, due_on)
    added = milestones.add(tx, number, title, due_on)
    _moved(tx, number)
    tx.emit(MilestoneSet(actor=actor.id, project=number, milestone=added))
    return _known(tx, added)


def move(
    tx: Transaction, community: Community, actor: Person, milestone: int, due_on: date | None, why: str
) -> Milestone:
    """Another day, and why; everybody in the project is told."""
    found = _open(tx, actor, milestone)
    _still_to_come(tx, community, due_on)
    if due_on == found.due_on:
        raise AlreadyDone
    milestones.move(tx, found, due_on, why)
    _moved(tx, found.project)
    tx.emit(
        MilestoneMoved(
            actor=actor.id, project=found.project, milestone=milestone, due_on=_text(due_on), before=_text(found.due_on)
        )
    )
    return _known(tx, milestone)


def reach(tx: Transaction, actor: Person, milestone: int) -> Milestone:
    """It is reached; everybody in the project is told."""
    found = _open(tx, actor, milestone)
    milestones.reach(tx, milestone)
    _moved(tx, found.project)
    tx.emit(MilestoneReached(actor=actor.id, project=found.project, milestone=milestone))
    return _known(tx, milestone)


def _open(tx: Transaction, actor: Person, milestone: int) -> Milestone:
    found = _known(tx, milestone)
    project = steered(tx, actor, found.project)
    if not project.stage.is_open:
        raise WrongState(project.stage)
    if found.reached_at is not None:
        raise AlreadyDone
    return found


def _known(tx: Transaction, milestone: int) -> Milestone:
    found = milestones.by_id(tx, milestone)
    if found is None:
        raise NotFound
    return found


def _moved(tx: Transaction, project: int) -> None:
    projects.touch(tx, project)
    projects.change(tx, project)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _still_to_come(tx: Transaction, community: Community, day: date | None) -> None:
    if day is not None and day < local_time(tx.now, community.zone).date():
        raise InThePast
