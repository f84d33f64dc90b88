"""What comes again: a local start, a rule (RRULE, daily or coarser) and a zone.

The rule is reckoned on the wall clock, without a zone; only then each local time becomes the instant it means
(domain/calendar/local_time.py). python-dateutil with a zone gives times that do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, FREQNAMES, rrule, rrulestr

from domain.calendar.local_time import instant, local_time

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FORBIDDEN = re.compile(r"BYHOUR|BYMINUTE|BYSECOND|DTSTART|UNTIL|COUNT|\n", re.IGNORECASE)


class BadRule(ValueError):
    """A rule that is none, or one finer than a day."""


def weekly(days: frozenset[int], every: int = 1) -> str:
    """On these weekdays (Monday is 0), every week or every other one. Raises BadRule without any day."""
    if not days:
        raise BadRule("no weekday")
    interval = f";INTERVAL={every}" if every > 1 else ""
    return f"FREQ=WEEKLY{interval};BYDAY={','.join(WEEKDAYS[day] for day in sorted(days))}"


def monthly(day: int) -> str:
    """On that day of each month; where a month is too short, on its last one. Raises BadRule for no day of a month."""
    if not 1 <= day <= 31:
        raise BadRule(f"no month has a day {day}")
    if day <= 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={day}"
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(each) for each in range(28, day + 1))};BYSETPOS=-1"


EVERY_DAY = "FREQ=DAILY"


@dataclass(frozen=True)
class Rule:
    """A rule as its parts, to say it in words."""

    frequency: str
    interval: int
    weekdays: frozenset[int]
    month_day: int | None

    @classmethod
    def of(cls, text: str) -> Rule:
        """Take a rule of `weekly`, `monthly` or EVERY_DAY apart."""
        parts = dict(part.split("=", 1) for part in text.split(";"))
        days = frozenset(WEEKDAYS.index(name) for name in parts.get("BYDAY", "").split(",") if name)
        month_days = [int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day]
        return cls(parts["FREQ"], int(parts.get("INTERVAL", 1)), days, max(month_days) if month_days else None)


@dataclass(frozen=True)
class Recurrence:
    """Local times that come again. `until` is the last local day, or None for no end. Raises BadRule."""

    start: datetime
    rule: str
    zone: ZoneInfo
    until: date | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None:
            raise BadRule("the start is a time on the wall, without a zone")
        if _FORBIDDEN.search(self.rule):
            raise BadRule("a rule says on which days, and nothing else")
        if self._rrule._freq > DAILY:  # type: ignore[attr-defined]
            raise BadRule(f"{FREQNAMES[self._rrule._freq]} is finer than a day")  # type: ignore[attr-defined]

    @cached_property
    def _rrule(self) -> rrule:
        try:
            found = rrulestr(self.rule, dtstart=self.start)
        except (ValueError, KeyError) as error:
            raise BadRule(str(error)) from error
        if not isinstance(found, rrule):
            raise BadRule("one rule, not a set of them")
        return found

    def locals_from(self, after: datetime) -> Iterator[datetime]:
        """The local times later than the local time `after`, in order; without end when it has none."""
        for local in self._rrule.xafter(after, inc=False):
            if self.until is not None and local.date() > self.until:
                return
            yield local

    def between(self, after: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """(local time, instant) of each whose instant is later than `after` and not later than `until`."""
        found = []
        # No clock was ever moved by more than a day.
        for local in self.locals_from(local_time(after, self.zone) - timedelta(days=1)):
            at = instant(local, self.zone)
            if at > until and local > local_time(until, self.zone):
                break
            if after < at <= until:
                found.append((local, at))
        return found

    def next(self, after: datetime, count: int) -> list[datetime]:
        """The first instants later than `after`: at most `count`."""
        begin = local_time(after, self.zone) - timedelta(days=1)
        instants = (instant(local, self.zone) for local in self.locals_from(begin))
        return list(islice((at for at in instants if at > after), count))
