"""The rows of an export, some hundred at a time, so that a file of a hundred thousand needs no more memory than one of
a thousand. All of them on the moment at which the transaction reads."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from domain.events import PersonalDataExported
from domain.figures.report_history import READ, ReportHistory
from storage.core import dialect, events
from storage.core.database import Transaction
from storage.core.events import Recorded
from storage.core.instants import from_text, to_text
from storage.pledges.pledges import Pledge, pledge_of
from storage.projects.projects import Project, project_of
from storage.repairs.repairs import Repair, repair_of
from storage.reports import reports
from storage.reports.reports import Report

AT_ONCE = 400


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=_Numbered)


@dataclass(frozen=True)
class Chosen:
    """What is exported: begun from `begins` on and before `ends`, in one of these areas; None: always, anywhere."""

    begins: datetime | None = None
    ends: datetime | None = None
    areas: Sequence[str] | None = None


_IN_AREAS = {
    "reports": "area IN ({})",
    "repairs": "area IN ({})",
    "pledges": "id IN (SELECT pledge FROM pledge_areas WHERE area IN ({}))",
    "projects": "id IN (SELECT project FROM project_areas WHERE area IN ({}))",
}
"""By table: what is in one of some areas. A promise and a project may be of several."""


def sent_reports(tx: Transaction, chosen: Chosen) -> Iterator[list[Report]]:
    """Reports by when they were sent, in order of their numbers."""
    return _walk(tx, reports.from_row, "reports", chosen)


def asked_repairs(tx: Transaction, chosen: Chosen) -> Iterator[list[Repair]]:
    """Repairs by when they were asked for."""
    return _walk(tx, repair_of, "repairs", chosen)


def made_pledges(tx: Transaction, chosen: Chosen) -> Iterator[list[Pledge]]:
    """Pledges by when they were made; in an area are those that name it."""
    return _walk(tx, pledge_of, "pledges", chosen)


def made_projects(tx: Transaction, chosen: Chosen) -> Iterator[list[Project]]:
    """Projects by when they were made; in an area are those that name it."""
    return _walk(tx, project_of, "projects", chosen)


def count(tx: Transaction, table: str, chosen: Chosen) -> int:
    """How many rows of one of these tables these are."""
    condition, values = where(table, chosen)
    return tx.number(f"SELECT count(*) FROM {table} WHERE {condition}", values)


def _walk(tx: Transaction, read: Callable[[sqlite3.Row], R], table: str, chosen: Chosen) -> Iterator[list[R]]:
    condition, values = where(table, chosen)
    sql = f"SELECT * FROM {table} WHERE id > :after AND {condition} ORDER BY id LIMIT {AT_ONCE}"
    after = 0
    while True:
        found = tx.query_as(read, sql, {**values, "after": after})
        if found:
            yield found
        if len(found) < AT_ONCE:
            return
        after = found[-1].id


def where(table: str, chosen: Chosen) -> tuple[str, dict[str, str | int]]:
    """The condition for the rows of a table that are chosen, and its values: for other modules of this room."""
    parts = ["id > 0"]
    values: dict[str, str | int] = {}
    if chosen.begins is not None:
        parts.append("created_at >= :begins")
        values["begins"] = to_text(chosen.begins)
    if chosen.ends is not None:
        parts.append("created_at < :ends")
        values["ends"] = to_text(chosen.ends)
    if chosen.areas is not None:
        parts.append(_IN_AREAS[table].format(f"SELECT areas.value FROM {dialect.each(':areas', 'areas')}"))
        values["areas"] = json.dumps(list(chosen.areas))
    return " AND ".join(parts), values


# -- what belongs to the reports of a batch


def histories(tx: Transaction, numbers: Sequence[int]) -> dict[int, ReportHistory]:
    """What became of each of these reports until now, by its events."""
    by_subject = {f"report:{number}": number for number in numbers}
    found = {number: ReportHistory() for number in numbers}
    rows = tx.query(
        f"SELECT subject, kind, at, actor, data FROM {dialect.read_by('events_subject', 'events')} "
        f"WHERE subject IN ({_marks(by_subject)}) AND kind IN ({_marks(READ)}) ORDER BY subject, id",
        (*by_subject, *READ),
    )
    for row in rows:
        history = found[by_subject[row["subject"]]]
        history.after(row["kind"], from_text(row["at"]), row["actor"], json.loads(row["data"]))
    return found


def people_behind(tx: Transaction, numbers: Sequence[int]) -> dict[int, int]:
    """How many people stand behind each of these reports, and behind those that are part of it: each counted once."""
    rows = tx.query(
        f"WITH together AS (SELECT id, id AS main FROM reports WHERE id IN ({_marks(numbers)}) "
        f"UNION ALL SELECT id, merged_into FROM reports WHERE merged_into IN ({_marks(numbers)})), "
        "spoke AS (SELECT main, reports.person AS person FROM together JOIN reports ON reports.id = together.id "
        "UNION ALL SELECT main, supports.person FROM together JOIN supports ON supports.report = together.id) "
        "SELECT main, count(DISTINCT person) AS people FROM spoke GROUP BY main",
        (*numbers, *numbers),
    )
    return {int(row["main"]): int(row["people"]) for row in rows}


def volunteers_asked(tx: Transaction, numbers: Sequence[int]) -> dict[int, int]:
    """How many volunteers were asked about each of these repairs."""
    rows = tx.query(
        f"SELECT repair, count(*) AS people FROM repair_offers WHERE repair IN ({_marks(numbers)}) GROUP BY repair",
        tuple(numbers),
    )
    return {int(row["repair"]): int(row["people"]) for row in rows}


def words(
    tx: Transaction, table: str, of: str, numbers: Sequence[int], purposes: Sequence[str]
) -> dict[int, list[str]]:
    """What was written, for these purposes, to each of these: in `report_parts` of a `report`, in `repair_parts` of a
    `repair`; what was taken back is left out."""
    taken_back = "AND taken_back_at IS NULL " if table == "report_parts" else ""
    rows = tx.query(
        f"SELECT {of} AS number, text FROM {table} WHERE {of} IN ({_marks(numbers)}) "
        f"AND purpose IN ({_marks(purposes)}) AND text IS NOT NULL {taken_back}ORDER BY {of}, id",
        (*numbers, *purposes),
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(int(row["number"]), []).append(row["text"])
    return found


@dataclass(frozen=True)
class Named:
    """Who somebody is."""

    id: int
    name: str
    username: str | None
    telegram_id: int | None
    phone: str | None


def people(tx: Transaction, numbers: Sequence[int]) -> dict[int, Named]:
    """Who these people are, by our number of each.

    Volunteers' own telephone numbers are left out: they were given for being rung.
    """
    rows = tx.query(
        f"SELECT id, name, username, telegram_id, phone FROM people WHERE id IN ({_marks(numbers)})",
        tuple(numbers),
    )
    return {row["id"]: Named(**dict(row)) for row in rows}


# -- who took out what


def personal_exports(tx: Transaction, limit: int) -> list[Recorded]:
    """The last exports with personal data, the newest first."""
    return events.newest_of_kind(tx, PersonalDataExported.KIND, limit)


def _marks(values: Sequence[object] | dict[str, int]) -> str:
    return ", ".join("?" for _ in values)
