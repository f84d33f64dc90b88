"""What happens at night, for how many days each kind of thing is kept, and which backups are."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant, local_time

QUIET = time(3, 30)
"""When a neighbourhood sleeps, by its own clock."""

BEFORE_BACKUP = time(2, 30)
"""What is kept no longer goes an hour before the copy is made, so that this has none of it."""


LATER = timedelta(days=3)
"""What goes by a limit of days goes that much later: by then a clock that was wrong has been put right."""


@dataclass(frozen=True)
class KeptDays:
    """For how many days each kind of thing is kept; 0: for good. The settings `KEEP_…_DAYS`; here is what is usual."""

    reports: int = 730
    """Words, files and places of closed reports, and whose they are."""
    addresses: int = 30
    """Addresses, telephone numbers and door codes of closed repairs."""
    repairs: int = 730
    """What was said and sent about closed repairs."""
    recipients: int = 180
    """Who got what was said to many, once it is done or withdrawn; how many it were stays."""
    invitations: int = 90
    """One-time links, once they have expired."""
    lookups: int = 1095
    """That somebody of the staff looked up who reported something, or an address."""
    people: int = 730
    """People of whom nothing else is kept, since they were last here."""
    backups: int = 90
    """Copies of the database that the program makes: those of each night, from before a change of its form or from
    before a restore. Of those made by hand none goes."""

    def copies_hold_until(self, now: datetime) -> datetime | None:
        """When the last copy goes that holds what is deleted from the database now; None: they are kept for good."""
        return None if self.backups == 0 else now + timedelta(days=self.backups) + LATER + timedelta(days=1)


_PERIODS: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (7, lambda local: local.date()),
    (4, lambda local: local.isocalendar()[:2]),
    (12, lambda local: (local.year, local.month)),
)


def next_night(now: datetime, zone: ZoneInfo, at: time = QUIET) -> datetime:
    """The first quiet hour after `now`, or that time of the night, as an instant."""
    today = local_time(now, zone).date()
    for days in range(3):
        night = instant(datetime.combine(today + timedelta(days=days), at), zone)
        if night > now:
            return night
    raise AssertionError("two days always hold a night")


def backups_to_keep(made: Iterable[datetime], zone: ZoneInfo, since: datetime | None = None) -> set[datetime]:
    """Which backups to keep, given the instants they were made at: 7 daily, 4 weekly, 12 monthly.

    Of each of the last 7 days that have one, the newest; likewise of 4 weeks and 12 months. Days without one do not
    count. Of those from before `since` none stays, but the newest of all does, however old it is.
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
    return keep if since is None else {each for each in keep if each >= since} | set(newest_first[:1])
