from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.local_time import instant, local_time

ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # moves by half an hour
    "America/Havana",  # moves at midnight
    "Asia/Beirut",
    "Pacific/Apia",  # lost a whole day in 2011
    "Africa/Casablanca",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
locals_ = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0))


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        ("Europe/Berlin", datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 0)),
        ("Europe/Berlin", datetime(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 0, 30)),
        ("Europe/Berlin", datetime(2027, 10, 31, 3, 0), datetime(2027, 10, 31, 2, 0)),
        ("America/Havana", datetime(2027, 3, 14, 0, 0), datetime(2027, 3, 14, 5, 0)),
        ("Pacific/Apia", datetime(2011, 12, 30, 12, 0), datetime(2011, 12, 30, 10, 0)),
        ("Asia/Shanghai", datetime(2027, 1, 1, 9, 0), datetime(2027, 1, 1, 1, 0)),
    ],
)
def test_gaps_end_at_the_jump_and_folds_take_the_first(zone: str, local: datetime, expected: datetime) -> None:
    assert instant(local, ZoneInfo(zone)) == expected.replace(tzinfo=UTC)


@given(local=locals_, zone=zones)
def test_a_time_that_exists_comes_back_as_itself(local: datetime, zone: ZoneInfo) -> None:
    shown = local_time(instant(local, zone), zone)
    assert shown == local or shown > local, "only a time in a gap may come back later"
    if shown != local:
        assert local_time(instant(local, zone) - timedelta(seconds=1), zone) < local, "not the first valid one"


@given(local=locals_, zone=zones)
def test_it_is_the_earliest_instant_of_that_time(local: datetime, zone: ZoneInfo) -> None:
    found = instant(local, zone)
    for minutes in (30, 60, 120, 180):
        assert local_time(found - timedelta(minutes=minutes), zone) != local


@given(one=locals_, minutes=st.integers(0, 3000), zone=zones)
def test_later_on_the_wall_is_never_earlier_in_truth(one: datetime, minutes: int, zone: ZoneInfo) -> None:
    assert instant(one, zone) <= instant(one + timedelta(minutes=minutes), zone)
