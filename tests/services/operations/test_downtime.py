"""When Telegram was not heard for a while: what is noted, what waits, and what is asked once more."""

from datetime import timedelta

import pytest

from domain.events import OutOfReach
from services import drafts
from services.operations import downtime
from services.pledges import reminder_schedule
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.settings import SettingKey
from tests.support import MONDAY, happened, in_transaction, last_events

SECOND = timedelta(seconds=1)


def last(tx: Transaction) -> str | None:
    return settings.get(tx, SettingKey.LAST_CONTACT)


@in_transaction
def test_the_first_start_of_all_knows_of_no_gap(tx: Transaction) -> None:
    downtime.began(tx)
    assert happened(tx) == [] and last(tx) == to_text(MONDAY)


@in_transaction
def test_a_start_reckons_from_when_it_was_last_heard(tx: Transaction) -> None:
    downtime.keep(tx)
    tx.now += timedelta(hours=3)
    downtime.began(tx)
    last_events(tx, OutOfReach(since=to_text(MONDAY), until=to_text(tx.now)))
    assert last(tx) == to_text(tx.now)


@pytest.mark.parametrize("gap", [downtime.PRESSES_KEPT, timedelta(), -timedelta(days=21)])
@in_transaction
def test_of_a_gap_no_longer_than_presses_are_kept_nothing_is_said(tx: Transaction, gap: timedelta) -> None:
    drafts.touched(tx, 1)
    before = scheduled_tasks.planned(tx, "draft:1")
    downtime.back(tx, gap)
    assert happened(tx) == [] and scheduled_tasks.planned(tx, "draft:1") == before and last(tx) == to_text(MONDAY)


@in_transaction
def test_after_a_longer_one_drafts_and_the_list_of_the_week_wait(tx: Transaction) -> None:
    drafts.touched(tx, 1)
    scheduled_tasks.plan(tx, reminder_schedule.WEEK_KIND, "person:1", MONDAY, "week")
    scheduled_tasks.plan(tx, "deadline", "report:1", MONDAY, "other")
    tx.now += timedelta(hours=1)
    downtime.back(tx, downtime.PRESSES_KEPT + SECOND)
    last_events(tx, OutOfReach(since=to_text(tx.now - downtime.PRESSES_KEPT - SECOND), until=to_text(tx.now)))
    assert scheduled_tasks.planned(tx, "draft:1") == tx.now + drafts.FIRST
    assert (
        scheduled_tasks.planned(tx, "week") == tx.now + downtime.CATCH_UP
        and scheduled_tasks.planned(tx, "other") == MONDAY
    )


@pytest.mark.parametrize(
    ("gap", "lately"),
    [(timedelta(minutes=5), timedelta(days=1)), (downtime.TOLD, timedelta(days=1)),
     (downtime.TOLD + SECOND, timedelta(days=7))],
)  # fmt: skip
def test_of_a_short_gap_only_what_was_at_hand_is_asked_again(gap: timedelta, lately: timedelta) -> None:
    assert downtime.asked_lately(MONDAY, MONDAY + gap) == MONDAY - lately
