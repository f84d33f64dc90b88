"""Hand a voice on to somebody outside, who is asked again on a day. It does not count as handled by that.

Raises NotAllowed, WrongState, NotFound or AlreadyDone.
"""

from domain.calendar.deadlines import Deadline, Unit
from domain.community import Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import VoiceAskAgainDue, VoiceAskedAgain, VoiceHandedOn
from domain.people.rights import Action
from domain.reports.voices import Move, State, after
from services.core.errors import AlreadyDone
from services.reports.access import for_staff
from services.reports.completing import TYPED
from storage.core import due
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import voices
from storage.reports.voices import NewPart

KIND = "partner"
TWO_WEEKS = Deadline(14, Unit.DAYS)
NAME_LENGTH = 80


def hand_on(tx: Transaction, community: Community, actor: Person, number: int, to: str) -> None:
    """Hand it on to a partner (by code or name) or anybody else by name; the day to ask them again follows.

    Whoever hands it on answers for it, unless somebody does already.
    """
    voice = for_staff(tx, actor, number, Action.DECIDE)
    state = after(voice.state, Move.HAND_ON)
    name = _known_as(community, to)
    if voice.handed_to == name:
        raise AlreadyDone
    ask_again_at = to_text(_deadline(community, name).due(tx.now, community.hours))
    voices.move(tx, voice, state, voice.assignee or actor.id, voice.rounds)
    voices.change(tx, voice.id, handed_to=name, handed_at=to_text(tx.now), ask_again_at=ask_again_at)
    plan(tx, voice.id)
    partner = name if community.partner(name) is not None else None
    typed = voices.add_parts(tx, voice.id, actor.id, TYPED, [] if partner else [NewPart(PartKind.TEXT, text=name)])
    tx.emit(
        VoiceHandedOn(
            actor=actor.id, voice=voice.id, partner=partner, part=typed[0] if typed else None, ask_again_at=ask_again_at
        )
    )


def asked_again(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """They were asked again: the next time is as far away as the first was."""
    voice = for_staff(tx, actor, number, Action.DECIDE)
    if voice.state is not State.HANDED_ON or voice.handed_to is None or voice.ask_again_at is None:
        raise WrongState(voice.state)
    if voice.ask_again_at > tx.now:
        raise AlreadyDone
    ask_again_at = to_text(_deadline(community, voice.handed_to).due(tx.now, community.hours))
    voices.change(tx, voice.id, ask_again_at=ask_again_at)
    plan(tx, voice.id)
    tx.emit(VoiceAskedAgain(actor=actor.id, voice=voice.id, ask_again_at=ask_again_at))


def plan(tx: Transaction, number: int) -> None:
    """See to it that staff are reminded on the day it has; nothing for one that is with nobody outside."""
    voice = voices.by_id(tx, number)
    if voice is not None and voice.state is State.HANDED_ON and voice.ask_again_at is not None:
        due.plan(tx, KIND, subject("voice", number), voice.ask_again_at, f"{KIND}:{number}")


def come(tx: Transaction, community: Community, about: str) -> None:
    """The duty: the day has come. Staff hear of it once, when they are there."""
    _, number = split(about)
    voice = voices.by_id(tx, number)
    if voice is None or voice.state is not State.HANDED_ON or voice.ask_again_at is None:
        return
    at = max(voice.ask_again_at, community.hours.next_open(tx.now))
    if at > tx.now:
        due.plan(tx, KIND, about, at, f"{KIND}:{number}")
    else:
        tx.emit(VoiceAskAgainDue(voice=number))


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
