"""How far tidying up has come."""

from dataclasses import dataclass
from datetime import datetime

from domain.operations.retention import LATER
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text


@dataclass(frozen=True)
class Tidied:
    """`clock` moves on by a day at most each time; `looked_at`: when the last row ended that was looked at, and its
    number."""

    clock: datetime
    looked_at: tuple[str, int]


def known(tx: Transaction) -> Tidied | None:
    """What was kept; None before the first time."""
    row = tx.one("SELECT * FROM tidying")
    return None if row is None else Tidied(from_text(row["clock"]), (row["looked_at"], row["looked_at_id"]))


def keep(tx: Transaction, tidied: Tidied) -> None:
    """Keep it in place of what was there."""
    tx.execute(
        "INSERT INTO tidying (id, clock, looked_at, looked_at_id) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "clock = excluded.clock, looked_at = excluded.looked_at, looked_at_id = excluded.looked_at_id",
        (to_text(tidied.clock), *tidied.looked_at),
    )


def sure(tx: Transaction) -> datetime | None:
    """A time that has certainly been reached, however wrong the clock is for some hours; None when that is not known.

    The clock of tidying moves on by a day at most each hour, so one that is wrong for two hours stays within `LATER`.
    """
    tidied = known(tx)
    return None if tidied is None else min(tx.now, tidied.clock) - LATER
