"""Counting reports by their events: what `report_measures` defines, from the history of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from domain.calendar.hours import WorkingHours
from domain.figures.periods import Span
from domain.figures.rates import Times, times
from domain.figures.report_history import Outcome, ReportHistory
from domain.figures.report_measures import ANSWERED, Answered, Collected, Deadline, ReportMeasures

RECURS_WITHIN = timedelta(days=90)
_NOT_SOLVED = frozenset({Outcome.DISPUTED, Outcome.WITHDRAWN})


def took(sent: datetime, at: datetime, hours: WorkingHours) -> tuple[int, int]:
    """Seconds from sending to something, as they pass and in working time."""
    return _seconds(at - sent), _seconds(hours.between(sent, at))


def collected(history: ReportHistory, ends: datetime) -> Collected:
    """What is counted of a report, of which `history` tells all until `ends`."""
    passed = bool(history.overdue) or (history.due_at is not None and history.due_at < ends)
    has_none = history.due_at is None and not history.overdue
    return Collected(
        history.channel,
        history.handled_by,
        history.withdrawn_at is not None,
        Answered.NOT if history.answered_at is None else ANSWERED[history.answered_in_time],
        Deadline.NONE if has_none else Deadline.PASSED if passed else Deadline.AHEAD,
        history.pressing,
    )


Groups = Callable[[ReportHistory], Iterable[str]]
"""The names of the groups that a report is counted in: its category, say; empty for none."""
Where = Callable[[ReportHistory], bool]
"""Whether a report is counted at all."""


def measure(
    histories: Iterable[ReportHistory], span: Span, hours: WorkingHours, groups: Groups, where: Where
) -> tuple[ReportMeasures, dict[str, ReportMeasures]]:
    """The measures of all reports together, and of each group. Reads the histories once and keeps none of them.

    They are those of every report with an event in the period (`report_history.COUNTED_BY`), and of every one said to
    be fixed in the 90 days before it, each up to the end of the period.
    """
    total, by_group = _Counting(), dict[str, _Counting]()
    recurring = _Recurring()
    for history in histories:
        if not where(history):
            continue
        names = dict.fromkeys(groups(history))
        counted = [total, *(by_group.setdefault(name, _Counting()) for name in names)]
        answer, resolution = _took_in(history, span, hours)
        for each in counted:
            each.add(history, span, answer, resolution)
        recurring.add(history, span, [each.measures for each in counted])
    for one in recurring.found():
        one.recurring += 1
    groups_found = {name: each.timed() for name, each in by_group.items()}
    return total.timed(), {name: each for name, each in groups_found.items() if each != ReportMeasures()}


_Took = tuple[int, int] | None


class _Counting:
    """The measures of one group, with the times of which only the middle and the ninth of ten are told."""

    def __init__(self) -> None:
        self.measures = ReportMeasures()
        self._answers: list[tuple[int, int]] = []
        self._resolutions: list[tuple[int, int]] = []

    def timed(self) -> ReportMeasures:
        """All of it, once every report was added."""
        measures = self.measures
        measures.first_answer, measures.first_answer_working = _times(self._answers)
        measures.first_resolution, measures.first_resolution_working = _times(self._resolutions)
        return measures

    def add(self, history: ReportHistory, span: Span, answer: _Took, resolution: _Took) -> None:
        """Count a report in; the times of its first answer and resolution, where they came in the period."""
        measures = self.measures
        if span.holds(history.sent_at):
            measures.add_collected(collected(history, span.ends))
        for each in history.resolutions:
            if span.holds(each.at):
                measures.add_resolution(each.outcome, each.content)
        measures.urgent_solved += history.pressing and any(map(span.holds, solved(history).values()))
        measures.declined += sum(map(span.holds, history.declined))
        measures.passed_on += sum(map(span.holds, history.passed_on))
        measures.reopened += any(map(span.holds, history.reopened))
        measures.overdue += any(span.holds(at) for at, _ in history.overdue)
        if span.holds(history.objected_at) and history.ruling is not None:
            measures.rulings[history.ruling] += 1
        if answer is not None:
            self._answers.append(answer)
        if resolution is not None:
            self._resolutions.append(resolution)


def solved(history: ReportHistory) -> dict[int, datetime]:
    """When staff said that it is fixed, and that is neither disputed nor taken back; by its place among all times."""
    return {number: each.at for number, each in enumerate(history.resolutions) if each.outcome not in _NOT_SOLVED}


def _took_in(history: ReportHistory, span: Span, hours: WorkingHours) -> tuple[_Took, _Took]:
    sent = history.sent_at
    if sent is None:
        return None, None
    said, fixed = history.answered_at, history.resolutions[0].at if history.resolutions else None
    answer = took(sent, said, hours) if said is not None and span.holds(said) else None
    return answer, took(sent, fixed, hours) if fixed is not None and span.holds(fixed) else None


def _times(these: list[tuple[int, int]]) -> tuple[Times, Times]:
    return times([each for each, _ in these]), times([working for _, working in these])


class _Recurring:
    """Finds the collected reports of the same kind and area as another that was said to be fixed shortly before."""

    def __init__(self) -> None:
        self._fixed: dict[tuple[str, str], list[datetime]] = {}
        self._sent: list[tuple[datetime, tuple[str, str] | None, bool, list[ReportMeasures]]] = []

    def add(self, history: ReportHistory, span: Span, counted: list[ReportMeasures]) -> None:
        what = (history.category, history.area)
        key = what if what[0] is not None and what[1] is not None else None
        if key is not None:
            # Said to be fixed later than it was sent: no report is found by its own.
            self._fixed.setdefault(key, []).extend(each.at for each in history.resolutions)  # type: ignore[arg-type]
        if history.sent_at is not None and span.holds(history.sent_at):
            self._sent.append((history.sent_at, key, history.follows is not None, counted))  # type: ignore[arg-type]

    def found(self) -> Iterator[ReportMeasures]:
        for fixed in self._fixed.values():
            fixed.sort()
        for sent_at, key, follows, counted in self._sent:
            if follows or (key is not None and self._was_fixed(key, sent_at)):
                yield from counted

    def _was_fixed(self, key: tuple[str, str], sent_at: datetime) -> bool:
        fixed = self._fixed.get(key, [])
        at = bisect_left(fixed, sent_at)
        return at > 0 and sent_at - fixed[at - 1] <= RECURS_WITHIN


def _seconds(length: timedelta) -> int:
    return max(0, int(length.total_seconds()))
