"""Messages of one person to a group that wait until somebody wants to read them: rows of the outbox, as they are."""

from datetime import timedelta

from storage.core.database import Transaction
from storage.core.instants import to_text

KEPT = timedelta(days=90)
_THEIRS = "FROM outbox WHERE state = 'folded' AND comes_from = ? AND chat = ?"


def count(tx: Transaction, person: int, chat: int) -> int:
    """How many wait."""
    return tx.number(f"SELECT count(*) {_THEIRS}", (person, chat))


def newest_subject(tx: Transaction, person: int, chat: int) -> str | None:
    """What the newest of them is about."""
    row = tx.one(f"SELECT subject {_THEIRS} ORDER BY id DESC LIMIT 1", (person, chat))
    return None if row is None else row["subject"]


def unfold(tx: Transaction, person: int, chat: int, limit: int, reader: int) -> int:
    """Have the oldest sent after all, at the wish of `reader`, whose turns they take; returns how many."""
    rows = tx.query(f"SELECT id {_THEIRS} ORDER BY id LIMIT ?", (person, chat, limit))
    for turn, row in enumerate(rows):
        tx.execute(
            "UPDATE outbox SET state = 'pending', comes_from = ?, turn = ? WHERE id = ?", (reader, turn, row["id"])
        )
    if rows:
        tx.signal("outbox")
    return len(rows)


def forget_old(tx: Transaction) -> int:
    """What nobody wanted to read for so long goes; what it said of a report is in its history. Returns how many."""
    return tx.execute(
        "DELETE FROM outbox WHERE state = 'folded' AND created_at < ?", (to_text(tx.now - KEPT),)
    ).rowcount
