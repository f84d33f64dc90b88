"""Working days: the next one, and one that so many of them later comes."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.hours import Holiday, Window, WorkingHours
from domain.calendar.working_days import working_day_from, working_days_after

ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = tuple(Window(day, 540, 1080) for day in range(5))
HOURS = WorkingHours(ZONE, WEEKDAYS, (Holiday(date(2026, 10, 1), date(2026, 10, 8)),))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 9)),  # the first day of a long holiday
        (date(2026, 10, 10), date(2026, 10, 12)),  # a Saturday
    ],
)
def test_the_next_one(day: date, expected: date) -> None:
    assert working_day_from(HOURS, day) == expected


def test_so_many_later_leaves_out_weekends_and_holidays() -> None:
    assert working_days_after(HOURS, date(2026, 9, 29), 0) == date(2026, 9, 29)
    assert working_days_after(HOURS, date(2026, 9, 29), 5) == date(2026, 10, 14)
    assert working_days_after(HOURS, date(2026, 10, 3), 1) == date(2026, 10, 9), "counted from within a holiday"


def test_where_a_whole_year_has_none_it_is_the_day_itself() -> None:
    closed = WorkingHours(ZONE, WEEKDAYS, (Holiday(date(2026, 1, 1), date(2028, 1, 1)),))
    assert working_day_from(closed, date(2026, 3, 2)) == date(2026, 3, 2)


@given(DAYS, st.integers(1, 30))
def test_just_so_many_lie_between(day: date, count: int) -> None:
    found = working_days_after(HOURS, day, count)
    between = [day + timedelta(days=each) for each in range(1, (found - day).days + 1)]
    assert HOURS.is_working_day(found) and sum(HOURS.is_working_day(each) for each in between) == count
