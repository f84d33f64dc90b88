"""Which counts of a period are public, and how they hang together: what a reader could add up or take away.

A count goes by whom it is of and by what it counts: of all reports (`ALL`); of a quarter also of each category, and of
each area with what is in it. Of areas two levels are counted; a building stands for its units. Months have no groups,
for most would be small, and a year's are what its quarters show, added up: that tells nothing new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from domain.community import Community
from domain.figures.closed_periods import name, named, parts
from domain.figures.disclosure import FEWEST, Key, Published, Sum, publishable
from domain.figures.periods import Length, Period, containing
from domain.figures.pledge_history import Kept
from domain.figures.pledge_measures import PledgeMeasures
from domain.figures.repair_measures import RepairMeasures
from domain.figures.report_history import Outcome
from domain.figures.report_measures import ReportMeasures

ALL = ""
CATEGORY, AREA, OWN = "category:", "area:", "own:"
"""Before the code of a category or area; nothing behind it: not given. `OWN`: in that area, and in none within it."""
Of = tuple[str, str]
"""Whom a count is of, and what it counts."""
Count = Callable[[ReportMeasures], int]

GROUPED: dict[str, Count] = {
    "collected": lambda one: one.collected,
    "handled": lambda one: one.handled,
    "confirmed": lambda one: one.outcomes[Outcome.CONFIRMED],
    "disputed": lambda one: one.outcomes[Outcome.DISPUTED],
}
"""Of each category and area."""
COUNTED: dict[str, Count] = {
    **GROUPED,
    "answered": lambda one: one.answered,
    "answered_of": lambda one: one.answered_rate.whole,
    "answered_strict_of": lambda one: one.answered_rate_strict.whole,
    "in_time": lambda one: one.answered_in_time,
    "in_time_of": lambda one: one.in_time_rate.whole,
    "in_time_strict_of": lambda one: one.with_deadline,
    "resolutions": lambda one: one.resolutions,
    "judged": lambda one: one.resolved_rate.whole,
    "asked": lambda one: one.resolved_rate_strict.whole,
    "silent": lambda one: one.outcomes[Outcome.SILENT],
    "not_reachable": lambda one: one.outcomes[Outcome.NOT_REACHABLE],
    "open": lambda one: one.resolutions - one.resolved_rate_strict.whole,
    "satisfied": lambda one: one.content,
    "satisfied_of": lambda one: one.content_rate.whole,
    "not_satisfied": lambda one: one.not_content,
    "satisfied_left": lambda one: one.resolved_rate_strict.whole - one.content,
    "declined": lambda one: one.declined,
    "passed_on": lambda one: one.passed_on,
    "objections": lambda one: one.objections,
    "reopened": lambda one: one.reopened,
    "overdue": lambda one: one.overdue,
}
"""Of all reports. Each is a measure of docs/measures.md, the whole of a rate, or what is left of one."""
UNSHOWN = frozenset({"satisfied_left"})
"""It has no line of its own, but who has the others can work it out."""
OF_STAFF = dict.fromkeys(
    ("handled", "answered", "answered_of", "answered_strict_of", "in_time", "in_time_of", "in_time_strict_of",
     "declined", "passed_on", "overdue"),
    "collected",
)  # fmt: skip
"""What was done about reports, by the count of those it is of: it tells of nobody who they are or what they said, so
only small ones are hidden. Where it is hidden how many there were, so is what was done about them."""
SAID = {"confirmed": "judged", "disputed": "judged", "satisfied": "satisfied_of", "not_satisfied": "satisfied_of"}
"""What residents said, by all who said so: that none says no tells what each of the others said."""
WORDS = frozenset({"resolutions", "asked", "open", "judged", "confirmed", "disputed", "silent", "not_reachable",
                   "satisfied", "satisfied_of", "not_satisfied", "satisfied_left", "objections", "reopened",
                   "repairs_asked", "repairs_done"})  # fmt: skip
"""What was asked of residents, and what they said or asked for. Of a month it is published with its quarter."""
WITHIN = (
    ("resolutions", ("asked", "open"), False),
    ("asked", ("confirmed", "disputed", "silent", "not_reachable"), False),
    ("judged", ("confirmed", "disputed"), True),
    ("satisfied_of", ("satisfied", "not_satisfied"), True),
    ("asked", ("satisfied", "satisfied_left"), False),
)
"""What makes up what, among the counts of the same reports; True: what is left may be said to be "at most five"."""


@dataclass(frozen=True)
class PublicTable:
    """The counts of a period, known to nobody but us, and what is published of them.

    `areas`: in which area each one lay then, "" where in none. `times`: seconds of the median and of the 90th centile,
    by what took so long. `promises`: how many were made, and what became of them, which the board shows one by one.
    """

    period: str
    counts: Mapping[Of, int]
    areas: Mapping[str, str]
    times: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    promises: Mapping[str, int] = field(default_factory=dict)
    shown: frozenset[Of] = frozenset()
    at_least: Mapping[Of, int] = field(default_factory=dict)


def is_grouped(period: Period) -> bool:
    """Whether categories and areas are counted in it."""
    return period.length is Length.QUARTER


def counts_of_all(total: ReportMeasures) -> dict[Of, int]:
    """The counts of all reports of a period."""
    return {(ALL, what): count(total) for what, count in COUNTED.items()}


def counts_of_repairs(repairs: RepairMeasures) -> dict[Of, int]:
    """Those of repairs: asked for in the period, and done by its end."""
    return {(ALL, "repairs_asked"): repairs.asked, (ALL, "repairs_done"): repairs.done}


def counts_of_promises(pledges: PledgeMeasures) -> dict[str, int]:
    """How many promises were made in the period, and how many of them were kept by its end, and how many not."""
    return {
        "pledges": pledges.made,
        "pledges_kept": pledges.kept,
        "pledges_partly": pledges.by_state[Kept.PARTLY],
        "pledges_not_kept": pledges.by_state[Kept.NOT_KEPT],
    }


def counts_of_groups(
    community: Community, categories: Mapping[str, ReportMeasures], areas: Mapping[str, ReportMeasures]
) -> tuple[dict[Of, int], dict[str, str]]:
    """Those of categories and areas, and which area lies in which. What the community does not know is not given."""
    groups = [CATEGORY, AREA, *(f"{CATEGORY}{each.code}" for each in community.categories)]
    inside: dict[str, str] = {}
    for top in community.areas:
        inside[top.code] = ""
        inside |= {child.code: top.code for child in top.children}
        groups += [f"{AREA}{top.code}", *(f"{AREA}{child.code}" for child in top.children)]
        groups += [f"{OWN}{top.code}"] if top.children else []
    counts: dict[Of, int] = dict.fromkeys(product(groups, GROUPED), 0)
    for code, one in categories.items():
        _add(counts, [CATEGORY + (code if community.category(code) else "")], one)
    for code, one in areas.items():
        path = list(community.path(code)) if code else []
        of = [f"{AREA}{each.code}" for each in path[:2]] or [AREA]
        if len(path) == 1 and path[0].children:
            of.append(f"{OWN}{code}")
        _add(counts, of, one)
    return counts, inside


def published(tables: Iterable[PublicTable], new: Iterable[PublicTable]) -> list[PublicTable]:
    """The new tables with what may be published of them, where the others of the same year were published before.

    With a quarter come its months again, with what residents said in them: decided together, a small month takes
    another month with it, and the quarter and the year can be shown.
    """
    before, newer = {table.period: table for table in tables}, {table.period: table for table in new}
    whole = {**before, **newer}
    counts: dict[Key, int] = {
        (period, *of): count
        for period, table in whole.items()
        for of, count in table.counts.items()
        if of[1] not in OF_STAFF and (of[1] not in WORDS or _quarter(period) in whole)
    }
    found = publishable(
        counts,
        [each for table in whole.values() for each in _within(table)] + _over_time(whole),
        telling=[key for key in counts if _tells(key, counts)],
        never=[key for key in counts if key[2] in UNSHOWN or key[1].startswith(OWN)],
        dear=[key for key in counts if key[1] == ALL],
        earlier={
            key: key[1:] in before[key[0]].shown
            for key in counts
            if key[0] in before and (key[2] not in WORDS or _quarter(key[0]) in before)
        },
    )
    return [_with(table, found) for period, table in whole.items() if period in newer or _quarter(period) in newer]


def _quarter(period: str) -> str:
    """The quarter with which it is published what residents said: of a month its own; any other is itself."""
    of_that = named(period)
    if of_that is None or of_that.length is not Length.MONTH:
        return period
    return name(containing(of_that.first, Length.QUARTER))


def _add(counts: dict[Of, int], groups: Iterable[str], one: ReportMeasures) -> None:
    for of, (what, count) in product(groups, GROUPED.items()):
        counts[of, what] += count(one)


def _tells(key: Key, counts: Mapping[Key, int]) -> bool:
    period, of, what = key
    if what not in SAID:
        return False
    return counts.get((period, of, SAID[what]), counts[period, of, "confirmed"] + counts[period, of, "disputed"]) > 0


def _within(table: PublicTable) -> list[Sum]:
    """What makes up what in one table: parts of the same reports, categories of all, areas of all and of an area."""
    period, groups = table.period, {of for of, _ in table.counts}
    found = [
        Sum((period, of, whole), tuple((period, of, part) for part in made_of), rest)
        for of in groups
        for whole, made_of, rest in WITHIN
        if all((of, each) in table.counts for each in (whole, *made_of))
    ]
    if len(groups) == 1:
        return found
    trees = [(ALL, [of for of in groups if of.startswith(CATEGORY)])]
    trees.append((ALL, [AREA, *(f"{AREA}{code}" for code, inside in table.areas.items() if not inside)]))
    for top in {inside for inside in table.areas.values() if inside}:
        children = [f"{AREA}{code}" for code, inside in table.areas.items() if inside == top]
        trees.append((f"{AREA}{top}", [f"{OWN}{top}", *children]))
    for (whole_of, part_of), what in product(trees, GROUPED):
        if what not in OF_STAFF:
            found.append(Sum((period, whole_of, what), tuple((period, of, what) for of in sorted(part_of))))
    return found


def _over_time(tables: Mapping[str, PublicTable]) -> list[Sum]:
    """Of all reports: the months of a quarter, and the quarters of a year."""
    found = []
    for period in tables:
        whole = named(period)
        # Of what was before the first report everybody knows that it is nothing.
        made_of = [name(each) for each in parts(whole) if name(each) in tables] if whole is not None else []
        if made_of:
            found += [
                Sum((period, ALL, what), tuple((each, ALL, what) for each in made_of))
                for of, what in tables[period].counts
                if of == ALL and what not in UNSHOWN and what not in OF_STAFF
            ]
    return found


def added_up(table: PublicTable, quarters: Sequence[PublicTable]) -> PublicTable:
    """A year's table with the categories and areas of its quarters, from what these show alone."""
    counts, shown, at_least = dict(table.counts), set(table.shown), dict(table.at_least)
    for of in {of for quarter in quarters for of in quarter.counts if of[0] != ALL and of[1] not in UNSHOWN}:
        there = [quarter for quarter in quarters if of in quarter.counts]
        known = sum(quarter.counts[of] if of in quarter.shown else quarter.at_least.get(of, 0) for quarter in there)
        counts[of] = known
        if all(of in quarter.shown for quarter in there):
            shown.add(of)
        elif known:
            at_least[of] = known
    return replace(table, counts=counts, shown=frozenset(shown), at_least=at_least)


def _with(table: PublicTable, found: Published) -> PublicTable:
    shown = {of for of in table.counts if (table.period, *of) in found.shown}
    # Taken together they are as many as those they are of: which of these is hidden is hidden for them, too.
    shown |= {
        (of, what)
        for (of, what), count in table.counts.items()
        if what in OF_STAFF and (of, OF_STAFF[what]) in shown and (count == 0 or count >= FEWEST)
    }
    at_least = {(of, what): low for (period, of, what), low in found.at_least.items() if period == table.period}
    return replace(table, shown=frozenset(shown), at_least=at_least)
