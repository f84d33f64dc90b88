"""What a person said of danger: when staff were rung for it, and what was said afterwards."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.core.stored import Stored
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


class DangerKind(Stored, StrEnum, kept_in="dangers.kind"):
    """What rang."""

    DANGER = "danger"
    UNSAFE = "unsafe"
    UNFILLED = "unfilled"


class Confirmed(Stored, StrEnum, kept_in="dangers.confirmed"):
    """What a person said when asked whether somebody is in danger now."""

    NOT_YET = "not_yet"
    YES = "yes"
    NO = "no"


class WordsState(Stored, StrEnum, kept_in="danger_words.state"):
    """Where words that were said about a danger are."""

    WAITING = "waiting"
    POSTED = "posted"
    OFF = "off"
    """Taken off; staff are still to be told."""
    GONE = "gone"


DANGER, UNSAFE, UNFILLED = DangerKind
WAITING, POSTED, OFF, GONE = WordsState

LINE = 12
"""Letters that a line takes beside its words."""


@dataclass(frozen=True)
class Rung:
    """Staff were rung: for whom, about what (`subject`), and what has been shown of it since."""

    id: int
    kind: str
    person: int
    subject: str
    rang_at: datetime
    closed_at: datetime | None
    asked_at: datetime | None
    shown_at: datetime | None
    at_once: int
    again: int
    again_at: datetime | None
    confirmed: str | None
    """What its person said of it where it was only possible (`Confirmed`); None where their words were certain."""


@dataclass(frozen=True)
class Said:
    """One thing said afterwards: a part of a report, or (without one) a shared point.

    `state`: `waiting` until staff have it, `posted`; `off` when it was taken off a card they may have read, `gone` when
    nothing of it is left to tell. `place`: where the report said it is, `before` and `by` it.
    """

    id: int
    danger: int
    part: int | None
    message: int | None
    on_card: bool
    state: str
    place: dict[str, Any] | None
    created_at: datetime


def ring(tx: Transaction, kind: str, person: int, subject: str) -> int:
    """Note that staff are rung now; returns its number."""
    return tx.insert(
        "INSERT INTO dangers (kind, person, subject, rang_at) VALUES (?, ?, ?, ?)",
        (kind, person, subject, to_text(tx.now)),
    )


def by_id(tx: Transaction, number: int) -> Rung | None:
    """One of them, or None."""
    return tx.one_as(_rung, "SELECT * FROM dangers WHERE id = ?", (number,))


def newest(tx: Transaction, kind: str, person: int, subject: str | None = None) -> Rung | None:
    """The last time staff were rung for that person (about `subject`), or None."""
    return tx.one_as(
        _rung,
        "SELECT * FROM dangers WHERE kind = :kind AND person = :person "
        "AND (:subject IS NULL OR subject = :subject) ORDER BY id DESC LIMIT 1",
        {"kind": kind, "person": person, "subject": subject},
    )


def since(tx: Transaction, kind: str, person: int, when: datetime) -> list[Rung]:
    """How often staff were rung for that person since then, the newest first."""
    return tx.query_as(
        _rung,
        "SELECT * FROM dangers WHERE kind = ? AND person = ? AND rang_at > ? ORDER BY id DESC",
        (kind, person, to_text(when)),
    )


def about(tx: Transaction, subjects: Sequence[str]) -> list[Rung]:
    """All that rang about these things, the oldest first."""
    marks = ", ".join("?" for _ in subjects)
    return tx.query_as(_rung, f"SELECT * FROM dangers WHERE subject IN ({marks}) ORDER BY id", tuple(subjects))


def set_confirmed(tx: Transaction, number: int, confirmed: Confirmed) -> None:
    """Keep what its person said of it."""
    tx.execute("UPDATE dangers SET confirmed = ? WHERE id = ?", (confirmed, number))


def close(tx: Transaction, report: int) -> None:
    """A report was closed, with all that is part of it: what its people say of danger from now on rings."""
    tx.execute(
        "UPDATE dangers SET closed_at = :now WHERE closed_at IS NULL AND subject IN (SELECT 'report:' || id FROM "
        "reports WHERE id = :report UNION ALL SELECT 'report:' || id FROM reports WHERE merged_into = :report)",
        {"now": to_text(tx.now), "report": report},
    )


def note_question(tx: Transaction, number: int) -> None:
    """The person is asked now where it is."""
    tx.execute("UPDATE dangers SET asked_at = ? WHERE id = ?", (to_text(tx.now), number))


def end_question(tx: Transaction, number: int) -> None:
    """What comes next is no answer to that question."""
    tx.execute("UPDATE dangers SET asked_at = NULL WHERE id = ?", (number,))


def shown(tx: Transaction, number: int, *, at_once: bool) -> None:
    """Its card is changed now for what was said afterwards."""
    tx.execute(
        "UPDATE dangers SET shown_at = ?, at_once = at_once + ? WHERE id = ?", (to_text(tx.now), int(at_once), number)
    )


def pressed_again(tx: Transaction, number: int) -> None:
    """The same was pressed once more."""
    tx.execute("UPDATE dangers SET again = again + 1, again_at = ? WHERE id = ?", (to_text(tx.now), number))


def say(
    tx: Transaction,
    danger: int,
    part: int | None,
    message: int | None,
    *,
    on_card: bool,
    place: dict[str, Any] | None = None,
) -> int:
    """Keep something that was said afterwards; said anew (it was changed), it waits again. Returns its number."""
    if part is not None:
        rows = tx.query(
            "UPDATE danger_words SET on_card = ?, state = ? WHERE part = ? AND state IN (?, ?) RETURNING id",
            (int(on_card), WAITING, part, WAITING, POSTED),
        )
        if rows:
            return int(rows[0]["id"])
    return tx.insert(
        "INSERT INTO danger_words (danger, part, message, on_card, state, place, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (danger, part, message, int(on_card), WAITING, json.dumps(place) if place else None, to_text(tx.now)),
    )


def words(tx: Transaction, danger: int) -> list[Said]:
    """All that was said afterwards, the oldest first."""
    return tx.query_as(_said, "SELECT * FROM danger_words WHERE danger = ? ORDER BY id", (danger,))


def letters_on_card(tx: Transaction, danger: int, without: int) -> int:
    """How many letters stand on its card, a line each, beside the part `without`."""
    return tx.number(
        "SELECT coalesce(sum(length(coalesce(text, '')) + ?), 0) FROM danger_words "
        "JOIN report_parts ON report_parts.id = danger_words.part "
        "WHERE danger = ? AND on_card AND state IN (?, ?) AND part <> ?",
        (LINE, danger, WAITING, POSTED, without),
    )


def word(tx: Transaction, number: int) -> Said | None:
    """One thing said afterwards, or None."""
    return tx.one_as(_said, "SELECT * FROM danger_words WHERE id = ?", (number,))


def word_of_message(tx: Transaction, message: int) -> Said | None:
    """What a message (by our id) said afterwards, unless it was taken off; else None."""
    return tx.one_as(
        _said,
        "SELECT * FROM danger_words WHERE message = ? AND state IN (?, ?) ORDER BY id DESC LIMIT 1",
        (message, WAITING, POSTED),
    )


def word_of_part(tx: Transaction, part: int) -> Said | None:
    """What a part of a report said afterwards, unless it was taken off; else None."""
    return tx.one_as(_said, "SELECT * FROM danger_words WHERE part = ? AND state IN (?, ?)", (part, WAITING, POSTED))


def set_state(tx: Transaction, number: int, state: str) -> None:
    """Staff have it, or it is off the card."""
    tx.execute("UPDATE danger_words SET state = ? WHERE id = ?", (state, number))


def set_place(tx: Transaction, number: int, place: dict[str, Any]) -> None:
    """Note where the report said it is, before and by that."""
    tx.execute("UPDATE danger_words SET place = ? WHERE id = ?", (json.dumps(place), number))


def post_again(tx: Transaction, danger: int) -> None:
    """What stands below the card is to be posted once more: the card is in another group."""
    tx.execute(
        "UPDATE danger_words SET state = ? WHERE danger = ? AND state = ? AND NOT on_card", (WAITING, danger, POSTED)
    )


def _rung(row: sqlite3.Row) -> Rung:
    values: dict[str, Any] = dict(row)
    values["rang_at"] = from_text(values["rang_at"])
    for name in ("closed_at", "asked_at", "shown_at", "again_at"):
        values[name] = from_text_or_none(values[name])
    return Rung(**values)


def _said(row: sqlite3.Row) -> Said:
    values: dict[str, Any] = dict(row)
    values["on_card"] = bool(values["on_card"])
    values["place"] = json.loads(values["place"]) if values["place"] else None
    values["created_at"] = from_text(values["created_at"])
    return Said(**values)
