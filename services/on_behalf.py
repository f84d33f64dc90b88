"""Staff speak for people without Telegram: what these said at the counter or on the telephone is theirs."""

from domain.rights import Action, NotAllowed, require
from storage import people
from storage.database import Transaction
from storage.people import Person


def speaker(tx: Transaction, actor: Person, person: int | None) -> Person:
    """Whoever speaks: the actor, or the person without Telegram (by our id) for whom they speak. Raises NotAllowed."""
    if person is None:
        return actor
    require(actor.roles, Action.RECORD)
    found = people.find(tx, person)
    if found is None or found.telegram_id is not None:
        raise NotAllowed(Action.RECORD)
    return found
