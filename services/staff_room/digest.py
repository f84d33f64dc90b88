"""The daily digest's place in the plan: on working days, at the minute of the day the community names."""

from datetime import datetime, timedelta
from typing import Any

from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.core.subjects import subject
from domain.events import DigestDue
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction

KIND = "digest"
_PROGRAM = subject("program", 1)


def plan(tx: Transaction, community: Community) -> None:
    """See that the next one is planned, and by the times the community has now. One that is due already stays so."""
    planned = scheduled_tasks.planned(tx, KIND)
    if planned is None or planned > tx.now:
        _plan(tx, community, following_digest(tx.now, community))


def run_due(tx: Transaction, community: Community, data: dict[str, Any]) -> None:
    """The task: its time has come. One of another day (the program was stopped) is left out."""
    today = local_time(tx.now, community.zone).date().isoformat()
    _plan(tx, community, following_digest(tx.now, community))
    chat = settings.staff_chat(tx)
    if chat is not None and data.get("day") == today:
        tx.emit(DigestDue(chat=chat, day=today))


def following_digest(now: datetime, community: Community) -> datetime:
    """When the next digest after `now` is due."""
    day = local_time(now, community.zone).date()
    while True:
        midnight = datetime(day.year, day.month, day.day)
        at = instant(midnight + timedelta(minutes=community.care.digest), community.zone)
        if at > now and community.hours.is_working_day(day):
            return at
        day += timedelta(days=1)


def _plan(tx: Transaction, community: Community, at: datetime) -> None:
    day = local_time(at, community.zone).date().isoformat()
    scheduled_tasks.plan(tx, KIND, _PROGRAM, at, KIND, {"day": day})
