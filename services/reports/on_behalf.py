"""Staff speak for people without Telegram: what these said at the counter or on the telephone is theirs."""

from domain.people.rights import Action, NotAllowed, require
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person


def speaker(tx: Transaction, actor: Person, person: int | None) -> Person:
    """Whoever speaks: the actor, or the person without Telegram (by our id) for whom they speak. Raises NotAllowed."""
    if person is None:
        return actor
    require(actor.roles, Action.RECORD)
    found = people.find(tx, person)
    if found is None or not found.is_spoken_for:
        raise NotAllowed(Action.RECORD)
    return found
