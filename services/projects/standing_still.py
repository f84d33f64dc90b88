"""Nothing stands still unseen: once a week those who lead a project read that nothing moves there, and leads and admins
read which projects nobody leads who can be reached. How long that is the community says ([care])."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import ReportResolved
from domain.people.rights import Role
from services.core import turns
from services.people import quiet
from services.projects import leading
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import leads, projects
from storage.projects.projects import Project
from storage.reports import reports

WEEKLY = "projects_still"
NUDGE = "project_nudge"
_PROGRAM = subject("program", 1)
_APART = timedelta(days=4)
"""Where the program was stopped and a week's turn came late, the next is not on its heels."""


@dataclass
class Seen:
    """What one person is to look at."""

    theirs: list[Project] = field(default_factory=list)
    """Open projects they lead in which nothing moves, the longest first."""
    without_lead: list[Project] = field(default_factory=list)
    """Open projects nobody leads who can be reached: for leads and admins."""

    @property
    def nothing(self) -> bool:
        """Whether there is no reason to write."""
        return not self.theirs and not self.without_lead


def is_still(community: Community, project: Project, now: datetime) -> bool:
    """Whether nothing has moved in an open project for so long that it is said."""
    due = community.care.nudge_project_after.due(project.moved_at, community.hours)
    return project.stage.is_open and due <= now


def still(tx: Transaction, community: Community) -> list[Project]:
    """The projects in which nothing moves, the longest first."""
    return list(takewhile(lambda each: is_still(community, each, tx.now), projects.open_by_movement(tx)))


def without_lead(tx: Transaction) -> list[Project]:
    """The open projects nobody leads who can be reached, the oldest movement first."""
    return projects.open_without_lead(tx)


# -- once a week


def plan(tx: Transaction, community: Community) -> None:
    """See that the next turn is planned."""
    if scheduled_tasks.planned(tx, WEEKLY) is None:
        _plan(tx, community, turns.of_week(tx.now, community))


def run_weekly(tx: Transaction, community: Community) -> None:
    """The task: the week's turn. Each gets theirs when they may be disturbed."""
    _plan(tx, community, turns.of_week(tx.now + _APART, community))
    for person in _concerned(tx, community):
        at = _decent_hour(tx, community, people.by_id(tx, person))
        scheduled_tasks.plan(tx, NUDGE, subject("person", person), at, f"{NUDGE}:{person}")


def due(tx: Transaction, community: Community, about: str, _data: dict[str, Any]) -> Seen:
    """What that person is to read now. Nothing where it has moved meanwhile, or they are not to be disturbed yet."""
    _, number = split(about)
    person = people.find(tx, number)
    if person is None:
        return Seen()
    at = _decent_hour(tx, community, person)
    if at > tx.now:
        scheduled_tasks.plan(tx, NUDGE, about, at, f"{NUDGE}:{number}")
        return Seen()
    led = set(leads.projects_of(tx, number))
    theirs = [each for each in still(tx, community) if each.id in led]
    return Seen(theirs, without_lead(tx) if {Role.LEAD, Role.ADMIN} & set(person.roles) else [])


def _concerned(tx: Transaction, community: Community) -> list[int]:
    found = {person for each in still(tx, community) for person in leading.in_reach(tx, each.id)}
    if without_lead(tx):
        found |= {each.id for role in (Role.LEAD, Role.ADMIN) for each in people.with_role(tx, role)}
    return sorted(found)


def _decent_hour(tx: Transaction, community: Community, person: Person) -> datetime:
    """Not at night for those either who have no quiet hours: a turn may come late, when the program starts again."""
    return quiet.allowed_from(quiet.allowed_from(tx.now, community), community, person)


def _plan(tx: Transaction, community: Community, at: datetime) -> None:
    scheduled_tasks.plan(tx, WEEKLY, _PROGRAM, at, WEEKLY)


# -- what counts as movement, besides what is done with the project itself


def report_resolved(tx: Transaction, _community: Community, event: ReportResolved) -> None:
    """Staff have done something about a report in it."""
    report = reports.main_of(tx, reports.existing(tx, event.report))
    if report.project is not None:
        projects.touch(tx, report.project)
