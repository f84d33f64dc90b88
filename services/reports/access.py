"""Which voice an actor may do something with. Raises NotAllowed or NotFound."""

from domain.people.rights import Action, NotAllowed, may, require
from services.core.errors import NotFound
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import supports, voices
from storage.reports.voices import Voice


def known(tx: Transaction, number: int) -> Voice:
    """The voice with that number."""
    voice = voices.by_id(tx, number)
    if voice is None:
        raise NotFound
    return voice


def own(tx: Transaction, actor: Person, number: int) -> Voice:
    """The voice, when it is the actor's own."""
    voice = known(tx, number)
    if voice.person != actor.id:
        raise NotAllowed(Action.DECIDE_OWN)
    return voice


def spoken(tx: Transaction, actor: Person, number: int) -> Voice:
    """The voice, when the actor may say more about it."""
    voice = known(tx, number)
    if not speaks(tx, actor, voice):
        raise NotAllowed(Action.DECIDE_OWN)
    return voice


def for_staff(tx: Transaction, actor: Person, number: int, action: Action) -> Voice:
    """The voice, when the actor may do that with voices."""
    require(actor.roles, action)
    return known(tx, number)


def speaks(tx: Transaction, actor: Person, voice: Voice) -> bool:
    """Whether the actor may say more about it: they reported or joined it, or wrote it down for somebody."""
    own = voice.person == actor.id or supports.joined(tx, voice.id, actor.id)
    return own or speaks_for_reporter(actor, voice)


def speaks_for_reporter(actor: Person, voice: Voice) -> bool:
    """Whether it is the actor who wrote it down for somebody without Telegram, and who may add what these say."""
    return voice.recorded_by == actor.id != voice.person and may(actor.roles, Action.RECORD)
