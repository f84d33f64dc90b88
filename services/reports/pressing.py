"""Which reports are pressing: staff mark them, or how many stand behind them, or how often they were reopened, says so.

Raises NotAllowed, NotFound, WrongState or AlreadyDone.
"""

from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import ReportMarkedPressing, ReportReopened
from domain.people.rights import Action
from domain.reports.pressing import REOPENED, Why, why_pressing
from domain.reports.reports import State
from services.core.errors import AlreadyDone
from services.reports.access import for_staff
from storage.core import events
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports, supports
from storage.reports.reports import Report


def mark(tx: Transaction, actor: Person, number: int, on: bool) -> None:
    """Mark it as pressing, or take the mark off; of what is merged the whole is marked."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    if report.state is State.MERGED:
        raise WrongState(report.state)
    if report.pressing == on:
        raise AlreadyDone
    _mark(tx, actor, report, on)


def goes_along(tx: Transaction, actor: Person, part: Report, main: Report) -> None:
    """A marked report became part of another: that one is as pressing."""
    if part.pressing and not main.pressing:
        _mark(tx, actor, main, True)


def why(tx: Transaction, report: Report, people: int | None = None) -> Why | None:
    """Why it is pressing now; None when it is not. `people`: how many stand behind it, where that is known already."""
    if report.merged_into is not None:
        return None
    behind = supports.behind(tx, report.id) if people is None else people
    reopened = 0
    if report.rounds >= REOPENED:  # who was not asked twice has not said no twice
        reopened = len(events.all_noted(tx, ReportReopened.KIND, subject("report", report.id)))
    return why_pressing(report.pressing, behind, reopened)


def _mark(tx: Transaction, actor: Person, report: Report, on: bool) -> None:
    reports.change(tx, report.id, pressing=int(on))
    tx.emit(ReportMarkedPressing(actor=actor.id, report=report.id, on=on))
