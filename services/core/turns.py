"""Turns of the calendar for which something is due once: the first working day of a week or month, at the hour of the
digest."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from domain.calendar.local_time import instant, local_time
from domain.calendar.working_days import working_day_from
from domain.community import Community


def of_week(after: datetime, community: Community) -> datetime:
    """The next such turn of a week that comes after that instant: Monday, or the next working day."""
    return _following(after, community, _monday, lambda monday: monday + timedelta(days=7))


def of_month(after: datetime, community: Community) -> datetime:
    """The next such turn of a month that comes after that instant."""
    return _following(after, community, _first, lambda first: _first(first + timedelta(days=31)))


def _following(
    after: datetime, community: Community, begins: Callable[[date], date], then: Callable[[date], date]
) -> datetime:
    day = begins(local_time(after, community.zone).date())
    while True:
        working = working_day_from(community.hours, day)
        midnight = datetime(working.year, working.month, working.day)
        at = instant(midnight + timedelta(minutes=community.care.digest), community.zone)
        if at > after:
            return at
        day = then(day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first(day: date) -> date:
    return day.replace(day=1)
