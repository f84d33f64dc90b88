"""Quiet hours: the hours of the day in which somebody does not want to be disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant, local_time


@dataclass(frozen=True)
class QuietHours:
    """From one full hour of the local day until another, mostly over midnight; two that are the same mean none."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not (0 <= self.begins <= 23 and 0 <= self.ends <= 23):
            raise ValueError("an hour of the day is between 0 and 23")

    @staticmethod
    def read(kept: str | None) -> QuietHours | None:
        """What `str` made of them; None for None."""
        if kept is None:
            return None
        begins, _, ends = kept.partition("-")
        return QuietHours(int(begins), int(ends))

    def __str__(self) -> str:
        return f"{self.begins}-{self.ends}"

    @property
    def none(self) -> bool:
        """Whether there are none: any hour will do."""
        return self.begins == self.ends

    def over(self, now: datetime, zone: ZoneInfo) -> datetime:
        """`now` itself outside of them, else the instant at which they end."""
        wall = local_time(now, zone)
        if self.begins <= self.ends:
            quiet = self.begins <= wall.hour < self.ends
        else:
            quiet = wall.hour >= self.begins or wall.hour < self.ends
        if not quiet:
            return now
        day = wall if wall.hour < self.ends else wall + timedelta(days=1)
        return instant(day.replace(hour=self.ends, minute=0, second=0, microsecond=0), zone)


NO_QUIET_HOURS = QuietHours(0, 0)
