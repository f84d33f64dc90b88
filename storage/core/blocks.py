"""Who may not send reports for a time, and why."""

from dataclasses import dataclass
from datetime import datetime

from domain.operations.taken_away import Taken
from storage.core import taken_away
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text


@dataclass(frozen=True)
class Block:
    """A person's block; it ends by itself at `until`. Of one kept through a restore `reason` is not known: empty."""

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
    taken_away.note_of(tx, Taken.BLOCKED, person, until=to_text(until))


def lift(tx: Transaction, person: int) -> bool:
    """End somebody's block; False when there was none."""
    lifted = tx.execute("DELETE FROM blocks WHERE person = ?", (person,)).rowcount > 0
    if lifted:
        taken_away.note_of(tx, Taken.UNBLOCKED, person)
    return lifted


def keep_for_stranger(tx: Transaction, person: int, who: str) -> None:
    """They are forgotten. A block lives on until it ends, by the keyed hash alone: who comes back is blocked still."""
    for row in tx.query("DELETE FROM blocks WHERE person = ? RETURNING until", (person,)):
        if row["until"] > to_text(tx.now):
            block_stranger(tx, who, row["until"])


def block_stranger(tx: Transaction, who: str, until: str) -> None:
    """Block somebody the database does not know (yet), by the keyed hash of their number, until then."""
    tx.execute(
        "INSERT INTO blocked_strangers (who, until) VALUES (?, ?) ON CONFLICT (who) DO UPDATE SET "
        "until = excluded.until",
        (who, until),
    )


class Blocked(Exception):
    """They may not send anything to others until then; `reason` is what staff wrote."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


def check(tx: Transaction, person: int) -> None:
    """Raises Blocked while they may send nothing."""
    found = of(tx, person)
    if found is not None:
        raise Blocked(found.reason, found.until)


def of(tx: Transaction, person: int) -> Block | None:
    """Somebody's block that has not ended, or None."""
    row = tx.one("SELECT * FROM blocks WHERE person = ? AND until > ?", (person, to_text(tx.now)))
    if row is None:
        return None
    return Block(row["person"], row["by"], row["reason"], from_text(row["since"]), from_text(row["until"]))


def stranger_came(tx: Transaction, person: int, telegram_id: int) -> None:
    """Somebody the restored database did not know is met: blocked before the restore, they are blocked now."""
    if tx.one("SELECT 1 FROM blocked_strangers LIMIT 1") is None:
        return
    who = taken_away.who(taken_away.key(tx), telegram_id)
    for row in tx.query("DELETE FROM blocked_strangers WHERE who = ? RETURNING until", (who,)):
        keep_through_restore(tx, person, row["until"])


def keep_through_restore(tx: Transaction, person: int, until: str) -> None:
    """Block somebody until then (an instant as text). By whom and why stands in no file that survives a restore."""
    tx.execute(
        "INSERT INTO blocks (person, by, reason, since, until) VALUES (?, ?, '', ?, ?) ON CONFLICT (person) DO UPDATE "
        "SET since = excluded.since, until = excluded.until",
        (person, person, to_text(tx.now), until),
    )


def forget_ended(tx: Transaction, before: datetime) -> int:
    """Delete blocks that ended before that, and those of strangers; returns how many."""
    tables = ("blocks", "blocked_strangers")
    return sum(tx.execute(f"DELETE FROM {table} WHERE until < ?", (to_text(before),)).rowcount for table in tables)
