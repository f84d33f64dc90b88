"""What is due and when. A row is one occurrence; a key keeps an occurrence from being planned twice."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


def planned_signal(kind: str) -> str:
    """What is signalled when something of that kind is planned: whoever does only that need not look at each plan."""
    return f"task:{kind}"


def plan(
    tx: Transaction, kind: str, subject: str, at: datetime, occurrence: str, data: dict[str, Any] | None = None
) -> None:
    """Have `kind` happen to `subject` at `at`. The same `occurrence` planned again moves it."""
    tx.execute(
        "INSERT INTO scheduled_tasks (kind, subject, next_due, data, occurrence) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (occurrence) DO UPDATE SET next_due = excluded.next_due, data = excluded.data",
        (kind, subject, to_text(at), json.dumps(data or {}), occurrence),
    )
    tx.signal(planned_signal(kind))


def plan_once(tx: Transaction, kind: str, subject: str, at: datetime, occurrence: str) -> None:
    """As `plan`, but what is planned already stays at its time."""
    tx.execute(
        "INSERT INTO scheduled_tasks (kind, subject, next_due, occurrence) VALUES (?, ?, ?, ?) ON CONFLICT "
        "(occurrence) DO NOTHING",
        (kind, subject, to_text(at), occurrence),
    )
    tx.signal(planned_signal(kind))


def hurry(tx: Transaction, occurrence: str) -> None:
    """What is planned happens now."""
    rows = tx.query(
        "UPDATE scheduled_tasks SET next_due = :now WHERE occurrence = :key AND next_due > :now RETURNING kind",
        {"now": to_text(tx.now), "key": occurrence},
    )
    for row in rows:
        tx.signal(planned_signal(row["kind"]))


def planned(tx: Transaction, occurrence: str) -> datetime | None:
    """When that occurrence is to happen, or None when it is not planned."""
    row = tx.one("SELECT next_due FROM scheduled_tasks WHERE occurrence = ?", (occurrence,))
    return from_text_or_none(row["next_due"] if row else None)


def noted(tx: Transaction, occurrence: str) -> dict[str, Any] | None:
    """What was noted with that occurrence, or None when it is not planned."""
    row = tx.one("SELECT data FROM scheduled_tasks WHERE occurrence = ?", (occurrence,))
    return None if row is None else dict(json.loads(row["data"]))


def postpone(tx: Transaction, kind: str, until: datetime) -> None:
    """Nothing of that kind happens before `until`."""
    values = {"until": to_text(until), "kind": kind}
    tx.execute("UPDATE scheduled_tasks SET next_due = :until WHERE kind = :kind AND next_due < :until", values)


def waiting(tx: Transaction, subject: str, kind: str) -> list[dict[str, Any]]:
    """The data of what is planned of that kind for `subject`, in the order it was planned."""
    rows = tx.query("SELECT data FROM scheduled_tasks WHERE subject = ? AND kind = ? ORDER BY id", (subject, kind))
    return [json.loads(row["data"]) for row in rows]


def has_any(tx: Transaction, kind: str) -> bool:
    """Whether anything of that kind is planned."""
    return tx.one("SELECT 1 FROM scheduled_tasks WHERE kind = ? LIMIT 1", (kind,)) is not None


def keep_newest(tx: Transaction, prefix: str, most: int) -> int:
    """Of the occurrences that begin so, only the `most` that were planned last stay; returns how many went."""
    return tx.execute(
        "DELETE FROM scheduled_tasks WHERE occurrence >= :first AND occurrence < :last AND id NOT IN "
        "(SELECT id FROM scheduled_tasks WHERE occurrence >= :first AND occurrence < :last ORDER BY id DESC LIMIT "
        ":most)",
        {"first": prefix, "last": prefix[:-1] + chr(ord(prefix[-1]) + 1), "most": most},
    ).rowcount


def cancel(tx: Transaction, subject: str, kind: str | None = None) -> None:
    """Nothing more is due for `subject` (of that kind only, when one is given)."""
    tx.execute("DELETE FROM scheduled_tasks WHERE subject = ? AND (? IS NULL OR kind = ?)", (subject, kind, kind))


def claim(tx: Transaction, kinds: Collection[str], limit: int) -> list[sqlite3.Row]:
    """The rows of these kinds that are due now, oldest first."""
    marks = ", ".join("?" for _ in kinds)
    return tx.query(
        f"SELECT * FROM scheduled_tasks WHERE next_due <= ? AND kind IN ({marks}) ORDER BY next_due, id LIMIT ?",
        (to_text(tx.now), *kinds, limit),
    )


def earliest(tx: Transaction, kinds: Collection[str]) -> datetime | None:
    """When the first of what is planned of these kinds is due; None where nothing is."""
    marks = ", ".join("?" for _ in kinds)
    row = tx.one(f"SELECT min(next_due) AS at FROM scheduled_tasks WHERE kind IN ({marks})", tuple(kinds))
    return None if row is None else from_text_or_none(row["at"])


def cancel_all(tx: Transaction) -> None:
    """Nothing is due any more, of whatever kind."""
    tx.execute("DELETE FROM scheduled_tasks")


def is_due(tx: Transaction, task_id: int) -> bool:
    """Whether that row is still there and still due."""
    return (
        tx.one("SELECT 1 FROM scheduled_tasks WHERE id = ? AND next_due <= ?", (task_id, to_text(tx.now))) is not None
    )


def goes_on(tx: Transaction, row: sqlite3.Row) -> bool:
    """Whether the task has planned its row anew: for a later time, or with other data than it was given.

    One that planned the very same for now would never end, and does not go on.
    """
    now = tx.one("SELECT next_due, data FROM scheduled_tasks WHERE id = ?", (row["id"],))
    return now is not None and (from_text(now["next_due"]) > tx.now or now["data"] != row["data"])


def finished(tx: Transaction, task_id: int) -> None:
    """That occurrence has happened."""
    tx.execute("DELETE FROM scheduled_tasks WHERE id = ?", (task_id,))


def succeeded(tx: Transaction, task_id: int) -> None:
    """It has happened, and is to happen again under the same key: failures of earlier times count no more."""
    tx.execute("UPDATE scheduled_tasks SET tries = 0 WHERE id = ? AND tries > 0", (task_id,))


def move_many(tx: Transaction, times: Mapping[int, datetime]) -> None:
    """These happen again, each at its time."""
    together: dict[datetime, list[int]] = {}
    for row, at in times.items():
        together.setdefault(at, []).append(row)
    for at, rows in together.items():
        marks = ", ".join("?" for _ in rows)
        tx.execute(f"UPDATE scheduled_tasks SET next_due = ?, tries = 0 WHERE id IN ({marks})", (to_text(at), *rows))


def finish_many(tx: Transaction, rows: Iterable[int]) -> None:
    """These have happened."""
    tx.many("DELETE FROM scheduled_tasks WHERE id = ?", [(row,) for row in rows])


UNKNOWN = "nobody knows this kind"
"""Why something was put away that was due and of no known kind."""


def put_away_unknown(tx: Transaction, known: Collection[str], limit: int) -> list[tuple[int, sqlite3.Row]]:
    """Put away what is due and of no known kind: nobody would ever do it. Returns what was, `limit` at most, each with
    its number there."""
    marks = ", ".join("?" for _ in known)
    rows = tx.query(
        f"SELECT * FROM scheduled_tasks WHERE next_due <= ? AND kind NOT IN ({marks}) ORDER BY next_due LIMIT ?",
        (to_text(tx.now), *known, limit),
    )
    return [(put_away(tx, row, UNKNOWN), row) for row in rows]


def put_away(tx: Transaction, row: sqlite3.Row, reason: str) -> int:
    """It is not tried any more, and kept to be looked at; returns its number there."""
    finished(tx, row["id"])
    return tx.insert(
        "INSERT INTO tasks_put_away (kind, subject, data, occurrence, tries, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row["kind"], row["subject"], row["data"], row["occurrence"], row["tries"], reason, to_text(tx.now)),
    )


def forget_put_away(tx: Transaction, older_than: timedelta) -> int:
    """Delete what was put away that long ago; returns how many."""
    return tx.execute("DELETE FROM tasks_put_away WHERE at < ?", (to_text(tx.now - older_than),)).rowcount


def push(tx: Transaction, task_id: int, by: timedelta) -> None:
    """It failed: try again later, so that one bad row does not hold up the others."""
    tx.execute(
        "UPDATE scheduled_tasks SET next_due = ?, tries = tries + 1 WHERE id = ?", (to_text(tx.now + by), task_id)
    )
