"""Which reports are in a project. A report is in one at a time, and what is part of another counts with that one.

Raises NotAllowed, NotFound, WrongState, AlreadyDone, InAnother or NotFit.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReportBundled,
    ReportEvent,
    ReportMerged,
    ReportsMovedAway,
    ReportTakenOut,
    ReportUnbundled,
    ReportWithdrawn,
)
from domain.people.rights import Action, require
from domain.reports.reports import State
from services.core.errors import AlreadyDone, NotFound
from services.projects.access import for_staff
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import members, projects
from storage.reports import reports
from storage.reports.reports import Report


class Why(StrEnum):
    """Why a report is in its project no more."""

    TAKEN_OUT = "taken_out"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    NOT_PUBLIC = "not_public"


class InAnother(Exception):
    """The report is in another project: `project`. It goes from there only where that was asked."""

    def __init__(self, project: int) -> None:
        super().__init__(project)
        self.project = project


class NotFit(Exception):
    """It is about a person or of danger: it stands in no public project."""


@dataclass
class Added:
    """What became of reports that were to be put into a project."""

    added: list[int] = field(default_factory=list)
    there: int = 0
    """They were in it already."""
    elsewhere: list[int] = field(default_factory=list)
    """They are in another project, and stay there."""
    not_fit: int = 0
    """They are about a person or of danger, and the project is public."""
    gone: int = 0
    """There is no such report, or its reporter has withdrawn it."""
    moved: Counter[int] = field(default_factory=Counter)
    """How many came from which project."""


def fit(report: Report) -> bool:
    """Whether it may be suggested, and stand in a public project."""
    return not report.about_person and report.danger is None


def add(tx: Transaction, actor: Person, number: int, report: int, *, move: bool = False) -> Report:
    """Put a report into a project, or what it is part of; returns what was put in.

    `move`: also where it is in another project, whose leads hear of it then.
    """
    require(actor.roles, Action.RUN_PROJECTS)
    found = reports.by_id(tx, report)
    if found is None:
        raise NotFound
    main = reports.main_of(tx, found)
    became = add_many(tx, actor, number, [main.id], move=move)
    if became.there:
        raise AlreadyDone
    if became.elsewhere and main.project is not None:
        raise InAnother(main.project)
    if became.not_fit:
        raise NotFit
    if became.gone:
        raise WrongState(main.state)
    return reports.existing(tx, main.id)


def add_many(tx: Transaction, actor: Person, number: int, chosen: Sequence[int], *, move: bool = False) -> Added:
    """Put reports into a project, as `add` does for one; says what became of them.

    As many as are put in at once: many go by `putting_in.put_in`.
    """
    became = put(tx, actor, number, chosen, move=move)
    for before, count in became.moved.items():
        tx.emit(ReportsMovedAway(actor=actor.id, project=before, into=number, count=count))
    return became


def put(tx: Transaction, actor: Person, number: int, chosen: Sequence[int], *, move: bool) -> Added:
    """The same without telling those who lead the projects from which reports went: the caller does."""
    project = for_staff(tx, actor, number)
    if not project.stage.is_open:
        raise WrongState(project.stage)
    became = Added()
    for report in _mains(tx, chosen, became):
        if report.project == number:
            became.there += 1
        elif report.state is State.WITHDRAWN:
            became.gone += 1
        elif project.public and not fit(report):
            became.not_fit += 1
        elif report.project is not None and not move:
            became.elsewhere.append(report.id)
        else:
            members.put(tx, report.id, number)
            became.added.append(report.id)
            if report.project is not None:
                became.moved[report.project] += 1
            tx.emit(ReportBundled(actor=actor.id, report=report.id, project=number, before=report.project))
    if became.added:
        projects.touch(tx, number)
    return became


def take_out(tx: Transaction, actor: Person, report: int) -> int:
    """A report is in its project no more; returns which that was."""
    require(actor.roles, Action.RUN_PROJECTS)
    found = reports.by_id(tx, report)
    if found is None:
        raise NotFound
    main = reports.main_of(tx, found)
    if main.project is None:
        raise AlreadyDone
    _leaves(tx, main, Why.TAKEN_OUT, actor.id)
    return main.project


def merged(tx: Transaction, _community: Community, event: ReportMerged) -> None:
    """What has become part of another report counts with that one, which comes into the project where it is in none."""
    report, into = reports.existing(tx, event.report), reports.existing(tx, event.into)
    no_longer_fit(tx, into.id, event.actor)
    if report.project is None:
        return
    project = projects.existing(tx, report.project)
    if into.project is None and project.stage.is_open and (fit(into) or not project.public):
        members.put(tx, into.id, project.id)
        tx.emit(ReportBundled(actor=event.actor, report=into.id, project=project.id))
    _leaves(tx, report, Why.MERGED, event.actor)


def separate(tx: Transaction, _community: Community, event: ReportTakenOut) -> None:
    """What is no part of another report after all stays in the project in which it was counted with that one."""
    report, before = reports.existing(tx, event.report), reports.existing(tx, event.before)
    if before.project is None or report.project is not None or not report.state.is_open:
        return
    project = projects.existing(tx, before.project)
    if project.stage.is_open and (fit(report) or not project.public):
        members.put(tx, report.id, project.id)
        tx.emit(ReportBundled(actor=event.actor, report=report.id, project=project.id))


def withdrawn(tx: Transaction, _community: Community, event: ReportWithdrawn) -> None:
    """Its reporter has withdrawn it: nobody is asked about it any more."""
    report = reports.existing(tx, event.report)
    if report.project is not None:
        _leaves(tx, report, Why.WITHDRAWN, event.actor)


def no_longer_fit(tx: Transaction, report: int, actor: int | None) -> None:
    """It is about a person, or of danger, as is known now: it stands in no public project."""
    found = reports.existing(tx, report)
    if found.project is not None and not fit(found) and projects.existing(tx, found.project).public:
        _leaves(tx, found, Why.NOT_PUBLIC, actor)


def may_be_unfit(tx: Transaction, _community: Community, event: ReportEvent) -> None:
    """Staff have marked it as about a person, or words of danger were said about it."""
    report = reports.existing(tx, event.report)
    for each in {report.id, reports.main_of(tx, report).id}:
        no_longer_fit(tx, each, event.actor)


def _leaves(tx: Transaction, report: Report, why: Why, actor: int | None) -> None:
    assert report.project is not None
    members.put(tx, report.id, None)
    projects.touch(tx, report.project)
    tx.emit(ReportUnbundled(actor=actor, report=report.id, project=report.project, why=why))


def _mains(tx: Transaction, chosen: Sequence[int], became: Added) -> list[Report]:
    """What counts for these reports, each once, in their order."""
    found: dict[int, Report] = {}
    for number in chosen:
        report = reports.by_id(tx, number)
        if report is None:
            became.gone += 1
            continue
        main = reports.main_of(tx, report)
        found.setdefault(main.id, main)
    return list(found.values())
