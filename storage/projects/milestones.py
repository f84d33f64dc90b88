"""The milestones of a project: what is to be reached, and by which day."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


@dataclass(frozen=True)
class Milestone:
    """Something to be reached by the day `due_on`, where there is one; `moved_from` and `why` are of its last move."""

    id: int
    project: int
    title: str
    due_on: date | None
    moved_from: date | None
    why: str | None
    reached_at: datetime | None
    created_at: datetime


def _milestone(row: sqlite3.Row) -> Milestone:
    values: dict[str, Any] = dict(row)
    for name in ("due_on", "moved_from"):
        values[name] = None if values[name] is None else date.fromisoformat(values[name])
    values["reached_at"] = from_text_or_none(values["reached_at"])
    values["created_at"] = from_text(values["created_at"])
    return Milestone(**values)


def add(tx: Transaction, project: int, title: str, due_on: date | None) -> int:
    """Keep a milestone; returns its id."""
    return tx.insert(
        "INSERT INTO milestones (project, title, due_on, created_at) VALUES (?, ?, ?, ?)",
        (project, title, due_on and due_on.isoformat(), to_text(tx.now)),
    )


def by_id(tx: Transaction, milestone: int) -> Milestone | None:
    """The milestone with that id, or None."""
    return tx.one_as(_milestone, "SELECT * FROM milestones WHERE id = ?", (milestone,))


def of(tx: Transaction, project: int) -> list[Milestone]:
    """All of a project, by their days; those without one last."""
    return tx.query_as(
        _milestone, "SELECT * FROM milestones WHERE project = ? ORDER BY due_on IS NULL, due_on, id", (project,)
    )


def count(tx: Transaction, project: int) -> int:
    """How many it has."""
    return tx.number("SELECT count(*) FROM milestones WHERE project = ?", (project,))


def move(tx: Transaction, milestone: Milestone, due_on: date | None, why: str) -> None:
    """It is for another day, for that reason."""
    tx.execute(
        "UPDATE milestones SET due_on = ?, moved_from = ?, why = ? WHERE id = ?",
        (
            due_on and due_on.isoformat(),
            milestone.due_on and milestone.due_on.isoformat(),
            why,
            milestone.id,
        ),
    )


def reach(tx: Transaction, milestone: int) -> bool:
    """It is reached now; False when it was before."""
    found = tx.execute(
        "UPDATE milestones SET reached_at = ? WHERE id = ? AND reached_at IS NULL", (to_text(tx.now), milestone)
    )
    return found.rowcount > 0
