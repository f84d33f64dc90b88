"""Days of the calendar by what is said of them: the next 5 December, the last day of next month, in two weeks."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

LATEST = 2100


def exact(year: int, month: int, day: int) -> date | None:
    """That day, or None where there is none (31 February)."""
    try:
        return date(year, month, day) if MINYEAR <= year <= MAXYEAR else None
    except ValueError:
        return None


def coming(today: date, month: int, day: int) -> date | None:
    """The next such day of a year, `today` included. 29 February is this year's or the next one's, or none."""
    this_year = exact(today.year, month, day)
    return this_year if this_year is not None and this_year >= today else exact(today.year + 1, month, day)


def of_month(today: date, day: int) -> date | None:
    """The next day with that number, `today` included: "the 15th". A month that has none is passed over."""
    for ahead in range(3):
        year, month = months_on(today, ahead)
        found = exact(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def months_on(today: date, months: int) -> tuple[int, int]:
    """(year, month) so many months from now."""
    at = today.year * 12 + today.month - 1 + months
    return at // 12, at % 12 + 1


def month_end(year: int, month: int) -> date | None:
    """The last day of a month; None where the calendar ends."""
    return exact(year, month, monthrange(year, month)[1]) if MINYEAR <= year <= MAXYEAR else None


def week_end(today: date, weeks: int = 0) -> date:
    """The Sunday of this week, or of one so many weeks on."""
    return today + timedelta(days=6 - today.weekday() + 7 * weeks)


def in_week(today: date, weekday: int, weeks: int) -> date:
    """A weekday of this week (also one that is over), or of one so many weeks on."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def ahead(today: date, amount: int, unit: str) -> date | None:
    """The day so many days, weeks or months from now; None beyond any plan."""
    if not 0 <= amount <= 1000:
        return None
    if unit == "month":
        year, month = months_on(today, amount)
        return exact(year, month, min(today.day, monthrange(year, month)[1]))
    return today + timedelta(days=amount * {"day": 1, "week": 7, "fortnight": 14}[unit])


def before(today: date, amount: int, unit: str) -> date | None:
    """The day so many days, weeks or months ago; None beyond what anybody speaks of."""
    if not 0 <= amount <= 100:
        return None
    if unit == "month":
        year, month = months_on(today, -amount)
        return exact(year, month, min(today.day, monthrange(year, month)[1]))
    return today - timedelta(days=amount * {"day": 1, "week": 7, "fortnight": 14}[unit])


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The first, second … weekday of a month, or the last (-1)."""
    if nth < 0:
        last = month_end(year, month)
        return None if last is None else last - timedelta(days=(last.weekday() - weekday) % 7)
    first = exact(year, month, 1)
    found = None if first is None else first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found is not None and found.month == month else None


def numeric(one: int, other: int, year: int | None, today: date, month_first: bool | None) -> date | None:
    """A day in two numbers. Where both could be the month, `month_first` tells; None: it is open, and none."""
    if one == other or other > 12:
        month, day = (one, other)
    elif one > 12:
        month, day = (other, one)
    elif month_first is None:
        return None
    else:
        month, day = (one, other) if month_first else (other, one)
    return coming(today, month, day) if year is None else exact(year, month, day)
