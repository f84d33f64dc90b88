"""What a project was for is delivered: all that is open in it counts as fixed for now, and everybody is asked.

The reports are resolved one after the other, as staff resolve one (services/reports/working.py): so each person has
their own question, and a no opens their own report again. When none is open, the project is done by itself.

Raises NotAllowed, NotFound, Outdated, WrongState, AlreadyDone or NothingOpen.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import ProjectDelivered, ProjectMoved, ReportEvent, ReportUnbundled
from domain.projects.photos import Moment
from domain.projects.projects import Stage, Step, after
from services.core.errors import AlreadyDone
from services.projects import leading
from services.projects.access import steered
from services.reports import working
from storage.core import events, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import members, photos, projects
from storage.projects.projects import Project
from storage.reports import reports
from storage.reports.reports import NewPart

KIND = "project_delivering"
CHUNK = 30
"""So many reports are resolved at once: of each the cards are written anew and its people are asked."""
AGAIN = timedelta(seconds=1)
LOOKED_AT = 20
"""So many photos of the project are looked at for one of how it is now."""


class NothingOpen(Exception):
    """No report in it waits to be fixed."""


def deliver(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart], version: int | None = None) -> int:
    """Say that what the project was for is there; returns how many reports are resolved, some at a time.

    `parts`: what was done, as the people read it with the question.
    """
    project = steered(tx, actor, number, version)
    if project.stage is not Stage.DELIVERING:
        raise WrongState(project.stage)
    if is_going_on(tx, number):
        raise AlreadyDone
    count = members.count_workable(tx, number)
    if not count:
        raise NothingOpen
    projects.touch(tx, number)
    projects.change(tx, number)
    tx.emit(ProjectDelivered(actor=actor.id, project=number, reports=count))
    data = {"by": actor.id, "parts": [asdict(part) for part in parts], "after": 0}
    scheduled_tasks.plan(tx, KIND, subject("project", number), tx.now, _key(number), data)
    return count


def is_going_on(tx: Transaction, number: int) -> bool:
    """Whether reports in it are still to be resolved because it was delivered."""
    return scheduled_tasks.noted(tx, _key(number)) is not None


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: the next of them. What somebody has resolved, declined or taken out meanwhile is left as it is.

    Who delivered it may have left the team since: it was theirs to say when they said it. Where it was given up or
    moved back meanwhile, the rest stays as it is.
    """
    _, number = split(about)
    project = projects.by_id(tx, number)
    if project is None or project.stage is not Stage.DELIVERING:
        return
    actor, parts = people.by_id(tx, data["by"]), _as_it_is_now(tx, number, [NewPart(**each) for each in data["parts"]])
    chosen = members.workable(tx, number, data["after"], CHUNK)
    for report in chosen:
        working.say_fixed(tx, community, actor, reports.existing(tx, report), parts)
    if len(chosen) == CHUNK:
        scheduled_tasks.plan(tx, KIND, about, tx.now + AGAIN, _key(number), data | {"after": chosen[-1]})


def _as_it_is_now(tx: Transaction, number: int, parts: list[NewPart]) -> list[NewPart]:
    """What was done, with the project's newest photo of how it is now.

    One of staff's or its lead's own: a resident's would stand in everybody's reports, and could not be withdrawn there.
    """
    shown = next((each for each in photos.may_be_sent(tx, number, Moment.AFTER, LOOKED_AT) if each.part is None), None)
    if shown is None or shown.file_unique_id in {part.file_unique_id for part in parts}:
        return parts
    return [*parts, NewPart(PartKind.PHOTO, None, shown.file_id, shown.file_unique_id)]


def last(tx: Transaction, number: int) -> int | None:
    """Which event says that it was delivered, the last time; None when it never was."""
    found = events.newest_of(tx, ProjectDelivered.KIND, subject("project", number))
    return found.id if found is not None else None


def was_delivered(tx: Transaction, project: Project) -> bool:
    """Whether it is delivered as it stands: it has not been moved since."""
    delivered, moved = last(tx, project.id), events.newest_of(tx, ProjectMoved.KIND, subject("project", project.id))
    return delivered is not None and (moved is None or moved.id < delivered)


def closed(tx: Transaction, _community: Community, event: ReportEvent) -> None:
    """A report was closed, or has left its project: when that was the last one open of what was delivered, it is done.

    Everybody reads that.
    """
    if isinstance(event, ReportUnbundled):
        number: int | None = event.project
    else:
        number = reports.existing(tx, event.report).project
    project = projects.existing(tx, number) if number is not None else None
    if project is None or project.stage is not Stage.DELIVERING:
        return
    if members.count_open(tx, project.id) or not members.count(tx, project.id) or not was_delivered(tx, project):
        return
    stage = after(project.stage, Step.FINISH)
    projects.move(tx, project.id, stage, None)
    tx.emit(ProjectMoved(project=project.id, before=project.stage, stage=stage))
    leading.watch(tx, project.id)


def _key(number: int) -> str:
    return f"{KIND}:{number}"
