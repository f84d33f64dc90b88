"""Where areas are on the plan, and at which of them each report is shown."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.community.community_file import load_community
from domain.community import Area
from domain.estate_plan.gathering import ELSEWHERE, gathered
from domain.estate_plan.spots import Size, Spot, spot, tapped
from domain.language.words import Words
from tests.support import ROOT


@dataclass(frozen=True)
class Report:
    """A report, as far as the plan asks."""

    area: str | None
    number: int = 0


def _area(code: str, *inside: Area, households: int | None = None) -> Area:
    return Area(code, Words.of({"en": code}), inside, households=households)


NORTH = _area("north", _area("tower", _area("stairs"), households=40), _area("villa", households=2))
ESTATE = replace(load_community(ROOT / "community.example.toml"), areas=(NORTH, _area("south")))
"""Two quarters: one with a large building and one of two households, one with nothing in it."""


PLACED = {"north": Spot(10, 10), "tower": Spot(20, 20), "villa": Spot(30, 30)}


def test_each_is_shown_at_the_smallest_placed_area_around_it() -> None:
    found = gathered(ESTATE, PLACED, [Report("tower", 1), Report("north", 2), Report("tower", 3)])
    assert found.on_plan == {"north": [Report("north", 2)], "tower": [Report("tower", 1), Report("tower", 3)]}
    assert list(found.on_plan) == ["north", "tower"], "in the order of the community file"
    assert found.below == {}


def test_where_few_live_nobody_is_pointed_at() -> None:
    """The villa has a place on the plan, and two households: what is there is shown at its quarter."""
    found = gathered(ESTATE, PLACED, [Report("villa"), Report("stairs")])
    assert found.on_plan == {"north": [Report("villa")], "tower": [Report("stairs")]}


def test_what_has_no_place_is_listed_below() -> None:
    reports = [Report("south"), Report(None), Report("gone")]
    found = gathered(ESTATE, {"tower": Spot(1, 1)}, [*reports, Report("north")])
    assert found.on_plan == {}
    assert found.below == {
        "north": [Report("north")],
        "south": [Report("south")],
        ELSEWHERE: [Report(None), Report("gone")],
    }


@given(
    st.lists(st.sampled_from(["north", "tower", "stairs", "villa", "south", "gone", None])),
    st.sets(st.sampled_from(sorted(PLACED))),
)
def test_none_is_lost_and_none_is_shown_twice(areas: list[str | None], placed: set[str]) -> None:
    reports = [Report(area, number) for number, area in enumerate(areas)]
    found = gathered(ESTATE, {code: PLACED[code] for code in placed}, reports)
    shown = [each for part in (found.on_plan, found.below) for each in part.values()]
    assert sorted(report.number for each in shown for report in each) == list(range(len(reports)))
    assert set(found.on_plan) <= placed - {"villa"}


def test_a_tap_is_a_spot_whatever_the_screen() -> None:
    assert tapped(160, 120, Size(320, 240)) == tapped(480, 360, Size(960, 720)) == Spot(50, 50)
    assert tapped(320, 240, Size(320, 240)) == Spot(100, 100), "the very corner"
    assert tapped(321, 1, Size(320, 240)) is None and tapped(1, 241, Size(320, 240)) is None


@pytest.mark.parametrize(("x", "y"), [(-0.1, 5), (5, 100.1), (float("nan"), 5), (5, float("inf")), (-1, -1)])
def test_what_is_not_on_the_picture_is_no_spot(x: float, y: float) -> None:
    assert spot(x, y) is None


def test_the_same_shape_is_the_same_plan_in_another_size() -> None:
    drawn = Size(1600, 1200)
    assert Size(800, 600).has_shape_of(drawn) and Size(1603, 1200).has_shape_of(drawn)
    assert not Size(1200, 1600).has_shape_of(drawn) and not Size(1600, 1100).has_shape_of(drawn)
