"""Whether somebody may send anything to others at present.

What they send is stopped by one gate, where events are kept (storage/core/events.py); this asks beforehand, so that
nobody answers question after question in vain.
"""

from storage.core import blocks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.people.people import Person

__all__ = ["Blocked", "to_report"]


def to_report(tx: Transaction, person: Person) -> None:
    """Raises Blocked while they may not."""
    blocks.check(tx, person.id)
