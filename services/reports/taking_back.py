"""Taking back what one has reported or joined, and what one has to do with the place.

A voice that only its reporter stands behind is closed by it. Where others have the same trouble it stays open for them,
and the next of them stands for it. Raises NotAllowed, WrongState, AlreadyDone or NotFound.
"""

from collections.abc import Sequence

from domain.core.state_machine import WrongState
from domain.events import VoiceLeft, VoiceRelated, VoiceWithdrawn
from domain.people.rights import NotAllowed
from domain.reports.parts import PartPurpose
from domain.reports.voices import MOVES, Move, Relation, after
from services.core.errors import AlreadyDone
from services.reports.access import own, spoken
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import supports, verdicts, voices
from storage.reports.voices import NewPart, Voice

PURPOSE = PartPurpose.WITHDRAWAL
"""Of the parts that say why."""


def can_be_taken_back(tx: Transaction, voice: Voice) -> bool:
    """Whether those who spoke about it may still take it back; a merged one stands where that one stands."""
    return MOVES.allows(voice.state, Move.WITHDRAW) and MOVES.allows(voices.whole(tx, voice).state, Move.WITHDRAW)


def stays_open(tx: Transaction, actor: Person, voice: Voice) -> bool:
    """Whether it stays open without the actor, because others have the same trouble."""
    if voice.person != actor.id or voice.merged_into is not None:
        return True
    return supports.first_other(tx, voice.id, actor.id) is not None


def take_back(tx: Transaction, actor: Person, number: int, why: Sequence[NewPart] = ()) -> bool:
    """Take it back, with or without a word why. True when it is closed, False when it stays open for others."""
    voice = spoken(tx, actor, number)
    closed = after(voice.state, Move.WITHDRAW)
    whole = voices.whole(tx, voice)
    after(whole.state, Move.WITHDRAW)
    parts = tuple(voices.add_parts(tx, number, actor.id, PURPOSE, why))
    verdicts.forget_open(tx, whole.id, actor.id)
    heir = supports.first_other(tx, number, actor.id) if voice.person == actor.id else None
    if voice.person == actor.id and heir is None:
        voices.move(tx, voice, closed, voice.assignee, voice.rounds)
        voices.change(tx, number, merged_into=None, state_before=None)
        tx.emit(VoiceWithdrawn(actor=actor.id, voice=number, parts=parts))
        return True
    supports.remove(tx, number, actor.id if heir is None else heir)
    if heir is not None:
        # What the one who left said of themselves is not true of whoever stands for it now.
        voices.change(tx, number, person=heir, relation=None)
    tx.emit(VoiceLeft(actor=actor.id, voice=number, parts=parts, heir=heir))
    return False


def relate(tx: Transaction, actor: Person, number: int, relation: Relation | None) -> None:
    """Its reporter says what they have to do with the place; None takes that back. It is kept for the next report."""
    voice = own(tx, actor, number)
    if not voice.state.is_open:
        raise WrongState(voice.state)
    if voice.relation == relation:
        raise AlreadyDone
    voices.change(tx, number, relation=relation)
    tx.emit(VoiceRelated(actor=actor.id, voice=number, relation=relation))


def left(tx: Transaction, actor: Person, number: int) -> bool:
    """Whether the actor once spoke about it and has taken that back."""
    try:
        spoken(tx, actor, number)
    except NotAllowed:
        return any(
            part.person == actor.id and part.purpose in (PartPurpose.REPORT, PartPurpose.SUPPORT)
            for part in voices.parts(tx, number)
        )
    return False
