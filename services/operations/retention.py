"""When what is kept no longer goes: each night, before the backup is made."""

from zoneinfo import ZoneInfo

from domain.calendar.local_time import local_time
from domain.core.subjects import subject
from domain.operations.retention import BEFORE_BACKUP, next_night
from services.operations import wiping
from storage.core import scheduled_tasks
from storage.core.database import Transaction

KIND = "retention"
WIPED_ON = 0
"""Monday: for a large database that takes minutes, in which the search's index is put together anew."""


def plan(tx: Transaction, zone: ZoneInfo) -> None:
    """See that it is planned. What is due already stays so: a night slept through is made up for at the start."""
    planned = scheduled_tasks.planned(tx, KIND)
    if planned is None or planned > next_night(tx.now, zone, BEFORE_BACKUP):
        _plan_next(tx, zone)


def done(tx: Transaction, zone: ZoneInfo) -> None:
    """It was done: the next time is the next night. Once a week what went is wiped off the disk."""
    if local_time(tx.now, zone).weekday() == WIPED_ON:
        wiping.plan(tx)
    _plan_next(tx, zone)


def _plan_next(tx: Transaction, zone: ZoneInfo) -> None:
    night = next_night(tx.now, zone, BEFORE_BACKUP)
    scheduled_tasks.plan(tx, KIND, subject("database", 1), night, KIND)
