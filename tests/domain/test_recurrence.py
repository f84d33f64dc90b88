"""What comes again keeps to the wall clock, over every change of clocks, and each time once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.local_time import instant, local_time
from domain.calendar.recurrence import EVERY_DAY, BadRule, Recurrence, Rule, monthly, weekly

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                     "America/Santiago", "Asia/Gaza", "Pacific/Apia")]  # fmt: skip
RULES = st.one_of(
    st.just(EVERY_DAY),
    st.builds(weekly, st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 2)),
    st.builds(monthly, st.integers(1, 31)),
)
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))


@given(STARTS, RULES, st.sampled_from(ZONES), st.integers(0, 700), st.integers(1, 90))
def test_stretches_put_together_give_each_time_once(
    start: datetime, rule: str, zone: ZoneInfo, after_days: int, length: int
) -> None:
    recurrence = Recurrence(start, rule, zone)
    begin = instant(start, zone) + timedelta(days=after_days)
    middle, end = begin + timedelta(days=length / 3), begin + timedelta(days=length)
    whole = recurrence.between(begin, end)
    assert recurrence.between(begin, middle) + recurrence.between(middle, end) == whole
    assert len({local for local, _ in whole}) == len(whole)
    assert all(begin < at <= end for _, at in whole)
    assert [at for _, at in whole] == sorted(at for _, at in whole)


@given(STARTS, RULES, st.sampled_from(ZONES), st.integers(0, 700))
def test_each_time_is_what_the_clock_on_the_wall_shows_or_the_moment_it_jumped(
    start: datetime, rule: str, zone: ZoneInfo, after_days: int
) -> None:
    recurrence = Recurrence(start, rule, zone)
    begin = instant(start, zone) + timedelta(days=after_days)
    for local, at in recurrence.between(begin, begin + timedelta(days=60)):
        shown = local_time(at, zone)
        assert local.time() == start.time()
        assert shown == local or shown > local  # in a spring gap: the first moment after it
        if shown == local:
            assert at == local.replace(tzinfo=zone, fold=0).astimezone(UTC), "in an autumn fold: the first"


@given(st.frozensets(st.integers(0, 6), min_size=1), STARTS, st.sampled_from(ZONES))
def test_every_week_is_on_its_weekdays_and_on_all_of_them(
    days: frozenset[int], start: datetime, zone: ZoneInfo
) -> None:
    found = [local for local, _ in Recurrence(start, weekly(days), zone).between(
        instant(start, zone) + timedelta(days=30), instant(start, zone) + timedelta(days=58))]  # fmt: skip
    expected = [day for day in (start + timedelta(days=number) for number in range(29, 60)) if day.weekday() in days]
    begin, end = instant(start, zone) + timedelta(days=30), instant(start, zone) + timedelta(days=58)
    assert found == [day for day in expected if begin < instant(day, zone) <= end]


@given(st.integers(1, 31))
def test_every_month_has_its_day_or_its_last(day: int) -> None:
    found = Recurrence(datetime(2027, 1, 1, 18), monthly(day), SHANGHAI).between(
        datetime(2026, 12, 31, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    )
    months = [(local.year, local.month) for local, _ in found]
    assert months == [(year, month) for year in (2027, 2028) for month in range(1, 13)]
    for local, _ in found:
        last = (local.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert local.day == min(day, last.day)


def test_a_time_the_clock_never_shows_is_the_moment_it_jumped() -> None:
    found = Recurrence(datetime(2026, 3, 28, 2, 30), EVERY_DAY, BERLIN).next(datetime(2026, 3, 28, 12, tzinfo=UTC), 2)
    assert found == [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 30, 0, 30, tzinfo=UTC)]


def test_a_time_the_clock_shows_twice_comes_once() -> None:
    found = Recurrence(datetime(2026, 10, 24, 2, 30), EVERY_DAY, BERLIN).next(datetime(2026, 10, 24, 12, tzinfo=UTC), 2)
    assert found == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


def test_it_ends_with_its_last_day() -> None:
    recurrence = Recurrence(datetime(2026, 12, 1, 19), EVERY_DAY, SHANGHAI, date(2026, 12, 3))
    assert len(recurrence.next(datetime(2026, 11, 1, tzinfo=UTC), 10)) == 3


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=DAILY;BYHOUR=3", "FREQ=DAILY;COUNT=2", "", "nonsense",
             "FREQ=DAILY\nRRULE:FREQ=WEEKLY", "FREQ=SOMETIMES"]
)  # fmt: skip
def test_what_is_no_rule_or_finer_than_a_day_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        Recurrence(datetime(2026, 12, 1), rule, SHANGHAI)


def test_a_start_with_a_zone_no_weekday_and_no_day_are_refused() -> None:
    with pytest.raises(BadRule):
        Recurrence(datetime(2026, 12, 1, tzinfo=UTC), EVERY_DAY, SHANGHAI)
    with pytest.raises(BadRule):
        weekly(frozenset())
    with pytest.raises(BadRule):
        monthly(32)


def test_a_rule_is_taken_apart_as_it_was_made() -> None:
    assert Rule.of(weekly(frozenset({5, 6}), 2)) == Rule("WEEKLY", 2, frozenset({5, 6}), None)
    assert Rule.of(monthly(31)) == Rule("MONTHLY", 1, frozenset(), 31)
    assert Rule.of(EVERY_DAY) == Rule("DAILY", 1, frozenset(), None)
