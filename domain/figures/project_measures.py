"""The measures of projects, each defined once here; docs/measures.md says them in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.figures.periods import Span
from domain.figures.project_history import ProjectHistory
from domain.projects.projects import Stage


@dataclass
class ProjectMeasures:
    """Counts of the projects that were open at some time in a period, by its end."""

    by_stage: Counter[Stage] = field(default_factory=Counter)
    by_lead: dict[int, Counter[Stage]] = field(default_factory=dict)
    """The same for each person who leads one of them, or led it when it ended; with two leads it counts for both."""
    made: int = 0
    """In the period."""
    delivered: int = 0
    """In the period those who lead them said that what they were for is there."""

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.by_stage.values())

    @property
    def leads(self) -> int:
        """How many people lead them, each counted once."""
        return len(self.by_lead)


def measure(histories: Iterable[ProjectHistory], span: Span) -> ProjectMeasures:
    """The measures of projects, each read up to the end of the period."""
    found = ProjectMeasures()
    for history in histories:
        made_at, ended_at = history.made_at, history.ended_at
        if made_at is None or made_at >= span.ends or (ended_at is not None and ended_at < span.begins):
            continue
        found.by_stage[history.stage] += 1
        found.made += span.holds(made_at)
        found.delivered += any(map(span.holds, history.delivered))
        for person in history.leads:
            found.by_lead.setdefault(person, Counter())[history.stage] += 1
    return found
