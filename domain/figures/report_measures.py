"""The measures of reports, each defined once here; docs/measures.md says them in words.

Two things are counted. *Of the reports collected in a period*: what had become of each by its end. *In the period*:
what happened in it, to whichever report. Each is computed from events before the period's end alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.calendar.hours import WorkingHours
from domain.figures.periods import Span
from domain.figures.rates import Rate, Times, times
from domain.figures.report_history import Channel, Outcome, ReportHistory, Resolution, Ruling, Way

RECURS_WITHIN = timedelta(days=90)
_NOT_SOLVED = frozenset({Outcome.DISPUTED, Outcome.WITHDRAWN})


@dataclass
class ReportMeasures:
    """Counts of one group of reports over one period."""

    # Of the reports collected in the period, by its end
    collected: int = 0
    by_channel: Counter[Channel] = field(default_factory=Counter)
    handled: int = 0
    handled_by: Counter[Way] = field(default_factory=Counter)
    """By what each was handled first."""
    taken_back: int = 0
    """By the person who sent it, and never handled."""
    answered: int = 0
    answered_in_time: int = 0
    answered_late: int = 0
    unanswered_late: int = 0
    """Its deadline has passed without a word."""
    unanswered_gone: int = 0
    """Taken back or merged before anybody answered: nobody is owed an answer."""
    with_deadline: int = 0
    """Of those that somebody is or was owed an answer to."""
    pressing: int = 0
    """Pressing ones, by the end."""
    recurring: int = 0

    # In the period
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    """Of each time staff said in it that a report is fixed: what had become of that by its end."""
    content: int = 0
    not_content: int = 0
    declined: int = 0
    passed_on: int = 0
    reopened: int = 0
    rulings: Counter[Ruling] = field(default_factory=Counter)
    """Of each objection that came in it: what had become of it by its end."""
    overdue: int = 0
    """Reports whose deadline was found to have passed."""
    urgent_solved: int = 0
    """Reports pressing by the end that staff said in it are fixed, and that is neither disputed nor taken back by then;
    each once."""
    to_answer: list[int] = field(default_factory=list)
    to_answer_working: list[int] = field(default_factory=list)
    to_resolve: list[int] = field(default_factory=list)
    to_resolve_working: list[int] = field(default_factory=list)
    """Seconds from sending to the first answer, and to the first time it was said to be fixed; of those in it."""

    @property
    def waiting(self) -> int:
        """Collected, and neither handled nor taken back by the end."""
        return self.collected - self.handled - self.taken_back

    @property
    def resolutions(self) -> int:
        """How often staff said that something is fixed."""
        return sum(self.outcomes.values())

    @property
    def objections(self) -> int:
        """How many did not agree that theirs was declined; once each report."""
        return sum(self.rulings.values())

    @property
    def handled_rate(self) -> Rate:
        """Handled, of those collected."""
        return Rate(self.handled, self.collected)

    @property
    def in_time_rate(self) -> Rate:
        """Answered in time, of those answered and those whose deadline has passed without an answer."""
        return Rate(self.answered_in_time, self.answered_in_time + self.answered_late + self.unanswered_late)

    @property
    def in_time_rate_strict(self) -> Rate:
        """Answered in time, of all that had a deadline."""
        return Rate(self.answered_in_time, self.with_deadline)

    @property
    def answered_rate(self) -> Rate:
        """Answered, of those answered and those whose deadline has passed without an answer."""
        return Rate(self.answered, self.answered + self.unanswered_late)

    @property
    def answered_rate_strict(self) -> Rate:
        """Answered, of all collected that somebody is owed an answer to."""
        return Rate(self.answered, self.collected - self.unanswered_gone)

    @property
    def resolved_rate(self) -> Rate:
        """Yes, of yes and no."""
        yes = self.outcomes[Outcome.CONFIRMED]
        return Rate(yes, yes + self.outcomes[Outcome.DISPUTED])

    @property
    def resolved_rate_strict(self) -> Rate:
        """Yes, of all that are no longer being asked: silence, and nobody who could be asked, count as no."""
        return Rate(self.outcomes[Outcome.CONFIRMED], self._over)

    @property
    def content_rate(self) -> Rate:
        """Content with how it was handled, of those who said whether they are."""
        return Rate(self.content, self.content + self.not_content)

    @property
    def content_rate_strict(self) -> Rate:
        """Content, of all that are no longer being asked whether it is fixed."""
        return Rate(self.content, self._over)

    @property
    def first_answer(self) -> Times:
        return times(self.to_answer)

    @property
    def first_answer_working(self) -> Times:
        return times(self.to_answer_working)

    @property
    def first_resolution(self) -> Times:
        return times(self.to_resolve)

    @property
    def first_resolution_working(self) -> Times:
        return times(self.to_resolve_working)

    @property
    def _over(self) -> int:
        return self.resolutions - self.outcomes[Outcome.ASKED] - self.outcomes[Outcome.WITHDRAWN]

    def _add(self, history: ReportHistory, span: Span, hours: WorkingHours) -> None:
        if span.holds(history.sent_at):
            self._add_collected(history, span)
        self._add_what_happened(history, span, hours)

    def _add_collected(self, history: ReportHistory, span: Span) -> None:
        self.collected += 1
        self.by_channel[history.channel] += 1
        self.pressing += history.pressing
        if history.handled_by is not None:
            self.handled += 1
            self.handled_by[history.handled_by] += 1
        elif history.withdrawn_at is not None:
            self.taken_back += 1
        if history.answered_at is None and (history.withdrawn_at is not None or history.handled_by is Way.MERGED):
            self.unanswered_gone += 1
            return
        has_deadline = history.due_at is not None or bool(history.overdue)
        self.with_deadline += has_deadline
        if history.answered_at is None:
            passed = bool(history.overdue) or (history.due_at is not None and history.due_at < span.ends)
            self.unanswered_late += passed
            return
        self.answered += 1
        in_time = history.answered_in_time
        self.answered_in_time += in_time is True
        self.answered_late += in_time is False

    def _add_what_happened(self, history: ReportHistory, span: Span, hours: WorkingHours) -> None:
        for resolution in history.resolutions:
            if span.holds(resolution.at):
                self._add_resolution(resolution)
        self.urgent_solved += history.pressing and any(
            span.holds(each.at) and each.outcome not in _NOT_SOLVED for each in history.resolutions
        )
        self.declined += sum(map(span.holds, history.declined))
        self.passed_on += sum(map(span.holds, history.passed_on))
        self.reopened += any(map(span.holds, history.reopened))
        self.overdue += any(span.holds(at) for at, _ in history.overdue)
        if span.holds(history.objected_at) and history.ruling is not None:
            self.rulings[history.ruling] += 1
        if history.sent_at is None:
            return
        if history.answered_at is not None and span.holds(history.answered_at):
            self.to_answer.append(_seconds(history.answered_at - history.sent_at))
            self.to_answer_working.append(_seconds(hours.between(history.sent_at, history.answered_at)))
        if history.resolutions and span.holds(fixed := history.resolutions[0].at):
            self.to_resolve.append(_seconds(fixed - history.sent_at))
            self.to_resolve_working.append(_seconds(hours.between(history.sent_at, fixed)))

    def _add_resolution(self, resolution: Resolution) -> None:
        self.outcomes[resolution.outcome] += 1
        # What was disputed afterwards, or never asked to the end, is not counted as content.
        if resolution.outcome is Outcome.CONFIRMED and resolution.content is not None:
            self.content += resolution.content
            self.not_content += not resolution.content
        elif resolution.content is False:
            self.not_content += 1


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
    total, by_group = ReportMeasures(), dict[str, ReportMeasures]()
    recurring = _Recurring()
    for history in histories:
        if not where(history):
            continue
        names = dict.fromkeys(groups(history))
        counted = [total, *(by_group.setdefault(name, ReportMeasures()) for name in names)]
        for each in counted:
            each._add(history, span, hours)
        recurring.add(history, span, counted)
    for each in recurring.found():
        each.recurring += 1
    return total, {name: each for name, each in by_group.items() if each != ReportMeasures()}


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
