"""Complaints to the hotline: months as they are known when somebody asks, corrections on record, and the change."""

from datetime import date, timedelta

import pytest

from domain.community import Community
from domain.events import HotlineCounted
from domain.figures.hotline_figures import HotlineFigures
from domain.figures.hotline_table import MonthCount
from domain.figures.periods import Length, Period, containing
from domain.people.rights import NotAllowed, Role
from services.figures import hotline
from storage.core.database import Transaction
from tests.support import MONDAY, in_transaction, last_events, person

YEAR = containing(date(2025, 1, 1), Length.YEAR)


def months(year: int, *counts: int) -> list[MonthCount]:
    return [MonthCount(date(year, number, 1), count) for number, count in enumerate(counts, start=1)]


def of(tx: Transaction, community: Community, period: Period) -> HotlineFigures:
    found = hotline.of_period(tx, community, period, tx.now)
    assert found is not None
    return found


@in_transaction
def test_an_admin_enters_and_corrects_and_each_is_on_record(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ping", Role.ADMIN)
    for who in (person(tx, "Mei"), person(tx, "Lin", Role.LEAD)):
        with pytest.raises(NotAllowed):
            hotline.enter(tx, who, months(2025, 30))
    assert hotline.enter(tx, admin, months(2025, 30)).new == tuple(months(2025, 30))
    last_events(tx, HotlineCounted(actor=admin.id, hotline=202501, complaints=30))
    tx.now += timedelta(days=9)
    entered = hotline.enter(tx, admin, months(2025, 28, 31))
    assert (entered.corrected, entered.new) == (((MonthCount(date(2025, 1, 1), 28), 30),), (months(2025, 0, 31)[1],))
    assert hotline.enter(tx, admin, months(2025, 28, 31)).same == tuple(months(2025, 28, 31)), "nothing twice"
    assert len(tx.query("SELECT 1 FROM events WHERE kind = 'hotline.counted'")) == 3
    january = containing(date(2025, 1, 1), Length.MONTH)
    found = of(tx, community, january)
    assert found.complaints == 28 and found.corrected[date(2025, 1, 1)].before == 30
    earlier = hotline.of_period(tx, community, january, MONDAY)
    assert earlier is not None and earlier.complaints == 30 and not earlier.corrected, "as it was known then"


@in_transaction
def test_the_change_against_the_same_months_a_year_before(tx: Transaction, community: Community) -> None:
    hotline.enter_on_server(tx, months(2024, *(100,) * 12) + months(2025, *(60,) * 11))
    found = of(tx, community, YEAR)
    assert (len(found.months), found.months_of, found.complaints, found.a_year_before) == (11, 12, 660, 1100)
    assert found.change_percent == -40.0
    hotline.enter_on_server(tx, [MonthCount(date(2025, 12, 1), 103)])
    assert of(tx, community, YEAR).change_percent == -36.42, "763 of 1,200: 36.4166… less"
    assert of(tx, community, YEAR.a_year_before()).a_year_before is None, "2023 is not known"


@in_transaction
def test_a_month_in_between_cannot_be_left_out(tx: Transaction, community: Community) -> None:
    hotline.enter_on_server(tx, [each for each in months(2025, *range(30, 42)) if each.month.month != 4])
    assert len(of(tx, community, YEAR).months) == 3
    second = Period(date(2025, 4, 1), date(2025, 7, 1))
    assert hotline.of_period(tx, community, second, tx.now) is None
    from_march = of(tx, community, Period(date(2025, 2, 10), date(2025, 4, 1)))
    assert from_march.months == (date(2025, 3, 1),), "whole months alone"
    assert hotline.of_period(tx, community, containing(date(2025, 3, 3), Length.WEEK), tx.now) is None


@in_transaction
def test_of_a_year_that_goes_on_the_months_that_are_over(tx: Transaction, community: Community) -> None:
    hotline.enter_on_server(tx, months(2025, 50, 50) + months(2026, 25))
    found = of(tx, community, containing(MONDAY.date(), Length.YEAR))
    assert (found.months_of, found.complaints, found.a_year_before, found.change_percent) == (2, 25, 50, -50.0)
    values = hotline.values(found)
    assert values["hotline_change_percent"] == -50.0 and values["hotline_months"] == 1
    assert hotline.values(None)["hotline_change_percent"] is None


@in_transaction
def test_of_fewer_than_twenty_there_is_no_percentage(tx: Transaction, community: Community) -> None:
    hotline.enter_on_server(tx, months(2024, 19) + months(2025, 10))
    assert of(tx, community, containing(date(2025, 1, 1), Length.MONTH)).change_percent is None
