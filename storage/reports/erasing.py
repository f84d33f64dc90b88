"""What was said about reports, and where they are, taken out of the tables for good; what became of them stays.

Other rooms hold some of it, too: services/reports/erasing.py takes it out everywhere.
"""

from collections.abc import Collection

from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import WORKABLE
from storage.core.database import Transaction

OWN = (
    PartPurpose.REPORT,
    PartPurpose.ADDITION,
    PartPurpose.SUPPORT,
    PartPurpose.PLACE,
    PartPurpose.EARLIER,
    PartPurpose.REASON,
    PartPurpose.OBJECTION,
    PartPurpose.WITHDRAWAL,
)
"""Purposes of parts that are somebody's own words; what staff answered, asked and noted is the office's."""


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" for _ in values)


def own(tx: Transaction, person: int, after: int, limit: int) -> list[int]:
    """The reports somebody stands for, by number behind `after`."""
    return tx.ids("SELECT id FROM reports WHERE person = ? AND id > ? ORDER BY id LIMIT ?", (person, after, limit))


def concerning(tx: Transaction, person: int, after: int, limit: int) -> list[int]:
    """Those that are not closed and that somebody reported or joined, by number behind `after`."""
    return tx.ids(
        "SELECT id FROM reports WHERE id IN (SELECT id FROM reports WHERE person = :person AND id > :after "
        "UNION SELECT report FROM supports WHERE person = :person AND report > :after) AND (closed_at IS NULL OR "
        "state = 'merged') ORDER BY id LIMIT :limit",
        {"person": person, "after": after, "limit": limit},
    )


def in_charge_of(tx: Transaction, person: int, limit: int) -> list[int]:
    """The open reports that somebody of the staff answers for."""
    return tx.ids(
        "SELECT id FROM reports WHERE assignee = ? AND closed_at IS NULL ORDER BY id LIMIT ?", (person, limit)
    )


def of_open_danger(tx: Transaction, person: int) -> list[int]:
    """Those that somebody reported, joined or wrote to, in which somebody may be in danger and staff have work to do:
    they are part of such a report, or are one."""
    return tx.ids(
        "SELECT mine.id FROM reports AS mine JOIN reports AS whole ON whole.id = coalesce(mine.merged_into, mine.id) "
        f"WHERE whole.danger IS NOT NULL AND whole.state IN ({_marks(WORKABLE)}) AND mine.id IN "
        "(SELECT id FROM reports WHERE person = ? UNION SELECT report FROM supports WHERE person = ? "
        f"UNION SELECT report FROM report_parts WHERE person = ? AND purpose IN ({_marks(OWN)})) ORDER BY mine.id",
        (*sorted(WORKABLE), person, person, person, *OWN),
    )


def said_by(tx: Transaction, person: int, but: Collection[int], limit: int) -> list[tuple[int, int, bool]]:
    """Parts that are somebody's own words, but for those of the reports `but`: (part, report, whether it is the report
    itself)."""
    rows = tx.query(
        f"SELECT id, report, purpose = 'report' AS first FROM report_parts WHERE person = ? AND purpose IN "
        f"({_marks(OWN)}) AND report NOT IN ({_marks(but)}) ORDER BY id LIMIT ?",
        (person, *OWN, *but, limit),
    )
    return [(row["id"], row["report"], bool(row["first"])) for row in rows]


def parts_of(tx: Transaction, reports: Collection[int], purpose: PartPurpose | None = None) -> list[int]:
    """All that was said about these reports by anybody; or for one purpose."""
    if not reports:
        return []  # without a number to look for, all there ever were would be read
    return tx.ids(
        f"SELECT id FROM report_parts WHERE report IN ({_marks(reports)}) AND (? IS NULL OR purpose = ?) ORDER BY id",
        (*reports, purpose, purpose),
    )


def delete_parts(tx: Transaction, parts: Collection[int]) -> None:
    """They were never said."""
    tx.many("DELETE FROM danger_words WHERE part = ?", [(part,) for part in parts])
    tx.many("UPDATE report_parts SET first = NULL WHERE first = ?", [(part,) for part in parts])
    tx.many("DELETE FROM report_parts WHERE id = ?", [(part,) for part in parts])


def delete_danger_words(tx: Transaction, person: int, but: Collection[int]) -> None:
    """What somebody said of danger after it rang, but for what it is about in the reports `but`."""
    subjects = [f"report:{number}" for number in but]
    tx.execute(
        "DELETE FROM danger_words WHERE danger IN (SELECT id FROM dangers WHERE person = ? AND subject NOT IN "
        f"({_marks(subjects)}))",
        (person, *subjects),
    )


def empty(tx: Transaction, reports: Collection[int], *, title: bool) -> None:
    """Where these are is known by area alone, and what was heard in them not at all; nor, with `title`, their line."""
    tx.many(
        "UPDATE reports SET relation = NULL, place = NULL, latitude = NULL, longitude = NULL, heard = NULL, "
        f"heard_right = NULL{', title = NULL' if title else ''} WHERE id = ?",
        [(number,) for number in reports],
    )
