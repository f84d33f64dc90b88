"""The rules of pledges: states, plans as JSON, times with their keys, pace, what silence means."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.recurrence import weekly
from domain.pledges.pledges import Kind, Outcome, Plan, Span, at_end, due_share, times

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(Kind.ON_CALL),
        Plan(Kind.ONCE, datetime(2026, 11, 25), until=date(2026, 12, 31)),
        Plan(Kind.QUOTA, target=1, windows="vacations"),
        Plan(Kind.RECURRING, datetime(2026, 11, 25, 19), weekly(frozenset({5})), 60, date(2027, 5, 1)),
    ],
)
def test_a_plan_is_read_as_it_was_written(plan: Plan) -> None:
    assert Plan.from_json(plan.as_json()) == plan


def test_times_of_a_weekend_have_keys_on_the_wall_clock() -> None:
    plan = Plan(Kind.RECURRING, datetime(2026, 11, 25, 19), weekly(frozenset({5, 6})), 60)
    found = times(plan, 7, ZONE, (), NOW, NOW + timedelta(days=15))
    assert [time.key for time in found] == [
        f"pledge:7:2026-{day}T19:00" for day in ("11-28", "11-29", "12-05", "12-06")
    ]
    assert found[0].starts == datetime(2026, 11, 28, 11, tzinfo=UTC)
    assert found[0].ends - found[0].starts == timedelta(hours=1)


def test_a_window_counts_from_its_first_day_to_the_end_of_its_last_and_while_it_is_open() -> None:
    plan = Plan(Kind.QUOTA, target=2, windows="vacations")
    spans = (Span(date(2026, 7, 1), date(2026, 8, 31)), Span(date(2026, 11, 20), date(2026, 12, 1)),
             Span(date(2027, 7, 1), date(2027, 8, 31)))  # fmt: skip
    found = times(plan, 9, ZONE, spans, NOW, NOW + timedelta(days=15))
    assert [(time.key, time.target) for time in found] == [("pledge:9:2026-11-20T00:00", 2)]
    assert found[0].ends == datetime(2026, 12, 1, 16, tzinfo=UTC)


@given(st.integers(1, 10_000), st.integers(0, 100), st.integers(1, 100))
def test_the_share_due_grows_from_nothing_to_all(target: int, passed: int, length: int) -> None:
    ends = NOW + timedelta(days=length)
    share = due_share(target, NOW, ends, NOW + timedelta(days=passed))
    assert 0 <= share <= due_share(target, NOW, ends, NOW + timedelta(days=passed + 1)) <= target
    assert due_share(target, NOW, ends, NOW) == 0 and due_share(target, NOW, ends, ends) == target


def test_silence_is_not_reported_and_a_count_counts() -> None:
    assert at_end(None, 0, False) is Outcome.NOT_REPORTED
    assert at_end(80, 0, False) is Outcome.NOT_REPORTED
    assert at_end(80, 79, True) is Outcome.NOT_KEPT
    assert at_end(80, 80, True) is Outcome.KEPT
