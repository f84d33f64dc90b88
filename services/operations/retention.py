"""When what is kept no longer goes: each night, before the backup is made."""

from zoneinfo import ZoneInfo

from domain.core.subjects import subject
from domain.operations.retention import BEFORE_BACKUP, next_night
from storage.core import scheduled_tasks
from storage.core.database import Transaction

KIND = "retention"


def plan(tx: Transaction, zone: ZoneInfo) -> None:
    """See that it is planned. What is due already stays so: a night slept through is made up for at the start."""
    planned = scheduled_tasks.planned(tx, KIND)
    if planned is None or planned > next_night(tx.now, zone, BEFORE_BACKUP):
        done(tx, zone)


def done(tx: Transaction, zone: ZoneInfo) -> None:
    """It was done: the next time is the next night."""
    night = next_night(tx.now, zone, BEFORE_BACKUP)
    scheduled_tasks.plan(tx, KIND, subject("database", 1), night, KIND)
