"""What is worked out once for a big thing that never changes, such as a whole community."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")
KEPT = 8


def made_once(make: Callable[[Thing], Made]) -> Callable[[Thing], Made]:
    """Keep what `make` returns for the last few things, told apart by identity.

    A cache by value would walk through all of a community, each time, to see whether it is the same.
    """
    known: list[tuple[Thing, Made]] = []

    @wraps(make)
    def remembered(thing: Thing) -> Made:
        for each, made in known:
            if each is thing:
                return made
        made = make(thing)
        known.insert(0, (thing, made))
        del known[KEPT:]
        return made

    return remembered
