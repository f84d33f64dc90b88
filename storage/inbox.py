"""Door one: updates as they came, kept before Telegram is told that we have them."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from storage.database import Transaction
from storage.instants import to_text


def store(tx: Transaction, updates: Iterable[dict[str, Any]]) -> int:
    """Keep raw updates in order of arrival; one that is there already is left as it is. Returns how many were new."""
    new = 0
    now = to_text(tx.now)
    for update in updates:
        # NUL is legal in JSON text and in SQLite, but cuts strings short in half of all tools: kept out here, once.
        body = json.dumps(update, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", "\\ufffd")
        new += tx.execute(
            "INSERT INTO inbox (update_id, body, received_at) VALUES (?, ?, ?) ON CONFLICT (update_id) DO NOTHING",
            (update["update_id"], body.encode("utf-8", "replace").decode(), now),
        ).rowcount
    if new:
        tx.signal("inbox")
    return new


def waiting(tx: Transaction, limit: int) -> list[sqlite3.Row]:
    """The next rows to handle, in order of arrival."""
    return tx.query("SELECT id, body, tries FROM inbox WHERE state = 'new' ORDER BY id LIMIT ?", (limit,))


def begin_try(tx: Transaction, inbox_id: int) -> None:
    """Count a try, before it is made: an update that kills the process is found by this."""
    tx.execute("UPDATE inbox SET tries = tries + 1 WHERE id = ?", (inbox_id,))


def done(tx: Transaction, inbox_id: int) -> None:
    """It was handled."""
    tx.execute("UPDATE inbox SET state = 'done', done_at = ? WHERE id = ?", (to_text(tx.now), inbox_id))


def quarantine(tx: Transaction, inbox_id: int, error: str) -> None:
    """Set it aside with the reason; the next one is handled."""
    tx.execute(
        "UPDATE inbox SET state = 'quarantined', done_at = ?, error = ? WHERE id = ?",
        (to_text(tx.now), error[:500], inbox_id),
    )


def forget_body(tx: Transaction, inbox_id: int) -> None:
    """Keep that the update came, not what it said: staff talking among themselves is none of our business."""
    tx.execute("UPDATE inbox SET body = '{}' WHERE id = ?", (inbox_id,))


def forget_done(tx: Transaction, older_than: timedelta) -> int:
    """Delete handled updates; returns how many."""
    return tx.execute(
        "DELETE FROM inbox WHERE state = 'done' AND done_at < ?", (to_text(tx.now - older_than),)
    ).rowcount
