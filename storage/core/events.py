"""The record of everything that happened."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.events import Event
from storage.core import blocks, dialect
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


def record(tx: Transaction, event: Event) -> None:
    """Keep an event with its time and actor.

    This is the one gate for what people say to others: every word that goes on is an event, so somebody who is blocked
    is stopped here, whatever way their words take. Raises Blocked; nothing of the use case happens then.
    """
    if event.carries_words and event.actor is not None:
        blocks.check(tx, event.actor)
    tx.execute(
        "INSERT INTO events (at, actor, subject, kind, data) VALUES (?, ?, ?, ?, ?)",
        (to_text(tx.now), event.actor, event.subject, event.kind, json.dumps(event.data(), ensure_ascii=False)),
    )


def last(tx: Transaction) -> int:
    """The number of the newest event; 0 before the first."""
    return tx.number("SELECT coalesce(max(id), 0) FROM events")


def of_danger(tx: Transaction, after: int) -> bool:
    """Whether an event behind number `after` carries words of danger on."""
    danger = dialect.member("data", "danger")
    row = tx.one(f"SELECT 1 FROM events WHERE id > ? AND {danger} IS NOT NULL LIMIT 1", (after,))
    return row is not None


def newest(tx: Transaction, kind: str, subject: str) -> datetime | None:
    """When an event of that kind last happened to `subject`, or None."""
    row = tx.one("SELECT at FROM events WHERE subject = ? AND kind = ? ORDER BY id DESC LIMIT 1", (subject, kind))
    return from_text_or_none(row["at"] if row else None)


def newest_noted(tx: Transaction, kind: str, subject: str) -> tuple[datetime, dict[str, Any]] | None:
    """As `newest`, with what was noted of it."""
    row = tx.one("SELECT at, data FROM events WHERE subject = ? AND kind = ? ORDER BY id DESC LIMIT 1", (subject, kind))
    return None if row is None else (from_text(row["at"]), json.loads(row["data"]))


def all_noted(tx: Transaction, kind: str, subject: str) -> list[tuple[datetime, dict[str, Any]]]:
    """When events of that kind happened to `subject`, with what was noted of each, the oldest first."""
    rows = tx.query("SELECT at, data FROM events WHERE subject = ? AND kind = ? ORDER BY id", (subject, kind))
    return [(from_text(row["at"]), json.loads(row["data"])) for row in rows]


def nth_newest_by(tx: Transaction, kinds: Sequence[str], actor: int, since: datetime, nth: int) -> datetime | None:
    """When somebody caused the `nth` newest of their events of these kinds since then; None of fewer."""
    marks = ", ".join("?" for _ in kinds)
    row = tx.one(
        f"SELECT at FROM events WHERE kind IN ({marks}) AND at > ? AND actor = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
        (*kinds, to_text(since), actor, nth - 1),
    )
    return from_text_or_none(row["at"] if row else None)


def last_actor(tx: Transaction, subject: str, kinds: Sequence[str]) -> int | None:
    """Who did the last thing of these kinds to `subject`; None when nothing of them happened, or nobody did it."""
    marks = ", ".join("?" for _ in kinds)
    row = tx.one(
        f"SELECT actor FROM events WHERE subject = ? AND kind IN ({marks}) ORDER BY id DESC LIMIT 1", (subject, *kinds)
    )
    return None if row is None else row["actor"]


@dataclass(frozen=True)
class Recorded:
    """What happened, as it was kept."""

    id: int
    at: datetime
    actor: int | None
    kind: str
    data: dict[str, Any]
    subject: str


def count(tx: Transaction, subject: str) -> int:
    """How much has happened to `subject`."""
    return tx.number("SELECT count(*) FROM events WHERE subject = ?", (subject,))


def page(tx: Transaction, subject: str, offset: int, limit: int) -> list[Recorded]:
    """What happened to `subject`, the oldest first."""
    rows = tx.query("SELECT * FROM events WHERE subject = ? ORDER BY id LIMIT ? OFFSET ?", (subject, limit, offset))
    return [_recorded(row) for row in rows]


def by_id(tx: Transaction, number: int) -> Recorded | None:
    """One event by our id, or None."""
    return tx.one_as(_recorded, "SELECT * FROM events WHERE id = ?", (number,))


def of_kind(tx: Transaction, kind: str, subject: str) -> list[Recorded]:
    """What of that kind has happened to `subject`, the oldest first."""
    return tx.query_as(_recorded, "SELECT * FROM events WHERE subject = ? AND kind = ? ORDER BY id", (subject, kind))


def newest_of(tx: Transaction, kind: str, subject: str) -> Recorded | None:
    """The newest event of that kind that happened to `subject`, or None."""
    row = tx.one("SELECT * FROM events WHERE subject = ? AND kind = ? ORDER BY id DESC LIMIT 1", (subject, kind))
    return None if row is None else _recorded(row)


def newest_of_kind(tx: Transaction, kind: str, limit: int) -> list[Recorded]:
    """The last events of that kind, whatever they happened to, the newest first."""
    return tx.query_as(
        _recorded, "SELECT * FROM events WHERE kind = ? ORDER BY at DESC, id DESC LIMIT ?", (kind, limit)
    )


def forget(tx: Transaction, kind: str, before: datetime, limit: int) -> int:
    """Delete events of a kind that no figure is counted from, from before that; returns how many."""
    return tx.execute(
        "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE kind = ? AND at < ? LIMIT ?)",
        (kind, to_text(before), limit),
    ).rowcount


def _recorded(row: sqlite3.Row) -> Recorded:
    return Recorded(row["id"], from_text(row["at"]), row["actor"], row["kind"], json.loads(row["data"]), row["subject"])
