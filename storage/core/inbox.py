"""Door one: updates as they came, kept before Telegram is told that we have them."""

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.core.stored import Stored
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text


# Legal in JSON text and in SQLite, but it cuts strings short in half of all tools: kept out here, once. Behind another
# backslash it is no NUL but somebody's own words about one.
class InboxState(Stored, StrEnum, kept_in="inbox.state"):
    """What became of an update."""

    NEW = "new"
    DONE = "done"
    QUARANTINED = "quarantined"
    HELD = "held"
    """Its sender wrote more than they may for the moment: it is new again when they can go on."""


_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
LOOK_BACK = 20
"""Of what waits so many of the newest are looked at for somebody who has just come."""
AS_MANY_AS_COME = 100
"""What one getUpdates brings at most."""
KEPT_IN_ANY_CASE = 100
"""Telegram may hand over its last batch again: that it was handled must be known however the clock jumps."""


def storable(update: object) -> bool:
    """Whether that is an update at all: an object with a number."""
    if not isinstance(update, dict):
        return False
    number = update.get("update_id")
    return isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**63


def store(tx: Transaction, updates: Iterable[dict[str, Any]]) -> int:
    """Keep raw updates in order of arrival; one that is there already is left as it is. Returns how many were new.

    Each must be `storable`. Signals `inbox`, or `inbox_more` when so many came at once that more may follow.
    """
    new = came = 0
    now = to_text(tx.now)
    for update in updates:
        came += 1
        body = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
        if "\\u0000" in body:
            body = _NUL.sub(r"\1\\ufffd", body)
        new += tx.execute(
            "INSERT INTO inbox (update_id, body, received_at, sender) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (update_id) DO NOTHING",
            (update["update_id"], body.encode("utf-8", "replace").decode(), now, _sender(update)),
        ).rowcount
    if new:
        tx.signal("inbox_more" if came >= AS_MANY_AS_COME else "inbox")
    return new


def waiting(tx: Transaction, limit: int) -> list[sqlite3.Row]:
    """The next rows to handle, in order of arrival."""
    return tx.query("SELECT id, body, tries FROM inbox WHERE state = 'new' ORDER BY id LIMIT ?", (limit,))


def newcomers(tx: Transaction, after: int, limit: int) -> list[sqlite3.Row]:
    """The newest rows behind `after` of people in private of whom nothing older waits, the newest last."""
    rows = tx.query(
        "SELECT id, body, tries FROM (SELECT * FROM inbox WHERE state = 'new' AND id > ? ORDER BY id DESC LIMIT ?) "
        "AS newest WHERE sender IS NOT NULL AND NOT EXISTS (SELECT 1 FROM inbox AS older WHERE older.state = 'new' "
        "AND older.sender IS NOT NULL AND older.sender = newest.sender AND older.id < newest.id) "
        "ORDER BY id DESC LIMIT ?",
        (after, LOOK_BACK, limit),
    )
    return rows[::-1]


def _sender(update: dict[str, Any]) -> int | None:
    """Whose private chat a message, its change or a press is from, as far as what came can be read."""
    for kind in ("message", "callback_query", "edited_message"):
        content = update.get(kind)
        if isinstance(content, dict):
            message = content.get("message") if kind == "callback_query" else content
            chat = message.get("chat") if isinstance(message, dict) else None
            if isinstance(chat, dict) and chat.get("type") == "private" and isinstance(chat.get("id"), int):
                number: int = chat["id"]
                return number if abs(number) < 2**63 else None
    return None


def begin_try(tx: Transaction, inbox_id: int) -> None:
    """Count a try, before it is made: an update that kills the process is found by this."""
    tx.execute("UPDATE inbox SET tries = tries + 1 WHERE id = ?", (inbox_id,))


def done(tx: Transaction, inbox_id: int) -> None:
    """It was handled."""
    tx.execute("UPDATE inbox SET state = 'done', done_at = ? WHERE id = ?", (to_text(tx.now), inbox_id))


def hold(tx: Transaction, inbox_id: int) -> None:
    """It waits until `release`."""
    tx.execute("UPDATE inbox SET state = 'held' WHERE id = ?", (inbox_id,))


def holds(tx: Transaction, sender: int) -> bool:
    """Whether anything of that private chat's (Telegram's number) is held."""
    return tx.one("SELECT 1 FROM inbox WHERE state = 'held' AND sender = ? LIMIT 1", (sender,)) is not None


def release(tx: Transaction, sender: int) -> None:
    """What was held is handled after all, in order of arrival."""
    if tx.execute("UPDATE inbox SET state = 'new' WHERE state = 'held' AND sender = ?", (sender,)).rowcount:
        tx.signal("inbox")


def quarantine(tx: Transaction, inbox_id: int, error: str) -> None:
    """Set it aside with the reason; the next one is handled."""
    tx.execute(
        "UPDATE inbox SET state = 'quarantined', done_at = ?, error = ? WHERE id = ?",
        (to_text(tx.now), error[:500], inbox_id),
    )


def quarantined_before(tx: Transaction, instant: datetime) -> list[int]:
    """What was set aside before that, by our numbers of arrival."""
    return tx.ids("SELECT id FROM inbox WHERE state = 'quarantined' AND done_at < ?", (to_text(instant),))


@dataclass(frozen=True)
class Quarantined:
    """An update that is set aside, by our number of arrival; never what it says."""

    id: int
    received_at: datetime
    error: str


def quarantined(tx: Transaction) -> list[Quarantined]:
    """All that are set aside, the newest first."""
    rows = tx.query(
        "SELECT id, received_at, error FROM inbox WHERE state = 'quarantined' ORDER BY done_at DESC, id DESC"
    )
    return [Quarantined(row["id"], from_text(row["received_at"]), row["error"] or "?") for row in rows]


def renew(tx: Transaction, inbox_id: int) -> None:
    """Let it be handled once more, as if it had just come."""
    tx.execute("UPDATE inbox SET state = 'new', tries = 0, done_at = NULL, error = NULL WHERE id = ?", (inbox_id,))
    tx.signal("inbox")


def forget_body(tx: Transaction, inbox_id: int) -> None:
    """Keep that the update came, not what it said: staff talking among themselves is none of our business."""
    tx.execute("UPDATE inbox SET body = '{}' WHERE id = ?", (inbox_id,))


def forget_done(tx: Transaction, older_than: timedelta) -> int:
    """Delete updates handled that long ago, or in a future that a moved clock has taken back; returns how many.

    Of the newest ones only the words are forgotten.
    """
    newest = f"(SELECT id FROM inbox ORDER BY id DESC LIMIT {KEPT_IN_ANY_CASE})"
    gone = 0
    # One after the other: each is a stretch of the index, which "either of them" would not be.
    for is_old, instant in (("done_at < ?", tx.now - older_than), ("done_at > ?", tx.now + older_than)):
        old, at = f"state = 'done' AND {is_old}", (to_text(instant),)
        tx.execute(f"UPDATE inbox SET body = '{{}}' WHERE {old} AND body <> '{{}}'", at)
        gone += tx.execute(f"DELETE FROM inbox WHERE {old} AND id NOT IN {newest}", at).rowcount
    return gone
