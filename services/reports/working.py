"""What staff do with a report until it is fixed: take it, start, resolve it; the line it goes by, and who reported it.

Raises NotAllowed, WrongState, NotFound or AlreadyDone.
"""

from collections.abc import Sequence

from domain.community import Community
from domain.events import ReporterShown, ReportResolved, ReportStarted, ReportTaken, ReportTitled
from domain.people.rights import Action, may
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import Move, after
from services.core.errors import AlreadyDone
from services.reports import deadlines, verdicts
from services.reports.access import for_staff
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart, Report

TITLE_LENGTH = 120


def take(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Answer for it from now on. Taken from a colleague as well, who hears of it."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    state = after(report.state, Move.TAKE)
    if report.assignee == actor.id and state is report.state:
        raise AlreadyDone
    reports.move(tx, report, state, actor.id, report.rounds)
    tx.emit(ReportTaken(actor=actor.id, report=report.id, assignee=actor.id, before=report.assignee))
    deadlines.plan(tx, community, report.id)


def start(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Work has begun. Whoever says so answers for it, unless somebody does already."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    state = after(report.state, Move.START)
    reports.move(tx, report, state, report.assignee or actor.id, report.rounds)
    tx.emit(ReportStarted(actor=actor.id, report=report.id))
    deadlines.plan(tx, community, report.id)


def resolve(tx: Transaction, community: Community, actor: Person, number: int, parts: Sequence[NewPart]) -> None:
    """Say it is fixed, with a note and perhaps a photo as proof. Provisional: everybody who spoke about it is asked.

    A yes closes it, a no opens it again. Who says nothing is asked once more, and when `close_after` is over (seven
    days, unless the community file says otherwise) it is closed as unanswered. Its deadline rests while it is resolved:
    nobody is warned of it (deadlines.py); a no brings it back.
    """
    say_fixed(tx, community, actor, for_staff(tx, actor, number, Action.RESOLVE), parts)


def say_fixed(tx: Transaction, community: Community, actor: Person, report: Report, parts: Sequence[NewPart]) -> None:
    """The same where it is known already that the actor may: as the lead of a project, of all that is in it."""
    state = after(report.state, Move.RESOLVE)
    ids = reports.add_parts(tx, report.id, actor.id, PartPurpose.RESOLUTION, parts)
    round_ = report.rounds + 1
    in_charge = actor.id if may(actor.roles, Action.TRIAGE) else None
    reports.move(tx, report, state, report.assignee or in_charge, round_)
    tx.emit(ReportResolved(actor=actor.id, report=report.id, parts=tuple(ids), round=round_))
    verdicts.ask_everybody(tx, community, report.id, round_)


def set_title(tx: Transaction, actor: Person, number: int, title: str) -> None:
    """Give it the line it goes by."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    reports.change(tx, report.id, title=title[:TITLE_LENGTH])
    tx.emit(ReportTitled(actor=actor.id, report=report.id))


def reporter(tx: Transaction, actor: Person, number: int) -> Person:
    """Who reported it. That staff asked is kept."""
    report = for_staff(tx, actor, number, Action.SEE_REPORTER)
    tx.emit(ReporterShown(actor=actor.id, report=report.id))
    return people.by_id(tx, reports.writer(tx, report))
