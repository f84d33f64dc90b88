"""Quiet hours: over midnight, within a day, none, and where the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.calendar.local_time import local_time
from domain.calendar.quiet import NO_QUIET_HOURS, QuietHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
HOURS = some.integers(0, 23)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "now", "over"),
    [
        ((22, 8), "2026-11-25T21:59", "2026-11-25T21:59"),
        ((22, 8), "2026-11-25T22:00", "2026-11-26T08:00"),
        ((22, 8), "2026-11-26T07:59", "2026-11-26T08:00"),
        ((22, 8), "2026-11-26T08:00", "2026-11-26T08:00"),
        ((9, 17), "2026-11-25T12:30", "2026-11-25T17:00"),
        ((9, 17), "2026-11-25T17:00", "2026-11-25T17:00"),
        ((9, 9), "2026-11-25T09:00", "2026-11-25T09:00"),
        ((0, 10), "2026-11-25T00:00", "2026-11-25T10:00"),
    ],
)
def test_they_are_over_when_their_last_hour_ends(hours: tuple[int, int], now: str, over: str) -> None:
    assert QuietHours(*hours).over(at(now), SHANGHAI) == at(over)


def test_an_hour_that_the_clock_leaves_out_ends_when_it_jumps() -> None:
    # In the night of 29 March 2026 the clock in Berlin goes from 2 to 3.
    assert QuietHours(22, 2).over(at("2026-03-29T01:30", BERLIN), BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


@given(HOURS, HOURS, some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_what_waited_for_their_end_waits_no_longer(begins: int, ends: int, moment: datetime) -> None:
    hours, now = QuietHours(begins, ends), moment.replace(tzinfo=UTC)
    over = hours.over(now, BERLIN)
    assert now <= over <= now + timedelta(hours=25)
    assert hours.over(over, BERLIN) == over
    assert over == now or local_time(over, BERLIN).minute == 0


def test_none_at_all_and_no_such_hour() -> None:
    assert NO_QUIET_HOURS.none and not QuietHours(22, 8).none
    with pytest.raises(ValueError, match="between 0 and 23"):
        QuietHours(22, 24)
