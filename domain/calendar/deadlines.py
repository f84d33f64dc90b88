"""By when something is due: "3 days", "8 working hours", "2 working days"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar.hours import WorkingHours
from domain.calendar.local_time import instant, local_time
from domain.language.letters import short_answer


class Unit(StrEnum):
    """What a deadline is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"


# Longer ones mean a slip of the pen, and would reach past the calendar.
_LONGEST = {Unit.HOURS: 24 * 366, Unit.DAYS: 366, Unit.WORKING_HOURS: 2000, Unit.WORKING_DAYS: 260}

_UNITS = {
    "hour": Unit.HOURS,
    "hours": Unit.HOURS,
    "小时": Unit.HOURS,
    "day": Unit.DAYS,
    "days": Unit.DAYS,
    "天": Unit.DAYS,
    "working hour": Unit.WORKING_HOURS,
    "working hours": Unit.WORKING_HOURS,
    "工作小时": Unit.WORKING_HOURS,
    "working day": Unit.WORKING_DAYS,
    "working days": Unit.WORKING_DAYS,
    "工作日": Unit.WORKING_DAYS,
}

_SHAPE = re.compile(r"(\d{1,5}) ?个? ?([^\W\d_][^\d]{0,40})")


@dataclass(frozen=True)
class Deadline:
    """A length of time in calendar or working terms."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= _LONGEST[self.unit]:
            raise ValueError(f"a deadline in {self.unit} is between 1 and {_LONGEST[self.unit]}")

    @classmethod
    def parse(cls, text: str) -> Deadline:
        """Read "3 days", "12 hours", "8 working hours" or "2 working days" (or 3天, 2个工作日 …).

        Raises ValueError with a plain sentence when it is none of these or out of all measure.
        """
        found = _SHAPE.fullmatch(short_answer(text))
        unit = _UNITS.get(found[2].casefold()) if found else None
        if found is None or unit is None:
            raise ValueError('write it like "3 days", "12 hours", "8 working hours" or "2 working days"')
        return cls(int(found[1]), unit)

    def due(self, start: datetime, hours: WorkingHours) -> datetime:
        """When something that began at `start` (UTC-aware) is due, as a UTC instant.

        Days keep the time on the wall clock; working days end with the last of them.
        """
        match self.unit:
            case Unit.HOURS:
                return start + timedelta(hours=self.amount)
            case Unit.DAYS:
                wall = local_time(start, hours.zone) + timedelta(days=self.amount)
                return instant(wall, hours.zone)
            case Unit.WORKING_HOURS:
                return hours.add_working(start, timedelta(hours=self.amount))
            case Unit.WORKING_DAYS:
                return hours.end_of_working_day(start, self.amount)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit[:-1]}"
