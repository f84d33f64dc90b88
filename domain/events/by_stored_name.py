"""Events by the names they are kept under."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from domain.core.subjects import number_of
from domain.events.base import Event


def from_record(kind: str, about: str, actor: int | None, data: dict[str, Any]) -> Event | None:
    """The event that was kept under these values; None when no event is called that any more, or has other fields."""
    cls = _kinds().get(kind)
    if cls is None:
        return None
    # JSON knows no tuples.
    known = {field.name for field in fields(cls)}  # an event of an earlier version may have held more
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name in known
    }
    values |= {cls.subject_kind: number_of(about, cls.subject_kind), "actor": actor}
    try:
        return cls(**values)
    except TypeError:
        return None


class TwoOfOneName(Exception):
    """Two events are kept under the same name, or one under none; the text says which."""


def kinds(root: type[Event] = Event) -> dict[str, type[Event]]:
    """Every event that is kept, by the name it is kept under. Raises TwoOfOneName.

    A class that others are made from is none; nor is one whose records each have a name of their own.
    """
    found: dict[str, type[Event]] = {}
    for each in _below(root):
        own = each.__dict__.get("KIND")
        if own is None and (each.__subclasses__() or each.kind is not Event.kind):
            continue
        if own is None:
            raise TwoOfOneName(f"The event {each.__qualname__} has no KIND of its own to be kept under.")
        if own in found:
            both = f"{found[own].__qualname__} and {each.__qualname__}"
            raise TwoOfOneName(f"Two events are kept under the name {own!r}: {both}. Give one of them another KIND.")
        found[own] = each
    return found


def _below(cls: type[Event]) -> Iterator[type[Event]]:
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)


@cache
def _kinds() -> dict[str, type[Event]]:
    return kinds()
