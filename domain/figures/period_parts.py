"""A period in its parts, for what is shown by time: days, weeks, months, quarters or years."""

from datetime import date, timedelta

from domain.figures.periods import Length, Period, containing

_BY = ((70, Length.WEEK), (400, Length.MONTH), (1200, Length.QUARTER))
"""So many days at most are shown by week, by month and by quarter; what is longer by year."""
_BY_DAY = 10


def parts(period: Period, since: date | None = None, until: date | None = None) -> list[Period]:
    """The parts in their order, the first and the last cut where the period begins and ends.

    Parts that end before `since` or begin after `until` are left out: of a time in which nobody could report anything
    there is nothing to show.
    """
    day, found = max(period.first, since or period.first), list[Period]()
    while day <= min(period.last, until or period.last):
        whole = _around(day, (period.after - period.first).days)
        found.append(Period(max(whole.first, period.first), min(whole.after, period.after)))
        day = found[-1].after
    return found


def _around(day: date, days: int) -> Period:
    if days <= _BY_DAY:
        return Period(day, day + timedelta(days=1))
    return containing(day, next((length for most, length in _BY if days <= most), Length.YEAR))
