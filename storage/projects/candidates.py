"""Reports that could be in a project together: in none yet, and neither about a person nor of danger. Bounded reads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import to_text

_FIT = "project IS NULL AND NOT about_person AND danger IS NULL"
_COUNTS = "state NOT IN ('withdrawn', 'merged')"


@dataclass(frozen=True)
class Lately:
    """A report of the last weeks."""

    id: int
    area: str | None
    category: str | None
    open: bool


def open_ones(tx: Transaction, areas: Sequence[str], category: str | None, limit: int) -> list[int]:
    """The newest open ones of a category in these areas; of the category alone where there are none. Newest first."""
    if areas:
        source = (
            f"{dialect.each(':areas', 'near')} {dialect.IN_THIS_ORDER} "
            f"{dialect.read_by('reports_open_area', 'reports')} ON area = near.value AND reports.id > "
            "coalesce((SELECT id FROM reports WHERE area = near.value AND closed_at IS NULL ORDER BY id DESC "
            "LIMIT 1 OFFSET :beyond), 0)"
        )
    else:
        source = dialect.read_by("reports_open_category", "reports")
    return tx.ids(
        f"SELECT reports.id AS id FROM {source} WHERE closed_at IS NULL AND {dialect.same('category', ':category')} "
        f"AND {_FIT} ORDER BY reports.id DESC LIMIT :limit",
        {"areas": json.dumps(list(areas)), "category": category, "limit": limit, "beyond": 4 * limit},
    )


def lately(tx: Transaction, since: datetime, looked_at: int) -> list[Lately]:
    """Those since then, open or closed, among so many of the newest reports; the newest first."""
    rows = tx.query(
        "SELECT id, area, category, closed_at FROM reports WHERE id > "
        "coalesce((SELECT id FROM reports ORDER BY id DESC LIMIT 1 OFFSET :looked_at), 0) "
        f"AND created_at >= :since AND {_FIT} AND {_COUNTS} ORDER BY id DESC",
        {"looked_at": looked_at, "since": to_text(since)},
    )
    return [Lately(row["id"], row["area"], row["category"], row["closed_at"] is None) for row in rows]


def fit_of(tx: Transaction, numbers: Sequence[int]) -> list[int]:
    """Which of these are open and could be in a project."""
    return tx.ids(
        f"SELECT reports.id AS id FROM {dialect.each(':numbers', 'chosen')} JOIN reports ON reports.id = chosen.value "
        f"WHERE closed_at IS NULL AND {_FIT} ORDER BY reports.id DESC",
        {"numbers": json.dumps(list(numbers))},
    )


def words(tx: Transaction, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """All words of these, in their order: the line staff gave them, what was heard and what was reported."""
    rows = tx.query(
        "SELECT reports.id AS id, coalesce(title, '') || ' ' || coalesce(heard, '') || ' ' || coalesce(("
        f"SELECT {dialect.joined('text', ' ')} FROM report_parts WHERE report = reports.id AND purpose = 'report'), "
        f"'') AS words FROM {dialect.each(':numbers', 'chosen')} JOIN reports ON reports.id = chosen.value",
        {"numbers": json.dumps(list(numbers))},
    )
    found = {int(row["id"]): str(row["words"]) for row in rows}
    return [(number, found[number]) for number in numbers if number in found]
