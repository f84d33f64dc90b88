"""What of a text speaks of times: each word or group of words that does, with what it means by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

Hours = tuple[int | None, ...]
"""What an hour from 1 to 12 is in a part of the day, twelve in front; None where nobody says so."""


class Kind(Enum):
    """What a mark speaks of."""

    CLOCK = auto()
    """An hour, plainly: 7:30, half past seven, 七点半."""
    BARE = auto()
    """A number that may be an hour beside others that are."""
    DOTTED = auto()
    """7.30, which may be a time, a day, or a price."""
    NOON = auto()
    """A time that has a name: noon, midnight."""
    SPAN = auto()
    """A whole stretch in one word: 早九晚五."""
    PART = auto()
    """A part of the day: in the evening, 晚上."""
    HALF = auto()
    """am, pm: only behind a number."""
    DAY = auto()
    DAYS = auto()
    """From one day to another: 5 to 8 December."""
    END = auto()
    """The last day of a month, a week or a year: an end by itself."""
    WEEKDAY = auto()
    WEEKLY = auto()
    """Several weekdays in one word: daily, weekends, 周一到周五."""
    MONTHLY = auto()
    """Each month on one day."""
    DOUBT = auto()
    """Something about days that has more than one meaning: next Friday, 春节前."""


@dataclass(frozen=True)
class Clock:
    """An hour as it was said; `sure` where it can only be the one of 24."""

    hour: int
    minute: int = 0
    sure: bool = False
    written: bool = False
    """With digits and a colon, as on a watch."""
    worded: str = ""
    """The number's word, where it may also be an amount of minutes: "five to seven"."""


@dataclass(frozen=True)
class Weekday:
    """A weekday (Monday is 0), and how it was meant."""

    number: int
    each: bool = False
    every: int = 1
    weeks: int | None = None
    """In this week (0) or the next (1), where that was said."""


@dataclass(frozen=True)
class Mark:
    """A mark and where it stands. Which of the values it has goes by its kind."""

    kind: Kind
    start: int
    end: int
    clock: Clock | None = None
    hours: Hours | None = None
    """Of a part of the day, or one that lies in another mark: "tonight" is a day and a part."""
    many: bool = False
    """"mornings": each of them."""
    day: date | None = None
    last: date | None = None
    weekday: Weekday | None = None
    weekdays: frozenset[int] = frozenset()
    number: int = 0
    """Minutes of a time that has a name, or the day of a month."""
    length: int = 0

    @property
    def is_time(self) -> bool:
        """Whether it may be an hour."""
        return self.kind in (Kind.CLOCK, Kind.BARE, Kind.DOTTED, Kind.NOON, Kind.SPAN)

    @property
    def is_day(self) -> bool:
        """Whether it speaks of days."""
        return self.kind in (Kind.DAY, Kind.DAYS, Kind.END, Kind.WEEKDAY, Kind.WEEKLY, Kind.MONTHLY, Kind.DOUBT)


EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
