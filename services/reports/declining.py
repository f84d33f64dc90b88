"""Saying that a report will not be done, and why; the residents may object once, and then a lead decides.

Raises NotAllowed, WrongState, AlreadyDone or NotFound.
"""

from collections.abc import Sequence

from domain.community import Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import (
    ReportAnotherObjection,
    ReportDeclined,
    ReportObjected,
    ReportObjectionJudged,
    ReportOpenedAgain,
    ReportReopened,
)
from domain.people.rights import Action, NotAllowed, require
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import Move, State, after
from services import bounded
from services.core.errors import AlreadyDone, NotFound
from services.reports import dangers, deadlines, on_behalf
from services.reports.access import for_staff, known
from services.reports.dangers import Heard
from storage.core import events
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports, supports
from storage.reports.reports import NewPart, Part, Report

REASON, OBJECTION = PartPurpose.REFUSAL, PartPurpose.OBJECTION


def write_reason(tx: Transaction, actor: Person, number: int, part: NewPart) -> Part:
    """Keep a reason in staff's own words, to be looked at before it is sent; nobody reads it yet."""
    report = _to_decline(tx, actor, number)
    (kept,) = reports.add_parts(tx, report.id, actor.id, REASON, [part])
    written = reports.part(tx, kept)
    assert written is not None
    return written


def decline_as_written(tx: Transaction, actor: Person, number: int, part_id: int) -> None:
    """Decline for a reason that was written before."""
    report = _to_decline(tx, actor, number)
    part = reports.part(tx, part_id)
    if part is None or part.report != report.id or part.purpose != REASON:
        raise NotFound
    _decline(tx, actor, report, part_id, None)


def decline(tx: Transaction, community: Community, actor: Person, number: int, code: str) -> None:
    """Decline for a reason of the community file; each resident reads it in their language."""
    report = _to_decline(tx, actor, number)
    template = community.reason(code)
    if template is None:
        raise NotFound
    words = NewPart(PartKind.TEXT, text=template.text.in_(community.language))
    (part,) = reports.add_parts(tx, report.id, actor.id, REASON, [words])
    _decline(tx, actor, report, part, code)


def reason(tx: Transaction, number: int) -> tuple[int, str | None] | None:
    """For what reason it was declined last: the part, and the code in the community file if it has one."""
    said = events.newest_noted(tx, ReportDeclined.KIND, subject("report", number))
    if said is not None:
        return int(said[1]["part"]), said[1]["template"]
    # Kept under a name that is none any more, perhaps. Of several reasons some may never have been sent.
    written = [part.id for part in reports.parts(tx, number) if part.purpose == REASON]
    report = reports.by_id(tx, number)
    return (written[0], None) if report is not None and report.state is State.DECLINED and len(written) == 1 else None


def waits(tx: Transaction, report: Report) -> bool:
    """Whether an objection to its being declined waits for a lead."""
    if report.state is not State.REOPENED or report.objected_at is None:
        return False
    later = (events.newest(tx, kind.KIND, subject("report", report.id)) for kind in (ReportReopened, ReportOpenedAgain))
    return all(at is None or at < report.objected_at for at in later)


def check_objection(
    tx: Transaction, actor: Person, number: int, part: int, for_person: int | None = None
) -> tuple[Report, Person]:
    """The report and who objects, when they may still say that they do not agree with the reason `part`; once each."""
    who = on_behalf.speaker(tx, actor, for_person)
    report = known(tx, number)
    if not supports.concerns(tx, number, who.id):
        raise NotAllowed(Action.DECIDE_OWN)
    declined = reason(tx, number)
    if declined is None or declined[0] != part or (report.state is not State.DECLINED and report.objected_at is None):
        raise WrongState(report.state)
    if any(each.purpose == OBJECTION and each.person == who.id for each in reports.parts(tx, number)):
        raise AlreadyDone
    return report, who


def object_to(
    tx: Transaction, community: Community, actor: Person, number: int, part: int, parts: Sequence[NewPart],
    danger: str | None = None, for_person: int | None = None,
) -> bool:  # fmt: skip
    """Somebody does not agree. The first objection opens it again for the leads; others are kept with it.

    Returns whether it was the first.
    """
    report, who = check_objection(tx, actor, number, part, for_person)
    if for_person is None:
        bounded.once_more(tx, actor, bounded.OBJECTIONS)
    ids = tuple(reports.add_parts(tx, report.id, who.id, OBJECTION, parts))
    # Once each, and both sides are shown to staff together: only the ringing is bounded.
    heard = (
        dangers.hear(tx, actor, report, danger) if danger and for_person is None else Heard(rings=danger is not None)
    )
    if danger is not None:
        dangers.mark(tx, report, danger)
    if report.objected_at is not None:
        tx.emit(
            ReportAnotherObjection(
                actor=actor.id, report=report.id, parts=ids, spoke_for=for_person, rings=heard.rings, danger=danger
            )
        )
        if heard.rings:
            deadlines.in_danger(tx, community, report.id, rings=True)
        return False
    reports.move(tx, report, after(report.state, Move.REOPEN), report.assignee, report.rounds)
    reports.change(tx, report.id, objected_at=to_text(tx.now))
    tx.emit(
        ReportObjected(
            actor=actor.id, report=report.id, parts=ids, spoke_for=for_person, rings=heard.rings, danger=danger
        )
    )
    if heard.rings:
        deadlines.in_danger(tx, community, report.id, rings=True)
    deadlines.plan(tx, community, report.id)
    return True


def judge(tx: Transaction, community: Community, actor: Person, number: int, version: int, *, opened: bool) -> None:
    """A lead has looked at both sides of an objection. `version`: what stood when they were shown it.

    Opened, it is theirs; kept declined, it is so for good.
    """
    report = for_staff(tx, actor, number, Action.RULE)
    if report.objected_at is None or report.version != version:
        raise WrongState(report.state)
    if opened:
        reports.move(tx, report, after(report.state, Move.TAKE), actor.id, report.rounds)
    else:
        reports.move(tx, report, after(report.state, Move.DECLINE), report.assignee, report.rounds)
    tx.emit(ReportObjectionJudged(actor=actor.id, report=report.id, opened=opened))
    deadlines.plan(tx, community, report.id)


def _to_decline(tx: Transaction, actor: Person, number: int) -> Report:
    report = for_staff(tx, actor, number, Action.DECIDE)
    if report.objected_at is not None:
        require(actor.roles, Action.RULE)  # once there was an objection, only a lead says no again
    after(report.state, Move.DECLINE)
    return report


def _decline(tx: Transaction, actor: Person, report: Report, part: int, template: str | None) -> None:
    reports.move(tx, report, after(report.state, Move.DECLINE), report.assignee or actor.id, report.rounds)
    reports.release_part(tx, part)
    tx.emit(ReportDeclined(actor=actor.id, report=report.id, part=part, template=template))
