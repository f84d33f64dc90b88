"""What people choose for themselves. A capability gives its choice a code, and says what the values mean."""

from domain.events import PreferenceChosen
from storage.core.database import Transaction
from storage.people import preferences
from storage.people.people import Person


def choose(tx: Transaction, actor: Person, code: str, value: str | None) -> None:
    """Somebody chooses something for themselves; None: what is usual, also when that changes."""
    preferences.put(tx, actor.id, code, value)
    tx.emit(PreferenceChosen(actor=actor.id, person=actor.id, code=code, value=value))
