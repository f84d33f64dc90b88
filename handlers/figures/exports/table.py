"""A table on its way into a file: headings, and rows that are made one after the other.

Each column has a plain heading in the reader's language, and behind it in square brackets the column's stable name,
which is the same in every language. What is one of a set is written in words; its stable code stands in a column of its
own behind all others, and so does each time in full (ISO 8601, with its distance from UTC).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from domain.calendar.local_time import local_time
from handlers.kit.texts import Speaker

R = TypeVar("R")
Cell = str | int | float | datetime | date | None
"""A text, a number, a naive local time, a day, or nothing."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. `heading` is in the reader's language; `code` of what `value` says, where it is one of a set."""

    name: str
    heading: str
    value: Callable[[R], Cell]
    code: Callable[[R], str | None] | None = None


@dataclass(frozen=True)
class Moment(Generic[R]):
    """A column of instants: as the community's clocks show them, and in full."""

    name: str
    heading: str
    at: Callable[[R], datetime | None]


@dataclass(frozen=True)
class Table:
    """`title` is what its sheet is called; `note` stands below the last row."""

    title: str
    headings: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    note: str | None = None


def table(
    say: Speaker, title: str, columns: Iterable[Column[R] | Moment[R]], things: Iterable[R], note: str | None = None
) -> Table:
    """What is written of these things."""
    plain: list[Column[R]] = []
    behind: list[Column[R]] = []
    for each in columns:
        if isinstance(each, Moment):
            plain.append(Column(each.name, each.heading, _clock(each.at, say)))
            behind.append(Column(f"{each.name}_iso", _in_full(say, each.heading), _iso(each.at, say)))
            continue
        plain.append(each)
        if each.code is not None:
            behind.append(Column(f"{each.name}_code", say.label("{heading}: code", heading=each.heading), each.code))
    found = [*plain, *behind]
    return Table(
        title,
        [f"{each.heading} [{each.name}]" for each in found],
        ([each.value(thing) for each in found] for thing in things),
        note,
    )


def yes_or_no(say: Speaker, value: bool | None) -> str | None:
    """In a word; nothing for what is not known."""
    if value is None:
        return None
    return say.label("yes") if value else say.label("no")


def _in_full(say: Speaker, heading: str) -> str:
    return say.label("{heading}: in full", heading=heading)


def _clock(at: Callable[[R], datetime | None], say: Speaker) -> Callable[[R], Cell]:
    def value(thing: R) -> Cell:
        found = at(thing)
        return None if found is None else local_time(found, say.zone).replace(microsecond=0)

    return value


def _iso(at: Callable[[R], datetime | None], say: Speaker) -> Callable[[R], Cell]:
    def value(thing: R) -> Cell:
        found = at(thing)
        return None if found is None else found.astimezone(say.zone).isoformat(timespec="seconds")

    return value
