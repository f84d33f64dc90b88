"""Where nobody can come: by trade, area, day and night."""

from dataclasses import replace

from domain.calendar.hours import Window
from domain.repairs import coverage, dispatch
from domain.repairs.coverage import Gap, Offer
from domain.repairs.dispatch import EVERYWHERE
from tests.domain.test_dispatch import COMMUNITY

ALWAYS = Offer("electricity", EVERYWHERE, True, (), True)


def gaps(*offers: Offer, trade: str = "electricity", area: str = "north") -> dict[bool, Gap]:
    found = coverage.gaps(COMMUNITY, offers)
    return {gap.night: gap for gap in found if (gap.trade, gap.area) == (trade, area)}


def test_somebody_round_the_clock_leaves_no_gap() -> None:
    assert gaps(ALWAYS) == {}
    assert len(coverage.gaps(COMMUNITY, [])) == len(COMMUNITY.trades) * len(COMMUNITY.areas) * 2


def test_who_does_not_want_to_be_woken_leaves_the_nights() -> None:
    found = gaps(replace(ALWAYS, night=False))
    assert list(found) == [True] and found[True].nobody and found[True].of == 10 * 7


def test_a_building_counts_for_its_area_and_no_other() -> None:
    offer = replace(ALWAYS, area="b3-2")
    assert gaps(offer) == {}
    assert gaps(offer, area="south")[False].nobody
    assert gaps(offer, trade="plumbing")[False].nobody


def test_hours_add_up_over_volunteers() -> None:
    early = replace(ALWAYS, always=False, windows=dispatch.windows_of(range(7), 0, 12 * 60))
    late = replace(ALWAYS, always=False, windows=dispatch.windows_of(range(7), 12 * 60, 0))
    assert gaps(early, late) == {}
    found = gaps(early)[False]
    assert not found.nobody and (found.covered, found.of) == (4 * 7, 14 * 7)


def test_an_hour_counts_only_when_it_is_covered_whole() -> None:
    assert coverage.hours_of(False, (Window(0, 9 * 60 + 30, 11 * 60),)) == 1 << 10


def test_those_with_nobody_come_first() -> None:
    found = coverage.gaps(COMMUNITY, [replace(ALWAYS, always=False, windows=(Window(0, 0, 60),))])
    assert [gap.nobody for gap in found] == sorted((gap.nobody for gap in found), reverse=True)
