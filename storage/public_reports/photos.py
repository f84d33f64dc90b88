"""Photos that staff chose for reports everybody may see: their own proof, and those of residents with their yes."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.projects import photo_consents
from storage.public_reports.entries import SHOWN

FOLDER = "reports"
"""Where in the media folder the photos lie that the pages show (storage/core/page_files.py)."""


@dataclass(frozen=True)
class Photo:
    """A photo of a report. `part` is the resident's one it is; None: it is staff's own, what they showed as proof."""

    id: int
    report: int
    part: int | None
    file_id: str
    file_unique_id: str
    by: int
    chosen_at: datetime
    gone_at: datetime | None
    removed_at: datetime | None


def _photo(row: sqlite3.Row) -> Photo:
    values: dict[str, Any] = dict(row)
    values["chosen_at"] = from_text(values["chosen_at"])
    for name in ("gone_at", "removed_at"):
        values[name] = from_text_or_none(values[name])
    return Photo(**values)


def add(tx: Transaction, report: int, file: tuple[str, str], by: int, part: int | None) -> int:
    """Keep that it was chosen; `file` is Telegram's two names for it. Returns its id."""
    return tx.insert(
        "INSERT INTO report_photos (report, part, file_id, file_unique_id, by, chosen_at) VALUES (?, ?, ?, ?, ?, ?)",
        (report, part, *file, by, to_text(tx.now)),
    )


def by_id(tx: Transaction, photo: int) -> Photo | None:
    """The photo with that id, or None."""
    return tx.one_as(_photo, "SELECT * FROM report_photos WHERE id = ?", (photo,))


def of(tx: Transaction, report: int) -> list[Photo]:
    """Those chosen for a report that were not taken off, in the order in which they were chosen."""
    return tx.query_as(
        _photo, "SELECT * FROM report_photos WHERE report = ? AND removed_at IS NULL ORDER BY id", (report,)
    )


def forget(tx: Transaction, parts: Collection[int]) -> None:
    """No page ever showed these photos of residents."""
    tx.many("DELETE FROM report_photos WHERE part = ?", [(part,) for part in parts])


def of_part(tx: Transaction, part: int) -> list[Photo]:
    """Where a resident's photo was chosen."""
    return tx.query_as(_photo, "SELECT * FROM report_photos WHERE part = ? AND removed_at IS NULL ORDER BY id", (part,))


def remove(tx: Transaction, photo: int) -> bool:
    """It is taken off; False when it was before."""
    found = tx.execute(
        "UPDATE report_photos SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (to_text(tx.now), photo)
    )
    return found.rowcount > 0


def gone(tx: Transaction, photo: int) -> None:
    """Telegram has its file no more: no page shows it."""
    tx.execute("UPDATE report_photos SET gone_at = ? WHERE id = ? AND gone_at IS NULL", (to_text(tx.now), photo))


# -- what is shown

_SHOWN = (
    "SELECT report_photos.* FROM report_photos JOIN reports ON reports.id = report_photos.report "
    f"WHERE removed_at IS NULL AND gone_at IS NULL AND {SHOWN} AND {photo_consents.allowing('report_photos')}"
)


def shown(tx: Transaction, report: int, limit: int) -> list[Photo]:
    """Those its public page shows at this moment, in the order in which they were chosen."""
    return tx.query_as(_photo, f"{_SHOWN} AND report_photos.report = ? ORDER BY report_photos.id LIMIT ?",
                       (report, limit))  # fmt: skip


def is_shown(tx: Transaction, photo: int) -> str | None:
    """The file_id of that photo, or None when no page shows it (any more)."""
    row = tx.one(f"{_SHOWN} AND report_photos.id = ?", (photo,))
    return None if row is None else str(row["file_id"])


def shown_behind(tx: Transaction, after: int, limit: int) -> list[int]:
    """Those that pages show, by id; the next ones behind `after`."""
    return tx.ids(f"{_SHOWN} AND report_photos.id > ? ORDER BY report_photos.id LIMIT ?", (after, limit))


def ever_of(tx: Transaction, report: int) -> list[int]:
    """All that were ever chosen for a report, by id."""
    return tx.ids("SELECT id FROM report_photos WHERE report = ? ORDER BY id", (report,))
