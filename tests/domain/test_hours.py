from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.hours import Holiday, Window, WorkingHours
from domain.calendar.local_time import local_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def at(zone: ZoneInfo, *local: int) -> datetime:
    return datetime(*local, tzinfo=zone).astimezone(UTC)  # type: ignore[misc,arg-type]


def office(zone: ZoneInfo, *holidays: Holiday) -> WorkingHours:
    windows = [Window(day, *times) for day in range(5) for times in ((540, 720), (840, 1080))]
    return WorkingHours(zone, tuple(windows), holidays)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ((2026, 11, 23, 9, 0), True),
        ((2026, 11, 23, 8, 59), False),
        ((2026, 11, 23, 12, 0), False),
        ((2026, 11, 23, 17, 59), True),
        ((2026, 11, 28, 10, 0), False),
    ],
)
def test_open_from_the_first_minute_until_before_the_last(local: tuple[int, ...], expected: bool) -> None:
    assert office(SHANGHAI).is_open(at(SHANGHAI, *local)) is expected


def test_the_next_opening_skips_weekend_and_holidays() -> None:
    hours = office(SHANGHAI, Holiday(date(2026, 10, 1), date(2026, 10, 7)))
    friday_evening = at(SHANGHAI, 2026, 9, 25, 18, 0)
    assert hours.next_open(friday_evening) == at(SHANGHAI, 2026, 9, 28, 9, 0)
    eve = at(SHANGHAI, 2026, 9, 30, 18, 0)
    assert hours.next_open(eve) == at(SHANGHAI, 2026, 10, 8, 9, 0)


def test_when_open_the_next_opening_is_now() -> None:
    noon = at(SHANGHAI, 2026, 11, 23, 11, 30)
    assert office(SHANGHAI).next_open(noon) == noon


def test_holidays_that_touch_or_overlap_are_one() -> None:
    hours = office(
        SHANGHAI, Holiday(date(2026, 10, 5), date(2026, 10, 7)), Holiday(date(2026, 10, 1), date(2026, 10, 4))
    )
    assert hours.next_open(at(SHANGHAI, 2026, 10, 1, 10, 0)) == at(SHANGHAI, 2026, 10, 8, 9, 0)


def test_working_time_crosses_lunch_and_weekend() -> None:
    hours = office(SHANGHAI)
    friday = at(SHANGHAI, 2026, 11, 27, 11, 0)
    assert hours.add_working(friday, timedelta(hours=1)) == at(SHANGHAI, 2026, 11, 27, 12, 0)
    assert hours.add_working(friday, timedelta(hours=2)) == at(SHANGHAI, 2026, 11, 27, 15, 0)
    assert hours.add_working(friday, timedelta(hours=8)) == at(SHANGHAI, 2026, 11, 30, 12, 0)


def test_a_window_lost_in_a_spring_gap_opens_a_week_later() -> None:
    night = WorkingHours(BERLIN, (Window(6, 2 * 60 + 5, 2 * 60 + 55),))
    assert night.next_open(at(BERLIN, 2027, 3, 27, 12, 0)) == at(BERLIN, 2027, 4, 4, 2, 5)


def test_a_window_that_begins_in_a_spring_gap_opens_at_the_jump() -> None:
    night = WorkingHours(BERLIN, (Window(6, 2 * 60 + 30, 5 * 60),))
    assert night.next_open(at(BERLIN, 2027, 3, 27, 12, 0)) == at(BERLIN, 2027, 3, 28, 3, 0)


def test_a_window_around_an_autumn_fold_is_an_hour_longer() -> None:
    night = WorkingHours(BERLIN, (Window(6, 60, 5 * 60),))
    opens = at(BERLIN, 2027, 10, 31, 1, 0)
    assert night.add_working(opens, timedelta(hours=5)) == at(BERLIN, 2027, 10, 31, 5, 0)


def test_a_window_that_begins_in_an_autumn_fold_opens_the_first_time() -> None:
    night = WorkingHours(BERLIN, (Window(6, 2 * 60 + 30, 5 * 60),))
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert night.next_open(at(BERLIN, 2027, 10, 30, 12, 0)) == first


@pytest.mark.parametrize("windows", [(), (Window(0, 0, 60), Window(0, 59, 120))])
def test_no_windows_or_overlapping_ones_are_refused(windows: tuple[Window, ...]) -> None:
    with pytest.raises(ValueError, match="window"):
        WorkingHours(SHANGHAI, windows)


@pytest.mark.parametrize("wrong", [(7, 0, 60), (0, 60, 60), (0, 60, 1441), (-1, 0, 1)])
def test_a_window_stays_within_its_day(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"day"):
        Window(*wrong)


# Laws, over zones that move the clock at night, at midnight and by half an hour.

zones = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo"]
).map(ZoneInfo)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    windows: list[Window] = []
    for day in draw(st.sets(st.integers(0, 6), min_size=1)):
        marks = sorted(draw(st.sets(st.integers(0, 48).map(lambda half: half * 30), min_size=2, max_size=4)))
        windows += [Window(day, *pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
    holidays = tuple(
        Holiday(first, first + timedelta(days=length))
        for first, length in draw(st.lists(st.tuples(days, st.integers(0, 20)), max_size=4))
    )
    return WorkingHours(draw(zones), tuple(windows), holidays)


laws = settings(max_examples=60, deadline=None)


@laws
@given(hours=working_hours(), moment=instants)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: WorkingHours, moment: datetime) -> None:
    opens = hours.next_open(moment)
    assert opens >= moment
    assert hours.is_open(opens)
    if opens > moment:
        assert not hours.is_open(moment)
        assert not hours.is_open(opens - timedelta(seconds=1))
        assert not hours.is_open(moment + (opens - moment) / 2)


@laws
@given(hours=working_hours(), moment=instants)
def test_open_agrees_with_the_clock_on_the_wall(hours: WorkingHours, moment: datetime) -> None:
    local = local_time(moment, hours.zone)
    minute = local.hour * 60 + local.minute
    on_the_wall = not any(each.first <= local.date() <= each.last for each in hours.holidays) and any(
        window.weekday == local.weekday() and window.opens <= minute < window.closes for window in hours.windows
    )
    again = moment.astimezone(hours.zone).fold == 1
    # In the second round of a fold a window that ended in the first stays shut.
    assert hours.is_open(moment) is on_the_wall or again


@laws
@given(hours=working_hours(), moment=instants, one=st.integers(0, 3000), two=st.integers(0, 3000))
def test_working_time_adds_up(hours: WorkingHours, moment: datetime, one: int, two: int) -> None:
    halfway = hours.add_working(moment, timedelta(minutes=one))
    assert halfway >= moment
    together = hours.add_working(moment, timedelta(minutes=one + two))
    in_steps = hours.add_working(halfway, timedelta(minutes=two))
    # With nothing to add at a closing time, the end of one window and the start of the next are the same.
    assert together == in_steps or (two == 0 and hours.next_open(together) == in_steps)


@laws
@given(hours=working_hours(), moment=instants, days=st.integers(0, 12))
def test_a_working_day_ends_at_a_closing_time(hours: WorkingHours, moment: datetime, days: int) -> None:
    end = hours.end_of_working_day(moment, days)
    assert end > moment
    assert hours.is_open(end - timedelta(seconds=1))
    assert hours.end_of_working_day(moment, days + 1) > end
