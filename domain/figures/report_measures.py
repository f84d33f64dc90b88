"""The measures of reports, each defined once here; docs/measures.md says them in words.

Two things are counted. *Of the reports collected in a period*: what had become of each by its end. *In the period*:
what happened in it, to whichever report. Each is computed from events before the period's end alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from domain.figures.rates import NEVER, Rate, Times
from domain.figures.report_history import Channel, Outcome, Ruling, Way


class Answered(IntEnum):
    """Whether and when staff's first words came. The numbers stand in the file of facts alone (`report_facts`)."""

    NOT = 0
    WITHOUT_DEADLINE = 1
    LATE = 2
    IN_TIME = 3


ANSWERED = {None: Answered.WITHOUT_DEADLINE, False: Answered.LATE, True: Answered.IN_TIME}
"""By whether it was in time."""


class Deadline(IntEnum):
    """Whether a report has one. The numbers stand in the file of facts alone."""

    NONE = 0
    AHEAD = 1
    PASSED = 2


@dataclass(frozen=True)
class Collected:
    """What is counted of a report that was collected, as it was known at some instant."""

    channel: Channel
    handled_by: Way | None
    is_withdrawn: bool
    answered: Answered
    deadline: Deadline
    is_pressing: bool


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
    first_answer: Times = NEVER
    first_answer_working: Times = NEVER
    first_resolution: Times = NEVER
    first_resolution_working: Times = NEVER
    """From sending to the first answer, and to the first time it was said to be fixed; of those in it."""

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
    def _over(self) -> int:
        return self.resolutions - self.outcomes[Outcome.ASKED] - self.outcomes[Outcome.WITHDRAWN]

    def of_collected(self) -> ReportMeasures:
        """What is counted of the reports collected alone, without what happened in the period."""
        return ReportMeasures(
            collected=self.collected,
            by_channel=self.by_channel,
            handled=self.handled,
            handled_by=self.handled_by,
            taken_back=self.taken_back,
            answered=self.answered,
            answered_in_time=self.answered_in_time,
            answered_late=self.answered_late,
            unanswered_late=self.unanswered_late,
            unanswered_gone=self.unanswered_gone,
            with_deadline=self.with_deadline,
            pressing=self.pressing,
            recurring=self.recurring,
        )

    def add_collected(self, one: Collected, count: int = 1) -> None:
        """So many such reports were collected."""
        self.collected += count
        self.by_channel[one.channel] += count
        self.pressing += count * one.is_pressing
        if one.handled_by is not None:
            self.handled += count
            self.handled_by[one.handled_by] += count
        elif one.is_withdrawn:
            self.taken_back += count
        if one.answered is Answered.NOT and (one.is_withdrawn or one.handled_by is Way.MERGED):
            self.unanswered_gone += count
            return
        self.with_deadline += count * (one.deadline is not Deadline.NONE)
        if one.answered is Answered.NOT:
            self.unanswered_late += count * (one.deadline is Deadline.PASSED)
            return
        self.answered += count
        self.answered_in_time += count * (one.answered is Answered.IN_TIME)
        self.answered_late += count * (one.answered is Answered.LATE)

    def add_resolution(self, outcome: Outcome, content: bool | None, count: int = 1) -> None:
        """So many times staff said that it is fixed, with what became of that, and who judged the handling."""
        self.outcomes[outcome] += count
        # What was disputed afterwards, or never asked to the end, is not counted as content.
        if outcome is Outcome.CONFIRMED and content is True:
            self.content += count
        elif content is False:
            self.not_content += count
