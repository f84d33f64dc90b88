"""Repairs that were closed a while ago: first their addresses go, and much later all that was said about them.

What is open keeps all it has. One without an address cannot be opened again: nobody would know where to go.
"""

from datetime import datetime

from services.repairs import erasing
from storage.core.database import Transaction
from storage.repairs import old


def forget_addresses(tx: Transaction, before: datetime, limit: int) -> bool:
    """Addresses, telephone numbers and codes of the next that were closed before that; True while more may be left."""
    found = old.with_address(tx, before, limit)
    erasing.addresses(tx, found)
    return len(found) == limit


def forget_words(tx: Transaction, before: datetime, limit: int) -> bool:
    """All that was said about the next that were closed before that; True while more may be left."""
    found = old.with_words(tx, before, limit)
    erasing.whole(tx, found)
    old.set_wordless(tx, found)
    return len(found) == limit
