"""Departments called in to a project: who is asked, by which day, and what becomes of silence.

Raises NotAllowed, NotFound, WrongState, AlreadyDone, InThePast or NoStaffGroup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar.local_time import instant, local_time
from domain.calendar.working_days import working_day_from, working_days_after
from domain.community import Community, Department
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import DepartmentsCalledIn, DepartmentSilent, ProjectMoved
from domain.projects.projects import Stage
from services.core.errors import AlreadyDone, NotFound
from services.projects.access import steered
from services.projects.milestones import InThePast
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import departments, projects
from storage.projects.departments import CalledIn

WITHIN = 5
"""So many working days a department has to answer, where no other day is named."""
SUBJECT = "called_in"
SILENT = "department_silent"
DAILY = "departments_daily"
"""What shows how long departments have been silent is written anew each day."""


class NoStaffGroup(Exception):
    """There is no group in which a department could be asked."""


@dataclass(frozen=True)
class Called:
    """What became of calling departments in: who is asked now, by which day, and who had answered already."""

    asked: tuple[str, ...]
    answered: tuple[str, ...]
    answer_by: date
    meant: date
    """The day that was named: `answer_by` is a later one where it is a day off."""


def today(tx: Transaction, community: Community) -> date:
    """The day it is where the community is."""
    return local_time(tx.now, community.zone).date()


def usual_day(tx: Transaction, community: Community) -> date:
    """The day by which an answer is asked for, where no other is named."""
    return working_days_after(community.hours, today(tx, community), WITHIN)


def day_to_answer(tx: Transaction, community: Community, meant: date) -> date:
    """The day by which an answer is asked for when that day is named: a day off becomes the next working day."""
    if meant < today(tx, community):
        raise InThePast
    return working_day_from(community.hours, meant)


def can_be_asked(tx: Transaction, community: Community, project: int) -> list[Department]:
    """Those that can be called in: all that have not answered yet."""
    answered = {each.department for each in departments.of(tx, project) if each.answer is not None}
    return [each for each in community.departments if each.code not in answered]


def call_in(
    tx: Transaction, community: Community, actor: Person, number: int, chosen: Sequence[str], meant: date | None = None
) -> Called:
    """Ask departments about a project; one that is silent is asked once more, by the new day."""
    project = steered(tx, actor, number)
    if not project.stage.is_open:
        raise WrongState(project.stage)
    if not chosen or not all(community.department(code) for code in chosen):
        raise NotFound
    if settings.staff_chat(tx) is None:
        raise NoStaffGroup
    meant = usual_day(tx, community) if meant is None else meant
    answer_by = day_to_answer(tx, community, meant)
    answered = {each.department for each in departments.of(tx, number) if each.answer is not None}
    asked = tuple(code for code in dict.fromkeys(chosen) if code not in answered)
    if not asked:
        raise AlreadyDone
    for code in asked:
        called = departments.ask(tx, number, code, actor.id, answer_by)
        _remind_after(tx, community, called, answer_by)
    keep_counting(tx, community, number)
    tx.emit(DepartmentsCalledIn(actor=actor.id, project=number, departments=asked, answer_by=answer_by.isoformat()))
    return Called(asked, tuple(code for code in chosen if code in answered), answer_by, meant)


# -- silence


def silent_days(called: CalledIn, now: datetime, community: Community) -> int:
    """For how many days a department has said nothing, by the calendar on the wall."""
    first = local_time(called.asked_at, community.zone).date()
    return (local_time(now, community.zone).date() - first).days


def run_silent(tx: Transaction, _community: Community, about: str, _data: dict[str, Any]) -> None:
    """The task: the day has passed. A department that has said nothing is reminded, this once."""
    called = departments.by_id(tx, split(about)[1])
    if called is None or called.answer is not None or not projects.existing(tx, called.project).stage.is_open:
        return
    tx.emit(DepartmentSilent(project=called.project, department=called.department))


def keep_counting(tx: Transaction, community: Community, number: int) -> None:
    """Plan the next day on which it is written down how long departments of an open project have been silent."""
    if not projects.existing(tx, number).stage.is_open:
        return
    if any(each.answer is None for each in departments.of(tx, number)):
        at = _in_the_morning(community, today(tx, community) + timedelta(days=1))
        scheduled_tasks.plan(tx, DAILY, subject("project", number), at, f"{DAILY}:{number}")


def taken_up(tx: Transaction, community: Community, event: ProjectMoved) -> None:
    """An ended project goes on: its departments are asked as before, and silence counts again."""
    if Stage(event.before).is_open or not Stage(event.stage).is_open:
        return
    keep_counting(tx, community, event.project)
    for called in departments.of(tx, event.project):
        if called.answer is None:
            _remind_after(tx, community, called.id, max(called.answer_by, today(tx, community)))


def answered(tx: Transaction, called: CalledIn) -> None:
    """It has answered: nobody reminds it."""
    scheduled_tasks.cancel(tx, subject(SUBJECT, called.id), SILENT)


def _remind_after(tx: Transaction, community: Community, called: int, day: date) -> None:
    """On the first working day after that one, in the morning."""
    at = _in_the_morning(community, working_days_after(community.hours, day, 1))
    scheduled_tasks.plan(tx, SILENT, subject(SUBJECT, called), at, f"{SILENT}:{called}")


def _in_the_morning(community: Community, day: date) -> datetime:
    """When the staff group reads its digest: an hour at which it wants to be written to."""
    return instant(datetime(day.year, day.month, day.day) + timedelta(minutes=community.care.digest), community.zone)
