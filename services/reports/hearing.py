"""What was heard in a voice note, by staff or by a program, and whether it is right.

Raises NotAllowed, WrongState, NotFound or AlreadyDone.
"""

from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.events import VoiceHeard, VoiceHeardConfirmed, VoiceHeardDrafted
from domain.people.rights import Action, require
from domain.reports.parts import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.core.marks import mark
from services.reports.access import for_staff, known, own
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import voices
from storage.reports.voices import NewPart


def set_heard(tx: Transaction, actor: Person, number: int, heard: str) -> None:
    """Write what was heard in a voice note; the resident is asked whether it is right."""
    voice = for_staff(tx, actor, number, Action.TRIAGE)
    voices.change(tx, voice.id, heard=heard, heard_right=None)
    tx.emit(VoiceHeard(actor=actor.id, voice=voice.id))


def draft_heard(tx: Transaction, number: int, text: str) -> None:
    """Keep what a program heard in a voice note. Nobody but staff sees it unless they make it theirs."""
    voice = known(tx, number)
    (part,) = voices.add_parts(tx, voice.id, None, PartPurpose.DRAFT, [NewPart(PartKind.TEXT, text=text)])
    tx.emit(VoiceHeardDrafted(voice=voice.id, part=part))


def use_draft(tx: Transaction, actor: Person, part_id: int) -> int:
    """Make a drafted line one's own, as if one had written it; returns the voice's number."""
    part = voices.part(tx, part_id)
    if part is None or part.purpose != PartPurpose.DRAFT or not part.text:
        raise NotFound
    require(actor.roles, Action.TRIAGE)
    if not voices.release_part(tx, part_id):
        raise AlreadyDone
    set_heard(tx, actor, part.voice, part.text)
    return part.voice


def confirm_heard(tx: Transaction, actor: Person, number: int, right: bool, heard_mark: int) -> None:
    """The resident says whether staff heard right; `heard_mark` says which line was read (see `mark`)."""
    voice = own(tx, actor, number)
    if voice.heard is None or mark(voice.heard) != heard_mark:
        raise WrongState(voice.state)
    if voice.heard_right is not None:
        raise AlreadyDone
    voices.change(tx, voice.id, heard_right=int(right))
    tx.emit(VoiceHeardConfirmed(actor=actor.id, voice=voice.id, right=right))
