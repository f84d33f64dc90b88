"""The laws of periods, percentages, times, and of what becomes of a report."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median_low
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import events
from domain.calendar.hours import Holiday, Window, WorkingHours
from domain.figures.periods import Length, NoSuchPeriod, Period, Span, containing
from domain.figures.rates import Rate, change, times
from domain.figures.report_counting import measure
from domain.figures.report_history import READ, Outcome, ReportHistory

ZONES = st.sampled_from([ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns")])
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
LENGTHS = st.sampled_from(Length)
HOURS = WorkingHours(ZoneInfo("Asia/Shanghai"), tuple(Window(day, 9 * 60, 17 * 60) for day in range(5)))
BEGINS = datetime(2026, 3, 1, tzinfo=UTC)
LONG_AFTER = datetime(2200, 1, 1, tzinfo=UTC)


@given(DAYS, LENGTHS, ZONES)
def test_periods_of_the_calendar_follow_on_each_other(day: date, length: Length, zone: ZoneInfo) -> None:
    period = containing(day, length)
    assert period.first <= day < period.after
    assert period.one_before().after == period.first and period.one_after().first == period.after
    assert period.one_after().one_before() == period
    assert period.span(zone, LONG_AFTER).ends == period.one_after().span(zone, LONG_AFTER).begins


@given(DAYS, LENGTHS)
def test_a_year_before_is_a_period_of_the_same_kind(day: date, length: Length) -> None:
    before = containing(day, length).a_year_before()
    assert before == containing(before.first, length)
    assert 350 < (day - before.first).days < 800


@given(DAYS, LENGTHS, ZONES, st.integers(0, 400 * 24))
def test_a_period_that_goes_on_is_compared_with_as_much_of_the_year_before(
    day: date, length: Length, zone: ZoneInfo, hours: int
) -> None:
    period = containing(day, length)
    now = period.span(zone, LONG_AFTER).begins + timedelta(hours=hours)
    span = period.span(zone, now)
    before = span.a_year_before(period, zone, now)
    assert before.begins == period.a_year_before().span(zone, now).begins
    assert before.begins <= before.ends <= period.a_year_before().span(zone, LONG_AFTER).ends
    if span.goes_on:
        # A leap day, or a change of the clock, is the difference.
        assert abs((before.ends - before.begins) - (span.ends - span.begins)) <= timedelta(days=1, hours=1)
    else:
        assert span == period.span(zone, LONG_AFTER)


def test_days_that_are_no_period() -> None:
    for first, after in (("2026-03-02", "2026-03-02"), ("2026-03-02", "2026-03-01"), ("0001-01-01", "2026-01-01")):
        with pytest.raises(NoSuchPeriod):
            Period(date.fromisoformat(first), date.fromisoformat(after))
    for far in (date.min, date.max):
        for length in Length:
            with pytest.raises(NoSuchPeriod):
                containing(far, length)
    assert Period(date(2024, 2, 29), date(2024, 3, 1)).a_year_before() == Period(date(2023, 2, 28), date(2023, 3, 1))
    assert Period(date(2026, 3, 1), date(2026, 3, 8)).one_before().first == date(2026, 2, 22)


@given(st.integers(20, 10**7).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_percentage_is_rounded_and_never_flatters(pair: tuple[int, int]) -> None:
    part, whole = pair
    percent = Rate(part, whole).percent
    assert percent is not None
    assert (percent == 100) == (part == whole) and (percent == 0) == (part == 0)
    if 0 < part < whole:
        exact = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert Decimal(str(percent)) == min(max(exact, Decimal("0.1")), Decimal("99.9"))


def test_of_fewer_than_twenty_no_percentage_is_said() -> None:
    assert Rate(19, 19).percent is None and Rate(0, 0).percent is None and Rate(20, 20).percent == 100
    assert Rate(1319, 1354).percent == 97.4
    assert change(19, 40) is None and change(20, 40) == 100 and change(40, 25) == -37.5 and change(30, 30) == 0


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_median_and_ninetieth_are_cases_that_were(seconds: list[int]) -> None:
    found = times(seconds)
    assert found.cases == len(seconds) and found.median == median_low(seconds)
    assert found.ninetieth in seconds
    assert sum(each <= found.ninetieth for each in seconds) * 10 >= 9 * len(seconds)
    assert sum(each < found.ninetieth for each in seconds) * 10 < 9 * len(seconds)


@given(st.integers(0, 60 * 24 * 60), st.integers(0, 30 * 24 * 60))
def test_open_time_between_is_what_adding_it_passes_over(minutes: int, length: int) -> None:
    hours = WorkingHours(HOURS.zone, HOURS.windows, (Holiday(date(2026, 3, 9), date(2026, 3, 11)),))
    begins = BEGINS + timedelta(minutes=minutes)
    ends = hours.add_working(begins, timedelta(minutes=length))
    assert hours.between(begins, ends) == timedelta(minutes=length)
    assert hours.between(ends, begins - timedelta(minutes=1)) == timedelta(0)


def data_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may be kept with an event of that kind, likely or not."""
    return st.fixed_dictionaries(
        {
            "round": st.integers(1, 3), "content": st.booleans(), "opened": st.booleans(), "reached": st.booleans(),
            "category": st.sampled_from([None, "lifts", "lighting"]), "area": st.sampled_from([None, "b1"]),
            "department": st.sampled_from([None, "works"]), "project": st.integers(1, 2), "closed": st.booleans(),
            "again": st.booleans(), "asked": st.booleans(), "on": st.booleans(),
            "channel": st.sampled_from([None, "chat", "gone"]),
            "due_at": st.just("2026-03-05T00:00:00.000000Z"), "follows": st.none() | st.just(3),
        }
    )  # fmt: skip


