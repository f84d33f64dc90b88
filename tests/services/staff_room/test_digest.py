"""The daily digest: when it is due, by the wall clock, and for whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.hours import Holiday, Window, WorkingHours
from domain.community import Community
from domain.events import DigestDue
from services.staff_room import digest
from services.staff_room.digest import following_digest
from storage.core import chats, scheduled_tasks, settings
from storage.core.database import Transaction
from tests.support import MONDAY, happened, in_transaction, last_events

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def berlin(community: Community) -> Community:
    """A community that works every day but one, where the clocks are changed; its digest is at half past two."""
    hours = WorkingHours(
        BERLIN, tuple(Window(day, 60, 1200) for day in range(7)), (Holiday(date(2026, 4, 1), date(2026, 4, 2)),)
    )
    return replace(community, zone=BERLIN, hours=hours, care=replace(community.care, digest=150))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # half past two never comes
        (datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 3, 30, 0, 30, tzinfo=UTC)),
        (datetime(2026, 3, 31, 12, tzinfo=UTC), datetime(2026, 4, 3, 0, 30, tzinfo=UTC)),  # behind the holidays
        (
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),  # comes twice: the first
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)),  # and not again
    ],
)
def test_it_is_by_the_wall_clock(berlin: Community, now: datetime, expected: datetime) -> None:
    assert following_digest(now, berlin) == expected


# -- its place in the plan

TUESDAY = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)  # half past eight in the morning


def at(community: Community, minute: int) -> Community:
    """The same community, with its digest at that minute of the day."""
    return replace(community, care=replace(community.care, digest=minute))


def planned(tx: Transaction) -> tuple[datetime | None, str | None]:
    noted = scheduled_tasks.noted(tx, digest.KIND)
    return scheduled_tasks.planned(tx, digest.KIND), noted and noted["day"]


@in_transaction
def test_one_that_is_due_stays_so_and_another_hour_counts_at_once(tx: Transaction, community: Community) -> None:
    digest.plan(tx, community)
    assert planned(tx) == (TUESDAY, "2026-03-03")
    for minute in (9 * 60 + 30, 8 * 60, 8 * 60 + 30):
        digest.plan(tx, at(community, minute))
        assert planned(tx) == (TUESDAY + timedelta(minutes=minute - 510), "2026-03-03")
    tx.now = TUESDAY + timedelta(minutes=2)
    digest.plan(tx, community)
    assert planned(tx) == (TUESDAY, "2026-03-03"), "the program was away for a moment"


@in_transaction
def test_when_its_time_has_come_staff_get_it_once_and_the_next_is_planned(
    tx: Transaction, community: Community
) -> None:
    group = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, "staff_chat", str(group.id))
    tx.now = TUESDAY
    digest.run_due(tx, community, {"day": "2026-03-03"})
    last_events(tx, DigestDue(chat=group.id, day="2026-03-03"))
    assert planned(tx) == (TUESDAY + timedelta(days=1), "2026-03-04")


@pytest.mark.parametrize("data", [{"day": "2026-03-02"}, {}])
@in_transaction
def test_one_of_another_day_is_left_out(tx: Transaction, community: Community, data: dict[str, str]) -> None:
    group = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, "staff_chat", str(group.id))
    tx.now = TUESDAY
    digest.run_due(tx, community, data)
    assert happened(tx) == [] and planned(tx)[1] == "2026-03-04"


@in_transaction
def test_without_a_group_there_is_nobody_to_read_it(tx: Transaction, community: Community) -> None:
    digest.run_due(tx, community, {"day": "2026-03-02"})
    assert happened(tx) == [] and planned(tx)[0] == TUESDAY > MONDAY
