"""Two voices that are about the same thing become one for staff; its people go on hearing by the number they know.

A merged voice points at the one it is part of, never at another merged one: there are no chains and no circles. Raises
NotAllowed, WrongState, NotFound, AlreadyDone or SameAlready.
"""

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import VoiceLetGo, VoiceMerged, VoiceTakenIn, VoiceTakenOut
from domain.people.rights import Action
from domain.reports.parts import PartPurpose
from domain.reports.similar import alike
from domain.reports.voices import MOVES, Move, State, after
from services.core.errors import AlreadyDone, NotFound
from services.reports import deadlines, handing_on
from services.reports.access import for_staff
from storage.core import comparing
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import supports, verdicts, voices
from storage.reports.voices import Voice

COMPARED = 300
OFFERED = 4
RESEMBLES = 0.12
"""Staff look themselves, so less is asked of what they are offered than of what a resident is."""


class SameAlready(Exception):
    """It is the very voice, or that one is part of it."""


def offers(tx: Transaction, voice: Voice) -> list[Voice]:
    """Open voices it may be the same as, the most alike first."""
    words = " ".join(
        part.text for part in voices.parts(tx, voice.id) if part.text and part.purpose == PartPurpose.REPORT
    )
    own = " ".join(each for each in (voice.title, voice.heard, words) if each)
    numbers = alike(own, comparing.open_others(tx, voice.id, COMPARED), OFFERED, RESEMBLES) if own else []
    return [found for number in numbers if (found := voices.by_id(tx, number)) is not None]


def target(tx: Transaction, number: int, into: int) -> Voice:
    """What a voice would become part of: `into`, or what that one is part of itself."""
    found = voices.by_id(tx, into)
    if found is None or voices.by_id(tx, number) is None:
        raise NotFound
    found = voices.whole(tx, found)
    if found.id == number:
        raise SameAlready
    if not found.state.is_open:
        raise WrongState(found.state)
    return found


def merge(tx: Transaction, community: Community, actor: Person, number: int, into: int) -> Voice:
    """Make a voice part of another open one, with all that are part of it already; returns what it is part of now."""
    voice = for_staff(tx, actor, number, Action.DECIDE)
    whole = target(tx, number, into)
    if voice.merged_into == whole.id:
        raise AlreadyDone
    state = after(voice.state, Move.MERGE)
    members = voices.merged_into(tx, voice.id)
    voices.move(tx, voice, state, voice.assignee, voice.rounds)
    voices.change(tx, voice.id, merged_into=whole.id, state_before=voice.state)
    for member in members:
        voices.change(tx, member.id, merged_into=whole.id)
    # What made one of them urgent, or fit for nobody's eyes, is so of both.
    if voice.danger is not None and whole.danger is None:
        due_at = min((each.due_at for each in (voice, whole) if each.due_at is not None), default=None)
        voices.change(tx, whole.id, danger=voice.danger, due_at=due_at and to_text(due_at))
    if voice.about_person and not whole.about_person:
        voices.change(tx, whole.id, about_person=1)
    for each, before in ((voice, None), *((member, voice.id) for member in members)):
        # Where the whole is said to be fixed, those who come to it are asked as well.
        asked = verdicts.ask(tx, whole.id, whole.rounds, each.id) if whole.state is State.RESOLVED else ()
        tx.emit(VoiceMerged(actor=actor.id, voice=each.id, into=whole.id, before=before, asked=asked))
        tx.emit(VoiceTakenIn(actor=actor.id, voice=whole.id, other=each.id))
    deadlines.plan(tx, community, whole.id)
    return whole


def take_out(tx: Transaction, community: Community, actor: Person, number: int) -> int:
    """Let a merged voice stand by itself again, where it stood; returns what it was part of."""
    voice = for_staff(tx, actor, number, Action.DECIDE)
    if voice.state is not State.MERGED or voice.merged_into is None:
        raise WrongState(voice.state)
    let_out(tx, community, voice, actor.id)
    return voice.merged_into


def let_out(tx: Transaction, community: Community, voice: Voice, actor: int | None) -> None:
    """A merged voice goes back to the state it had; its people are asked no more about the other one."""
    assert voice.merged_into is not None
    whole = voices.whole(tx, voice)
    voices.move(tx, voice, voice.state_before or State.NEW, voice.assignee, voice.rounds)
    voices.change(tx, voice.id, merged_into=None, state_before=None)
    handing_on.plan(tx, voice.id)
    for person in supports.concerned(tx, voice.id):
        if not supports.concerns(tx, whole.id, person):
            verdicts.forget_open(tx, whole.id, person)
    tx.emit(VoiceTakenOut(actor=actor, voice=voice.id, before=whole.id))
    tx.emit(VoiceLetGo(actor=actor, voice=whole.id, other=voice.id))
    deadlines.plan(tx, community, voice.id)


def mergeable(voice: Voice) -> bool:
    """Whether it can become part of another one as it stands."""
    return MOVES.allows(voice.state, Move.MERGE)
