"""Who is asked about a repair: the laws of the order, of the circles and of being on call."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.community.community_file import load_community
from domain.calendar.hours import Window
from domain.community import Dispatch
from domain.repairs import dispatch
from domain.repairs.dispatch import EVERYWHERE, Candidate, Duty
from domain.repairs.repairs import Urgency
from tests.support import ROOT

COMMUNITY = load_community(ROOT / "community.example.toml")
CODES = [area.code for area in COMMUNITY.all_areas()]
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai

candidates = st.lists(
    st.builds(
        Candidate,
        person=st.integers(1, 40),
        distance=st.integers(0, 3),
        load=st.integers(0, 3),
        jobs=st.integers(0, 3),
        at_once=st.integers(1, 3),
        last_job=st.sampled_from(["", "2026-01-01", "2026-02-01"]),
        duty=st.builds(Duty, on=st.booleans(), always=st.just(True), night=st.booleans()),
    ),
    max_size=60,
)


@given(candidates, st.integers(0, 6), st.sets(st.integers(1, 40), max_size=5), st.booleans())
def test_the_first_few_are_the_best_who_may_be_asked(
    found: list[Candidate], count: int, asked: set[int], night: bool
) -> None:
    def fits(candidate: Candidate) -> bool:
        return dispatch.may_be_asked(candidate, MONDAY, SHANGHAI, night)

    ordered = sorted(found, key=lambda each: each.rank)
    chosen = dispatch.first_of(ordered, count, asked, fits)
    people = [each.person for each in chosen]
    assert len(people) == len(set(people)) <= count, "nobody twice, and no more than wanted"
    assert not set(people) & asked, "nobody who was asked before"
    for each in chosen:
        assert each.duty.on and each.jobs < each.at_once and (each.duty.night or not night)
    assert [each.rank for each in chosen] == sorted(each.rank for each in chosen)
    left = {each.person for each in found if fits(each)} - asked - set(people)
    if left:
        assert len(people) == count, "as many as wanted, while there are any"
        last = max((each.rank for each in chosen), default=(0, 0, "", 0))
        best_left = min(each.rank for each in found if each.person in left and fits(each))
        assert not chosen or last < best_left, "nobody better is left out"


@given(candidates)
def test_nearer_comes_before_less_loaded_before_longer_idle(found: list[Candidate]) -> None:
    ordered = sorted(found, key=lambda each: each.rank)
    for one, other in pairwise(ordered):
        assert one.distance <= other.distance
        if one.distance == other.distance:
            assert one.load <= other.load
            if one.load == other.load:
                assert one.last_job <= other.last_job, "who never had a job comes first"


@given(st.sampled_from(CODES), st.integers(0, 3))
def test_circles_grow_and_the_last_holds_everybody(code: str, circle: int) -> None:
    inner, outer = (dispatch.reach(COMMUNITY, code, each) for each in (circle, circle + 1))
    assert inner.items() <= outer.items(), "a wider circle holds the narrower one, at the same distances"
    last = dispatch.reach(COMMUNITY, code, dispatch.circles(COMMUNITY, code) - 1)
    assert set(last) == {*CODES, EVERYWHERE}


@given(st.sampled_from(CODES))
def test_the_innermost_circle_is_the_place_itself_what_is_in_it_and_around_it(code: str) -> None:
    path = [area.code for area in COMMUNITY.path(code)]
    area = COMMUNITY.area(code)
    assert area is not None
    assert set(dispatch.reach(COMMUNITY, code, 0)) == {*path, *(each.code for each in area.walk()), EVERYWHERE}


def test_distances_are_steps_up_the_tree() -> None:
    reach = dispatch.reach(COMMUNITY, "b3-2", 9)
    assert [reach[code] for code in ("b3-2", "b3", "b3-1", "north", "b1-1", "south", EVERYWHERE)] == [
        0, 1, 1, 2, 2, 3, 3,
    ]  # fmt: skip
    assert dispatch.circles(COMMUNITY, "b3-2") == 4


def test_of_an_unknown_place_everybody_is_as_near() -> None:
    assert set(dispatch.reach(COMMUNITY, None, 0).values()) == {0}
    assert dispatch.circles(COMMUNITY, None) == 1


@pytest.mark.parametrize(
    ("at", "on_call"),
    [
        ("2026-03-02 21:59", False),
        ("2026-03-02 22:00", True),
        ("2026-03-03 05:59", True),
        ("2026-03-03 06:00", False),
        ("2026-03-03 23:00", False),
    ],
)
def test_hours_past_midnight(at: str, on_call: bool) -> None:
    duty = Duty(always=False, windows=dispatch.windows_of([0], 22 * 60, 6 * 60))
    assert duty.on_call(datetime.fromisoformat(at).replace(tzinfo=SHANGHAI), SHANGHAI) is on_call


def test_hours_are_those_of_the_wall_clock_when_the_clocks_change() -> None:
    duty = Duty(always=False, windows=(Window(6, 9 * 60, 10 * 60),))
    for day in ("2026-03-22", "2026-03-29"):  # the second is the Sunday on which summer time begins
        nine = datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=BERLIN)
        assert duty.on_call(nine.astimezone(UTC), BERLIN)
        assert not duty.on_call(nine.astimezone(UTC) - timedelta(minutes=1), BERLIN)


def test_off_and_paused() -> None:
    assert not Duty(on=False).on_call(MONDAY, SHANGHAI)
    paused = Duty(paused_until=MONDAY)
    assert not paused.on_call(MONDAY - timedelta(seconds=1), SHANGHAI)
    assert paused.on_call(MONDAY, SHANGHAI)


@given(st.integers(0, 23), st.integers(0, 14 * 24 * 60))
def test_the_next_morning_begins_at_its_hour_within_a_day(hour: int, minutes: int) -> None:
    at = MONDAY + timedelta(minutes=minutes)
    morning = dispatch.next_morning(at, SHANGHAI, hour)
    assert at < morning <= at + timedelta(days=1)
    assert (morning.astimezone(SHANGHAI).hour, morning.astimezone(SHANGHAI).minute) == (hour, 0)


@pytest.mark.parametrize("urgency", Urgency)
def test_what_cannot_wait_is_looked_after_soonest(urgency: Urgency) -> None:
    times = Dispatch()
    assert dispatch.widen_after(times, Urgency.NOW) <= dispatch.widen_after(times, urgency)
    assert dispatch.nudge_after(times, Urgency.NOW) <= dispatch.nudge_after(times, urgency)
