"""Whether it is fixed is for those to say who reported it or joined.

The first yes closes; a no of the same round opens again at once, whoever has said yes. Who says nothing is asked once
more, and later it is closed as unanswered (verdicts.py); a yes or no still counts then. What is closed is opened by
reopening.py. Raises NotAllowed, WrongState, AlreadyDone or NotFound.
"""

from collections.abc import Sequence

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import (
    ReportAdded,
    ReportAnotherNo,
    ReportAnotherYes,
    ReportConfirmed,
    ReportEscalated,
    ReportHandlingJudged,
    ReportReopened,
)
from domain.people.rights import Action, NotAllowed
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import MOVES, WORKABLE, Move, State, after
from services.core.errors import AlreadyDone
from services.reports import alarms, dangers, deadlines, on_behalf, reopen_window
from services.reports import verdicts as asking
from services.reports.access import known
from services.reports.dangers import Heard
from services.reports.saying_more import danger_told
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports, supports, verdicts
from storage.reports.reports import NewPart, Report
from storage.reports.verdicts import VerdictAnswer

ESCALATES = 2
"""From this round on the leads hear of a no."""


def decide(
    tx: Transaction, community: Community, actor: Person, number: int, round_: int, *, fixed: bool,
    for_person: int | None = None, again: bool = False,
) -> None:  # fmt: skip
    """Somebody concerned says whether it is fixed; or staff note it for one without Telegram. Once each in a round.

    `again`: that it is not, because it is broken again.
    """
    who = on_behalf.speaker(tx, actor, for_person)
    report = _concerning(tx, who, number)
    said = verdicts.of(tx, number, round_, who.id)
    if round_ != report.rounds or round_ == 0:
        raise WrongState(report.state)  # the press answers an earlier round's question
    if said is not None and said.answer is not None:
        if said.answer == (VerdictAnswer.YES if fixed else VerdictAnswer.NO):
            raise AlreadyDone
        if fixed:
            raise WrongState(report.state)  # it is open again by their no: staff ask anew
        # A yes can be mistaken, or true no longer: services/reports/reopening.py says for how long.
    verdicts.answer(tx, number, round_, who.id, VerdictAnswer.YES if fixed else VerdictAnswer.NO)
    if report.state in MOVES.sources(Move.CONFIRM if fixed else Move.REOPEN) - {State.DECLINED, State.WITHDRAWN}:
        move, closed = Move.CONFIRM if fixed else Move.REOPEN, not report.state.is_open
        reports.move(tx, report, after(report.state, move), report.assignee, report.rounds)
        scheduled_tasks.cancel(tx, subject("report", number), asking.KIND)
        if fixed:
            tx.emit(ReportConfirmed(actor=actor.id, report=number, round=round_, spoke_for=for_person))
            reopen_window.plan(tx, community, number)
            return
        tx.emit(
            ReportReopened(
                actor=actor.id, report=number, round=round_, spoke_for=for_person, closed=closed, again=again
            )
        )
        if report.danger is not None:
            alarms.raise_(tx, number, actor.id if for_person is None else None)
        deadlines.back(tx, community, number)
        if round_ >= ESCALATES:
            tx.emit(ReportEscalated(report=number, round=round_))
    elif fixed and (report.state is State.CONFIRMED or report.state in WORKABLE):
        tx.emit(ReportAnotherYes(actor=actor.id, report=number, round=round_, spoke_for=for_person))
    elif not fixed and report.state in WORKABLE:
        tx.emit(ReportAnotherNo(actor=actor.id, report=number, round=round_, spoke_for=for_person))
    else:
        raise WrongState(report.state)


def give_reason(
    tx: Transaction,
    community: Community,
    actor: Person,
    number: int,
    parts: Sequence[NewPart],
    danger: str | None,
    for_person: int | None = None,
) -> None:
    """Why it is not fixed."""
    who = on_behalf.speaker(tx, actor, for_person)
    report = _concerning(tx, who, number)
    ids = reports.add_parts(tx, report.id, who.id, PartPurpose.REASON, parts)
    # What staff were told on the telephone rings each time.
    heard = (
        dangers.hear(tx, actor, report, danger) if danger and for_person is None else Heard(rings=danger is not None)
    )
    if heard.into is not None:
        dangers.fold(tx, heard.into, reports.some(tx, ids))
    tx.emit(ReportAdded(actor=actor.id, report=report.id, parts=tuple(ids), danger=danger, spoke_for=for_person,
                       into=heard.into.id if heard.into else None, quietly=not heard.rings))  # fmt: skip
    if danger is not None:
        danger_told(tx, community, report, danger, heard, actor.id if for_person is None else None)


def judge(
    tx: Transaction, actor: Person, number: int, round_: int, *, content: bool, for_person: int | None = None
) -> None:
    """Who has said yes says whether they are content with how it was handled; once."""
    who = on_behalf.speaker(tx, actor, for_person)
    report = _concerning(tx, who, number)
    said = verdicts.of(tx, number, round_, who.id)
    if said is None or said.answer != VerdictAnswer.YES:
        raise WrongState(report.state)
    if said.content is not None:
        if said.content == content:
            raise AlreadyDone
        raise WrongState(report.state)
    verdicts.set_content(tx, number, round_, who.id, content)
    tx.emit(ReportHandlingJudged(actor=actor.id, report=number, round=round_, content=content, spoke_for=for_person))


def _concerning(tx: Transaction, actor: Person, number: int) -> Report:
    report = known(tx, number)
    if not supports.concerns(tx, number, actor.id):
        raise NotAllowed(Action.DECIDE_OWN)
    return report
