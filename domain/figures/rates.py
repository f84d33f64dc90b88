"""Percentages, changes and times, rounded the same way everywhere. Rounding is in integers: no figure depends on how
a machine holds fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 20
"""Of fewer cases no percentage is said: "67 %" of three tells less than "2 of 3"."""


@dataclass(frozen=True)
class Rate:
    """`part` of `whole`; `part` is never more."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """To one decimal, halves up; None of fewer than 20. 100 means all, and 0 none: else it is 99.9 or 0.1."""
        if self.whole < FEWEST:
            return None
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        if 0 < self.part < self.whole:
            tenths = min(max(tenths, 1), 999)
        return tenths / 10


def change(before: int, now: int) -> float | None:
    """By how much per cent it is more (or, below 0, less) than before, to one decimal; None of fewer than 20 before."""
    if before < FEWEST:
        return None
    difference = now - before
    tenths = (2000 * abs(difference) + before) // (2 * before)
    return (tenths if difference >= 0 else -tenths) / 10


def change_in_hundredths(before: int, now: int) -> float | None:
    """As `change`, to two decimals: as offices publish it."""
    if before < FEWEST:
        return None
    difference = now - before
    hundredths = (20000 * abs(difference) + before) // (2 * before)
    return (hundredths if difference >= 0 else -hundredths) / 100


@dataclass(frozen=True)
class Times:
    """How long something took, in so many `cases`: whole seconds; None without a case."""

    cases: int
    median: int | None
    ninetieth: int | None


NEVER = Times(0, None, None)
"""Of no case."""


def times(seconds: Sequence[int]) -> Times:
    """Median (of an even number of cases the lower of the two in the middle) and 90th centile, by nearest rank."""
    if not seconds:
        return NEVER
    ordered = sorted(seconds)
    median, ninetieth = ranks(len(ordered))
    return Times(len(ordered), ordered[median], ordered[ninetieth])


def ranks(count: int) -> tuple[int, int]:
    """At which places, from 0 on, the median and the 90th centile of so many cases in order stand."""
    median, ninetieth = (max(0, -(-count * percent // 100) - 1) for percent in (50, 90))
    return median, ninetieth
