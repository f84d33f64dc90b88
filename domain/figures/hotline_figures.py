"""Complaints to the hotline in a period: an official figure, which somebody else counts and publishes by months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.figures.periods import Period
from domain.figures.rates import change_in_hundredths


@dataclass(frozen=True)
class Known:
    """The figure of a month, as it is known: entered at `at`; `before`: what was known until then, if anything."""

    complaints: int
    at: datetime
    before: int | None = None


@dataclass(frozen=True)
class HotlineFigures:
    """Of the whole months of a period that are over: how many there are, and what is known of them.

    `months`: the first ones whose figure is known, without a gap. `complaints`: in these; `a_year_before`: in the same
    months of the year before, None when one of those is not known.
    """

    months_of: int
    months: tuple[date, ...]
    complaints: int
    a_year_before: int | None
    corrected: Mapping[date, Known]
    """Of these months and those a year before: what was entered otherwise at first."""

    @property
    def change_percent(self) -> float | None:
        """By how much per cent it is more (or, below 0, less) than a year before, to two decimals; None of too few."""
        if self.a_year_before is None:
            return None
        return change_in_hundredths(self.a_year_before, self.complaints)


def hotline_figures(known: Mapping[date, Known], period: Period, today: date) -> HotlineFigures | None:
    """What is known of a period on day `today`; None where nothing is."""
    over = [month for month in _months_within(period) if _next(month) <= today]
    months: list[date] = []
    for month in over:
        if month not in known:
            break
        months.append(month)
    if not months:
        return None
    earlier = [month.replace(year=month.year - 1) for month in months]
    before = sum(known[month].complaints for month in earlier) if all(month in known for month in earlier) else None
    looked_at = [*earlier, *months] if before is not None else months
    corrected = {month: known[month] for month in looked_at if known[month].before is not None}
    return HotlineFigures(len(over), tuple(months), sum(known[month].complaints for month in months), before, corrected)


def _months_within(period: Period) -> list[date]:
    month = period.first if period.first.day == 1 else _next(period.first)
    found = []
    while _next(month) <= period.after:
        found.append(month)
        month = _next(month)
    return found


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
