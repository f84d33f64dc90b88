"""The measures of promises, each defined once here; docs/measures.md says them in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.figures.periods import Span
from domain.figures.pledge_history import Kept, PledgeHistory
from domain.figures.rates import Rate
from domain.pledges.pledges import Outcome


@dataclass
class PledgeMeasures:
    """Counts of promises over one period."""

    # Of the promises made in the period, which is when they came on the board; by its end
    by_state: Counter[Kept] = field(default_factory=Counter)
    makers: int = 0
    """The people whose promises they are, each once."""
    kept_but_silent: int = 0
    """Kept as far as is known, and of a time of theirs nobody has said anything."""

    # In the period, of any promise
    times: Counter[Outcome] = field(default_factory=Counter)
    """Of each time that was due in it: what had become of that by its end."""

    @property
    def made(self) -> int:
        """How many were made."""
        return sum(self.by_state.values())

    @property
    def kept(self) -> int:
        """How many are kept, as far as is known."""
        return self.by_state[Kept.KEPT]

    @property
    def kept_rate(self) -> Rate:
        """Kept, of those of which somebody has said what became of them."""
        return Rate(self.kept, self.kept + self.by_state[Kept.PARTLY] + self.by_state[Kept.NOT_KEPT])

    @property
    def kept_rate_strict(self) -> Rate:
        """Kept and never silent, of all that were due: no update counts as not kept."""
        return Rate(self.kept - self.kept_but_silent, self.made - self.by_state[Kept.NOT_DUE])

    @property
    def due(self) -> int:
        """How many times something was due."""
        return sum(self.times.values())

    @property
    def times_rate(self) -> Rate:
        """Times kept, of those of which somebody has said whether; not when its maker was ill or away."""
        kept = self.times[Outcome.KEPT]
        return Rate(kept, kept + self.times[Outcome.PARTLY] + self.times[Outcome.NOT_KEPT])

    @property
    def times_rate_strict(self) -> Rate:
        """Times kept, of all but those when its maker was ill or away: no update counts as not kept."""
        return Rate(self.times[Outcome.KEPT], self.due - self.times[Outcome.EXCUSED])


def measure(histories: Iterable[PledgeHistory], span: Span) -> PledgeMeasures:
    """The measures of promises, each read up to the end of the period. Reads them once."""
    found, makers = PledgeMeasures(), set[int | None]()
    for history in histories:
        if history.published_at is None:
            continue
        if span.holds(history.published_at):
            state = history.kept_by(span.ends)
            found.by_state[state] += 1
            found.kept_but_silent += state is Kept.KEPT and history.lacks_words_by(span.ends)
            makers.add(history.maker)
        found.times.update(each.outcome for each in history.times.values() if span.holds(each.due_at))
    found.makers = len(makers)
    return found
