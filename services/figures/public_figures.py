"""Public figures: of each month, quarter and year that is over, decided once, in the night after its last day.

So no two looks differ but by a whole period, and what was hidden stays so: `domain/figures/disclosure.py`.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.figures.closed_periods import closing, name
from domain.figures.periods import Length, Period, containing
from domain.figures.public_tables import (
    PublicTable,
    counts_of_all,
    counts_of_groups,
    counts_of_promises,
    counts_of_repairs,
    is_grouped,
    published,
)
from domain.figures.rates import FEWEST, Times
from services.figures import all_figures, report_figures
from services.figures.report_figures import Asked, By
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.figures import public_figures, report_events

KIND = "public_figures"
PAST_MIDNIGHT = time(0, 20)
HOUR, DAY = 3600, 86400


def plan(tx: Transaction, community: Community) -> None:
    """See to it that what ends next is published in the night after; what is planned already stays."""
    scheduled_tasks.plan_once(tx, KIND, KIND, _next_night(tx, community), KIND)


def plan_next(tx: Transaction, community: Community) -> None:
    """After all there was is published: the next time."""
    scheduled_tasks.plan(tx, KIND, KIND, _next_night(tx, community), KIND)


def due(tx: Transaction, community: Community, now: datetime) -> tuple[Period, ...]:
    """The periods that ended together and are to be published next; none: all there were are."""
    first = report_events.first_sent(tx)
    if first is None:
        return ()
    today = local_time(now, community.zone).date()
    since = public_figures.newest_end(tx) or local_time(first, community.zone).date()
    return next(closing(since, today), ())


def counted(tx: Transaction, community: Community, periods: Sequence[Period]) -> list[PublicTable]:
    """Their counts, which nobody may see as they are. Takes seconds in a large neighbourhood; reads only."""
    return [_counted(tx, community, each) for each in periods]


def publish(tx: Transaction, periods: Sequence[Period], tables: Sequence[PublicTable]) -> None:
    """Decide what is shown of them, and publish it; what is published already stays as it is.

    With a quarter comes what residents said in its months.
    """
    if public_figures.of(tx, name(periods[0])) is not None:
        return
    earlier = public_figures.of_year(tx, periods[0].first.year)
    for table in published(earlier, tables):
        public_figures.publish(tx, table)


def _counted(tx: Transaction, community: Community, period: Period) -> PublicTable:
    everything = all_figures.of_period(tx, community, Asked(period, By.CATEGORY), tx.now)
    assert everything is not None, "something was reported"
    assert everything.pledges is not None and everything.repairs is not None, "no area was asked for"
    found = everything.reports
    total, counts, inside = found.total, counts_of_all(found.total), dict[str, str]()
    counts |= counts_of_repairs(everything.repairs)
    if is_grouped(period):
        areas = report_figures.of_reports(tx, community, Asked(period, By.AREA), tx.now)
        assert areas is not None
        groups, inside = counts_of_groups(community, found.groups, areas.groups)
        counts |= groups
    took = {
        "first_answer": total.first_answer,
        "first_answer_working": total.first_answer_working,
        "resolution": total.first_resolution,
        "resolution_working": total.first_resolution_working,
    }
    times = {what: rounded for what, each in took.items() if (rounded := _rounded(each)) is not None}
    return PublicTable(name(period), counts, inside, times, counts_of_promises(everything.pledges))


def _rounded(times: Times) -> tuple[int, int] | None:
    """Median and 90th centile, coarse enough to tell nothing of one case; None of fewer than 20."""
    if times.median is None or times.ninetieth is None or times.cases < FEWEST:
        return None
    return _up(times.median), _up(times.ninetieth)


def _up(seconds: int) -> int:
    step = 300 if seconds <= HOUR else HOUR if seconds <= 2 * DAY else DAY // 2
    return -(-seconds // step) * step


def _next_night(tx: Transaction, community: Community) -> datetime:
    """The night in which the next month is over; at once where one is over that is not published."""
    if due(tx, community, tx.now):
        return tx.now
    today = local_time(tx.now, community.zone).date()
    after: date = containing(today, Length.MONTH).after
    return instant(datetime.combine(after, PAST_MIDNIGHT), community.zone)
