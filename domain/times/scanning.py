"""Going through a text once with many rules: at each place the first that fits, of those that stand in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.times.marks import Mark


@dataclass(frozen=True)
class Place:
    """What a rule found: the text, where it stands in it, its groups, and the day it is."""

    text: str
    start: int
    end: int
    groups: tuple[str | None, ...]
    today: date
    month_first: bool | None

    @property
    def before(self) -> str:
        """The text in front, as much as a rule looks at."""
        return self.text[max(0, self.start - 24) : self.start]

    @property
    def after(self) -> str:
        """The text behind, as much as a rule looks at."""
        return self.text[self.end : self.end + 24]

    def word(self, group: int) -> str:
        """What a group holds; empty where it holds nothing."""
        return self.groups[group - 1] or ""


Make = Callable[[Place], Mark | None]
Rule = tuple[str, Make]
"""An expression, and what is made of what it finds; None: nothing after all, and its words are passed over."""


class Scanner:
    """All rules as one expression. A word ends where Chinese begins: "Sat上午"."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._makers: dict[int, tuple[Make, int]] = {}
        parts, group = [], 1
        for pattern, make in rules:
            groups = re.compile(pattern).groups
            self._makers[group] = (make, groups)
            parts.append(f"({pattern})")
            group += 1 + groups
        self._pattern = re.compile("|".join(parts), re.ASCII)

    def scan(self, text: str, today: date, month_first: bool | None) -> list[Mark]:
        """The marks of a folded text, in order."""
        found = []
        for match in self._pattern.finditer(text):
            number = match.lastindex or 0
            make, groups = self._makers[number]
            inner = tuple(match.group(number + each) for each in range(1, groups + 1))
            mark = make(Place(text, match.start(), match.end(), inner, today, month_first))
            if mark is not None:
                found.append(mark)
        return found


def any_of(words: Iterable[str]) -> str:
    """An expression for one of some words, longest first. Blanks of a word may be hyphens."""
    ordered = sorted(set(words), key=lambda each: (-len(each), each))
    return "(?:" + "|".join(re.escape(each).replace(r"\ ", "[ -]") for each in ordered) + ")"
