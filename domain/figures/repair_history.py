"""What became of one repair, by its events up to some instant, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain import events


class Fate(StrEnum):
    """What has become of a repair that was asked for."""

    CONFIRMED = "confirmed"  # done: the resident says so
    SILENT = "silent"  # done: the volunteer says so, and the resident said nothing in time
    ASKED = "being_asked"  # done: the volunteer says so, and the resident is asked
    OPEN = "open"  # not done
    WITHDRAWN = "withdrawn"  # not needed any more
    TURNED = "turned"  # it became a report to the staff


DONE = frozenset({Fate.CONFIRMED, Fate.SILENT, Fate.ASKED})


@dataclass
class RepairHistory:
    """All that figures need to know of a repair."""

    asked_at: datetime | None = None
    taken_at: datetime | None = None
    """For the first time."""
    done_at: datetime | None = None
    """When it was first said to be done, by either side."""
    fate: Fate = Fate.OPEN
    said_not_done: list[datetime] = field(default_factory=list)
    """When somebody said that it is not done, after it was said to be done."""

    def after(self, kind: str, at: datetime) -> None:
        """Take in the next event that happened to it; of a kind that changes no figure: nothing."""
        fold = _FOLDS.get(kind)
        if fold is not None:
            fold(self, at)

    def _done(self, at: datetime, fate: Fate) -> None:
        self.done_at, self.fate = self.done_at or at, fate


Fold = Callable[[RepairHistory, datetime], None]


def _asked(history: RepairHistory, at: datetime) -> None:
    history.asked_at = at


def _taken(history: RepairHistory, at: datetime) -> None:
    history.taken_at = history.taken_at or at


def _said_done(history: RepairHistory, at: datetime) -> None:
    history._done(at, Fate.ASKED)


def _confirmed(history: RepairHistory, at: datetime) -> None:
    history._done(at, Fate.CONFIRMED)


def _lapsed(history: RepairHistory, _at: datetime) -> None:
    history.fate = Fate.SILENT


def _mistaken(history: RepairHistory, _at: datetime) -> None:
    history.fate = Fate.OPEN


def _reopened(history: RepairHistory, at: datetime) -> None:
    # One that was withdrawn is needed after all: nobody had said that it is done.
    if history.fate in DONE:
        history.said_not_done.append(at)
    history.fate = Fate.OPEN


def _withdrawn(history: RepairHistory, _at: datetime) -> None:
    history.fate = Fate.WITHDRAWN


def _turned(history: RepairHistory, _at: datetime) -> None:
    history.fate = Fate.TURNED


_FOLDS: dict[str, Fold] = {
    events.RepairAsked.KIND: _asked,
    events.RepairTaken.KIND: _taken,
    events.RepairDone.KIND: _said_done,
    events.RepairNotDone.KIND: _mistaken,
    events.RepairConfirmed.KIND: _confirmed,
    events.RepairLapsed.KIND: _lapsed,
    events.RepairReopened.KIND: _reopened,
    events.RepairWithdrawn.KIND: _withdrawn,
    events.RepairTurned.KIND: _turned,
}
READ = tuple(_FOLDS)
"""The kinds of events that change a figure of repairs."""
COUNTED_BY = (
    events.RepairAsked.KIND,
    events.RepairTaken.KIND,
    events.RepairDone.KIND,
    events.RepairConfirmed.KIND,
    events.RepairReopened.KIND,
)
"""A repair is in the figures of a period in which one of these happened to it."""
