"""Closing days: what happened in them becomes facts, some reports at a time, so that figures need not read all events.

Done by a program of its own (bot/background/closing_days.py). Killed at any point it goes on where it was: a chunk is
a transaction, and how far it is stands in it. Figures are the same with facts, without, and in between.
"""

import json
from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.hours import Holiday, Window, WorkingHours
from domain.calendar.local_time import instant, local_time
from domain.core.subjects import subject
from domain.figures.report_facts import FactsOfReport
from domain.operations.retention import next_night
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.figures import closed_days, report_events

AT_ONCE = 200
"""Of so many reports facts are written at a time: some tens of milliseconds."""


class Closing:
    """Closes all days before `until`, the beginning of a local day that is not in the future."""

    def __init__(self, hours: WorkingHours, until: datetime) -> None:
        self._hours = hours
        self._until = until
        self._changed: tuple[closed_days.Closed, list[str]] | None = None

    def some(self, tx: Transaction) -> bool:
        """The next chunk; False once all is closed."""
        closing = closed_days.begun(tx, as_text(self._hours), self._until)
        if closing is None:
            return False
        subjects = self._next(tx, closing)
        if not subjects:
            closed_days.finished(tx)
            return True
        made: dict[str, FactsOfReport] = {}
        for about, kind, at, actor, data in report_events.of(tx, subjects, closing.until.until, closing.until.event):
            if about not in made:
                made[about] = FactsOfReport(self._hours)
            made[about].after(kind, at, actor, data)
        closed_days.write(tx, made, subjects[-1])
        return True

    def _next(self, tx: Transaction, closing: closed_days.Closing) -> list[str]:
        if closing.so_far is None:
            return closed_days.next_reports(tx, closing.done, AT_ONCE)
        if self._changed is None or self._changed[0] != closing.until:
            self._changed = closing.until, closed_days.changed(tx, closing.so_far, closing.until.until)
        first = bisect_right(self._changed[1], closing.done)
        return self._changed[1][first : first + AT_ONCE]


def as_text(hours: WorkingHours) -> str:
    """Working hours in a form in which the same are the same text."""
    return json.dumps(
        {
            "zone": hours.zone.key,
            "windows": [[each.weekday, each.opens, each.closes] for each in hours.windows],
            "holidays": [[each.first.isoformat(), each.last.isoformat()] for each in hours.holidays],
        }
    )


def from_text(text: str) -> WorkingHours:
    """What `as_text` wrote."""
    told = json.loads(text)
    return WorkingHours(
        ZoneInfo(told["zone"]),
        tuple(Window(*each) for each in told["windows"]),
        tuple(Holiday(date.fromisoformat(first), date.fromisoformat(last)) for first, last in told["holidays"]),
    )


# -- when it is done

KIND = "close_days"
_SUBJECT = subject("database", 1)
AGAIN = timedelta(hours=1)


def plan(tx: Transaction, zone: ZoneInfo, *, now: bool = False) -> None:
    """See that it is planned for the next night; `now`: at once."""
    night = tx.now if now else next_night(tx.now, zone)
    planned = scheduled_tasks.planned(tx, KIND)
    if planned is None or planned > night:
        scheduled_tasks.plan(tx, KIND, _SUBJECT, night, KIND)


def is_behind(tx: Transaction, hours: WorkingHours) -> bool:
    """Whether there is something of days that are over which is no fact yet. On a connection that reads facts."""
    if report_events.first_sent(tx) is None:
        return False
    so_far = closed_days.closed(tx, as_text(hours))
    return so_far is None or so_far.until < over(tx.now, hours.zone)


def over(now: datetime, zone: ZoneInfo) -> datetime:
    """The end of the last local day that is over."""
    return instant(datetime.combine(local_time(now, zone).date(), time()), zone)


def done(tx: Transaction, zone: ZoneInfo) -> None:
    """It was done: the next time is the next night."""
    scheduled_tasks.plan(tx, KIND, _SUBJECT, next_night(tx.now, zone), KIND)


def failed(tx: Transaction) -> None:
    """It was not done: figures only take longer, so nobody is told, and it is tried again in an hour."""
    scheduled_tasks.plan(tx, KIND, _SUBJECT, tx.now + AGAIN, KIND)
