"""Working hours: weekly windows of local time, less the holidays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant, local_time

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, order=True)
class Window:
    """One stretch of a weekday: Monday is 0; times are minutes since local midnight, 1440 is its end."""

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday} is not between 0 (Monday) and 6 (Sunday)")
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError("a window must open before it closes, within one day")


@dataclass(frozen=True, order=True)
class Holiday:
    """A stretch of closed local days, first and last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a holiday must begin before it ends")


@dataclass(frozen=True)
class WorkingHours:
    """When staff are there. Windows are local time in `zone`; every instant in or out is UTC-aware."""

    zone: ZoneInfo
    windows: tuple[Window, ...]
    holidays: tuple[Holiday, ...] = ()

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError("working hours need at least one window a week")
        ordered = tuple(sorted(self.windows))
        for one, next_one in pairwise(ordered):
            if one.weekday == next_one.weekday and next_one.opens < one.closes:
                raise ValueError("two windows of a day overlap")
        object.__setattr__(self, "windows", ordered)
        object.__setattr__(self, "holidays", tuple(sorted(self.holidays)))

    @classmethod
    def always(cls, zone: ZoneInfo) -> WorkingHours:
        """Round the clock, for a community that named no hours."""
        return cls(zone, tuple(Window(day, 0, MINUTES_A_DAY) for day in range(7)))

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at this instant; a window's last instant is already closed."""
        opens, closes = next(self._stretches(at))
        return opens <= at < closes

    def is_working_day(self, day: date) -> bool:
        """Whether somebody is there at some time of this local day."""
        at_work = any(window.weekday == day.weekday() for window in self.windows)
        return at_work and not any(holiday.first <= day <= holiday.last for holiday in self.holidays)

    def next_open(self, at: datetime) -> datetime:
        """The same instant when open, else when the next window opens."""
        opens, _ = next(self._stretches(at))
        return max(at, opens)

    def add_working(self, at: datetime, length: timedelta) -> datetime:
        """The instant at which `length` of open time has passed since `at`; for no length, `next_open`.

        Time counts as it truly passes: a window with an autumn fold in it is an hour longer.
        """
        if length < timedelta(0):
            raise ValueError("working time cannot be added backwards")
        for opens, closes in self._stretches(at):
            begins = max(at, opens)
            if begins + length <= closes:
                return begins + length
            length -= closes - begins
        raise AssertionError("the weeks do not end")

    def between(self, begins: datetime, ends: datetime) -> timedelta:
        """How much open time there is from one instant to another; none when the second is the earlier one."""
        length = timedelta(0)
        for opens, closes in self._stretches(begins):
            if max(opens, begins) >= ends:
                return length
            length += min(closes, ends) - max(opens, begins)
        raise AssertionError("the weeks do not end")

    def end_of_working_day(self, at: datetime, days: int) -> datetime:
        """Closing time of the working day that comes `days` working days after `at`.

        The day of `at` itself is day 0 until its last window has closed, else the next working day is.
        """
        counted = -1
        day: date | None = None
        closing = at
        for opens, closes in self._stretches(at):
            opened = local_time(opens, self.zone).date()
            if opened != day:
                if counted == days:
                    return closing
                counted, day = counted + 1, opened
            closing = closes
        raise AssertionError("the weeks do not end")

    def _stretches(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open stretches that close after `at`, in order, without end; none that a spring gap swallowed."""
        day = local_time(at, self.zone).date()
        while True:
            day = self._after_holidays(day)
            midnight = datetime(day.year, day.month, day.day)
            for window in self.windows:
                if window.weekday != day.weekday():
                    continue
                opens = instant(midnight + timedelta(minutes=window.opens), self.zone)
                closes = instant(midnight + timedelta(minutes=window.closes), self.zone)
                if opens < closes and closes > at:
                    yield opens, closes
            day += timedelta(days=1)

    def _after_holidays(self, day: date) -> date:
        for holiday in self.holidays:
            if holiday.first <= day <= holiday.last:
                day = holiday.last + timedelta(days=1)
        return day
