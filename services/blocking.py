"""Blocking somebody who abuses the reports: for a time, with a reason they read. Nobody learns by it who they are."""

from datetime import timedelta

from domain.events import PersonBlocked, PersonUnblocked, ReporterBlocked, ReporterUnblocked
from domain.rights import Action, NotAllowed, may, require
from services.voices import AlreadyDone, Gone
from storage import blocks, people, voices
from storage.blocks import Block
from storage.database import Transaction
from storage.instants import to_text
from storage.people import Person


def block(tx: Transaction, actor: Person, number: int, reason: str, days: int) -> Block:
    """Block the reporter of a voice for some days. Raises NotAllowed or Gone.

    Staff cannot be blocked, nor people without Telegram: staff decide themselves what they record.
    """
    require(actor.roles, Action.BLOCK)
    voice = voices.by_id(tx, number)
    if voice is None:
        raise Gone
    person = voices.writer(tx, voice)
    if voice.recorded_by is not None or may(people.by_id(tx, person).roles, Action.TRIAGE):
        raise NotAllowed(Action.BLOCK)
    until = tx.now + timedelta(days=days)
    blocks.put(tx, person, actor.id, reason, until)
    tx.emit(PersonBlocked(actor=actor.id, person=person, voice=number, reason=reason, until=to_text(until)))
    tx.emit(ReporterBlocked(actor=actor.id, voice=number, until=to_text(until)))
    return Block(person, actor.id, reason, tx.now, until)


def lift(tx: Transaction, actor: Person, number: int) -> None:
    """End the block of a voice's reporter. Raises AlreadyDone when there is none."""
    require(actor.roles, Action.BLOCK)
    voice = voices.by_id(tx, number)
    if voice is None:
        raise Gone
    person = voices.writer(tx, voice)
    if not blocks.lift(tx, person):
        raise AlreadyDone
    tx.emit(PersonUnblocked(actor=actor.id, person=person, voice=number))
    tx.emit(ReporterUnblocked(actor=actor.id, voice=number))
