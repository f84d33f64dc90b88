"""When the nightly backup is made, and which of those made are kept."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant, local_time

QUIET = time(3, 30)
"""When a neighbourhood sleeps, by its own clock."""

_PERIODS: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (7, lambda local: local.date()),
    (4, lambda local: local.isocalendar()[:2]),
    (12, lambda local: (local.year, local.month)),
)


def next_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The first quiet hour after `now`, as an instant."""
    today = local_time(now, zone).date()
    for days in range(3):
        night = instant(datetime.combine(today + timedelta(days=days), QUIET), zone)
        if night > now:
            return night
    raise AssertionError("two days always hold a night")


def backups_to_keep(made: Iterable[datetime], zone: ZoneInfo) -> set[datetime]:
    """Which backups to keep, given the instants they were made at: 7 daily, 4 weekly, 12 monthly.

    Of each of the last 7 days that have one, the newest; likewise of 4 weeks and 12 months. Days without one do not
    count, so that after a long stop nothing is thrown away for being old.
    """
    newest_first = sorted(made, reverse=True)
    keep: set[datetime] = set()
    for count, period in _PERIODS:
        seen: set[Hashable] = set()
        for each in newest_first:
            name = period(local_time(each, zone))
            if name not in seen and len(seen) < count:
                seen.add(name)
                keep.add(each)
    return keep
