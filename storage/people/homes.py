"""Addresses that people let us keep, for the next time they ask."""

from dataclasses import dataclass

from domain.operations.taken_away import Taken
from storage.core import taken_away
from storage.core.database import Transaction
from storage.core.instants import to_text


@dataclass(frozen=True)
class Home:
    """Where somebody lives, to the door."""

    area: str | None
    address: str


def of(tx: Transaction, person: int) -> Home | None:
    """The address a person let us keep, or None."""
    row = tx.one("SELECT area, address FROM homes WHERE person = ?", (person,))
    return None if row is None else Home(row["area"], row["address"])


def keep(tx: Transaction, person: int, area: str | None, address: str) -> None:
    """Keep it, in place of the one before."""
    tx.execute(
        "INSERT INTO homes (person, area, address, kept_at) VALUES (?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET "
        "area = excluded.area, address = excluded.address, kept_at = excluded.kept_at",
        (person, area, address, to_text(tx.now)),
    )


def forget(tx: Transaction, person: int) -> None:
    """Keep none."""
    if tx.execute("DELETE FROM homes WHERE person = ?", (person,)).rowcount:
        taken_away.note_of(tx, Taken.HOME_FORGOTTEN, person)
