"""Voices and all that was said about them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.voices import State
from storage.database import Transaction
from storage.instants import from_text, from_text_or_none, to_text


@dataclass(frozen=True)
class Voice:
    """A resident's report. `area` is a code of the community's; `place` is in the resident's own words."""

    id: int
    person: int
    state: State
    version: int
    category: str | None
    area: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    title: str | None
    heard: str | None
    heard_right: bool | None
    danger: str | None
    assignee: int | None
    due_at: datetime | None
    rounds: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Part:
    """One thing said about a voice: words, or a file with or without words."""

    id: int
    voice: int
    person: int | None
    purpose: str
    kind: str
    text: str | None
    file_id: str | None
    file_unique_id: str | None
    duration: int | None
    message: int | None
    released: bool
    created_at: datetime


@dataclass(frozen=True)
class NewPart:
    """A part about to be kept; `kind` is text, photo, voice, video, video_note, document or audio."""

    kind: str
    text: str | None = None
    file_id: str | None = None
    file_unique_id: str | None = None
    duration: int | None = None
    message: int | None = None


def _voice(row: sqlite3.Row) -> Voice:
    values: dict[str, Any] = dict(row)
    values["state"] = State(values["state"])
    values["heard_right"] = None if values["heard_right"] is None else bool(values["heard_right"])
    values["due_at"] = from_text_or_none(values["due_at"])
    values["created_at"] = from_text(values["created_at"])
    values["changed_at"] = from_text(values["changed_at"])
    return Voice(**values)


def _part(row: sqlite3.Row) -> Part:
    values: dict[str, Any] = dict(row)
    values["released"] = bool(values["released"])
    values["created_at"] = from_text(values["created_at"])
    return Part(**values)


def add(
    tx: Transaction,
    *,
    person: int,
    category: str | None,
    area: str | None,
    place: str | None,
    latitude: float | None,
    longitude: float | None,
    danger: str | None,
    due_at: datetime | None,
) -> int:
    """Keep a new voice; returns its number."""
    now = to_text(tx.now)
    return tx.insert(
        "INSERT INTO voices (person, state, category, area, place, latitude, longitude, danger, due_at, created_at, "
        "changed_at) VALUES (?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (person, category, area, place, latitude, longitude, danger, due_at and to_text(due_at), now, now),
    )


def by_id(tx: Transaction, voice: int) -> Voice | None:
    """The voice with that number, or None."""
    row = tx.one("SELECT * FROM voices WHERE id = ?", (voice,))
    return None if row is None else _voice(row)


def of_person(tx: Transaction, person: int, limit: int, offset: int = 0) -> list[Voice]:
    """A person's voices, the newest first."""
    rows = tx.query("SELECT * FROM voices WHERE person = ? ORDER BY id DESC LIMIT ? OFFSET ?", (person, limit, offset))
    return [_voice(row) for row in rows]


def open_of_person(tx: Transaction, person: int, limit: int) -> list[Voice]:
    """A person's voices that are not closed, the newest first."""
    rows = tx.query(
        "SELECT * FROM voices WHERE person = ? AND state <> ? ORDER BY id DESC LIMIT ?",
        (person, State.CONFIRMED, limit),
    )
    return [_voice(row) for row in rows]


def open_ids(tx: Transaction) -> list[int]:
    """The numbers of all voices that are not closed, the oldest first."""
    rows = tx.query("SELECT id FROM voices WHERE state <> ? ORDER BY id", (State.CONFIRMED,))
    return [int(row["id"]) for row in rows]


def open_or_changed_since(tx: Transaction, since: datetime) -> list[int]:
    """The numbers of all voices that are not closed or have changed since then, the oldest first."""
    rows = tx.query(
        "SELECT id FROM voices WHERE state <> ? OR changed_at >= ? ORDER BY id", (State.CONFIRMED, to_text(since))
    )
    return [int(row["id"]) for row in rows]


def count_of_person(tx: Transaction, person: int) -> int:
    """How many voices a person has sent."""
    row = tx.one("SELECT count(*) AS n FROM voices WHERE person = ?", (person,))
    assert row is not None
    return int(row["n"])


def move(tx: Transaction, voice: Voice, state: State, assignee: int | None, rounds: int) -> None:
    """Set state and assignee, and count the change: a button that is older says so."""
    tx.execute(
        "UPDATE voices SET state = ?, assignee = ?, rounds = ?, version = version + 1, changed_at = ? WHERE id = ?",
        (state, assignee, rounds, to_text(tx.now), voice.id),
    )


def change(tx: Transaction, voice: int, **values: Any) -> None:
    """Set columns that are no state (title, category, area, place, heard …): no button becomes stale by it."""
    names = ", ".join(f"{name} = :{name}" for name in values)
    tx.execute(
        f"UPDATE voices SET {names}, changed_at = :changed_at WHERE id = :id",
        {**values, "changed_at": to_text(tx.now), "id": voice},
    )


def add_parts(tx: Transaction, voice: int, person: int | None, purpose: str, parts: Iterable[NewPart]) -> list[int]:
    """Keep what somebody said about a voice; returns the ids in order."""
    return [
        tx.insert(
            "INSERT INTO voice_parts (voice, person, purpose, kind, text, file_id, file_unique_id, duration, message, "
            "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                voice, person, purpose, part.kind, part.text, part.file_id, part.file_unique_id, part.duration,
                part.message, to_text(tx.now),
            ),
        )
        for part in parts
    ]  # fmt: skip


def parts(tx: Transaction, voice: int) -> list[Part]:
    """All that was said about a voice, oldest first."""
    return [_part(row) for row in tx.query("SELECT * FROM voice_parts WHERE voice = ? ORDER BY id", (voice,))]


def part(tx: Transaction, part_id: int) -> Part | None:
    """One part, or None."""
    row = tx.one("SELECT * FROM voice_parts WHERE id = ?", (part_id,))
    return None if row is None else _part(row)


def part_of_message(tx: Transaction, message: int) -> Part | None:
    """What a message (by our id) became a part of, or None."""
    row = tx.one("SELECT * FROM voice_parts WHERE message = ? ORDER BY id DESC LIMIT 1", (message,))
    return None if row is None else _part(row)


def release_part(tx: Transaction, part_id: int) -> bool:
    """Mark a note as sent to the resident; False when it was before."""
    return tx.execute("UPDATE voice_parts SET released = 1 WHERE id = ? AND NOT released", (part_id,)).rowcount > 0
