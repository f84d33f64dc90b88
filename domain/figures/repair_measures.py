"""The measures of repairs, each defined once here; docs/measures.md says them in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from domain.figures.periods import Span
from domain.figures.rates import Rate, Times, times
from domain.figures.repair_history import DONE, Fate, RepairHistory


@dataclass
class RepairMeasures:
    """Counts of repairs over one period."""

    # Of the repairs asked for in the period, by its end
    by_fate: Counter[Fate] = field(default_factory=Counter)
    taken: int = 0
    """By a volunteer, at least once."""

    # In the period
    said_not_done: int = 0
    """Repairs of which somebody said that they are not done, after they were said to be done."""
    to_take: list[int] = field(default_factory=list)
    to_do: list[int] = field(default_factory=list)
    """Seconds from asking until it was first taken, and first said to be done; of those in it."""

    @property
    def asked(self) -> int:
        """How many were asked for."""
        return sum(self.by_fate.values())

    @property
    def done(self) -> int:
        """How many are said to be done, by either side."""
        return sum(self.by_fate[fate] for fate in DONE)

    @property
    def done_rate(self) -> Rate:
        """Said to be done, of those that were still wanted of volunteers."""
        return Rate(self.done, self.asked - self.by_fate[Fate.WITHDRAWN] - self.by_fate[Fate.TURNED])

    @property
    def done_rate_strict(self) -> Rate:
        """The resident says it is done, of the same: silence counts as no."""
        return Rate(self.by_fate[Fate.CONFIRMED], self.done_rate.whole)

    @property
    def time_to_take(self) -> Times:
        return times(self.to_take)

    @property
    def time_to_do(self) -> Times:
        return times(self.to_do)


def measure(histories: Iterable[RepairHistory], span: Span) -> RepairMeasures:
    """The measures of repairs: of every one with an event in the period (`repair_history.COUNTED_BY`), each up to the
    end of the period."""
    found = RepairMeasures()
    for history in histories:
        if history.asked_at is None:
            continue
        if span.holds(history.asked_at):
            found.by_fate[history.fate] += 1
            found.taken += history.taken_at is not None
        found.said_not_done += any(map(span.holds, history.said_not_done))
        for at, seconds in ((history.taken_at, found.to_take), (history.done_at, found.to_do)):
            if span.holds(at):
                seconds.append(_seconds(history.asked_at, at))
    return found


def _seconds(asked_at: datetime, at: datetime | None) -> int:
    return 0 if at is None else max(0, int((at - asked_at).total_seconds()))
