"""When the promises of the simulated people are due, reckoned by another way than the program's.

No recurrence rules and no search for a gap: an instant is the first minute at which the clock on the wall shows a time
or a later one, and a day belongs to a promise or it does not.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVERY_DAY: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True)
class Promised:
    """A promise on certain weekdays (Monday is 0) of every week or every other one, or on a day of each month.

    `at`: minute of the day; `minutes`: 0 means that the whole day is meant. Without weekdays `month_day` counts.
    """

    keeper: int
    at: int
    minutes: int
    weekdays: frozenset[int] = frozenset()
    every: int = 1
    month_day: int = 0

    def is_on(self, day: date, first: date) -> bool:
        """Whether that day is one of its days; `first` is the day it begins."""
        if day < first:
            return False
        if not self.weekdays:
            return day.day == min(self.month_day, monthrange(day.year, day.month)[1])
        weeks = (day - timedelta(days=day.weekday()) - (first - timedelta(days=first.weekday()))).days // 7
        return day.weekday() in self.weekdays and weeks % self.every == 0


@dataclass(frozen=True)
class Reminded:
    """Somebody who is reminded on a weekday at a minute of the day; `quiet`: from which hour until which."""

    weekday: int
    minute: int
    quiet: tuple[int, int]
    before: int | None = None
    answers: bool = False


KEEPERS = (
    Reminded(0, 9 * 60, (22, 8), answers=True),
    Reminded(6, 2 * 60 + 30, (0, 0)),  # an hour the clocks leave out in spring and show twice in autumn
    Reminded(5, 21 * 60 + 30, (22, 8), answers=True),
    Reminded(2, 7 * 60, (22, 8)),  # in their quiet hours: it waits for eight
    Reminded(6, 15, (0, 0)),
    Reminded(4, 12 * 60, (22, 8), before=60, answers=True),
)
PROMISES = (
    Promised(0, 19 * 60, 60, frozenset({5, 6})),
    Promised(0, 8 * 60 + 30, 30, frozenset({0})),
    Promised(1, 2 * 60 + 15, 20, EVERY_DAY),
    Promised(1, 30, 45, month_day=31),
    Promised(2, 0, 0, frozenset({0, 3})),
    Promised(2, 9 * 60, 60, EVERY_DAY),
    Promised(3, 60 + 45, 60, frozenset({6}), every=2),
    Promised(3, 7 * 60, 0, month_day=30),
    Promised(4, 0, 30, EVERY_DAY),
    Promised(4, 23 * 60 + 30, 60, frozenset({5})),
    Promised(5, 18 * 60, 60, frozenset({1, 3, 6})),
    Promised(5, 2 * 60 + 5, 15, frozenset({6})),
)


class Wall:
    """The clock on the wall in one zone, between two days: stretches in which it is so many minutes ahead of UTC."""

    def __init__(self, zone: ZoneInfo, first: date, last: date) -> None:
        self._zone = zone
        at = datetime(first.year, first.month, first.day, tzinfo=UTC) - 3 * DAY
        end = datetime(last.year, last.month, last.day, tzinfo=UTC) + 60 * DAY
        self._stretches: list[tuple[datetime, timedelta]] = [(at, self._ahead(at))]
        while at < end:
            if self._ahead(at + HOUR) != self._stretches[-1][1]:
                minute = at
                while self._ahead(minute) == self._stretches[-1][1]:
                    minute += MINUTE
                self._stretches.append((minute, self._ahead(minute)))
            at += HOUR

    def _ahead(self, at: datetime) -> timedelta:
        ahead = at.astimezone(self._zone).utcoffset()
        assert ahead is not None
        return ahead

    def shows(self, at: datetime) -> datetime:
        """What it shows at an instant."""
        return at.astimezone(self._zone).replace(tzinfo=None)

    def first(self, day: date, minute: int) -> datetime:
        """The first instant at which it shows that minute of that day, or, where it leaves it out, a later one."""
        wanted = datetime(day.year, day.month, day.day, tzinfo=UTC) + minute * MINUTE
        ends = [begins for begins, _ in self._stretches[1:]] + [datetime.max.replace(tzinfo=UTC)]
        return next(
            max(begins, wanted - ahead)
            for (begins, ahead), end in zip(self._stretches, ends, strict=True)
            if max(begins, wanted - ahead) < end
        )


def days(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last."""
    while first <= last:
        yield first
        first += DAY


def occurrences(promise: Promised, wall: Wall, first: date, last: date) -> list[tuple[datetime, datetime]]:
    """(begin, end) of each time it is due on the days from `first` to `last`."""
    found = []
    for day in days(first, last):
        if promise.is_on(day, first):
            begin = wall.first(day, promise.at)
            end = begin + promise.minutes * MINUTE if promise.minutes else wall.first(day + DAY, 0)
            found.append((begin, end))
    return found


def lists(keeper: Reminded, wall: Wall, first: date, last: date) -> list[datetime]:
    """When somebody wishes to be reminded."""
    return [wall.first(day, keeper.minute) for day in days(first, last) if day.weekday() == keeper.weekday]


def is_quiet(keeper: Reminded, shown: datetime) -> bool:
    """Whether the clock on the wall shows one of somebody's quiet hours."""
    begins, ends = keeper.quiet
    return shown.hour >= begins or shown.hour < ends if begins > ends else begins <= shown.hour < ends
