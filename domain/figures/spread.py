"""Where the middle and the ninth of ten stand, of more cases than one wants to look at: first how many are in each
bucket, then only what is in the buckets that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.figures.rates import NEVER, Times, ranks

_BITS = 6
MOST = 1 << 10
"""More buckets than this there are not, for anything shorter than a thousand years."""


def bucket(seconds: int) -> int:
    """In which bucket a length is; longer ones are in later ones, and a bucket is about a fortieth of its length."""
    shift = max(0, seconds.bit_length() - _BITS)
    return (shift << (_BITS - 1)) + (seconds >> shift)


@dataclass(frozen=True)
class Place:
    """Some case by order: the how-manieth of its bucket, from 0 on."""

    bucket: int
    within: int


@dataclass(frozen=True)
class Places:
    """Where median and 90th centile of so many cases are; no places without a case."""

    cases: int
    wanted: tuple[Place, ...] = ()

    def times(self, in_buckets: Mapping[int, Mapping[int, int]]) -> Times:
        """With what is in those buckets: how often each length of seconds."""
        if not self.wanted:
            return NEVER
        median, ninetieth = (_nth(in_buckets[each.bucket], each.within) for each in self.wanted)
        return Times(self.cases, median, ninetieth)


def places(buckets: Mapping[int, int]) -> Places:
    """By how many cases are in each bucket."""
    cases = sum(buckets.values())
    if not cases:
        return Places(0)
    return Places(cases, tuple(_place(buckets, rank) for rank in ranks(cases)))


def together(several: Iterable[Mapping[int, int]]) -> Counter[int]:
    """How many there are of each in all."""
    found: Counter[int] = Counter()
    for each in several:
        found.update(each)
    return found


def _place(buckets: Mapping[int, int], rank: int) -> Place:
    for number in sorted(buckets):
        if rank < buckets[number]:
            return Place(number, rank)
        rank -= buckets[number]
    raise AssertionError("there are fewer cases than that")


def _nth(counts: Mapping[int, int], rank: int) -> int:
    return _place(counts, rank).bucket
