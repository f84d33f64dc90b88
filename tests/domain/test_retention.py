"""Which backups are kept, and when the next is made."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.local_time import local_time
from domain.operations.retention import LATER, QUIET, KeptDays, backups_to_keep, next_night

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")])


def nights(count: int, zone: ZoneInfo = SHANGHAI) -> list[datetime]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    for _ in range(count):
        at = next_night(at, zone)
        found.append(at)
    return found


@given(INSTANTS, ZONES)
def test_the_next_night_is_later_and_less_than_two_days_away(now: datetime, zone: ZoneInfo) -> None:
    night = next_night(now, zone)
    assert now < night <= now + timedelta(hours=50)
    assert local_time(night, zone).time() >= QUIET


def test_a_night_that_the_clock_skips_or_repeats_comes_once() -> None:
    """In Berlin the clock jumps over 02:30 on 29 March 2026 and shows it twice on 25 October."""
    days = [local_time(night, BERLIN).date() for night in nights(365, BERLIN)]
    assert len(set(days)) == 365
    assert days[-1] - days[0] == timedelta(days=364)


def test_two_years_leave_seven_days_four_weeks_and_twelve_months() -> None:
    made = nights(730)
    keep = sorted(backups_to_keep(made, SHANGHAI), reverse=True)
    assert keep[:7] == made[:-8:-1]
    assert len({local_time(each, SHANGHAI).isocalendar()[:2] for each in keep[:10]}) >= 4
    months = {(local_time(each, SHANGHAI).year, local_time(each, SHANGHAI).month) for each in keep}
    assert len(months) == 12
    assert len(keep) <= 7 + 4 + 12


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_week_is_kept_whole(count: int) -> None:
    assert backups_to_keep(nights(count), SHANGHAI) == set(nights(count))


@given(st.lists(INSTANTS, min_size=1), ZONES)
def test_the_newest_is_always_kept_and_never_more_than_the_rule_says(made: list[datetime], zone: ZoneInfo) -> None:
    keep = backups_to_keep(made, zone)
    assert max(made) in keep
    assert keep <= set(made)
    assert len(keep) <= 23
    assert backups_to_keep(keep, zone) == keep, "asked again, it throws nothing more away"


@given(st.lists(INSTANTS, unique=True), ZONES)
def test_thrown_away_night_by_night_the_same_is_left(made: list[datetime], zone: ZoneInfo) -> None:
    left: set[datetime] = set()
    for each in sorted(made):
        left = backups_to_keep(left | {each}, zone)
    assert left == backups_to_keep(made, zone)


def test_none_is_kept_from_before_a_day_but_the_newest() -> None:
    made = nights(730)
    since = made[-1] - timedelta(days=90)
    keep = backups_to_keep(made, SHANGHAI, since)
    assert keep == {each for each in backups_to_keep(made, SHANGHAI) if each >= since}
    assert len(keep) < len(backups_to_keep(made, SHANGHAI))
    assert backups_to_keep(made, SHANGHAI, made[-1] + timedelta(days=1)) == {made[-1]}


@given(INSTANTS, st.integers(1, 1000))
def test_what_is_deleted_is_in_no_copy_once_that_is_said(now: datetime, days: int) -> None:
    """The last copy that has it is made just before; it goes with the night after its days and `LATER`."""
    until = KeptDays(backups=days).copies_hold_until(now)
    assert until is not None
    assert until - now >= timedelta(days=days + 1) + LATER
    assert KeptDays(backups=0).copies_hold_until(now) is None
