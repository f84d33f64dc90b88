"""Facts of reports as rows: codes by number, instants as microseconds of Unix time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.figures.report_facts import Fact, Of
from domain.figures.spread import bucket
from storage.core.database import Transaction

STILL = 1 << 62
"""Known until: as far as events were read."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLACED = ("category", "area", "department", "project")
COLLECTED = (
    "sent_at", "report", "known_from", "known_until", *_PLACED, "channel", "follows", "due_at", "answered_at",
    "answered", "handled_at", "handled_by", "overdue_at", "withdrawn_at", "pressing_at",
)  # fmt: skip
HAPPENED = (
    "kind", "at", "report", "number", "known_from", "known_until", *_PLACED, "one_before", "seconds",
    "seconds_bucket", "working", "working_bucket", "outcome_at", "outcome", "content_at", "content",
)  # fmt: skip
_NO_TIME = (None, None, None, None)


def instant(at: datetime) -> int:
    """An aware instant as a number."""
    return (at - _EPOCH) // _MICROSECOND


class Names:
    """The numbers of codes. A code that has none gets the next by `make`."""

    def __init__(self, tx: Transaction, make: Callable[[str], int]) -> None:
        self._numbers = {row["name"]: int(row["id"]) for row in tx.query("SELECT id, name FROM facts.names")}
        self._names = {number: name for name, number in self._numbers.items()}
        self._make = make

    def number(self, name: str | None) -> int | None:
        """The number of a code; None of none."""
        if name is None:
            return None
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self._make(name)
            self._names[found] = name
        return found

    def known(self, names: Iterable[str]) -> list[int]:
        """The numbers of those codes that have one."""
        return [self._numbers[name] for name in names if name in self._numbers]

    def name(self, number: int | None) -> str | None:
        """The code of a number."""
        return None if number is None else self._names[number]


def kept_names(tx: Transaction) -> Names:
    """Those of the file; new ones are kept there."""
    return Names(tx, lambda name: tx.insert("INSERT INTO facts.names (name) VALUES (?)", (name,)))


def names_to_read(tx: Transaction) -> Names:
    """Those of the file; new ones are numbered downwards from -1, and kept nowhere."""
    new: list[str] = []

    def make(name: str) -> int:
        new.append(name)
        return -len(new)

    return Names(tx, make)


@dataclass
class Rows:
    """What is to be written."""

    collected: list[tuple[Any, ...]] = field(default_factory=list)
    happened: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, report: int, facts: Iterable[Fact], names: Names) -> None:
        """Those of a report."""
        for fact in facts:
            if fact.of is Of.COLLECTED:
                self.collected.append(_collected(report, fact, names))
            else:
                self.happened.append(_happened(report, fact, names))


def _collected(report: int, fact: Fact, names: Names) -> tuple[Any, ...]:
    channel, follows, due_at = fact.once
    answered, handled, overdue, withdrawn, pressing = fact.later
    return (
        instant(fact.at), report, *_known(fact), *_placed(fact, names), names.number(str(channel)), int(follows),
        None if due_at is None else instant(due_at),
        *((None, None) if answered is None else (instant(answered[0]), int(answered[1]))),
        *((None, None) if handled is None else (instant(handled[0]), names.number(str(handled[1])))),
        None if overdue is None else instant(overdue[0]),
        None if withdrawn is None else instant(withdrawn[0]),
        None if pressing is None else instant(pressing[0]),
    )  # fmt: skip


def _happened(report: int, fact: Fact, names: Names) -> tuple[Any, ...]:
    before = outcome = content = None
    took: tuple[int | None, ...] = _NO_TIME
    if fact.of in (Of.ANSWERED, Of.RESOLVED):
        seconds, working = fact.once
        took = _NO_TIME if seconds is None else (seconds, bucket(seconds), working, bucket(working))
    elif fact.of in (Of.REOPENED, Of.OVERDUE, Of.SOLVED):
        before = fact.once[0]
    if fact.of is Of.RESOLVED:
        outcome, content = fact.later
    elif fact.of is Of.OBJECTED:
        outcome = fact.later[0]
    return (
        int(fact.of), instant(fact.at), report, fact.number, *_known(fact), *_placed(fact, names),
        None if before is None else instant(before), *took,
        *((None, None) if outcome is None else (instant(outcome[0]), names.number(str(outcome[1])))),
        *((None, None) if content is None else (instant(content[0]), int(content[1]))),
    )  # fmt: skip


def _known(fact: Fact) -> tuple[int, int]:
    return instant(fact.known_from), STILL if fact.known_until is None else instant(fact.known_until)


def _placed(fact: Fact, names: Names) -> tuple[int | None, ...]:
    placed = fact.placed
    return (*map(names.number, (placed.category, placed.area, placed.department)), placed.project)
