"""Of reports, what is one person's: their own words and places, and the answers that they were given."""

from dataclasses import dataclass
from typing import Any

from domain.reports.part_purposes import PartPurpose
from storage.core import chats
from storage.core.database import Transaction
from storage.core.messages import CardRole
from storage.reports import reports
from storage.reports.reports import Part

_FOR_ALL = (PartPurpose.RESOLUTION, PartPurpose.REFUSAL)
"""What everybody reads who spoke about a report."""
_COPIED = (PartPurpose.ANSWER, PartPurpose.ALONE, PartPurpose.NOTE)
"""What those have who were sent a copy."""
_OF_ITS_WRITER = ("relation", "area", "place", "latitude", "longitude", "danger", "title", "heard", "heard_right")

_THEIRS = "SELECT id FROM reports WHERE person = ?"
_SPOKE = (
    f"{_THEIRS} UNION SELECT report FROM supports WHERE person = ? "
    "UNION SELECT merged_into FROM reports WHERE person = ? AND merged_into IS NOT NULL"
)


@dataclass(frozen=True)
class Answer:
    """Something staff said to them about a report."""

    report: int
    part: Part


def without_another_writers(tx: Transaction, person: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `reports` that are the person's now; of one that was passed to them when its writer took it back nothing
    of the writer's."""
    return [
        row if reports.writer(tx, reports.existing(tx, row["id"])) == person
        else {name: value for name, value in row.items() if name not in _OF_ITS_WRITER}
        for row in rows
    ]  # fmt: skip


def answers(tx: Transaction, person: int) -> list[Answer]:
    """What staff said to them, the oldest first; not what was taken back again."""
    chat = chats.private_with(tx, person)
    # Nobody without Telegram has a copy: they are told by telephone.
    had = f"report IN ({_THEIRS})"
    if chat is not None:
        had = "EXISTS (SELECT 1 FROM cards WHERE chat = ? AND role = ? || coalesce(first, report_parts.id))"
    copied = ", ".join("?" for _ in _COPIED)
    found = reports.parts_where(
        tx,
        f"report IN ({_SPOKE}) AND taken_back_at IS NULL AND (report_parts.purpose IN (?, ?) "
        f"OR (report_parts.purpose = ? AND report IN ({_THEIRS})) "
        f"OR (report_parts.purpose IN ({copied}) AND (report_parts.purpose <> ? OR released = 1) AND {had}))",
        person, person, person, *_FOR_ALL, PartPurpose.QUESTION, person, *_COPIED, PartPurpose.NOTE,
        *((chat.id, CardRole.ANSWER_TO) if chat is not None else (person,)),
    )  # fmt: skip
    return [Answer(part.report, part) for part in found]
