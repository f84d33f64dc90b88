"""What is public of the figures of periods that are over, as it was decided once."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.figures.closed_periods import named
from domain.figures.public_tables import Of, PublicTable
from storage.core.database import Transaction
from storage.core.instants import to_text

CHANGED = "public_figures"
"""The signal that there are figures of one more period, or a chart of them."""


def publish(tx: Transaction, table: PublicTable) -> None:
    """Keep what was decided of a period, for good; of a month once more, when its quarter is over."""
    period = named(table.period)
    assert period is not None, table.period
    tx.execute(
        "INSERT INTO public_figures (period, first_day, after_day, published_at, content) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (period) DO UPDATE SET content = excluded.content",
        (table.period, period.first.isoformat(), period.after.isoformat(), to_text(tx.now), _written(table)),
    )
    tx.signal(CHANGED)


def of(tx: Transaction, period: str) -> PublicTable | None:
    """The figures of the period of that name; None where there are none."""
    row = tx.one("SELECT period, content FROM public_figures WHERE period = ?", (period,))
    return None if row is None else _read(row["period"], row["content"])


def of_year(tx: Transaction, year: int) -> list[PublicTable]:
    """Those of all periods of a year that are published."""
    rows = tx.query(
        "SELECT period, content FROM public_figures WHERE period >= ? AND period < ? ORDER BY period",
        (str(year), str(year + 1)),
    )
    return [_read(row["period"], row["content"]) for row in rows]


def names(tx: Transaction) -> list[str]:
    """All published periods, the one that ended first first; of those that ended together the shorter first."""
    return [row["period"] for row in tx.query("SELECT period FROM public_figures ORDER BY after_day, first_day DESC")]


def newest_end(tx: Transaction) -> date | None:
    """The day behind the last of the newest one; None before the first."""
    row = tx.one("SELECT max(after_day) AS day FROM public_figures")
    return date.fromisoformat(row["day"]) if row is not None and row["day"] is not None else None


def _written(table: PublicTable) -> str:
    content: dict[str, Any] = {
        "counts": [
            [of, what, count, (of, what) in table.shown, table.at_least.get((of, what))]
            for (of, what), count in table.counts.items()
        ],
        "areas": dict(table.areas),
        "times": {what: list(found) for what, found in table.times.items()},
        "promises": dict(table.promises),
    }
    return json.dumps(content, ensure_ascii=False)


def _read(period: str, written: str) -> PublicTable:
    content = json.loads(written)
    rows: Sequence[tuple[str, str, int, bool, int | None]] = content["counts"]
    counts: dict[Of, int] = {(of, what): count for of, what, count, _, _ in rows}
    return PublicTable(
        period,
        counts,
        content["areas"],
        {what: (median, ninetieth) for what, (median, ninetieth) in content["times"].items()},
        content["promises"],
        frozenset((of, what) for of, what, _, shown, _ in rows if shown),
        {(of, what): low for of, what, _, _, low in rows if low is not None},
    )
