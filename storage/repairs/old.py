"""Repairs that were closed so long ago that their addresses go, or all that was said about them."""

import json
from collections.abc import Collection
from datetime import datetime

from storage.core import dialect, unlinked
from storage.core.database import Transaction
from storage.core.instants import to_text

_OF_THESE = f"SELECT value FROM {dialect.each(':repairs', 'chosen')}"


def with_address(tx: Transaction, before: datetime, limit: int) -> list[int]:
    """Those closed before that whose address is kept, the oldest first."""
    return tx.ids(
        "SELECT id FROM repairs WHERE closed_at < ? AND closed_at IS NOT NULL AND address <> '' "
        "ORDER BY closed_at, id LIMIT ?",
        (to_text(before), limit),
    )


def with_words(tx: Transaction, before: datetime, limit: int) -> list[int]:
    """Those closed before that of which words or files are kept."""
    return tx.ids(
        "SELECT id FROM repairs WHERE closed_at < ? AND closed_at IS NOT NULL AND wordless_at IS NULL "
        "ORDER BY closed_at, id LIMIT ?",
        (to_text(before), limit),
    )


def set_wordless(tx: Transaction, repairs: Collection[int]) -> None:
    """Nothing is kept of what was said about these, and no message leads to them."""
    tx.execute(
        f"UPDATE repairs SET wordless_at = :now WHERE id IN ({_OF_THESE})",
        {"repairs": json.dumps(list(repairs)), "now": to_text(tx.now)},
    )
    unlinked.unlink(tx, "repair", repairs)
