"""Two reports that are about the same thing become one for staff; its people go on hearing by the number they know.

A merged report points at the one it is part of, never at another merged one: there are no chains and no circles. Raises
NotAllowed, WrongState, NotFound, AlreadyDone or SameAlready.
"""

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportLetGo, ReportMerged, ReportTakenIn, ReportTakenOut
from domain.people.rights import Action
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import MOVES, Move, State, after
from domain.reports.similar import alike
from services.core.errors import AlreadyDone, NotFound
from services.reports import deadlines, handing_on, pressing
from services.reports.access import for_staff
from storage.core import comparing
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports, supports, verdicts
from storage.reports.reports import Report

COMPARED = 300
OFFERED = 4
RESEMBLES = 0.12
"""Staff look themselves, so less is asked of what they are offered than of what a resident is."""


class SameAlready(Exception):
    """It is the very report, or that one is part of it."""


def offers(tx: Transaction, report: Report) -> list[Report]:
    """Open reports it may be the same as, the most alike first."""
    words = " ".join(
        part.text for part in reports.parts(tx, report.id) if part.text and part.purpose == PartPurpose.REPORT
    )
    own = " ".join(each for each in (report.title, report.heard, words) if each)
    numbers = alike(own, comparing.open_others(tx, report.id, COMPARED), OFFERED, RESEMBLES) if own else []
    return [found for number in numbers if (found := reports.by_id(tx, number)) is not None]


def target(tx: Transaction, number: int, into: int) -> Report:
    """What a report would become part of: `into`, or what that one is part of itself."""
    found = reports.by_id(tx, into)
    if found is None or reports.by_id(tx, number) is None:
        raise NotFound
    found = reports.main_of(tx, found)
    if found.id == number:
        raise SameAlready
    if not found.state.is_open:
        raise WrongState(found.state)
    return found


def merge(tx: Transaction, community: Community, actor: Person, number: int, into: int) -> Report:
    """Make a report part of another open one, with all that are part of it already; returns what it is part of now."""
    report = for_staff(tx, actor, number, Action.DECIDE)
    main = target(tx, number, into)
    if report.merged_into == main.id:
        raise AlreadyDone
    state = after(report.state, Move.MERGE)
    members = reports.merged_into(tx, report.id)
    reports.move(tx, report, state, report.assignee, report.rounds)
    reports.change(tx, report.id, merged_into=main.id, state_before=report.state)
    for member in members:
        reports.change(tx, member.id, merged_into=main.id)
    # What made one of them urgent, or fit for nobody's eyes, is so of both.
    if report.danger is not None and main.danger is None:
        due_at = min((each.due_at for each in (report, main) if each.due_at is not None), default=None)
        reports.change(tx, main.id, danger=report.danger, due_at=due_at and to_text(due_at))
    if report.about_person and not main.about_person:
        reports.change(tx, main.id, about_person=1)
    behind = supports.behind(tx, main.id)
    for each, before in ((report, None), *((member, report.id) for member in members)):
        # Where the whole is said to be fixed, those who come to it are asked as well.
        asked = verdicts.ask(tx, main.id, main.rounds, each.id) if main.state is State.RESOLVED else ()
        alone = supports.behind(tx, each.id)
        tx.emit(ReportMerged(actor=actor.id, report=each.id, into=main.id, before=before, asked=asked, behind=alone))
        tx.emit(ReportTakenIn(actor=actor.id, report=main.id, other=each.id, behind=behind))
    pressing.goes_along(tx, actor, report, main)
    deadlines.plan(tx, community, main.id)
    return main


def take_out(tx: Transaction, community: Community, actor: Person, number: int) -> int:
    """Let a merged report stand by itself again, where it stood; returns what it was part of."""
    report = for_staff(tx, actor, number, Action.DECIDE)
    if report.state is not State.MERGED or report.merged_into is None:
        raise WrongState(report.state)
    let_out(tx, community, report, actor.id)
    return report.merged_into


def let_out(tx: Transaction, community: Community, report: Report, actor: int | None) -> None:
    """A merged report goes back to the state it had; its people are asked no more about the other one."""
    assert report.merged_into is not None
    main = reports.main_of(tx, report)
    reports.move(tx, report, report.state_before or State.NEW, report.assignee, report.rounds)
    reports.change(tx, report.id, merged_into=None, state_before=None)
    handing_on.plan(tx, report.id)
    for person in supports.concerned(tx, report.id):
        if not supports.concerns(tx, main.id, person):
            verdicts.forget_open(tx, main.id, person)
    tx.emit(ReportTakenOut(actor=actor, report=report.id, before=main.id))
    behind = supports.behind(tx, main.id)
    tx.emit(ReportLetGo(actor=actor, report=main.id, other=report.id, behind=behind))
    deadlines.plan(tx, community, report.id)


def mergeable(report: Report) -> bool:
    """Whether it can become part of another one as it stands."""
    return MOVES.allows(report.state, Move.MERGE)
