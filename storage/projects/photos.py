"""Photos of projects, before and after: staff's own, and those of residents' reports.

A resident's is shown only with their yes (storage/projects/photo_consents.py), and only as long as it is the very photo
they said yes to, in a report that they stand behind and that is neither about a person nor of danger.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core.stored import known
from domain.projects.photos import Moment
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.projects import photo_consents

FOLDER = "projects"
"""Where in the media folder the photos lie that public pages show (storage/core/page_files.py)."""
CHANGED = "project_pages"
"""The signal that something the public pages of projects showed is not so any more."""


@dataclass(frozen=True)
class Photo:
    """A photo of a project. `part` is the one of a report it is of; None: it is staff's own, added by `by`."""

    id: int
    project: int
    moment: Moment
    part: int | None
    file_id: str
    file_unique_id: str
    by: int
    created_at: datetime
    released_at: datetime | None
    gone_at: datetime | None
    removed_at: datetime | None


def _photo(row: sqlite3.Row) -> Photo:
    values: dict[str, Any] = dict(row)
    values["moment"] = known(values["moment"], Moment.BEFORE)
    values["created_at"] = from_text(values["created_at"])
    for name in ("released_at", "gone_at", "removed_at"):
        values[name] = from_text_or_none(values[name])
    return Photo(**values)


def add(tx: Transaction, project: int, moment: Moment, file: tuple[str, str], by: int, part: int | None = None) -> int:
    """Keep one, which nobody sees yet; `file` is Telegram's two names for it. Returns its id."""
    return tx.insert(
        "INSERT INTO project_photos (project, moment, part, file_id, file_unique_id, by, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (project, moment, part, *file, by, to_text(tx.now)),
    )


def by_id(tx: Transaction, photo: int) -> Photo | None:
    """The photo with that id, or None."""
    return tx.one_as(_photo, "SELECT * FROM project_photos WHERE id = ?", (photo,))


def of(tx: Transaction, project: int) -> list[Photo]:
    """Those of a project that were not removed, in the order in which they were added."""
    return tx.query_as(
        _photo, "SELECT * FROM project_photos WHERE project = ? AND removed_at IS NULL ORDER BY id", (project,)
    )


def of_part(tx: Transaction, part: int) -> list[Photo]:
    """Where a resident's photo is used."""
    return tx.query_as(
        _photo, "SELECT * FROM project_photos WHERE part = ? AND removed_at IS NULL ORDER BY id", (part,)
    )


def of_report(tx: Transaction, report: int) -> list[Photo]:
    """Where the photos of a report are used."""
    return tx.query_as(
        _photo,
        "SELECT project_photos.* FROM report_parts JOIN project_photos ON project_photos.part = report_parts.id "
        "WHERE report_parts.report = ? AND removed_at IS NULL ORDER BY project_photos.id",
        (report,),
    )


def release(tx: Transaction, photo: int, *, shown: bool) -> bool:
    """Staff let everybody see it, or take it off again; False when it was so before."""
    found = tx.execute(
        "UPDATE project_photos SET released_at = CASE WHEN :shown THEN :now END "
        "WHERE id = :id AND removed_at IS NULL AND (released_at IS NULL) = :shown",
        {"id": photo, "shown": shown, "now": to_text(tx.now)},
    )
    return found.rowcount > 0


def remove(tx: Transaction, photo: int) -> bool:
    """It is one of the project's no more; False when it was not before."""
    found = tx.execute(
        "UPDATE project_photos SET removed_at = ?, released_at = NULL WHERE id = ? AND removed_at IS NULL",
        (to_text(tx.now), photo),
    )
    return found.rowcount > 0


def gone(tx: Transaction, photo: int) -> None:
    """Telegram has its file no more: no page shows it."""
    tx.execute("UPDATE project_photos SET gone_at = ? WHERE id = ? AND gone_at IS NULL", (to_text(tx.now), photo))


# -- what may be shown

_MAY_BE_SEEN = photo_consents.allowing("project_photos")
_ALLOWED = f"""SELECT project_photos.* FROM project_photos
    WHERE removed_at IS NULL AND gone_at IS NULL AND {_MAY_BE_SEEN}"""
_SHOWN = f"""SELECT project_photos.* FROM project_photos JOIN projects ON projects.id = project AND projects.public
    WHERE released_at IS NOT NULL AND removed_at IS NULL AND gone_at IS NULL AND {_MAY_BE_SEEN}"""


def may_be_sent(tx: Transaction, project: int, moment: Moment, limit: int) -> list[Photo]:
    """Those of that moment that people whose report is in the project may be sent, the newest first.

    Staff's own, and residents' with their yes; whether a page shows them is another matter.
    """
    return tx.query_as(
        _photo,
        f"{_ALLOWED} AND project = ? AND moment = ? ORDER BY project_photos.id DESC LIMIT ?",
        (project, moment, limit),
    )


def can_be_sent(tx: Transaction, photo: int) -> bool:
    """Whether that one may be sent to them (still)."""
    return tx.one(f"{_ALLOWED} AND project_photos.id = ?", (photo,)) is not None


def shown(tx: Transaction, project: int, limit: int) -> list[Photo]:
    """Those its public page shows at this moment, in the order in which they were added."""
    return tx.query_as(_photo, f"{_SHOWN} AND project = ? ORDER BY project_photos.id LIMIT ?", (project, limit))


def is_shown(tx: Transaction, photo: int) -> str | None:
    """The file_id of that photo, or None when no page shows it (any more)."""
    row = tx.one(f"{_SHOWN} AND project_photos.id = ?", (photo,))
    return None if row is None else str(row["file_id"])


def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
    """The projects whose pages show photos, by number; those behind `after`."""
    rows = tx.query(
        f"SELECT DISTINCT project FROM ({_SHOWN} AND project > ?) AS shown ORDER BY project LIMIT ?", (after, limit)
    )
    return [int(row["project"]) for row in rows]
