"""What is open, for the list that staff take to their meeting, and how much of it must not stand there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.figures.exports import STUCK_AFTER
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.figures.exported import AT_ONCE, Chosen, where
from storage.repairs.repairs import Repair, repair_of
from storage.reports import reports
from storage.reports.reports import Report

_FOR_ALL = "danger IS NULL AND NOT about_person"
_STUCK = "closed_at IS NULL AND state <> 'done' AND (state = 'unfilled' OR created_at <= :before)"
_NEVER = "9999"


@dataclass(frozen=True)
class LeftOut:
    """How many are open and must not stand on a list that leaves the staff: of danger, or about a person."""

    reports: int
    repairs: int


def open_reports(tx: Transaction, chosen: Chosen) -> Iterator[list[Report]]:
    """Open reports that may stand there: by their deadlines, those without one last."""
    condition, values = where("reports", chosen)
    numbers = tx.ids(
        f"SELECT id FROM reports WHERE closed_at IS NULL AND {_FOR_ALL} AND {condition} "
        f"ORDER BY coalesce(due_at, '{_NEVER}'), id",
        values,
    )
    for at in range(0, len(numbers), AT_ONCE):
        some = numbers[at : at + AT_ONCE]
        marks = ", ".join("?" for _ in some)
        found = {each.id: each for each in tx.query_as(
            reports.from_row, f"SELECT * FROM reports WHERE id IN ({marks})", tuple(some))}  # fmt: skip
        yield [found[number] for number in some]


def stuck_repairs(tx: Transaction, chosen: Chosen, now: datetime) -> list[Repair]:
    """Open repairs that wait for somebody to look at them, and may stand there, the oldest first."""
    condition, values = where("repairs", chosen)
    return tx.query_as(
        repair_of,
        f"SELECT * FROM repairs WHERE {_STUCK} AND danger IS NULL AND {condition} ORDER BY id",
        {**values, "before": to_text(now - STUCK_AFTER)},
    )


def left_out(tx: Transaction, chosen: Chosen, now: datetime) -> LeftOut:
    """How many are not in `open_reports` and `stuck_repairs` though they are open, or stuck."""
    condition, values = where("reports", chosen)
    of_reports = tx.number(
        f"SELECT count(*) FROM reports WHERE closed_at IS NULL AND NOT ({_FOR_ALL}) AND {condition}", values
    )
    condition, values = where("repairs", chosen)
    of_repairs = tx.number(
        f"SELECT count(*) FROM repairs WHERE {_STUCK} AND danger IS NOT NULL AND {condition}",
        {**values, "before": to_text(now - STUCK_AFTER)},
    )
    return LeftOut(of_reports, of_repairs)
