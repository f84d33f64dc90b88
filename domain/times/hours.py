"""An hour as it was said, and what it comes to: alone, or from one to another."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.times.marks import Clock, Hours
from domain.times.words import AM

DAY = 24 * 60
HALF = 12 * 60
_EARLIEST_SURE = 7
"""A time on a watch is one of 24 hours; before seven people may mean the afternoon."""


@dataclass
class Hour:
    """An hour with what was said beside it of the part of the day."""

    clock: Clock
    hours: Hours | None = None
    minute: int | None = None
    """Where it can be only this one."""
    behind: bool = False
    """Whether the part was said behind it: it then counts for the hour in front, too."""

    def minutes(self) -> int | None:
        """The minute of the day, where it is sure."""
        if self.minute is not None:
            return self.minute
        hour = self.clock.hour
        if hour > 12 or (self.clock.sure and self.hours is None):
            return hour * 60 + self.clock.minute
        if self.hours is not None:
            found = self.hours[hour % 12] if hour else 0
            return None if found is None else found * 60 + self.clock.minute
        if self.clock.written and hour >= _EARLIEST_SURE:
            return hour * 60 + self.clock.minute
        return None

    def both(self) -> tuple[int, int]:
        """What it may be, in the morning and in the afternoon."""
        at = self.clock.hour % 12 * 60 + self.clock.minute
        return at, at + HALF


@dataclass
class Stretch:
    """A time of the day, or from one to another, as minutes; what it may be where it is not sure; and its marks."""

    begins: int | None
    ends: int | None = None
    may_be: tuple[tuple[int, int | None], ...] = ()
    bound: str = ""
    """`before` or `after`, where the time itself is not meant."""
    after_midnight: bool = False
    """Twelve at night and later: named as of the evening before, it is the next day's."""
    first: int = 0
    behind: int = 0
    parts: set[int] = field(default_factory=set)


def between(begin: Hour, end: Hour) -> Stretch:
    """From one hour to another. What was said of the part of the day once counts for both, as far as it can."""
    first, last = begin.minutes(), end.minutes()
    said, follows = begin.hours is not None or begin.minute is not None, end.hours is not None or end.minute is not None
    if (said and first is None) or (follows and last is None):
        return Stretch(None)
    if said and not follows:
        last = _next_after(first or 0, end)
    elif follows and not said and end.clock.hour == 12 and end.hours is AM:
        return Stretch(None)  # 10 to 12 am: noon is meant as often as midnight
    elif follows and not said:
        first = _latest_before(last or 0, begin, end)
    elif not said:
        day_of_24 = begin.clock.sure or end.clock.sure
        if first is None and day_of_24 and begin.clock.hour <= 12:
            first = begin.clock.hour * 60 + begin.clock.minute
        if first is not None:
            plain = end.clock.hour * 60 + end.clock.minute
            last = plain if day_of_24 and plain > first else _next_after(first, end)
    if first is None or last is None:
        mornings = begin.both()
        may_be = tuple((each, _next_after(each, end)) for each in mornings) if not follows else ()
        return Stretch(None, may_be=may_be)
    if first % DAY == last % DAY:
        return Stretch(None)
    return Stretch(first % DAY, last % DAY if last % DAY else DAY)


def _next_after(first: int, end: Hour) -> int:
    """The next time after `first` that an hour without a part of the day can be."""
    if end.clock.hour > 12 or end.clock.sure:
        return end.clock.hour * 60 + end.clock.minute
    at = end.both()[0]
    return first + (at - first - 1) % HALF + 1


def _latest_before(last: int, begin: Hour, end: Hour) -> int | None:
    """The last time before `last` that an hour without a part of the day can be; None where it may as well be another.

    English says the part behind both ("7 to 8 pm"). Chinese says it in front, and in front of the second only where it
    is another one: 7点到晚上9点 may begin at seven in the morning.
    """
    if begin.clock.hour > 12 or begin.clock.sure:
        return begin.clock.hour * 60 + begin.clock.minute
    at = begin.both()[0]
    found = last - 1 - (last - at - 1) % HALF
    if end.hours is not None and not end.behind and end.hours[begin.clock.hour % 12] == found % DAY // 60:
        return None if begin.clock.hour != 12 and not begin.clock.written else HALF + begin.clock.minute
    return found % DAY
