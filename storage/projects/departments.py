"""Departments called in to a project, and what they answered."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.core.stored import known
from domain.projects.department_answers import DepartmentAnswer
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


@dataclass(frozen=True)
class CalledIn:
    """A department that was asked about a project, by the day `answer_by`. `answer` is None while it is silent.

    `words` are those of its answer; `came_at`, when somebody of it said that they were there.
    """

    id: int
    project: int
    department: str
    asked_by: int
    asked_at: datetime
    answer_by: date
    answer: DepartmentAnswer | None
    words: str | None
    comes_on: date | None
    came_at: datetime | None
    answered_by: int | None
    answered_at: datetime | None
    version: int


def _called_in(row: sqlite3.Row) -> CalledIn:
    values: dict[str, Any] = dict(row)
    values["asked_at"], values["answer_by"] = from_text(values["asked_at"]), date.fromisoformat(values["answer_by"])
    values["answer"] = None if values["answer"] is None else known(values["answer"], DepartmentAnswer.OPINION)
    values["comes_on"] = None if values["comes_on"] is None else date.fromisoformat(values["comes_on"])
    values["came_at"] = from_text_or_none(values["came_at"])
    values["answered_at"] = from_text_or_none(values["answered_at"])
    return CalledIn(**values)


def ask(tx: Transaction, project: int, department: str, by: int, answer_by: date) -> int:
    """It is asked from now on, or once more by another day; returns the id. Silence counts from the first time."""
    tx.execute(
        "INSERT INTO project_departments (project, department, asked_by, asked_at, answer_by) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (project, department) DO UPDATE SET asked_by = excluded.asked_by, "
        "answer_by = excluded.answer_by",
        (project, department, by, to_text(tx.now), answer_by.isoformat()),
    )
    return tx.number("SELECT id FROM project_departments WHERE project = ? AND department = ?", (project, department))


def by_id(tx: Transaction, number: int) -> CalledIn | None:
    """The one with that id, or None."""
    return tx.one_as(_called_in, "SELECT * FROM project_departments WHERE id = ?", (number,))


def existing(tx: Transaction, number: int) -> CalledIn:
    """The one with that id, which must be there: who says it has it from the database."""
    found = by_id(tx, number)
    assert found is not None
    return found


def of(tx: Transaction, project: int) -> list[CalledIn]:
    """All that were called in to a project, in the order in which they were."""
    return tx.query_as(_called_in, "SELECT * FROM project_departments WHERE project = ? ORDER BY id", (project,))


def of_department(tx: Transaction, project: int, department: str) -> CalledIn | None:
    """That department, where it was called in to the project."""
    return tx.one_as(
        _called_in,
        "SELECT * FROM project_departments WHERE project = ? AND department = ?",
        (project, department),
    )


def answer(
    tx: Transaction, called: CalledIn, kind: DepartmentAnswer, by: int, *, words: str | None, comes_on: date | None
) -> None:
    """It answers that; of an answer it had given before nothing is left."""
    tx.execute(
        "UPDATE project_departments SET answer = ?, words = ?, comes_on = ?, came_at = NULL, answered_by = ?, "
        "answered_at = ?, version = version + 1 WHERE id = ?",
        (kind, words, comes_on and comes_on.isoformat(), by, to_text(tx.now), called.id),
    )


def came(tx: Transaction, called: int) -> None:
    """Somebody of it says that they were there."""
    tx.execute(
        "UPDATE project_departments SET came_at = ?, version = version + 1 WHERE id = ?", (to_text(tx.now), called)
    )


def silent(tx: Transaction, limit: int) -> list[CalledIn]:
    """Those of all open projects that have not answered, the longest silence first."""
    return tx.query_as(
        _called_in,
        "SELECT project_departments.* FROM project_departments JOIN projects ON projects.id = project "
        "WHERE answer IS NULL AND ended_at IS NULL ORDER BY asked_at, project_departments.id LIMIT ?",
        (limit,),
    )


def overdue(tx: Transaction, today: date) -> list[CalledIn]:
    """Those of all open projects that have not answered though their day has passed, the longest silence first."""
    return tx.query_as(
        _called_in,
        "SELECT project_departments.* FROM project_departments JOIN projects ON projects.id = project "
        "WHERE answer IS NULL AND answer_by < ? AND ended_at IS NULL ORDER BY asked_at, project_departments.id",
        (today.isoformat(),),
    )
