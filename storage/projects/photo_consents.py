"""Whether the maker of a photo said yes to showing it to others. Each is asked once."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from domain.core.stored import known
from domain.projects.photos import Consent
from storage.core.database import Transaction
from storage.core.instants import to_text


@dataclass(frozen=True)
class PhotoConsent:
    """What `person`, who made the photo `part` of `report`, says; None while they have said nothing."""

    part: int
    person: int
    report: int
    answer: Consent | None


_SELECT = (
    "SELECT part, photo_consents.person, report, answer FROM photo_consents JOIN report_parts ON report_parts.id = part"
)


def _consent(row: sqlite3.Row) -> PhotoConsent:
    values = dict(row)
    # A word that is none any more is no yes.
    values["answer"] = None if values["answer"] is None else known(values["answer"], Consent.NO)
    return PhotoConsent(**values)


def ask(tx: Transaction, part: int, person: int, file_unique_id: str) -> bool:
    """Keep that they are asked; False when they were before, about this very photo."""
    found = tx.execute(
        "INSERT INTO photo_consents (part, person, file_unique_id, asked_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (part) DO UPDATE SET file_unique_id = excluded.file_unique_id, asked_at = excluded.asked_at, "
        "answer = NULL, answered_at = NULL WHERE photo_consents.file_unique_id <> excluded.file_unique_id",
        (part, person, file_unique_id, to_text(tx.now)),
    )
    return found.rowcount > 0


def of_part(tx: Transaction, part: int) -> PhotoConsent | None:
    """What is known of a photo, or None when nobody was asked."""
    return tx.one_as(_consent, f"{_SELECT} WHERE part = ?", (part,))


def of_report(tx: Transaction, report: int, person: int) -> list[PhotoConsent]:
    """The photos of a report of which that person was asked, the oldest first."""
    return tx.query_as(
        _consent,
        f"{_SELECT} WHERE report = ? AND photo_consents.person = ? ORDER BY part",
        (report, person),
    )


def reports_of(tx: Transaction, person: int) -> list[int]:
    """The reports of whose photos somebody was asked."""
    rows = tx.query(
        "SELECT DISTINCT report FROM photo_consents JOIN report_parts ON report_parts.id = part "
        "WHERE photo_consents.person = ? ORDER BY report",
        (person,),
    )
    return [int(row["report"]) for row in rows]


def forget(tx: Transaction, parts: Collection[int]) -> None:
    """Of these photos nothing was ever asked, and no project shows them."""
    for table in ("photo_consents", "project_photos"):
        tx.many(f"DELETE FROM {table} WHERE part = ?", [(part,) for part in parts])


def answer(tx: Transaction, part: int, said: Consent) -> bool:
    """Keep what they say; False when they said so before."""
    found = tx.execute(
        "UPDATE photo_consents SET answer = :said, answered_at = :now "
        "WHERE part = :part AND (answer IS NULL OR answer <> :said)",
        {"part": part, "said": said, "now": to_text(tx.now)},
    )
    return found.rowcount > 0


def is_wanted(tx: Transaction, part: int) -> bool:
    """Whether somebody means to show that photo: with a project, or with its report on the public page."""
    row = tx.one(
        "SELECT 1 FROM project_photos WHERE part = :part AND removed_at IS NULL "
        "UNION ALL SELECT 1 FROM report_photos WHERE part = :part AND removed_at IS NULL LIMIT 1",
        {"part": part},
    )
    return row is not None


def allowing(photos: str) -> str:
    """The condition of SQL by which a photo of the table `photos` may be seen by others.

    Staff's own (without a part) always; a resident's while they stand behind its report and their yes stands, if it is
    the very photo they said it to, and the report neither about a person nor of danger.
    """
    return f"""({photos}.part IS NULL OR EXISTS (SELECT 1 FROM photo_consents
    JOIN report_parts ON report_parts.id = photo_consents.part JOIN reports ON reports.id = report_parts.report
    WHERE photo_consents.part = {photos}.part AND answer = 'yes' AND taken_back_at IS NULL
    AND photo_consents.file_unique_id = {photos}.file_unique_id
    AND report_parts.file_unique_id = {photos}.file_unique_id AND NOT about_person AND danger IS NULL
    AND reports.state <> 'withdrawn' AND (reports.person = photo_consents.person OR EXISTS (SELECT 1 FROM supports
        WHERE supports.report = reports.id AND supports.person = photo_consents.person))))"""
