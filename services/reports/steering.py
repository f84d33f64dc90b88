"""Staff steer a report: give it to somebody, ask its reporter, move the deadline, mark it, open it again.

Each use case checks the actor's rights and the report's state, and says what happened. Raises NotAllowed, WrongState,
NotFound or AlreadyDone.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import (
    ReportAsked,
    ReportDeadlineMoved,
    ReportHandedBack,
    ReportMarkedPersonal,
    ReportOpenedAgain,
    ReportSentToDepartment,
    ReportTaken,
)
from domain.people.rights import Action, may
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import WORKABLE, Move, after
from services.core.errors import AlreadyDone, NotFound
from services.reports import deadlines
from services.reports.access import for_staff, known
from storage.core import events
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report


def assign(tx: Transaction, community: Community, actor: Person, number: int, person: int) -> None:
    """Give it to a member of staff, who answers for it from now on and hears of it."""
    report = for_staff(tx, actor, number, Action.ASSIGN)
    chosen = people.find(tx, person)
    if chosen is None or not may(chosen.roles, Action.TRIAGE):
        raise NotFound
    state = after(report.state, Move.TAKE)
    if report.assignee == chosen.id and state is report.state:
        raise AlreadyDone
    reports.move(tx, report, state, chosen.id, report.rounds)
    tx.emit(ReportTaken(actor=actor.id, report=report.id, assignee=chosen.id, before=report.assignee))
    deadlines.plan(tx, community, report.id)


def send_to_department(tx: Transaction, community: Community, actor: Person, number: int, code: str) -> None:
    """Let another department answer for it; whoever had it has it no more, so what was taken is new there, and its card
    moves to that topic."""
    report = for_staff(tx, actor, number, Action.ASSIGN)
    if community.department(code) is None:
        raise NotFound
    state = after(report.state, Move.SEND)
    if department_of(community, report) == code:
        raise AlreadyDone
    reports.change(tx, report.id, department=code)
    reports.move(tx, report, state, None, report.rounds)
    tx.emit(ReportSentToDepartment(actor=actor.id, report=report.id, department=code, before=report.assignee))


def hand_back(tx: Transaction, community: Community, number: int) -> None:
    """Who is in charge has left: nobody is any more, and what was taken is new again."""
    report = known(tx, number)
    state = after(report.state, Move.SEND) if report.state in WORKABLE else report.state
    reports.move(tx, report, state, None, report.rounds)
    tx.emit(ReportHandedBack(report=number))
    deadlines.plan(tx, community, number)


def department_of(community: Community, report: Report) -> str | None:
    """The code of the department that answers for it: the one it was sent to, else its category's."""
    if report.department is not None:
        return report.department
    category = community.category(report.category) if report.category else None
    return category.department if category else None


def ask(tx: Transaction, actor: Person, number: int, part: NewPart) -> None:
    """Ask its reporter something; their reply is added to it."""
    report = for_staff(tx, actor, number, Action.ANSWER)
    (kept,) = reports.add_parts(tx, report.id, actor.id, PartPurpose.QUESTION, [part])
    tx.emit(ReportAsked(actor=actor.id, report=report.id, part=kept, asked=report.person))


def owed_answer(tx: Transaction, report: Report, parts: Sequence[Part]) -> Part | None:
    """The question of staff that its reporter was asked and has not answered, given all its parts; or None.

    What others write who have the same trouble is no answer to it. Where somebody else stands for the report by now,
    they owe no answer to what another one was asked.
    """
    questions = {part.id: part for part in parts if part.purpose == PartPurpose.QUESTION}
    if not questions:
        return None
    noted = [data for _, data in events.all_noted(tx, ReportAsked.KIND, subject("report", report.id))]
    asked = {int(data["part"]): data.get("asked") or report.person for data in noted}
    theirs = [each for number, each in questions.items() if asked.get(number, report.person) == report.person]
    said = max(
        (part.id for part in parts if part.purpose == PartPurpose.ADDITION and part.person == report.person), default=0
    )
    return theirs[-1] if theirs and theirs[-1].id > said else None


def move_deadline(tx: Transaction, community: Community, actor: Person, number: int, due_at: datetime) -> None:
    """Promise it for another time, which must lie ahead; those who spoke about it read the new one."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    if report.state not in WORKABLE:
        raise WrongState(report.state)
    if due_at <= tx.now:
        raise NotFound
    if due_at == report.due_at:
        raise AlreadyDone
    reports.change(tx, report.id, due_at=to_text(due_at))
    before = to_text(report.due_at) if report.due_at else None
    tx.emit(ReportDeadlineMoved(actor=actor.id, report=report.id, due_at=to_text(due_at), before=before))
    deadlines.plan(tx, community, report.id)


def mark_personal(tx: Transaction, actor: Person, number: int, on: bool) -> None:
    """Mark it as about a person: it is shown to no other resident, not even without words."""
    report = for_staff(tx, actor, number, Action.TRIAGE)
    if report.about_person == on:
        raise AlreadyDone
    reports.change(tx, report.id, about_person=int(on))
    tx.emit(ReportMarkedPersonal(actor=actor.id, report=report.id, on=on))


def open_again(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Take up again what was closed; whoever opens it answers for it."""
    report = for_staff(tx, actor, number, Action.DECIDE)
    reports.move(tx, report, after(report.state, Move.REOPEN), actor.id, report.rounds)
    tx.emit(ReportOpenedAgain(actor=actor.id, report=report.id))
    deadlines.back(tx, community, report.id)
