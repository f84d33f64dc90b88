"""Suggests what a report is about from the words people used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from domain.community import Category, Trade, WordLists
from domain.language.cache_by_identity import made_once
from domain.language.letters import beginning
from domain.language.phrases import fold, is_unspaced, outermost, perhaps, spans, without_accents

_UNSPACED_WEIGHT = 3
"""One Chinese character says about as much as three letters."""


class _Hinted(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def hints(self) -> WordLists: ...


def suggest_category(said: str | Sequence[str], categories: Sequence[Category]) -> Category | None:
    """The category whose hints fill most of what was said; None when there are none, or two fill it alike.

    Goes in: a text, or several. The beginning of each is looked at.
    """
    code = _suggest(said, categories)
    return next((category for category in categories if category.code == code), None)


def suggest_trade(said: str | Sequence[str], trades: Sequence[Trade]) -> Trade | None:
    """The trade that a report reads like a repair for, by the same rule; None when it reads like none."""
    code = _suggest(said, trades)
    return next((trade for trade in trades if trade.code == code), None)


def _suggest(said: str | Sequence[str], kinds: Sequence[_Hinted]) -> str | None:
    hints = _hints(kinds)
    scores: Counter[str] = Counter()
    for text in [said] if isinstance(said, str) else said:
        scores.update(_scores(hints, beginning(text)))
    ranked = scores.most_common(2)
    if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


@dataclass(frozen=True, eq=False)
class _Hints:
    """The hints of all kinds, folded, by the kind's code. Compared by identity."""

    of: dict[str, tuple[str, ...]]


@made_once
def _hints(kinds: Sequence[_Hinted]) -> _Hints:
    return _Hints({kind.code: _folded(kind.hints) for kind in kinds})


@lru_cache(maxsize=1024)
def _scores(hints: _Hints, text: str) -> dict[str, int]:
    """How much of a text the hints of each kind fill. Kept for a while: a draft is asked about again and again."""
    folded = without_accents(fold(text))
    found = {code: _found(folded, of) for code, of in hints.of.items()}
    outer = outermost(span for matches in found.values() for span in matches)
    return {code: _weight(folded, [span for span in matches if span in outer]) for code, matches in found.items()}


def _found(folded: str, hints: tuple[str, ...]) -> list[tuple[int, int]]:
    return [span for hint in perhaps(folded, hints) for span in spans(folded, hint, beginnings=True)]


def _weight(folded: str, filled: list[tuple[int, int]]) -> int:
    places = {place for start, end in filled for place in range(start, end)}
    return sum(_UNSPACED_WEIGHT if is_unspaced(folded[place]) else 1 for place in places)


def _folded(hints: WordLists) -> tuple[str, ...]:
    return tuple(dict.fromkeys(without_accents(fold(hint)) for words in hints.values() for hint in words))
