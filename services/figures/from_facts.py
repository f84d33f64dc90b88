"""The measures of reports from the facts of closed days, and from events where facts do not reach. What comes out is
what `report_measures.measure` makes of the events alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.calendar.hours import WorkingHours
from domain.core.subjects import split
from domain.figures.periods import Span
from domain.figures.rates import Times
from domain.figures.report_facts import FactsOfReport, Of
from domain.figures.report_history import ReportHistory
from domain.figures.report_measures import ReportMeasures
from domain.figures.spread import places, together
from services.figures.closing import as_text
from storage.core.database import Transaction
from storage.figures import closed_days, report_events
from storage.figures.closed_days import Closed
from storage.figures.fact_sums import Group, Happened, Sums

_TIMES = (
    ("first_answer", Of.ANSWERED, "seconds"),
    ("first_answer_working", Of.ANSWERED, "working"),
    ("first_resolution", Of.RESOLVED, "seconds"),
    ("first_resolution_working", Of.RESOLVED, "working"),
)


@dataclass(frozen=True)
class Grouping:
    """By what reports are grouped (a field of `report_facts.Placed`; None: not at all), and the names under which what
    it holds is counted."""

    by: str | None
    names: Callable[[Group], Iterable[str]]


@dataclass(frozen=True)
class Among:
    """The reports that are counted: in these areas, of this category; None: of any."""

    areas: frozenset[str] | None
    category: str | None

    def holds(self, history: ReportHistory) -> bool:
        """Whether a report is counted, by its area and category as they were known then."""
        return (self.areas is None or history.area in self.areas) and self.category in (None, history.category)


def closed(tx: Transaction, hours: WorkingHours) -> Closed | None:
    """How far the facts go that figures can be made of; None where there are none."""
    return closed_days.closed(tx, as_text(hours))


def measure(
    tx: Transaction, so_far: Closed, span: Span, hours: WorkingHours, grouping: Grouping, among: Among
) -> tuple[ReportMeasures, dict[str, ReportMeasures]]:
    """The measures of all reports together, and of each group."""
    sums = Sums(tx, span, grouping.by, among.areas, among.category, _instead(tx, so_far, span, hours))
    made = _Made(grouping)
    for group, one, recurs, count in sums.collected():
        for each in made.of(group):
            each.add_collected(one, count)
            each.recurring += count * recurs
    for group, outcome, content, count in sums.resolutions():
        for each in made.of(group):
            each.add_resolution(outcome, content, count)
    for group, what, count in sums.happened():
        for each in made.of(group):
            _add(each, what, count)
    for name, of, column in _TIMES:
        for measures, times in _times(sums, made, of, column):
            setattr(measures, name, times)
    return made.total, {name: each for name, each in made.by_name.items() if each != ReportMeasures()}


def in_parts(
    tx: Transaction, so_far: Closed, span: Span, hours: WorkingHours, parts: Sequence[Span], among: Among
) -> list[ReportMeasures]:
    """Of the reports that were collected in each part of the span, what had become of them by its end."""
    sums = Sums(tx, span, None, among.areas, among.category, _instead(tx, so_far, span, hours))
    found = []
    for part in parts:
        measures = ReportMeasures()
        for _, one, recurs, count in sums.collected(part):
            measures.add_collected(one, count)
            measures.recurring += count * recurs
        found.append(measures)
    return found


class _Made:
    """The measures that are being added up."""

    def __init__(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._names: dict[Group, tuple[str, ...]] = {}
        self.total = ReportMeasures()
        self.by_name: dict[str, ReportMeasures] = {}

    def names(self, group: Group) -> tuple[str, ...]:
        """Under which names a group is counted."""
        if group not in self._names:
            self._names[group] = tuple(dict.fromkeys(self._grouping.names(group)))
        return self._names[group]

    def of(self, group: Group) -> list[ReportMeasures]:
        """All in which a group is counted."""
        return [self.total, *(self.by_name.setdefault(name, ReportMeasures()) for name in self.names(group))]


def _add(measures: ReportMeasures, what: Happened, count: int) -> None:
    if what.of is Of.DECLINED:
        measures.declined += count
    elif what.of is Of.PASSED_ON:
        measures.passed_on += count
    elif what.of is Of.REOPENED:
        measures.reopened += count
    elif what.of is Of.OVERDUE:
        measures.overdue += count
    elif what.of is Of.SOLVED:
        measures.urgent_solved += count
    elif what.ruling is not None:
        measures.rulings[what.ruling] += count


def _times(sums: Sums, made: _Made, of: Of, column: str) -> Iterator[tuple[ReportMeasures, Times]]:
    """How long something took, for all and each name: only what is in the buckets that matter is looked at closely."""
    buckets = sums.buckets(of, column)
    groups: list[tuple[ReportMeasures, list[Group]]] = [(made.total, list(buckets))]
    for name in {name: None for group in buckets for name in made.names(group)}:
        members = [group for group in buckets if name in made.names(group)]
        groups.append((made.by_name.setdefault(name, ReportMeasures()), members))
    found = [(measures, members, places(together(buckets[each] for each in members))) for measures, members in groups]
    wanted = {
        (group, place.bucket): None
        for _, members, where in found
        for place in where.wanted
        for group in members
        if place.bucket in buckets[group]
    }
    lengths = sums.in_buckets(of, column, list(wanted)) if wanted else {}
    for measures, members, where in found:
        yield (
            measures,
            where.times(
                {
                    place.bucket: together(lengths.get((group, place.bucket), {}) for group in members)
                    for place in where.wanted
                }
            ),
        )


def _instead(tx: Transaction, so_far: Closed, span: Span, hours: WorkingHours) -> dict[int, FactsOfReport]:
    """Reports of which facts do not tell how they stood at the end: by all that had happened to them."""
    subjects = closed_days.touched(tx, so_far, span.ends)
    found: dict[int, FactsOfReport] = {}
    for at in range(0, len(subjects), report_events.AT_ONCE):
        some = subjects[at : at + report_events.AT_ONCE]
        for subject, kind, instant, actor, data in report_events.of(tx, some, span.ends):
            number = split(subject)[1]
            if number not in found:
                found[number] = FactsOfReport(hours, only_the_last=True)
            found[number].after(kind, instant, actor, data)
    return found
