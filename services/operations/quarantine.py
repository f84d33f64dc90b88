"""Updates that could not be handled and were set aside: looked at, tried again, forgotten. Never their words.

Raises NotAllowed, or NotFound for one that is not set aside (any more).
"""

from datetime import timedelta

from domain.events import UpdateForgotten, UpdateTriedAgain
from domain.people.rights import Action, require
from services.core.errors import NotFound
from storage.core import inbox
from storage.core.database import Transaction
from storage.core.inbox import Quarantined
from storage.people.people import Person

KEPT = timedelta(days=90)


def listed(tx: Transaction, actor: Person) -> list[Quarantined]:
    """All that are set aside, the newest first."""
    require(actor.roles, Action.MEND)
    return inbox.quarantined(tx)


def one(tx: Transaction, actor: Person, number: int) -> Quarantined:
    """The one with that number of arrival."""
    for each in listed(tx, actor):
        if each.id == number:
            return each
    raise NotFound


def try_again(tx: Transaction, actor: Person, number: int) -> None:
    """Let it be handled as if it had just come."""
    one(tx, actor, number)
    inbox.renew(tx, number)
    tx.emit(UpdateTriedAgain(actor=actor.id, update=number))


def forget_old(tx: Transaction) -> None:
    """What nobody tried again in all that time is forgotten: words are not kept for ever for being in the way."""
    for number in inbox.quarantined_before(tx, tx.now - KEPT):
        _forget(tx, number)
        tx.emit(UpdateForgotten(update=number))


def forget(tx: Transaction, actor: Person, number: int) -> None:
    """Keep that it came, not what it said."""
    one(tx, actor, number)
    _forget(tx, number)
    tx.emit(UpdateForgotten(actor=actor.id, update=number))


def _forget(tx: Transaction, number: int) -> None:
    inbox.forget_body(tx, number)
    inbox.done(tx, number)
