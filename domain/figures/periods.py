"""Periods: a week, a month, a quarter or a year of the community's calendar, or from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant, local_time
from domain.core.stored import Stored

FIRST_YEAR, LAST_YEAR = 1970, 2999
A_YEAR_OF_WEEKS = timedelta(weeks=52)
_THE_SHORTEST = timedelta(microseconds=1)


class Length(Stored, StrEnum, kept_in="buttons of figures: period"):
    """How long a period of the calendar is."""

    WEEK = "week"  # from Monday on
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class NoSuchPeriod(ValueError):
    """It ends before it begins, or lies outside of the calendar."""


@dataclass(frozen=True)
class Period:
    """Local days: `first` belongs to it, `after` is the day behind its last. `length` is None for days one names."""

    first: date
    after: date
    length: Length | None = None

    def __post_init__(self) -> None:
        if self.after <= self.first or self.first.year < FIRST_YEAR or self.after.year > LAST_YEAR + 1:
            raise NoSuchPeriod

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)

    def span(self, zone: ZoneInfo, now: datetime) -> Span:
        """The time it covers, up to and with `now` where it goes on; nothing of it where it lies ahead."""
        begins, ends = (instant(datetime(day.year, day.month, day.day), zone) for day in (self.first, self.after))
        return Span(begins, max(begins, min(ends, now + _THE_SHORTEST)), goes_on=now < ends)

    def a_year_before(self) -> Period:
        """The same a year earlier. A week: 52 weeks earlier, so that it has the same days of the week."""
        if self.length is Length.WEEK:
            return Period(self.first - A_YEAR_OF_WEEKS, self.after - A_YEAR_OF_WEEKS, self.length)
        return Period(_a_year_before(self.first), _a_year_before(self.after), self.length)

    def one_before(self) -> Period:
        """The one that ends where this one begins, as long as this one."""
        if self.length is not None:
            return containing(self.first - timedelta(days=1), self.length)
        return Period(self.first - (self.after - self.first), self.first)

    def one_after(self) -> Period:
        """The one that begins where this one ends, as long as this one."""
        if self.length is not None:
            return containing(self.after, self.length)
        return Period(self.after, self.after + (self.after - self.first))


@dataclass(frozen=True)
class Span:
    """From `begins` (included) to `ends` (excluded), both UTC-aware. What is counted is what was known at `ends`."""

    begins: datetime
    ends: datetime
    goes_on: bool = False
    """The period is not over: it ends later than `ends`."""

    def holds(self, at: datetime | None) -> bool:
        """Whether something happened in it; None happened never."""
        return at is not None and self.begins <= at < self.ends

    def a_year_before(self, period: Period, zone: ZoneInfo, now: datetime) -> Span:
        """The same stretch a year earlier: of a period that goes on, as much as is over now."""
        whole = period.a_year_before().span(zone, now)
        if not self.goes_on:
            return whole
        before = now_a_year_before(period, local_time(self.ends, zone))
        return Span(whole.begins, max(whole.begins, min(instant(before, zone), whole.ends)))


def now_a_year_before(period: Period, local: datetime) -> datetime:
    """The local time a year before, as the period counts years."""
    if period.length is Length.WEEK:
        return local - A_YEAR_OF_WEEKS
    day = _a_year_before(local.date())
    return local.replace(year=day.year, month=day.month, day=day.day)


def containing(day: date, length: Length) -> Period:
    """The week, month, quarter or year that a day is in. Raises NoSuchPeriod far away from today."""
    try:
        if length is Length.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + timedelta(days=7), length)
        months = {Length.MONTH: 1, Length.QUARTER: 3, Length.YEAR: 12}[length]
        month = (day.month - 1) // months * months
        first, last = date(day.year, month + 1, 1), month + months
        return Period(first, date(day.year + last // 12, last % 12 + 1, 1), length)
    except (OverflowError, ValueError) as error:
        raise NoSuchPeriod from error


def _a_year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)
