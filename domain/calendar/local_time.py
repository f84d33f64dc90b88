"""Local wall-clock time to an instant, the one way it is done in this project."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Turn a naive local time into the UTC instant meant by it.

    In a spring gap (the clock never shows this time) it is the next valid instant, the moment the clock
    jumped; in an autumn fold (it shows it twice) the first.
    """
    first = local.replace(tzinfo=zone, fold=0)
    after = first.astimezone(UTC)
    if after.astimezone(zone).replace(tzinfo=None) == local:
        return after
    return _jump(local.replace(tzinfo=zone, fold=1).astimezone(UTC), after, zone)


def local_time(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows at an instant, as a naive time."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first whole second between two instants at which the zone's offset is the later one."""
    offset = before.astimezone(zone).utcoffset()
    before = before.replace(microsecond=0)
    seconds = int((after - before).total_seconds()) + 1
    early = 0
    while seconds - early > 1:
        middle = (early + seconds) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            seconds = middle
    return before + timedelta(seconds=seconds)
