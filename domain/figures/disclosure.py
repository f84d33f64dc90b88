"""What of tables of counts may be published, so that no small count can be read from them or worked out.

Small is a count under five: it could point at somebody. It is hidden; and beside it as many others as it takes, until
everybody who has all that was ever published must think it possible that it is five or more. Whatever adds up is one
`Sum`: the parts of a whole, the areas of a larger one, the months of a quarter and the quarters of a year. So what is
left when one published table is taken from another is a count as well, and looked after.

That a count is safe is shown, never assumed: by another table that agrees with everything published (`_Tables`). What
was published stays, so it is decided in the order of time; of a later table the less may be shown (`earlier`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

FEWEST = 5
"""Counts below are hidden."""
TRIES = 300
"""So long another table is looked for. One that is not found costs a count that could have been shown, no more."""

TRIED = 24
"""So many counts are tried before one is hidden that does not help by itself."""

Key = tuple[str, ...]
"""Of a count: the period, whom it is of, and what is counted."""


@dataclass(frozen=True)
class Sum:
    """The parts make up the whole. Where some came to the whole later (handled after the month), it may be more.

    `rest`: the last part is what is left of the whole after the first one, such as what is not handled. Where it is
    small, "at least so many" may stand in place of the first.
    """

    whole: Key
    parts: tuple[Key, ...]
    rest: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """All counts in it, parts first."""
        return (*self.parts, self.whole)


@dataclass(frozen=True)
class Published:
    """What may be said: `shown` as they are, and of some hidden ones that they are `at_least` so many."""

    shown: frozenset[Key]
    at_least: Mapping[Key, int]


def publishable(
    counts: Mapping[Key, int],
    sums: Iterable[Sum],
    *,
    telling: Collection[Key] = (),
    never: Collection[Key] = (),
    dear: Collection[Key] = (),
    earlier: Mapping[Key, bool] | None = None,
) -> Published:
    """Which of the counts may be published.

    `telling` are those of which 0 tells as much as 4: nobody says no, so everybody says yes. `never` have no place on
    a page, but can be worked out. `dear` ones are hidden beside others only where nothing else helps. `earlier` says
    which were published before, and which were not: that stays. A sum with a count that is not there is left out: it
    is not published yet.
    """
    there, later = _exact([each for each in sums if all(key in counts for key in each.keys)], counts)
    decided = earlier or {}
    small = [key for key in sorted(counts) if _is_small(key, counts[key], there, telling)]
    hidden = {key for key in counts if key in never or not decided.get(key, True)}
    hidden |= {key for key in small if key not in decided}
    unknown = {*telling, *later}
    tables = _Tables({**counts, **later}, there, hidden | later.keys(), unknown, decided, frozenset(dear))
    touched = tables.touched(key for key in counts if key not in decided)
    for key in small:
        while key in tables.hidden and key in touched and not tables.may_be_otherwise(key):
            more = tables.next_to_hide(key)
            # Where nothing else helps, nothing new is shown but what is 0: so nobody knows more than before.
            tables.hide(
                [more] if more is not None else [each for each in counts if counts[each] and each not in decided]
            )
            if more is None:
                break
    return Published(frozenset(key for key in counts if key not in tables.hidden), tables.floors())


def _exact(sums: Iterable[Sum], counts: Mapping[Key, int]) -> tuple[list[Sum], dict[Key, int]]:
    """The sums with one part more where the whole has more than its parts; nobody knows how many came later.

    Where the parts have more than the whole (somebody changed their mind) there is nothing to be worked out.
    """
    found, later = list[Sum](), dict[Key, int]()
    for each in sums:
        more = counts[each.whole] - sum(counts[part] for part in each.parts)
        if more == 0:
            found.append(each)
        elif more > 0:
            key = ("later", *each.whole, str(len(found)))
            later[key] = more
            found.append(Sum(each.whole, (*each.parts, key)))
    return found, later


def _is_small(key: Key, count: int, sums: Iterable[Sum], telling: Collection[Key]) -> bool:
    if count == 0:
        return key in telling
    # Of a rest "five at most" may be said, so five must look like four.
    is_rest = any(each.rest and each.parts[-1] == key for each in sums)
    return count < FEWEST or (count == FEWEST and is_rest)


class _Tables:
    """All tables that agree with what is published: what is shown stays, what is hidden may be another number."""

    def __init__(
        self,
        counts: Mapping[Key, int],
        sums: Iterable[Sum],
        hidden: set[Key],
        telling: Collection[Key],
        decided: Collection[Key],
        dear: Collection[Key],
    ) -> None:
        self.hidden = hidden
        self._counts, self._telling, self._decided, self._dear = counts, telling, decided, dear
        self._sums: dict[Key, list[int]] = {}
        self._all = list(sums)
        for place, each in enumerate(self._all):
            for key in each.keys:
                self._sums.setdefault(key, []).append(place)
        # What is large can give most. First it is tried to keep the whole as it is, then to change it.
        of_parts = [sorted(each.parts, key=lambda key: (-counts[key], key)) for each in self._all]
        self._parts_first = [[*keys, each.whole] for keys, each in zip(of_parts, self._all, strict=True)]
        self._whole_first = [[each.whole, *keys] for keys, each in zip(of_parts, self._all, strict=True)]
        self._order = self._parts_first
        self._stuck: dict[int, None] = {}
        self._seen: dict[int, None] = {}
        self._tries = 0
        self._floors = self.floors()

    def touched(self, new: Iterable[Key]) -> set[Key]:
        """The counts that hang together with one that is new, however far: what is known of others stays as it is."""
        waiting = list(new)
        found = set(waiting)
        while waiting:
            for place in self._sums.get(waiting.pop(), ()):
                more = [key for key in self._all[place].keys if key not in found]
                found.update(more)
                waiting += more
        return found

    def hide(self, keys: Iterable[Key]) -> None:
        """These are hidden, too."""
        self.hidden.update(keys)
        self._floors = self.floors()

    def may_be_otherwise(self, key: Key) -> bool:
        """Whether in some table that small count is five (and one that is five, less)."""
        self._stuck, self._seen = {}, {}
        target = FEWEST if self._counts[key] < FEWEST else 1
        for order in (self._parts_first, self._whole_first):
            self._tries, self._order = TRIES, order
            if self._settle({key: target - self._counts[key]}, list(self._sums.get(key, ()))):
                return True
        return False

    def next_to_hide(self, key: Key) -> Key | None:
        """What is best hidden beside, after no other table was found for `key`; None when there is nothing left."""
        free: dict[Key, tuple[int, ...]] = {}
        for rank, place in enumerate([*self._stuck, *self._seen]):
            for each in self._all[place].keys:
                if each not in free and self._can_be_hidden(each):
                    is_whole = each == self._all[place].whole
                    elsewhere = place not in self._stuck
                    free[each] = (
                        elsewhere,
                        each in self._dear,
                        rank,
                        is_whole,
                        self._alone_in(each, place),
                        self._counts[each],
                    )
        by_cost = sorted(free, key=lambda each: (free[each], each))
        for each in by_cost[:TRIED]:
            self.hidden.add(each)
            helps = self.may_be_otherwise(key)
            self.hidden.discard(each)
            if helps:
                return each
        return by_cost[0] if by_cost else None

    def floors(self) -> dict[Key, int]:
        """Of which hidden counts is said that they are at least so many."""
        found: dict[Key, int] = {}
        for each in filter(lambda each: each.rest, self._all):
            first, rest = each.parts[0], self._counts[each.parts[-1]]
            if each.whole not in self.hidden and first in self.hidden and 0 < rest <= FEWEST:
                least = self._counts[each.whole] - FEWEST
                if least >= FEWEST:
                    found[first] = max(least, found.get(first, 0))
        return found

    def _settle(self, changed: dict[Key, int], open_sums: list[int]) -> bool:
        """Change further hidden counts until every sum is right again."""
        self._tries -= 1
        if self._tries < 0:
            return False
        wrong = next(((place, gap) for place in open_sums if (gap := _gap(self._all[place], changed))), None)
        if wrong is None:
            return True
        place, gap = wrong
        self._seen[place] = None
        found = False
        for key in self._order[place]:
            if key not in self.hidden or key in changed:
                continue
            by = gap if key == self._all[place].whole else -gap
            by = max(by, self._least(key) - self._counts[key])
            if by:
                found = True
                changed[key] = by
                if self._settle(changed, [*open_sums, *self._sums[key]]):
                    return True
                del changed[key]
        if not found:
            self._stuck[place] = None
        return False

    def _least(self, key: Key) -> int:
        """Fewer than this a hidden count cannot be: of those that tell nothing, 0 is shown."""
        return min(self._counts[key], max(0 if key in self._telling else 1, self._floors.get(key, 0)))

    def _can_be_hidden(self, key: Key) -> bool:
        return key not in self.hidden and key not in self._decided and self._counts[key] > 0

    def _alone_in(self, key: Key, but: int) -> int:
        """In how many other sums it would be the only hidden count."""
        others = [self._all[place] for place in self._sums[key] if place != but]
        return sum(not any(other in self.hidden for other in each.keys if other != key) for each in others)


def _gap(each: Sum, changed: Mapping[Key, int]) -> int:
    """By how much the parts are more than the whole after the changes."""
    return sum(changed.get(key, 0) for key in each.parts) - changed.get(each.whole, 0)
