"""Figures of a period in its parts add up to the period, and of one category they are those of its group."""

from datetime import date
from random import Random

import pytest

from domain.community import Community
from domain.figures.periods import Length, Period, containing
from services.core.errors import NotFound
from services.figures import over_time, report_figures
from services.figures.report_figures import Asked, By
from storage.core.database import Transaction
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.support import MONDAY, in_transaction

YEAR = containing(MONDAY.date(), Length.YEAR)
PERIODS = [
    YEAR, containing(MONDAY.date(), Length.MONTH), containing(date(2026, 4, 1), Length.WEEK),
    containing(date(2026, 4, 1), Length.QUARTER), Period(date(2026, 3, 5), date(2026, 4, 20)),
    Period(date(2020, 1, 1), date(2027, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
@in_transaction
def test_parts_add_up_to_the_period(tx: Transaction, community: Community, seed: int) -> None:
    Neighbourhood(tx, community, seed).lives(400)
    for period in PERIODS:
        for asked in (Asked(period), Asked(period, area="b1"), Asked(period, category="lifts", area="market")):
            total = report_figures.of_reports(tx, community, asked, tx.now)
            assert total is not None
            parts = over_time.in_parts(tx, community, asked, tx.now)
            for count in ("collected", "handled", "taken_back", "waiting", "answered"):
                each = [getattr(part.found, count) for part in parts]
                assert sum(each) == getattr(total.total, count), (period, count)
            assert 1 <= len(parts) <= 15
    assert len(over_time.in_parts(tx, community, Asked(YEAR), tx.now)) >= 3, "month by month until now"


@in_transaction
def test_one_category_alone_is_its_group(tx: Transaction, community: Community) -> None:
    Neighbourhood(tx, community, 3).lives(300)
    for period in PERIODS:
        grouped = report_figures.of_reports(tx, community, Asked(period, By.CATEGORY), tx.now)
        alone = report_figures.of_reports(tx, community, Asked(period, category="lifts"), tx.now)
        assert grouped is not None and alone is not None
        if "lifts" in grouped.groups:
            assert alone.total == grouped.groups["lifts"]
    with pytest.raises(NotFound):
        report_figures.of_reports(tx, community, Asked(YEAR, category="moon"), tx.now)


@in_transaction
def test_before_the_first_report_and_ahead_there_are_no_parts(tx: Transaction, community: Community) -> None:
    assert over_time.in_parts(tx, community, Asked(YEAR), tx.now) == []
    Neighbourhood(tx, community, Random(1).randint(1, 9)).lives(60)
    for period in (containing(date(2025, 5, 1), Length.YEAR), containing(date(2030, 5, 1), Length.MONTH)):
        assert over_time.in_parts(tx, community, Asked(period), tx.now) == []
