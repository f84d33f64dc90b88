"""Taking back what one has reported or joined, and what one has to do with the place.

A report that only its reporter stands behind is closed by it. Where others have the same trouble it stays open for
them, and the next of them stands for it. Raises NotAllowed, WrongState, AlreadyDone or NotFound.
"""

from collections.abc import Sequence

from domain.core.state_machine import WrongState
from domain.events import ReportLeft, ReportRelated, ReportSupportChanged, ReportWithdrawn
from domain.people.rights import NotAllowed
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import MOVES, Move, Relation, after
from services.core.errors import AlreadyDone
from services.reports.access import own, spoken
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports, supports, verdicts
from storage.reports.reports import NewPart, Report

PURPOSE = PartPurpose.WITHDRAWAL
"""Of the parts that say why."""


def can_be_taken_back(tx: Transaction, report: Report) -> bool:
    """Whether those who spoke about it may still take it back; a merged one stands where that one stands."""
    return MOVES.allows(report.state, Move.WITHDRAW) and MOVES.allows(reports.main_of(tx, report).state, Move.WITHDRAW)


def stays_open(tx: Transaction, actor: Person, report: Report) -> bool:
    """Whether it stays open without the actor, because others have the same trouble."""
    if report.person != actor.id or report.merged_into is not None:
        return True
    return supports.first_other(tx, report.id, actor.id) is not None


def take_back(tx: Transaction, actor: Person, number: int, why: Sequence[NewPart] = ()) -> bool:
    """Take it back, with or without a word why. True when it is closed, False when it stays open for others."""
    report = spoken(tx, actor, number)
    main = reports.main_of(tx, report)
    before = supports.behind(tx, main.id)
    is_closed = _take_back(tx, actor, report, main, why)
    behind = supports.behind(tx, main.id)
    if main.id != number and behind != before:
        tx.emit(ReportSupportChanged(actor=actor.id, report=main.id, behind=behind))
    return is_closed


def _take_back(tx: Transaction, actor: Person, report: Report, main: Report, why: Sequence[NewPart]) -> bool:
    number, closed = report.id, after(report.state, Move.WITHDRAW)
    after(main.state, Move.WITHDRAW)
    parts = tuple(reports.add_parts(tx, number, actor.id, PURPOSE, why))
    verdicts.forget_open(tx, main.id, actor.id)
    heir = supports.first_other(tx, number, actor.id) if report.person == actor.id else None
    if report.person == actor.id and heir is None:
        reports.move(tx, report, closed, report.assignee, report.rounds)
        reports.change(tx, number, merged_into=None, state_before=None)
        tx.emit(ReportWithdrawn(actor=actor.id, report=number, parts=parts))
        return True
    supports.remove(tx, number, actor.id if heir is None else heir)
    if heir is not None:
        # What the one who left said of themselves is not true of whoever stands for it now.
        reports.change(tx, number, person=heir, relation=None)
    behind = supports.behind(tx, number)
    tx.emit(ReportLeft(actor=actor.id, report=number, parts=parts, heir=heir, behind=behind))
    return False


def relate(tx: Transaction, actor: Person, number: int, relation: Relation | None) -> None:
    """Its reporter says what they have to do with the place; None takes that back. It is kept for the next report."""
    report = own(tx, actor, number)
    if not report.state.is_open:
        raise WrongState(report.state)
    if report.relation == relation:
        raise AlreadyDone
    reports.change(tx, number, relation=relation)
    tx.emit(ReportRelated(actor=actor.id, report=number, relation=relation))


def left(tx: Transaction, actor: Person, number: int) -> bool:
    """Whether the actor once spoke about it and has taken that back."""
    try:
        spoken(tx, actor, number)
    except NotAllowed:
        return any(
            part.person == actor.id and part.purpose in (PartPurpose.REPORT, PartPurpose.SUPPORT)
            for part in reports.parts(tx, number)
        )
    return False
