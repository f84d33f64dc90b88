"""What figures keep of a report: facts that each hold between two instants, so that any instant of the past can be
looked at without its events. Nobody is named in them, so forgetting somebody changes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from domain.calendar.hours import WorkingHours
from domain.figures.report_counting import solved, took
from domain.figures.report_history import Outcome, ReportHistory, Ruling
from domain.figures.report_measures import ANSWERED


class Of(IntEnum):
    """What a fact tells of. The numbers stand in the file of facts alone, which is made anew when they change."""

    COLLECTED = 1
    ANSWERED = 2
    RESOLVED = 3
    DECLINED = 4
    PASSED_ON = 5
    REOPENED = 6
    OVERDUE = 7
    OBJECTED = 8
    SOLVED = 9


@dataclass(frozen=True)
class Placed:
    """The groups a report is counted in."""

    category: str | None
    area: str | None
    department: str | None
    project: int | None


@dataclass
class Fact:
    """Known at every instant after `known_from` up to and with `known_until`; None: as far as events were read.

    `once`: what stays as it is. `later`: what comes to be known while the fact holds, each with the instant after which
    it is known, or None as long as it is not.
    """

    of: Of
    number: int
    """Which of several of a report, from 0 on."""
    at: datetime
    """When it happened; of a collected report, when it was sent."""
    placed: Placed
    once: tuple[Any, ...]
    later: tuple[tuple[datetime, Any] | None, ...]
    known_from: datetime
    known_until: datetime | None = None


_Known = tuple[Of, int, datetime, tuple[Any, ...], tuple[Any, ...]]
"""As in `Fact`; what is not known yet is None."""


class FactsOfReport:
    """Takes in the events of one report, in the order in which they were recorded, and makes its facts."""

    def __init__(self, hours: WorkingHours, only_the_last: bool = False) -> None:
        """`only_the_last`: facts as they are after the last event, and not before; the order of events is all one."""
        self._hours = hours
        self._only_the_last = only_the_last
        self._history = ReportHistory()
        self._at: datetime | None = None
        self._facts: list[Fact] = []
        self._open: dict[tuple[Of, int], Fact] = {}
        self._took: dict[tuple[datetime, datetime], tuple[int, int]] = {}
        self.is_in_order = True
        """False where the clock was set back between two of them: then no facts hold between instants."""

    def after(self, kind: str, at: datetime, actor: int | None, data: Mapping[str, Any]) -> None:
        """Take in the next event."""
        if self._at is not None and at != self._at and not self._only_the_last:
            self.is_in_order = self.is_in_order and at > self._at
            self._take(self._at)
        self._at = at
        self._history.after(kind, at, actor, data)

    def facts(self) -> list[Fact]:
        """All facts; after the last event."""
        if self._at is not None:
            self._take(self._at)
        return self._facts

    def _take(self, at: datetime) -> None:
        """What is known right after `at`. A fact to which something was only added goes on."""
        history = self._history
        placed = Placed(history.category, history.area, history.department, history.project)
        seen = set()
        for of, number, when, once, values in self._known(history):
            before = self._open.get((of, number))
            seen.add((of, number))
            if before is not None:
                if (before.at, before.placed, before.once) == (when, placed, once) and _goes_on(before, values):
                    before.later = tuple(
                        each if each is not None or value is None else (at, value)
                        for each, value in zip(before.later, values, strict=True)
                    )
                    continue
                before.known_until = at
            later = tuple(None if value is None else (at, value) for value in values)
            new = self._open[of, number] = Fact(of, number, when, placed, once, later, at)
            self._facts.append(new)
        for key in [key for key in self._open if key not in seen]:
            self._open.pop(key).known_until = at

    def _known(self, history: ReportHistory) -> Iterator[_Known]:
        sent, said = history.sent_at, history.answered_at
        if sent is not None:
            once = (history.channel, history.follows is not None, history.due_at)
            yield Of.COLLECTED, 0, sent, once, _come_to_be_known(history)
            if said is not None:
                yield Of.ANSWERED, 0, said, self._time_to(sent, said), ()
        for number, one in enumerate(history.resolutions):
            time = self._time_to(sent, one.at) if number == 0 and sent is not None else (None, None)
            outcome = None if one.outcome is Outcome.ASKED else one.outcome
            yield Of.RESOLVED, number, one.at, time, (outcome, one.content)
        for of, instants in ((Of.DECLINED, history.declined), (Of.PASSED_ON, history.passed_on)):
            for number, at in enumerate(instants):
                yield of, number, at, (), ()
        # Counted once a report: where the one before is not in the period.
        overdue = [at for at, _ in history.overdue]
        for of, instants in ((Of.REOPENED, sorted(history.reopened)), (Of.OVERDUE, sorted(overdue))):
            for number, at in enumerate(instants):
                yield of, number, at, (instants[number - 1] if number else None,), ()
        if history.pressing:
            one_before = None
            for number, at in sorted(solved(history).items(), key=lambda each: each[1]):
                yield Of.SOLVED, number, at, (one_before,), ()
                one_before = at
        if history.objected_at is not None:
            ruling = None if history.ruling is Ruling.WAITING else history.ruling
            yield Of.OBJECTED, 0, history.objected_at, (), (ruling,)

    def _time_to(self, sent: datetime, at: datetime) -> tuple[int, int]:
        if (sent, at) not in self._took:
            self._took[sent, at] = took(sent, at, self._hours)
        return self._took[sent, at]


def _come_to_be_known(history: ReportHistory) -> tuple[Any, ...]:
    """Of a report that was sent: when it was answered, by what it was handled, overdue, withdrawn, pressing."""
    return (
        None if history.answered_at is None else ANSWERED[history.answered_in_time],
        history.handled_by,
        bool(history.overdue) or None,
        history.withdrawn_at is not None or None,
        history.pressing or None,
    )


def _goes_on(fact: Fact, values: tuple[Any, ...]) -> bool:
    return all(each is None or each[1] == value for each, value in zip(fact.later, values, strict=True))
