"""What was entered of the hotline, month by month: in the record of events, and nowhere else."""

import json
from datetime import date, datetime

from domain.core.subjects import split
from domain.events import HotlineCounted
from domain.figures.hotline_figures import Known
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text


def number_of(month: date) -> int:
    """What a month is called in the record: November 2025 is 202511."""
    return month.year * 100 + month.month


def known(tx: Transaction, until: datetime) -> dict[date, Known]:
    """The figure of each month as it was known at that instant; what is entered later is not read."""
    rows = tx.query(
        "SELECT subject, at, data FROM events WHERE kind = ? AND at <= ? ORDER BY id",
        (HotlineCounted.KIND, to_text(until)),
    )
    found: dict[date, Known] = {}
    for row in rows:
        year, month = divmod(split(row["subject"])[1], 100)
        data = json.loads(row["data"])
        found[date(year, month, 1)] = Known(data["complaints"], from_text(row["at"]), data["before"])
    return found
