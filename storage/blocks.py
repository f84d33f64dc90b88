"""Who may not send reports for a time, and why."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.instants import from_text, to_text


@dataclass(frozen=True)
class Block:
    """A person's block; it ends by itself at `until`."""

    person: int
    by: int
    reason: str
    since: datetime
    until: datetime


def put(tx: Transaction, person: int, by: int, reason: str, until: datetime) -> None:
    """Block somebody until then; a block there was is replaced."""
    tx.execute(
        "INSERT INTO blocks (person, by, reason, since, until) VALUES (?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE "
        "SET by = excluded.by, reason = excluded.reason, since = excluded.since, until = excluded.until",
        (person, by, reason, to_text(tx.now), to_text(until)),
    )


def lift(tx: Transaction, person: int) -> bool:
    """End somebody's block; False when there was none."""
    return tx.execute("DELETE FROM blocks WHERE person = ?", (person,)).rowcount > 0


def of(tx: Transaction, person: int) -> Block | None:
    """Somebody's block that has not ended, or None."""
    row = tx.one("SELECT * FROM blocks WHERE person = ? AND until > ?", (person, to_text(tx.now)))
    if row is None:
        return None
    return Block(row["person"], row["by"], row["reason"], from_text(row["since"]), from_text(row["until"]))
