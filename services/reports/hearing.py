"""What was heard in a voice note, by staff or by a program, and whether it is right.

Raises NotAllowed, WrongState, NotFound or AlreadyDone.
"""

from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.events import ReportHeard, ReportHeardConfirmed, ReportHeardDrafted
from domain.people.rights import Action, require
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.core.line_marks import mark
from services.reports.access import for_staff, known, own
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart


def set_heard(tx: Transaction, actor: Person, number: int, heard: str) -> None:
    """Write what was heard in a voice note; the resident is asked whether it is right."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    reports.change(tx, report.id, heard=heard, heard_right=None)
    tx.emit(ReportHeard(actor=actor.id, report=report.id))


def draft_heard(tx: Transaction, number: int, text: str) -> None:
    """Keep what a program heard in a voice note. Nobody but staff sees it unless they make it theirs."""
    report = known(tx, number)
    (part,) = reports.add_parts(tx, report.id, None, PartPurpose.DRAFT, [NewPart(PartKind.TEXT, text=text)])
    tx.emit(ReportHeardDrafted(report=report.id, part=part))


def use_draft(tx: Transaction, actor: Person, part_id: int) -> int:
    """Make a drafted line one's own, as if one had written it; returns the report's number."""
    part = reports.part(tx, part_id)
    if part is None or part.purpose != PartPurpose.DRAFT or not part.text:
        raise NotFound
    require(actor.roles, Action.TRIAGE)
    if not reports.release_part(tx, part_id):
        raise AlreadyDone
    set_heard(tx, actor, part.report, part.text)
    return part.report


def confirm_heard(tx: Transaction, actor: Person, number: int, right: bool, heard_mark: int) -> None:
    """The resident says whether staff heard right; `heard_mark` says which line was read (see `mark`)."""
    report = own(tx, actor, number)
    if report.heard is None or mark(report.heard) != heard_mark:
        raise WrongState(report.state)
    if report.heard_right is not None:
        raise AlreadyDone
    reports.change(tx, report.id, heard_right=int(right))
    tx.emit(ReportHeardConfirmed(actor=actor.id, report=report.id, right=right))
