"""The words of promises go for good; that they were made, and how often they were kept, stays."""

from collections.abc import Collection

from storage.core.database import Transaction
from storage.pledges import erasing


def words(tx: Transaction, pledges: Collection[int]) -> None:
    """Nobody can read any more what these promised, nor what was said of how it went."""
    erasing.empty(tx, pledges)
