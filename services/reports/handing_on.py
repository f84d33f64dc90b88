"""Hand a report on to somebody outside, who is asked again on a day. It does not count as handled by that.

Raises NotAllowed, WrongState, NotFound or AlreadyDone.
"""

from domain.calendar.deadlines import Deadline, Unit
from domain.community import Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import ReportAskAgainDue, ReportAskedAgain, ReportHandedOn
from domain.people.rights import Action
from domain.reports.reports import Move, State, after
from services.core.errors import AlreadyDone
from services.reports.access import for_staff
from services.reports.completing import TYPED
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart

KIND = "partner"
TWO_WEEKS = Deadline(14, Unit.DAYS)
NAME_LENGTH = 80


def hand_on(tx: Transaction, community: Community, actor: Person, number: int, to: str) -> None:
    """Hand it on to a partner (by code or name) or anybody else by name; the day to ask them again follows.

    Whoever hands it on answers for it, unless somebody does already.
    """
    report = for_staff(tx, actor, number, Action.DECIDE)
    state = after(report.state, Move.HAND_ON)
    name = _known_as(community, to)
    if report.handed_to == name:
        raise AlreadyDone
    ask_again_at = to_text(_deadline(community, name).due(tx.now, community.hours))
    reports.move(tx, report, state, report.assignee or actor.id, report.rounds)
    reports.change(tx, report.id, handed_to=name, handed_at=to_text(tx.now), ask_again_at=ask_again_at)
    plan(tx, report.id)
    partner = name if community.partner(name) is not None else None
    typed = reports.add_parts(tx, report.id, actor.id, TYPED, [] if partner else [NewPart(PartKind.TEXT, text=name)])
    tx.emit(
        ReportHandedOn(
            actor=actor.id,
            report=report.id,
            partner=partner,
            part=typed[0] if typed else None,
            ask_again_at=ask_again_at,
        )
    )


def asked_again(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """They were asked again: the next time is as far away as the first was."""
    report = for_staff(tx, actor, number, Action.DECIDE)
    if report.state is not State.HANDED_ON or report.handed_to is None or report.ask_again_at is None:
        raise WrongState(report.state)
    if report.ask_again_at > tx.now:
        raise AlreadyDone
    ask_again_at = to_text(_deadline(community, report.handed_to).due(tx.now, community.hours))
    reports.change(tx, report.id, ask_again_at=ask_again_at)
    plan(tx, report.id)
    tx.emit(ReportAskedAgain(actor=actor.id, report=report.id, ask_again_at=ask_again_at))


def plan(tx: Transaction, number: int) -> None:
    """See to it that staff are reminded on the day it has; nothing for one that is with nobody outside."""
    report = reports.by_id(tx, number)
    if report is not None and report.state is State.HANDED_ON and report.ask_again_at is not None:
        scheduled_tasks.plan(tx, KIND, subject("report", number), report.ask_again_at, f"{KIND}:{number}")


def run_due(tx: Transaction, community: Community, about: str) -> None:
    """The task: the day has come. Staff hear of it once, when they are there."""
    _, number = split(about)
    report = reports.by_id(tx, number)
    if report is None or report.state is not State.HANDED_ON or report.ask_again_at is None:
        return
    at = max(report.ask_again_at, community.hours.next_open(tx.now))
    if at > tx.now:
        scheduled_tasks.plan(tx, KIND, about, at, f"{KIND}:{number}")
    else:
        tx.emit(ReportAskAgainDue(report=number))


def _known_as(community: Community, to: str) -> str:
    """A partner who is written out by name is that partner."""
    name = " ".join(to.split())
    for partner in community.partners:
        if name.casefold() in (partner.code, *(partner.name.in_(each).casefold() for each in ("en", "zh"))):
            return partner.code
    return name[:NAME_LENGTH]


def _deadline(community: Community, to: str) -> Deadline:
    partner = community.partner(to)
    return partner.ask_again if partner else TWO_WEEKS
