"""What staff do with a voice until it is fixed: take it, start, resolve it; the line it goes by, and who reported it.

Raises NotAllowed, WrongState, NotFound or AlreadyDone.
"""

from collections.abc import Sequence

from domain.community import Community
from domain.events import ReporterShown, VoiceResolved, VoiceStarted, VoiceTaken, VoiceTitled
from domain.people.rights import Action
from domain.reports.parts import PartPurpose
from domain.reports.voices import Move, after
from services.core.errors import AlreadyDone
from services.reports import deadlines, verdicts
from services.reports.access import for_staff
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import voices
from storage.reports.voices import NewPart

TITLE_LENGTH = 120


def take(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Answer for it from now on. Taken from a colleague as well, who hears of it."""
    voice = for_staff(tx, actor, number, Action.TRIAGE)
    state = after(voice.state, Move.TAKE)
    if voice.assignee == actor.id and state is voice.state:
        raise AlreadyDone
    voices.move(tx, voice, state, actor.id, voice.rounds)
    tx.emit(VoiceTaken(actor=actor.id, voice=voice.id, assignee=actor.id, before=voice.assignee))
    deadlines.plan(tx, community, voice.id)


def start(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Work has begun. Whoever says so answers for it, unless somebody does already."""
    voice = for_staff(tx, actor, number, Action.TRIAGE)
    state = after(voice.state, Move.START)
    voices.move(tx, voice, state, voice.assignee or actor.id, voice.rounds)
    tx.emit(VoiceStarted(actor=actor.id, voice=voice.id))
    deadlines.plan(tx, community, voice.id)


def resolve(tx: Transaction, community: Community, actor: Person, number: int, parts: Sequence[NewPart]) -> None:
    """Say it is fixed, with a note and perhaps a photo as proof. Provisional: everybody who spoke about it is asked.

    A yes closes it, a no opens it again. Who says nothing is asked once more, and when `close_after` is over (seven
    days, unless the community file says otherwise) it is closed as unanswered. Its deadline rests while it is resolved:
    nobody is warned of it (deadlines.py); a no brings it back.
    """
    voice = for_staff(tx, actor, number, Action.RESOLVE)
    state = after(voice.state, Move.RESOLVE)
    ids = voices.add_parts(tx, voice.id, actor.id, PartPurpose.RESOLUTION, parts)
    round_ = voice.rounds + 1
    voices.move(tx, voice, state, voice.assignee or actor.id, round_)
    tx.emit(VoiceResolved(actor=actor.id, voice=voice.id, parts=tuple(ids), round=round_))
    verdicts.ask_everybody(tx, community, voice.id, round_)


def set_title(tx: Transaction, actor: Person, number: int, title: str) -> None:
    """Give it the line it goes by."""
    voice = for_staff(tx, actor, number, Action.TRIAGE)
    voices.change(tx, voice.id, title=title[:TITLE_LENGTH])
    tx.emit(VoiceTitled(actor=actor.id, voice=voice.id))


def reporter(tx: Transaction, actor: Person, number: int) -> Person:
    """Who reported it. That staff asked is kept."""
    voice = for_staff(tx, actor, number, Action.SEE_REPORTER)
    tx.emit(ReporterShown(actor=actor.id, voice=voice.id))
    return people.by_id(tx, voices.writer(tx, voice))
