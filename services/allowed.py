"""Whether somebody may send anything to staff at present."""

from datetime import datetime

from storage import blocks
from storage.database import Transaction
from storage.people import Person


class Blocked(Exception):
    """They may not send anything to staff until then; `reason` is what staff wrote."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


def to_report(tx: Transaction, person: Person) -> None:
    """Raises Blocked while they may not."""
    found = blocks.of(tx, person.id)
    if found is not None:
        raise Blocked(found.reason, found.until)
