"""What had happened to reports by some instant, for figures: as it was recorded, and never as a report stands now."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from domain.events import ReportResolved, ReportSubmitted
from domain.figures.periods import Span
from domain.figures.report_counting import RECURS_WITHIN
from domain.figures.report_history import COUNTED_BY, READ, ReportHistory
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text

AT_ONCE = 400
"""The events of so many reports are in memory at a time."""
NEWEST = 1 << 62
"""No event has a number as great."""


def histories(tx: Transaction, span: Span) -> Iterator[ReportHistory]:
    """Each report that figures of the time need, up to its end: those with an event that is counted in it, and those
    said to be fixed in the 90 days before it.

    Costs what happened in that time and to these reports, however many others there are.
    """
    subjects = _subjects(tx, span)
    for at in range(0, len(subjects), AT_ONCE):
        yield from _up_to(tx, subjects[at : at + AT_ONCE], span.ends)


def first_sent(tx: Transaction) -> datetime | None:
    """When the first report was sent; None before that."""
    row = tx.one("SELECT min(at) AS at FROM events WHERE kind = ?", (ReportSubmitted.KIND,))
    return from_text_or_none(row["at"] if row else None)


def _subjects(tx: Transaction, span: Span) -> list[str]:
    rows = tx.query(
        f"SELECT subject FROM events WHERE kind IN ({_marks(COUNTED_BY)}) AND at >= ? AND at < ? "
        "UNION SELECT subject FROM events WHERE kind = ? AND at >= ? AND at < ?",
        (
            *COUNTED_BY,
            to_text(span.begins),
            to_text(span.ends),
            ReportResolved.KIND,
            to_text(span.begins - RECURS_WITHIN),
            to_text(span.begins),
        ),
    )
    return [row["subject"] for row in rows]


def of(
    tx: Transaction, subjects: Sequence[str], ends: datetime, last: int | None = None
) -> Iterator[tuple[str, str, datetime, int | None, dict[str, Any]]]:
    """What had happened to these reports before `ends`, of what was recorded up to the event of number `last`: subject,
    kind, instant, actor and what was noted, report by report."""
    for row in tx.query(
        f"SELECT subject, kind, at, actor, data FROM {dialect.read_by('events_subject', 'events')} "
        f"WHERE subject IN ({_marks(subjects)}) AND kind IN ({_marks(READ)}) AND at < ? AND id <= ? "
        "ORDER BY subject, id",
        (*subjects, *READ, to_text(ends), NEWEST if last is None else last),
    ):
        yield row["subject"], row["kind"], from_text(row["at"]), row["actor"], json.loads(row["data"])


def _up_to(tx: Transaction, subjects: Sequence[str], ends: datetime) -> Iterator[ReportHistory]:
    found: dict[str, ReportHistory] = {}
    for subject, kind, at, actor, data in of(tx, subjects, ends):
        found.setdefault(subject, ReportHistory()).after(kind, at, actor, data)
    yield from found.values()


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)
