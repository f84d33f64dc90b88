"""What became of one promise, by its events up to some instant, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain import events
from domain.core.stored import known
from domain.pledges.pledges import SETTLES, Answer, Outcome


class Kept(StrEnum):
    """Whether a whole promise is kept, by what has become of its times so far."""

    KEPT = "kept"  # each time of which something is known
    PARTLY = "partly"  # in part, or at some times and not at others
    NOT_KEPT = "not_kept"  # not once
    NO_UPDATE = "no_update"  # it was due, and nobody said what became of it
    NOT_DUE = "not_due"  # nothing was due yet, or only when its maker was ill or away


@dataclass
class Time:
    """One time at which a promise is due."""

    ends: datetime | None = None
    """When it is over; None where that is not noted."""
    noted: datetime | None = None
    """When it was written down: after the program was out of use, that may be later than it was over."""
    outcome: Outcome = Outcome.OPEN

    @property
    def due_at(self) -> datetime | None:
        """When it is counted as due: when it was over, as far as that was known then."""
        return None if self.ends is None or self.noted is None else max(self.ends, self.noted)


@dataclass
class PledgeHistory:
    """All that figures need to know of a promise. `maker` is a person's number."""

    published_at: datetime | None = None
    maker: int | None = None
    times: dict[int, Time] = field(default_factory=dict)
    there: int = 0
    """How often somebody who is on call was there."""
    _said: dict[int, int | None] = field(default_factory=dict)
    """The time that each check-in is about; None: of somebody on call."""

    def after(self, kind: str, at: datetime, actor: int | None, data: Mapping[str, Any]) -> None:
        """Take in the next event that happened to it; of a kind that changes no figure: nothing."""
        fold = _FOLDS.get(kind)
        if fold is not None:
            fold(self, at, actor, data)

    def over_by(self, ends: datetime) -> list[Time]:
        """The times of which something is known by then: they are over, or what became of them was said before."""
        return [
            each
            for each in self.times.values()
            if each.outcome is not Outcome.OPEN or (each.due_at is not None and each.due_at < ends)
        ]

    def kept_by(self, ends: datetime) -> Kept:
        """Whether it is kept as a whole, as is known then. Times without an update say neither yes nor no."""
        outcomes = {each.outcome for each in self.over_by(ends)}
        was_kept = Outcome.KEPT in outcomes or self.there > 0
        if Outcome.PARTLY in outcomes or (was_kept and Outcome.NOT_KEPT in outcomes):
            return Kept.PARTLY
        if Outcome.NOT_KEPT in outcomes:
            return Kept.NOT_KEPT
        if was_kept:
            return Kept.KEPT
        return Kept.NO_UPDATE if outcomes & WITHOUT_WORD else Kept.NOT_DUE

    def lacks_words_by(self, ends: datetime) -> bool:
        """Whether of one of its times nobody has said, by then, what became of it."""
        return any(each.outcome in WITHOUT_WORD for each in self.over_by(ends))


WITHOUT_WORD = frozenset({Outcome.OPEN, Outcome.NOT_REPORTED})
Fold = Callable[[PledgeHistory, datetime, int | None, Mapping[str, Any]], None]


def _made(history: PledgeHistory, _at: datetime, actor: int | None, _data: Mapping[str, Any]) -> None:
    history.maker = history.maker or actor


def _published(history: PledgeHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.published_at = history.published_at or at
    history.maker = data.get("maker") or history.maker


def _times_set(history: PledgeHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    for number, ends in data["times"]:
        time = history.times.setdefault(number, Time())
        time.ends, time.noted = datetime.fromisoformat(ends), at


def _times_dropped(history: PledgeHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    for number in data["times"]:
        history.times.pop(number, None)


def _checked_in(history: PledgeHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    number = data["occurrence"]
    history._said[data["checkin"]] = number
    if number is None:
        history.there += 1
        return
    time = history.times.setdefault(number, Time())
    if (outcome := data.get("outcome")) is not None:
        time.outcome = known(outcome, Outcome.NOT_REPORTED)
    elif not data.get("amount"):  # kept before its outcome was noted with it
        time.outcome = SETTLES.get(known(data["answer"], Answer.NOTE), time.outcome)


def _undone(history: PledgeHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    if data["checkin"] not in history._said:
        return  # words or a photo beside it
    number = history._said.pop(data["checkin"])
    if number is None:
        history.there -= 1
    elif number in history.times:
        history.times[number].outcome = known(data.get("outcome") or Outcome.OPEN, Outcome.NOT_REPORTED)


def _closed(history: PledgeHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.times.setdefault(data["occurrence"], Time()).outcome = known(data["outcome"], Outcome.NOT_REPORTED)


_FOLDS: dict[str, Fold] = {
    events.PledgeMade.KIND: _made,
    events.PledgePublished.KIND: _published,
    events.PledgeTimesSet.KIND: _times_set,
    events.PledgeTimesDropped.KIND: _times_dropped,
    events.PledgeCheckedIn.KIND: _checked_in,
    events.PledgeCheckInUndone.KIND: _undone,
    events.PledgeTimeClosed.KIND: _closed,
}
READ = tuple(_FOLDS)
"""The kinds of events that change a figure of promises."""
