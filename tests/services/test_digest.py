"""When the digest is due: on working days, by the wall clock."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.hours import Holiday, Window, WorkingHours
from domain.community import Community
from services.staff_room.digest import following_digest
from tests.support import make_setup

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def berlin(tmp_path: Path) -> Community:
    """A community that works every day but one, where the clocks are changed; its digest is at half past two."""
    hours = WorkingHours(
        BERLIN, tuple(Window(day, 60, 1200) for day in range(7)), (Holiday(date(2026, 4, 1), date(2026, 4, 2)),)
    )
    community = make_setup(tmp_path).community
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
