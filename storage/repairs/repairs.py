"""Repairs, and what was said about them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core.stored import known
from domain.core.subjects import number_of
from domain.repairs.repairs import FREE, HELD, State, Urgency, state_in
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.reports.reports import NewPart


@dataclass(frozen=True)
class Repair:
    """What somebody asked to have mended. `person` needs it; `asked_by` is written to, and is usually the same."""

    id: int
    person: int
    asked_by: int
    state: State
    version: int
    round: int
    trade: str
    urgency: Urgency
    area: str | None
    address: str
    home: str | None
    danger: str | None
    released: bool
    circle: int
    taker: int | None
    code: str | None
    arrives_at: datetime | None
    whole_day: bool
    taken_at: datetime | None
    minutes: int | None
    thanked: bool
    phone: str | None
    numbers_asker: bool
    numbers_taker: bool
    report: int | None
    turn_asked_at: datetime | None
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    wordless_at: datetime | None = None
    """When all that was said about it went for good: it was closed long ago."""


@dataclass(frozen=True)
class RepairPart:
    """One thing said about a repair: words, or a file with or without words."""

    id: int
    repair: int
    person: int | None
    purpose: str
    kind: str
    text: str | None
    file_id: str | None
    file_unique_id: str | None
    duration: int | None
    message: int | None
    created_at: datetime
    album: str | None = None
    """None: what was sent as an album is put together anew by what it is."""


_INSTANTS = ("arrives_at", "taken_at", "turn_asked_at", "created_at", "changed_at", "closed_at", "wordless_at")


def repair_of(row: sqlite3.Row) -> Repair:
    """A row of `repairs` as what it is."""
    values: dict[str, Any] = dict(row)
    values["state"], values["urgency"] = state_in(values), known(values["urgency"], Urgency.TODAY)
    for name in ("released", "whole_day", "thanked", "numbers_asker", "numbers_taker"):
        values[name] = bool(values[name])
    for name in _INSTANTS:
        values[name] = from_text_or_none(values[name])
    return Repair(**values)


def _part(row: sqlite3.Row) -> RepairPart:
    values: dict[str, Any] = dict(row)
    values["created_at"] = from_text(values["created_at"])
    return RepairPart(**values)


def _marks(states: Iterable[State]) -> str:
    return ", ".join(f"'{state.value}'" for state in sorted(states))


_FREE, _HELD = _marks(FREE), _marks(HELD)


def add(
    tx: Transaction, *, person: int, asked_by: int, trade: str, urgency: Urgency, area: str | None, address: str,
    home: str | None, danger: str | None, released: bool, phone: str | None = None,
) -> int:  # fmt: skip
    """Keep a new repair; returns its number."""
    now = to_text(tx.now)
    return tx.insert(
        "INSERT INTO repairs (person, asked_by, state, trade, urgency, area, address, home, danger, released, phone, "
        "created_at, changed_at) VALUES (?, ?, 'looking', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (person, asked_by, trade, urgency, area, address, home, danger, int(released), phone, now, now),
    )


def by_id(tx: Transaction, repair: int) -> Repair | None:
    """The repair with that number, or None."""
    return tx.one_as(repair_of, "SELECT * FROM repairs WHERE id = ?", (repair,))


def take(tx: Transaction, repair: int, taker: int, code: str) -> bool:
    """Give it to a volunteer, if nobody has it: of many who try in the same instant exactly one gets True."""
    now = to_text(tx.now)
    done = tx.execute(
        "UPDATE repairs SET state = 'taken', taker = :taker, code = :code, taken_at = :now, arrives_at = NULL, "
        "numbers_asker = 0, numbers_taker = 0, "
        f"changed_at = :now, version = version + 1 WHERE id = :id AND taker IS NULL AND state IN ({_FREE})",
        {"taker": taker, "code": code, "now": now, "id": repair},
    )
    return done.rowcount > 0


def move(tx: Transaction, repair: Repair, state: State, **values: Any) -> None:
    """Set the state and what changes with it; a button that is older says so. What closes it notes when."""
    now = to_text(tx.now)
    names = "".join(f", {name} = :{name}" for name in values)
    tx.execute(
        f"UPDATE repairs SET state = :state, version = version + 1, changed_at = :now, "
        f"closed_at = CASE WHEN :open THEN NULL ELSE coalesce(closed_at, :now) END{names} WHERE id = :id",
        {**values, "state": state, "now": now, "open": state.is_open, "id": repair.id},
    )


def change(tx: Transaction, repair: int, **values: Any) -> None:
    """Set columns that are no state: no button becomes stale by it."""
    names = ", ".join(f"{name} = :{name}" for name in values)
    tx.execute(
        f"UPDATE repairs SET {names}, changed_at = :changed_at WHERE id = :id",
        {**values, "changed_at": to_text(tx.now), "id": repair},
    )


def open_of(tx: Transaction, person: int) -> list[Repair]:
    """What somebody asked for that is not closed, the newest first."""
    rows = tx.query("SELECT * FROM repairs WHERE asked_by = ? AND closed_at IS NULL ORDER BY id DESC", (person,))
    return [repair_of(row) for row in rows]


def said_to_be_done(tx: Transaction, since: datetime, until: datetime, after: int, limit: int) -> list[Repair]:
    """Whose volunteer said in that time that it is done, while whoever asked has not said anything yet; by number."""
    return tx.query_as(
        repair_of,
        "SELECT * FROM repairs WHERE closed_at IS NULL AND state = 'done' AND id > ? "
        "AND changed_at >= ? AND changed_at < ? ORDER BY id LIMIT ?",
        (after, to_text(since), to_text(until), limit),
    )


def asked_by(tx: Transaction, person: int, limit: int, offset: int = 0) -> list[Repair]:
    """All that somebody asked for, the newest first."""
    return tx.query_as(
        repair_of, "SELECT * FROM repairs WHERE asked_by = ? ORDER BY id DESC LIMIT ? OFFSET ?", (person, limit, offset)
    )


def count_asked_by(tx: Transaction, person: int) -> int:
    """How many repairs somebody asked for."""
    return tx.number("SELECT count(*) FROM repairs WHERE asked_by = ?", (person,))


def held_by(tx: Transaction, taker: int) -> list[Repair]:
    """What a volunteer has at present, the oldest first."""
    return tx.query_as(repair_of, f"SELECT * FROM repairs WHERE taker = ? AND state IN ({_HELD}) ORDER BY id", (taker,))


def past_of(tx: Transaction, taker: int, limit: int) -> list[Repair]:
    """What a volunteer has done, the newest first."""
    return tx.query_as(
        repair_of,
        "SELECT * FROM repairs WHERE taker = ? AND state IN ('done', 'confirmed', 'unanswered') "
        "ORDER BY id DESC LIMIT ?",
        (taker, limit),
    )


def done_and_thanked(tx: Transaction, taker: int) -> tuple[int, int]:
    """How many jobs of a volunteer were confirmed (or let stand), and how many times they were thanked."""
    row = tx.one(
        "SELECT count(*) AS n, coalesce(sum(thanked), 0) AS thanks FROM repairs "
        "WHERE taker = ? AND state IN ('confirmed', 'unanswered')",
        (taker,),
    )
    assert row is not None
    return int(row["n"]), int(row["thanks"])


def free_in(tx: Transaction, trades: Iterable[str], limit: int) -> list[Repair]:
    """What nobody has taken yet in some trades, the oldest first."""
    wanted = list(trades)
    marks = ", ".join("?" * len(wanted))
    return tx.query_as(
        repair_of,
        f"SELECT * FROM repairs WHERE closed_at IS NULL AND state IN ({_FREE}) AND trade IN ({marks}) "
        "ORDER BY id LIMIT ?",
        (*wanted, limit),
    )


def all_open(tx: Transaction, limit: int, offset: int = 0) -> list[Repair]:
    """All that are not closed, those that speak of danger first, then the oldest."""
    rows = tx.query(
        "SELECT * FROM repairs WHERE closed_at IS NULL ORDER BY danger IS NULL, id LIMIT ? OFFSET ?", (limit, offset)
    )
    return [repair_of(row) for row in rows]


def unfilled(tx: Transaction, limit: int) -> list[Repair]:
    """Those to which nobody could come, the oldest first."""
    return tx.query_as(
        repair_of, "SELECT * FROM repairs WHERE state = 'unfilled' AND closed_at IS NULL ORDER BY id LIMIT ?", (limit,)
    )


def open_or_changed_since(tx: Transaction, since: datetime, after: int, limit: int) -> list[Repair]:
    """All that are not closed or have changed since then, by number behind `after`."""
    return tx.query_as(
        repair_of,
        "SELECT * FROM repairs WHERE (closed_at IS NULL OR changed_at >= ?) AND id > ? ORDER BY id LIMIT ?",
        (to_text(since), after, limit),
    )


def add_parts(tx: Transaction, repair: int, person: int | None, purpose: str, parts: Iterable[NewPart]) -> list[int]:
    """Keep what somebody said about it; returns the ids in order."""
    return [
        tx.insert(
            "INSERT INTO repair_parts (repair, person, purpose, kind, text, file_id, file_unique_id, duration, "
            "message, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                repair, person, purpose, part.kind, part.text, part.file_id, part.file_unique_id, part.duration,
                part.message, to_text(tx.now),
            ),
        )
        for part in parts
    ]  # fmt: skip


def part_of_message(tx: Transaction, message: int) -> RepairPart | None:
    """What was said of a repair by a kept message (our id of it), or None."""
    about = tx.one("SELECT subject FROM messages WHERE id = ?", (message,))
    number = number_of(about["subject"], "repair") if about is not None else None
    return tx.one_as(_part, "SELECT * FROM repair_parts WHERE repair = ? AND message = ?", (number, message))


def reword_part(tx: Transaction, part: int, words: str) -> None:
    """It reads otherwise from now on."""
    tx.execute("UPDATE repair_parts SET text = ? WHERE id = ?", (words, part))


def parts(tx: Transaction, repair: int, purpose: str) -> list[RepairPart]:
    """What was said about it for one purpose, oldest first."""
    rows = tx.query("SELECT * FROM repair_parts WHERE repair = ? AND purpose = ? ORDER BY id", (repair, purpose))
    return [_part(row) for row in rows]
