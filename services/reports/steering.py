"""Staff steer a voice: give it to somebody, ask its reporter, move the deadline, mark it, open it again.

Each use case checks the actor's rights and the voice's state, and says what happened. Raises NotAllowed, WrongState,
NotFound or AlreadyDone.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import (
    VoiceAsked,
    VoiceDeadlineMoved,
    VoiceMarkedPersonal,
    VoiceOpenedAgain,
    VoiceSentToDepartment,
    VoiceTaken,
)
from domain.people.rights import Action, may
from domain.reports.parts import PartPurpose
from domain.reports.voices import WORKABLE, Move, after
from services.core.errors import AlreadyDone, NotFound
from services.reports import deadlines
from services.reports.access import for_staff
from storage.core import events
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.reports import voices
from storage.reports.voices import NewPart, Part, Voice


def assign(tx: Transaction, community: Community, actor: Person, number: int, person: int) -> None:
    """Give it to a member of staff, who answers for it from now on and hears of it."""
    voice = for_staff(tx, actor, number, Action.ASSIGN)
    chosen = people.find(tx, person)
    if chosen is None or not may(chosen.roles, Action.TRIAGE):
        raise NotFound
    state = after(voice.state, Move.TAKE)
    if voice.assignee == chosen.id and state is voice.state:
        raise AlreadyDone
    voices.move(tx, voice, state, chosen.id, voice.rounds)
    tx.emit(VoiceTaken(actor=actor.id, voice=voice.id, assignee=chosen.id, before=voice.assignee))
    deadlines.plan(tx, community, voice.id)


def send_to_department(tx: Transaction, community: Community, actor: Person, number: int, code: str) -> None:
    """Let another department answer for it; whoever had it has it no more, so what was taken is new there, and its card
    moves to that topic."""
    voice = for_staff(tx, actor, number, Action.ASSIGN)
    if community.department(code) is None:
        raise NotFound
    state = after(voice.state, Move.SEND)
    if department_of(community, voice) == code:
        raise AlreadyDone
    voices.change(tx, voice.id, department=code)
    voices.move(tx, voice, state, None, voice.rounds)
    tx.emit(VoiceSentToDepartment(actor=actor.id, voice=voice.id, department=code, before=voice.assignee))


def department_of(community: Community, voice: Voice) -> str | None:
    """The code of the department that answers for it: the one it was sent to, else its category's."""
    if voice.department is not None:
        return voice.department
    category = community.category(voice.category) if voice.category else None
    return category.department if category else None


def ask(tx: Transaction, actor: Person, number: int, part: NewPart) -> None:
    """Ask its reporter something; their reply is added to it."""
    voice = for_staff(tx, actor, number, Action.ANSWER)
    (kept,) = voices.add_parts(tx, voice.id, actor.id, PartPurpose.QUESTION, [part])
    tx.emit(VoiceAsked(actor=actor.id, voice=voice.id, part=kept, asked=voice.person))


def owed_answer(tx: Transaction, voice: Voice, parts: Sequence[Part]) -> Part | None:
    """The question of staff that its reporter was asked and has not answered, given all its parts; or None.

    What others write who have the same trouble is no answer to it. Where somebody else stands for the report by now,
    they owe no answer to what another one was asked.
    """
    questions = {part.id: part for part in parts if part.purpose == PartPurpose.QUESTION}
    if not questions:
        return None
    noted = [data for _, data in events.all_noted(tx, VoiceAsked.KIND, subject("voice", voice.id))]
    asked = {int(data["part"]): data.get("asked") or voice.person for data in noted}
    theirs = [each for number, each in questions.items() if asked.get(number, voice.person) == voice.person]
    said = max(
        (part.id for part in parts if part.purpose == PartPurpose.ADDITION and part.person == voice.person), default=0
    )
    return theirs[-1] if theirs and theirs[-1].id > said else None


def move_deadline(tx: Transaction, community: Community, actor: Person, number: int, due_at: datetime) -> None:
    """Promise it for another time, which must lie ahead; those who spoke about it read the new one."""
    voice = for_staff(tx, actor, number, Action.TRIAGE)
    if voice.state not in WORKABLE:
        raise WrongState(voice.state)
    if due_at <= tx.now:
        raise NotFound
    if due_at == voice.due_at:
        raise AlreadyDone
    voices.change(tx, voice.id, due_at=to_text(due_at))
    before = to_text(voice.due_at) if voice.due_at else None
    tx.emit(VoiceDeadlineMoved(actor=actor.id, voice=voice.id, due_at=to_text(due_at), before=before))
    deadlines.plan(tx, community, voice.id)


def mark_personal(tx: Transaction, actor: Person, number: int, on: bool) -> None:
    """Mark it as about a person: it is shown to no other resident, not even without words."""
    voice = for_staff(tx, actor, number, Action.TRIAGE)
    if voice.about_person == on:
        raise AlreadyDone
    voices.change(tx, voice.id, about_person=int(on))
    tx.emit(VoiceMarkedPersonal(actor=actor.id, voice=voice.id, on=on))


def open_again(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Take up again what was closed; whoever opens it answers for it."""
    voice = for_staff(tx, actor, number, Action.DECIDE)
    voices.move(tx, voice, after(voice.state, Move.REOPEN), actor.id, voice.rounds)
    tx.emit(VoiceOpenedAgain(actor=actor.id, voice=voice.id))
    deadlines.back(tx, community, voice.id)
