"""What became of one project, by its events up to some instant, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain import events
from domain.core.stored import known
from domain.projects.projects import Stage


@dataclass
class ProjectHistory:
    """All that figures need to know of a project. Leads are people's numbers."""

    made_at: datetime | None = None
    stage: Stage = Stage.LISTENING
    ended_at: datetime | None = None
    """When it was done or given up, where it still is."""
    delivered: list[datetime] = field(default_factory=list)
    """When those who lead it said that what it was for is there."""
    leads: dict[int, None] = field(default_factory=dict)
    """Who leads it; of one that has ended, who led it then."""

    def after(self, kind: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Take in the next event that happened to it; of a kind that changes no figure: nothing."""
        fold = _FOLDS.get(kind)
        if fold is not None:
            fold(self, at, data)


Fold = Callable[[ProjectHistory, datetime, Mapping[str, Any]], None]


def _made(history: ProjectHistory, at: datetime, data: Mapping[str, Any]) -> None:
    history.made_at, history.leads = at, dict.fromkeys(data["leads"])


def _lead_given(history: ProjectHistory, _at: datetime, data: Mapping[str, Any]) -> None:
    history.leads[data["person"]] = None


def _lead_gone(history: ProjectHistory, _at: datetime, data: Mapping[str, Any]) -> None:
    if history.ended_at is None:
        history.leads.pop(data["person"], None)


def _moved(history: ProjectHistory, at: datetime, data: Mapping[str, Any]) -> None:
    history.stage = known(data["stage"], history.stage)
    history.ended_at = None if history.stage.is_open else at


def _delivered(history: ProjectHistory, at: datetime, _data: Mapping[str, Any]) -> None:
    history.delivered.append(at)


_FOLDS: dict[str, Fold] = {
    events.ProjectMade.KIND: _made,
    events.ProjectLeadGiven.KIND: _lead_given,
    events.ProjectLeadTaken.KIND: _lead_gone,
    events.ProjectLeadLost.KIND: _lead_gone,
    events.ProjectMoved.KIND: _moved,
    events.ProjectDelivered.KIND: _delivered,
}
READ = tuple(_FOLDS)
"""The kinds of events that change a figure of projects."""
