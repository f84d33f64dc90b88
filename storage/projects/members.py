"""Which reports are in a project, and who stands behind them: reporters, and those who joined.

A merged report is in none itself: it counts with the one it is part of.
"""

import json
from collections.abc import Sequence

from domain.reports.reports import WORKABLE
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports.reports import Report, from_row

_WORKABLE = ", ".join(f"'{state}'" for state in sorted(WORKABLE))
PEOPLE = (
    "WITH inside AS (SELECT id FROM reports WHERE project = :project), "
    "together AS (SELECT id, id AS main FROM inside UNION ALL "
    "SELECT reports.id, inside.id FROM inside JOIN reports ON reports.merged_into = inside.id), "
    "spoke AS (SELECT reports.person AS person, together.main AS report FROM together "
    "JOIN reports ON reports.id = together.id UNION ALL "
    "SELECT supports.person, together.main FROM together JOIN supports ON supports.report = together.id)"
)


def put(tx: Transaction, report: int, project: int | None) -> None:
    """It is in that project from now on, or (None) in none."""
    tx.execute("UPDATE reports SET project = ? WHERE id = ?", (project, report))


def count(tx: Transaction, project: int) -> int:
    """How many reports are in it."""
    return tx.number("SELECT count(*) FROM reports WHERE project = ?", (project,))


def count_open(tx: Transaction, project: int) -> int:
    """How many of them are not closed."""
    return tx.number("SELECT count(*) FROM reports WHERE project = ? AND closed_at IS NULL", (project,))


def workable(tx: Transaction, project: int, after: int, limit: int) -> list[int]:
    """Those in it that staff have work with, by number behind `after`."""
    return tx.ids(
        f"SELECT id FROM reports WHERE project = ? AND id > ? AND state IN ({_WORKABLE}) ORDER BY id LIMIT ?",
        (project, after, limit),
    )


def count_workable(tx: Transaction, project: int) -> int:
    """How many these are."""
    return tx.number(f"SELECT count(*) FROM reports WHERE project = ? AND state IN ({_WORKABLE})", (project,))


def count_unfit(tx: Transaction, project: int) -> int:
    """How many of them must not be told of in public: about a person, or of danger."""
    return tx.number(
        "SELECT count(*) FROM reports WHERE project = ? AND (about_person OR danger IS NOT NULL)", (project,)
    )


def count_elsewhere(tx: Transaction, project: int | None, chosen: Sequence[int]) -> int:
    """How many of these reports are in another project than that."""
    return tx.number(
        f"SELECT count(*) FROM {dialect.each(':chosen', 'chosen')} JOIN reports ON reports.id = chosen.value "
        f"WHERE project IS NOT NULL AND {dialect.differs('project', ':project')}",
        {"chosen": json.dumps(list(chosen)), "project": project},
    )


def page(tx: Transaction, project: int, limit: int, offset: int = 0) -> list[Report]:
    """The reports in it: open ones first, of each the oldest first."""
    return tx.query_as(
        from_row,
        "SELECT * FROM reports WHERE project = ? ORDER BY closed_at IS NOT NULL, id LIMIT ? OFFSET ?",
        (project, limit, offset),
    )


def count_people(tx: Transaction, project: int) -> int:
    """How many people stand behind the reports in it, each counted once."""
    return tx.number(f"{PEOPLE} SELECT count(DISTINCT person) FROM spoke", {"project": project})


def people(tx: Transaction, project: int, after: int, limit: int) -> list[tuple[int, int]]:
    """Everybody behind them, each once, in order of their number behind `after`: with the oldest of their reports
    there, by the number of the one that counts."""
    rows = tx.query(
        f"{PEOPLE} SELECT person, min(report) AS report FROM spoke WHERE person > :after "
        "GROUP BY person ORDER BY person LIMIT :limit",
        {"project": project, "after": after, "limit": limit},
    )
    return [(int(row["person"]), int(row["report"])) for row in rows]


def not_told(tx: Transaction, project: int, limit: int) -> list[tuple[int, int]]:
    """As `people`: those who were never told that a report of theirs is in it."""
    rows = tx.query(
        f"{PEOPLE} SELECT person, min(report) AS report FROM spoke WHERE NOT EXISTS (SELECT 1 FROM project_told "
        "WHERE project_told.project = :project AND project_told.person = spoke.person) "
        "GROUP BY person ORDER BY person LIMIT :limit",
        {"project": project, "limit": limit},
    )
    return [(int(row["person"]), int(row["report"])) for row in rows]


def note_told(tx: Transaction, project: int, people: Sequence[int]) -> None:
    """These were told: they are not told again."""
    now = to_text(tx.now)
    tx.many(
        "INSERT INTO project_told (project, person, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(project, person, now) for person in people],
    )


def forget_told(tx: Transaction, project: int, person: int) -> bool:
    """No report of theirs is in it any more; False when they were never told that one is."""
    found = tx.execute("DELETE FROM project_told WHERE project = ? AND person = ?", (project, person))
    return found.rowcount > 0


def concerns(tx: Transaction, project: int, person: int) -> bool:
    """Whether they stand behind a report that is in it."""
    row = tx.one(f"{PEOPLE} SELECT 1 FROM spoke WHERE person = :person LIMIT 1", {"project": project, "person": person})
    return row is not None
