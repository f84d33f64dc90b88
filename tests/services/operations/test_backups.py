"""The nightly backup: when the next one is due, and what is said of one that is missed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.events import BackupMadeAgain, BackupMissed
from services.operations import backups
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from tests.support import MONDAY, happened, in_transaction, last_events

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


def planned(tx: Transaction) -> datetime | None:
    return scheduled_tasks.planned(tx, backups.KIND)


@in_transaction
def test_the_next_one_comes_next_night(tx: Transaction) -> None:
    backups.plan(tx, SHANGHAI)
    night = planned(tx)
    assert night is not None and MONDAY < night <= MONDAY + DAY
    tx.now = night + timedelta(minutes=2)
    backups.plan(tx, SHANGHAI)
    assert planned(tx) == night, "one that is due already stays so"
    backups.made(tx, SHANGHAI)
    assert planned(tx) == night + DAY and happened(tx) == []


@in_transaction
def test_one_that_lies_too_far_ahead_is_moved_to_the_next_night(tx: Transaction) -> None:
    scheduled_tasks.plan(tx, backups.KIND, "database:1", MONDAY + 400 * DAY, backups.KIND)
    backups.plan(tx, SHANGHAI)
    night = planned(tx)
    assert night is not None and night <= MONDAY + DAY


@in_transaction
def test_of_several_failures_the_first_is_told_and_that_it_works_again(tx: Transaction) -> None:
    backups.missed(tx, "no space " * 100)
    last_events(tx, BackupMissed(error=("no space " * 100)[:200]))
    assert planned(tx) == MONDAY + backups.AGAIN
    tx.now += backups.AGAIN
    backups.missed(tx, "no space")
    assert happened(tx) == [BackupMissed.KIND] and planned(tx) == MONDAY + 2 * backups.AGAIN
    backups.made(tx, SHANGHAI)
    last_events(tx, BackupMadeAgain())
    night = planned(tx)
    assert night is not None and night > tx.now
    backups.made(tx, SHANGHAI)
    assert len(happened(tx)) == 2
    backups.missed(tx, "no space")
    assert happened(tx)[-1] == BackupMissed.KIND, "another time it is told again"
