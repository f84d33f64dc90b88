"""What the board may show, asked once more after a restore: it sleeps until its owner has answered."""

from domain.events import PledgeConsent
from services.core.errors import AlreadyDone
from storage.core.database import Transaction
from storage.people.people import Person
from storage.pledges import pledges


def wake(tx: Transaction, actor: Person) -> None:
    """The board may show all of the actor's that it showed before. Raises AlreadyDone when nothing of it sleeps."""
    asleep = pledges.asleep_consents(tx, actor.id)
    if not asleep:
        raise AlreadyDone
    for pledge, what in asleep:
        if pledges.give_consent(tx, pledge, what, actor.id):
            tx.emit(PledgeConsent(actor=actor.id, pledge=pledge, what=what, given=True))
    pledges.consents_awake(tx, actor.id)
