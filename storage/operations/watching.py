"""What the tables say of how well the program goes on: numbers and instants alone."""

from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text

_BROADCASTS = 2
Waiting = tuple[int, datetime | None]
"""How many, and since when the first of them."""


def inbox(tx: Transaction) -> Waiting:
    """What came and is not handled; what is held by a limit waits on purpose."""
    return _waiting(tx, "SELECT count(*) AS count, min(received_at) AS since FROM inbox WHERE state = 'new'")


def outbox(tx: Transaction) -> Waiting:
    """What is to be sent and could be. Words to many take their time, and are not looked at."""
    return _waiting(
        tx,
        "SELECT count(*) AS count, min(coalesce(not_before, created_at)) AS since FROM outbox "
        f"WHERE state IN ('pending', 'sending') AND lane < {_BROADCASTS}",
    )


def failed(tx: Transaction, since: datetime) -> Waiting:
    """Messages that were given up since then."""
    return _waiting(
        tx,
        "SELECT count(*) AS count, min(finished_at) AS since FROM outbox WHERE state = 'failed' AND finished_at > ?",
        to_text(since),
    )


def overdue(tx: Transaction, before: datetime) -> Waiting:
    """What was due before that and has not been done."""
    return _waiting(
        tx, "SELECT count(*) AS count, min(next_due) AS since FROM scheduled_tasks WHERE next_due < ?", to_text(before)
    )


def began(tx: Transaction) -> datetime | None:
    """When the first thing happened here; None before it."""
    row = tx.one("SELECT at FROM events ORDER BY id LIMIT 1")
    return from_text_or_none(row["at"] if row else None)


def quarantined(tx: Transaction) -> Waiting:
    """Updates that are set aside."""
    return _waiting(tx, "SELECT count(*) AS count, min(done_at) AS since FROM inbox WHERE state = 'quarantined'")


def _waiting(tx: Transaction, sql: str, *values: str) -> Waiting:
    row = tx.one(sql, values)
    assert row is not None
    return int(row["count"]), from_text_or_none(row["since"])
