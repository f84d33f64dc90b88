"""Residents' thanks for pledges: once each."""

from storage.core.database import Transaction
from storage.core.instants import to_text


def add(tx: Transaction, pledge: int, person: int) -> bool:
    """Keep a thank-you; False when that person has said so before."""
    return (
        tx.execute(
            "INSERT INTO pledge_thanks (pledge, person, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (pledge, person, to_text(tx.now)),
        ).rowcount
        > 0
    )


def count(tx: Transaction, pledge: int) -> int:
    """How many have said thank you."""
    return tx.number("SELECT count(*) FROM pledge_thanks WHERE pledge = ?", (pledge,))
