"""What may be said in public of how many people stand behind a project, and of how many say that it is not fixed.

No number may point at somebody: neither a small one, nor the difference of any two that were ever published. So people
are counted in fives, rounded down; answers are published only once both sides are five or more, and other ones only
where they differ from all earlier ones by nothing or by five or more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5
"""Fewer people than this are "a few", or "some"."""


@dataclass(frozen=True)
class Answers:
    """So many people said that it is fixed, and so many that it is not."""

    fixed: int
    not_fixed: int


@dataclass(frozen=True)
class Published:
    """What a public page says of people. `people`: at least so many are concerned; 0: a few; None: nobody.

    `answers` are None while they are not to be said; `some`: somebody says no, and how many is not to be said.
    """

    people: int | None
    answers: Answers | None = None
    some: bool = False


def publish(now: Published | None, earlier: Iterable[Answers], people: int, true: Answers) -> Published:
    """What is to be published of these true numbers, where the page says `now` and said `earlier` at some time."""
    counted = people // FEWEST * FEWEST if people else None
    if min(true.fixed, true.not_fixed) < FEWEST:
        return Published(counted, some=true.not_fixed > 0)
    if all(_apart(each, true) for each in earlier):
        return Published(counted, true)
    if now is not None and now.answers is not None:
        return Published(counted, now.answers)
    return Published(counted, some=True)


def _apart(one: Answers, other: Answers) -> bool:
    sides = (
        (one.fixed, other.fixed),
        (one.not_fixed, other.not_fixed),
        (one.fixed + one.not_fixed, other.fixed + other.not_fixed),
    )
    return all(before == after or abs(before - after) >= FEWEST for before, after in sides)
