"""Public figures as CSV: a row for each number that is shown."""

import csv
import io

from domain.figures.public_tables import ALL, AREA, CATEGORY, UNSHOWN
from web.figures.shown import Figures

COLUMNS = ("period", "by", "code", "name", "measure", "value", "at_least")
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets read Chinese as something else."""


def write(figures: Figures) -> str:
    """All of one period. `value` is empty where a count is not shown; of times it is seconds."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for of, name in _groups(figures):
        by, _, code = of.partition(":")
        for what in [what for each, what in figures.table.counts if each == of]:
            if what not in UNSHOWN:
                count, least = figures.count(what, of), figures.table.at_least.get((of, what))
                rows.writerow([figures.table.period, by, code, name, what, _or_empty(count), _or_empty(least)])
    for what, promised in figures.table.promises.items():
        rows.writerow([figures.table.period, "", "", "", what, promised, ""])
    for what, (median, ninetieth) in figures.table.times.items():
        rows.writerow([figures.table.period, "", "", "", f"{what}_median_seconds", median, ""])
        rows.writerow([figures.table.period, "", "", "", f"{what}_p90_seconds", ninetieth, ""])
    return BYTE_ORDER_MARK + written.getvalue()


def _groups(figures: Figures) -> list[tuple[str, str]]:
    say, community = figures.say, figures.community
    categories = [(f"{CATEGORY}{each.code}", say.words(each.name)) for each in community.categories]
    areas = [area for top in community.areas for area in (top, *top.children)]
    places = [(f"{AREA}{each.code}", community.place_name(each.code, say.language) or each.code) for each in areas]
    not_given = [(kind, say.label("Not given")) for kind in (CATEGORY, AREA)]
    named = [(ALL, ""), *categories, *places, *not_given]
    return [(of, name) for of, name in named if (of, "collected") in figures.table.counts]


def _or_empty(count: int | None) -> str | int:
    return "" if count is None else count
