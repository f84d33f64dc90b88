"""The periods whose figures are public: months, quarters and years of the calendar that are over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from domain.figures.periods import Length, Period, containing

PUBLIC = (Length.MONTH, Length.QUARTER, Length.YEAR)
_NAME = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?", re.ASCII)


def name(period: Period) -> str:
    """`2026-10`, `2026-Q4` or `2026`: what a period is called in addresses and where it is kept."""
    year = period.first.year
    if period.length is Length.MONTH:
        return f"{year}-{period.first.month:02}"
    if period.length is Length.QUARTER:
        return f"{year}-Q{(period.first.month + 2) // 3}"
    return str(year)


def named(words: str) -> Period | None:
    """The period of that name; None where it is none."""
    found = _NAME.fullmatch(words)
    if found is None or not 1970 <= int(found[1]) <= 2999:
        return None
    year, month, quarter = found.groups()
    if month:
        return containing(date(int(year), int(month), 1), Length.MONTH)
    if quarter:
        return containing(date(int(year), 3 * int(quarter), 1), Length.QUARTER)
    return containing(date(int(year), 1, 1), Length.YEAR)


def parts(period: Period) -> tuple[Period, ...]:
    """The months of a quarter, or the quarters of a year; a month has none."""
    smaller = {Length.QUARTER: Length.MONTH, Length.YEAR: Length.QUARTER}.get(period.length or Length.MONTH)
    if smaller is None:
        return ()
    found = [containing(period.first, smaller)]
    while found[-1].after < period.after:
        found.append(found[-1].one_after())
    return tuple(found)


def closing(first: date, today: date) -> Iterator[tuple[Period, ...]]:
    """Those that are over by a day, from the one that holds `first` on, in the order in which they ended; the month
    before the quarter and the year that end with it."""
    month = containing(first, Length.MONTH)
    while month.after <= today:
        holding = (containing(month.first, length) for length in PUBLIC)
        yield tuple(each for each in holding if each.after == month.after)
        month = month.one_after()
