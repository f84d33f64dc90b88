"""Public figures for tests of their pages: of fourteen months, decided as the running bot does."""

from collections import Counter
from datetime import date
from random import Random

from domain.community import Community
from domain.figures.closed_periods import closing, name, parts
from domain.figures.periods import Length, Period
from domain.figures.public_tables import ALL, PublicTable, counts_of_all, counts_of_groups, is_grouped
from domain.figures.report_history import Outcome
from domain.figures.report_measures import ReportMeasures
from services.figures import public_figures as service
from storage.core import page_files
from storage.core.database import Transaction
from web.figures import all_charts
from web.figures.figures_writing import FiguresSite

FIRST, TODAY = date(2025, 1, 1), date(2026, 3, 2)
TIMES = {"first_answer": (7200, 172_800), "resolution": (259_200, 1_209_600)}
PROMISES = {"pledges": 9, "pledges_kept": 7, "pledges_partly": 0, "pledges_not_kept": 2}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 240"><rect width="360" height="240"/></svg>'
Months = dict[str, dict[tuple[str, str], ReportMeasures]]
"""By month, and by category and area."""


def lively(tx: Transaction, community: Community, seed: int = 1) -> None:
    """Publish them: some categories with many reports, some with few."""
    random, months = Random(seed), Months()
    for periods in closing(FIRST, TODAY):
        months[name(periods[0])] = _month(random, community)
        service.publish(tx, periods, [_table(community, each, months) for each in periods])


def draw(tx: Transaction, site: FiguresSite) -> None:
    """All charts are there; what is to be seen on them is no matter here."""
    for order in all_charts.orders(tx, site.community, site.languages):
        page_files.keep(site.photos, f"{order['name']}.svg", SVG)


def _month(random: Random, community: Community) -> dict[tuple[str, str], ReportMeasures]:
    areas = [area.code for top in community.areas for area in (top, *top.children)]
    found = {}
    for place, category in enumerate(community.categories):
        for area in random.sample(areas, min(4, len(areas))):
            found[category.code, area] = _some(random, random.randint(0, 24 // (place + 1)))
    return found


def _some(random: Random, collected: int) -> ReportMeasures:
    handled = random.randint(collected * 3 // 4, collected)
    yes, no = handled // 2, handled // 8
    said = Counter({Outcome.CONFIRMED: yes, Outcome.DISPUTED: no, Outcome.SILENT: handled - yes - no})
    return ReportMeasures(
        collected=collected, handled=handled, answered=handled, answered_in_time=handled * 9 // 10,
        content=yes * 3 // 4,
        answered_late=handled - handled * 9 // 10, with_deadline=collected, outcomes=said, declined=handled // 10,
        unanswered_late=collected - handled, not_content=yes - yes * 3 // 4,
    )  # fmt: skip


def _table(community: Community, period: Period, months: Months) -> PublicTable:
    quarters = parts(period) if period.length is Length.YEAR else ()
    smaller = [month for each in quarters or (period,) for month in (parts(each) or (each,))]
    cells = [(key, one) for month in smaller for key, one in months[name(month)].items()]
    categories, areas = dict[str, ReportMeasures](), dict[str, ReportMeasures]()
    for (category, area), one in cells:
        categories[category] = _both(categories.get(category), one)
        areas[area] = _both(areas.get(area), one)
    total = ReportMeasures()
    for _, one in cells:
        total = _both(total, one)
    counts, inside = counts_of_all(total), dict[str, str]()
    if is_grouped(period):
        groups, inside = counts_of_groups(community, categories, areas)
        counts |= groups
    counts |= {(ALL, "repairs_asked"): 30, (ALL, "repairs_done"): 24}
    return PublicTable(name(period), counts, inside, TIMES, PROMISES)


def _both(one: ReportMeasures | None, other: ReportMeasures) -> ReportMeasures:
    if one is None:
        return other
    added = {
        what: getattr(one, what) + getattr(other, what)
        for what in ("collected", "handled", "answered", "answered_in_time", "answered_late", "with_deadline",
                     "outcomes", "declined", "content", "not_content", "unanswered_late")
    }  # fmt: skip
    return ReportMeasures(**added)
