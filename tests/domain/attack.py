"""What somebody can work out who has everything that was published: an attack on `domain/figures/disclosure.py`.

It shares nothing with it but the form of a sum. Whatever numbers stand in place of the hidden ones, they must add up
with those that are shown. Where a whole has more than its parts, the attacker knows that it may have.
"""

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from domain.figures.disclosure import Key, Sum

MOST = 200
"""No count of the tests is larger."""
UP_TO = 9
LOOKS = 300
"""So often bounds are narrowed for one number; who has not ruled it out by then takes it for possible."""
Bounds = dict[Key, tuple[int, int]]


@dataclass(frozen=True)
class Attack:
    """`shown`: the published counts; `at_least`: what is said of hidden ones; `zero`: those that may be hidden at 0."""

    shown: Mapping[Key, int]
    at_least: Mapping[Key, int]
    hidden: Collection[Key]
    zero: Collection[Key]
    exact: Collection[Sum]
    at_most: Collection[Sum]
    """Of these the parts are not more than the whole."""

    def possible(self, key: Key) -> list[int]:
        """Every number under ten that a hidden count may be."""
        start: Bounds = {each: (count, count) for each, count in self.shown.items()}
        for each in self.hidden:
            start[each] = (max(0 if each in self.zero else 1, self.at_least.get(each, 0)), MOST)
        low, high = start[key]
        return [
            number
            for number in range(low, min(high, UP_TO) + 1)
            if self._is_possible({**start, key: (number, number)}, itertools.repeat(None, LOOKS))
        ]

    def _is_possible(self, bounds: Bounds, looks: Iterator[None]) -> bool:
        """Some tables have more ways than can be tried: `looks` are those that are left for all of them together."""
        if next(looks, looks) is looks:
            return True
        narrowed = self._narrowed(dict(bounds))
        if narrowed is None:
            return False
        open_ones = [(high - low, each) for each, (low, high) in narrowed.items() if low < high]
        if not open_ones:
            return True
        _, key = min(open_ones)
        low, high = narrowed[key]
        return any(self._is_possible({**narrowed, key: (number, number)}, looks) for number in range(low, high + 1))

    def _narrowed(self, bounds: Bounds) -> Bounds | None:
        """What the sums leave of the bounds; None when nothing is."""
        changed = True
        while changed:
            changed = False
            for each in (*self.exact, *self.at_most):
                for key in each.keys:
                    low, high = _left(each, key, bounds, exact=each in self.exact)
                    old = bounds[key]
                    new = (max(old[0], low), min(old[1], high))
                    if new[0] > new[1]:
                        return None
                    if new != old:
                        bounds[key], changed = new, True
        return bounds


def _left(each: Sum, key: Key, bounds: Bounds, *, exact: bool) -> tuple[int, int]:
    """Between what numbers a count of a sum is, by the others."""
    if key == each.whole:
        most = sum(bounds[part][1] for part in each.parts)
        return sum(bounds[part][0] for part in each.parts), most if exact else bounds[key][1]
    others = [bounds[part] for part in each.parts if part != key]
    low, high = bounds[each.whole]
    least = low - sum(high for _, high in others)
    return least if exact else 0, high - sum(low for low, _ in others)