EVENTS = st.sampled_from(READ).flatmap(
    lambda kind: st.tuples(st.just(kind), data_of(kind), st.none() | st.integers(1, 2))
)
LIVES = st.lists(st.tuples(EVENTS, st.integers(0, 72)), max_size=25)


def history(life: list[Any], ends: datetime = LONG_AFTER) -> ReportHistory:
    """A report sent at the beginning, and what happened to it so many hours after each other."""
    found, at = ReportHistory(), BEGINS
    found.after(events.ReportSubmitted.KIND, at, 1, {"channel": "chat"})
    for (kind, data, actor), hours in life:
        at += timedelta(hours=hours)
        if at < ends and kind != events.ReportSubmitted.KIND:
            found.after(kind, at, actor, data)
    return found


@given(st.lists(LIVES, max_size=8), st.integers(0, 60), st.integers(1, 60))
def test_whatever_happens_figures_add_up(lives: list[list[Any]], first: int, days: int) -> None:
    span = Span(BEGINS + timedelta(days=first), BEGINS + timedelta(days=first + days))
    known = [history(life, span.ends) for life in lives]
    total, groups = measure(known, span, HOURS, lambda each: (each.category or "",), lambda each: True)
    assert total.collected == (len(lives) if first == 0 else 0)
    said = sum(span.holds(each.at) for one in known for each in one.resolutions)
    assert total.resolutions == sum(total.outcomes[each] for each in Outcome) == said
    assert total.collected == total.handled + total.taken_back + total.waiting and total.waiting >= 0
    for rate in (
        total.in_time_rate, total.in_time_rate_strict, total.answered_rate, total.answered_rate_strict,
        total.resolved_rate, total.resolved_rate_strict, total.content_rate, total.content_rate_strict,
    ):  # fmt: skip
        assert 0 <= rate.part <= rate.whole
    for name in ("collected", "handled", "resolutions", "declined", "passed_on", "reopened", "overdue", "objections",
                 "recurring", "answered", "answered_late", "content"):  # fmt: skip
        assert sum(getattr(each, name) for each in groups.values()) == getattr(total, name), name


@given(st.lists(LIVES, max_size=5), st.integers(1, 20), st.integers(1, 20))
def test_what_is_counted_in_a_time_is_counted_in_one_half_of_it(
    lives: list[list[Any]], first: int, second: int
) -> None:
    """Nothing falls between two periods, and nothing is counted in both."""
    middle = BEGINS + timedelta(days=first)
    ends = middle + timedelta(days=second)
    spans = (Span(BEGINS, middle), Span(middle, ends), Span(BEGINS, ends))
    early, late, both = (
        measure([history(life, ends) for life in lives], each, HOURS, lambda _: (), lambda _: True)[0] for each in spans
    )
    for name in ("collected", "resolutions", "declined", "passed_on", "objections"):
        assert getattr(early, name) + getattr(late, name) == getattr(both, name), name
    assert early.first_answer.cases + late.first_answer.cases == both.first_answer.cases
