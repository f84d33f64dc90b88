"""The nightly backup's place in the plan, and what is said when one is missed."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.core.subjects import subject
from domain.events import BackupMadeAgain, BackupMissed
from domain.operations.retention import next_night
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.settings import SettingKey

KIND = "backup"
AGAIN = timedelta(hours=1)
_MISSED = SettingKey.BACKUP_MISSED
_WORDS = 200


def plan(tx: Transaction, zone: ZoneInfo) -> None:
    """See that the next one is planned. One that is due already stays so: after a stop it is made at the start.

    One planned for later than the next night is moved there: the clock was set back, or the community lives elsewhere.
    """
    night = next_night(tx.now, zone)
    planned = scheduled_tasks.planned(tx, KIND)
    if planned is None or planned > night:
        _plan(tx, zone)


def made(tx: Transaction, zone: ZoneInfo) -> None:
    """It was made: the next one comes next night."""
    _plan(tx, zone)
    if settings.get(tx, _MISSED):
        settings.put(tx, _MISSED, "")
        tx.emit(BackupMadeAgain())


def missed(tx: Transaction, error: str) -> None:
    """It could not be made. It is tried again in an hour; of several failures in a row only the first is told."""
    scheduled_tasks.plan(tx, KIND, subject("database", 1), tx.now + AGAIN, KIND)
    if not settings.get(tx, _MISSED):
        settings.put(tx, _MISSED, error[:_WORDS])
        tx.emit(BackupMissed(error=error[:_WORDS]))


def _plan(tx: Transaction, zone: ZoneInfo) -> None:
    scheduled_tasks.plan(tx, KIND, subject("database", 1), next_night(tx.now, zone), KIND)
