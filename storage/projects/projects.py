"""Projects, and the areas they are about."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core.stored import known
from domain.projects.projects import Stage
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


@dataclass(frozen=True)
class Project:
    """Reports that are led as one. `title`, `goal` and `reason` (why it was given up) are in staff's or its lead's
    words; `moved_at` is when something of it last moved."""

    id: int
    title: str
    goal: str | None
    stage: Stage
    public: bool
    reason: str | None
    version: int
    created_by: int
    created_at: datetime
    moved_at: datetime
    ended_at: datetime | None


def project_of(row: sqlite3.Row) -> Project:
    """A row of `projects` as what it is."""
    values: dict[str, Any] = dict(row)
    ended = values["ended_at"] is not None
    values["stage"] = known(values["stage"], Stage.DONE if ended else Stage.LISTENING)
    values["public"] = bool(values["public"])
    values["created_at"], values["moved_at"] = from_text(values["created_at"]), from_text(values["moved_at"])
    values["ended_at"] = from_text_or_none(values["ended_at"])
    return Project(**values)


def add(tx: Transaction, title: str, goal: str | None, *, public: bool, by: int) -> int:
    """Keep a new project, which listens; returns its number."""
    now = to_text(tx.now)
    return tx.insert(
        "INSERT INTO projects (title, goal, stage, public, created_by, created_at, moved_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (title, goal, Stage.LISTENING, int(public), by, now, now),
    )


def by_id(tx: Transaction, project: int) -> Project | None:
    """The project with that number, or None."""
    return tx.one_as(project_of, "SELECT * FROM projects WHERE id = ?", (project,))


def existing(tx: Transaction, project: int) -> Project:
    """The project with that number, which must be there: who says the number has it from the database."""
    found = by_id(tx, project)
    assert found is not None
    return found


def change(tx: Transaction, project: int, **values: Any) -> None:
    """Set columns (title, goal, public), and count the change: a button that is older says so."""
    names = "".join(f"{name} = :{name}, " for name in values)
    tx.execute(f"UPDATE projects SET {names}version = version + 1 WHERE id = :id", {**values, "id": project})


def move(tx: Transaction, project: int, stage: Stage, reason: str | None) -> None:
    """It is in that stage from now on; `reason` is why it was given up."""
    tx.execute(
        "UPDATE projects SET stage = :stage, reason = :reason, version = version + 1, moved_at = :now, "
        "ended_at = CASE WHEN :open THEN NULL ELSE :now END WHERE id = :id",
        {"stage": stage, "reason": reason, "now": to_text(tx.now), "open": stage.is_open, "id": project},
    )


def touch(tx: Transaction, project: int) -> None:
    """Something of it has moved: a milestone, or the reports in it."""
    tx.execute("UPDATE projects SET moved_at = ? WHERE id = ?", (to_text(tx.now), project))


def areas(tx: Transaction, project: int) -> list[str]:
    """The codes of the areas it is about."""
    rows = tx.query("SELECT area FROM project_areas WHERE project = ? ORDER BY area", (project,))
    return [str(row["area"]) for row in rows]


def put_areas(tx: Transaction, project: int, codes: Iterable[str]) -> None:
    """It is about these areas, and no others."""
    tx.execute("DELETE FROM project_areas WHERE project = ?", (project,))
    tx.many("INSERT INTO project_areas (project, area) VALUES (?, ?)", [(project, code) for code in sorted(set(codes))])


# -- lists: open ones first, of each the newest first

_ORDER = "ORDER BY ended_at IS NOT NULL, id DESC LIMIT ? OFFSET ?"


def every(tx: Transaction, limit: int, offset: int = 0) -> list[Project]:
    """All projects."""
    return tx.query_as(project_of, f"SELECT * FROM projects {_ORDER}", (limit, offset))


def public_ones(tx: Transaction, limit: int, offset: int = 0) -> list[Project]:
    """Those that everybody may see."""
    return tx.query_as(project_of, f"SELECT * FROM projects WHERE public {_ORDER}", (limit, offset))


def visible(tx: Transaction, person: int, limit: int, offset: int = 0) -> list[Project]:
    """Those that are public, and those that person leads."""
    return tx.query_as(
        project_of,
        "SELECT * FROM projects WHERE public OR id IN (SELECT project FROM project_leads WHERE person = ?) " + _ORDER,
        (person, limit, offset),
    )


def open_ones(tx: Transaction, limit: int, offset: int = 0) -> list[Project]:
    """Those that have not ended."""
    return tx.query_as(
        project_of, "SELECT * FROM projects WHERE ended_at IS NULL ORDER BY id DESC LIMIT ? OFFSET ?", (limit, offset)
    )


def open_by_movement(tx: Transaction) -> list[Project]:
    """Those that have not ended, the one in which nothing has moved for longest first."""
    return tx.query_as(project_of, "SELECT * FROM projects WHERE ended_at IS NULL ORDER BY moved_at, id")


def open_without_lead(tx: Transaction) -> list[Project]:
    """Those that have not ended and that nobody leads who can be written to."""
    return tx.query_as(
        project_of,
        "SELECT * FROM projects WHERE ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM project_leads "
        "JOIN people ON people.id = project_leads.person JOIN chats ON chats.telegram_id = people.telegram_id "
        "WHERE project = projects.id AND people.started AND chats.unreachable IS NULL) ORDER BY moved_at, id",
    )
