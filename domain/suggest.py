"""Suggests what a voice is about from the words people used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from domain.community import Category, Trade, WordLists
from domain.phrases import fold, is_unspaced, outermost, perhaps, spans, without_accents

_UNSPACED_WEIGHT = 3
"""One Chinese character says about as much as three letters."""


class _Hinted(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def hints(self) -> WordLists: ...


def suggest_category(text: str, categories: Sequence[Category]) -> Category | None:
    """The category whose hints fill most of the text; None when there are none, or two fill it alike."""
    code = _suggest(text, categories)
    return next((category for category in categories if category.code == code), None)


def suggest_trade(text: str, trades: Sequence[Trade]) -> Trade | None:
    """The trade that a report reads like a repair for, by the same rule; None when it reads like none."""
    code = _suggest(text, trades)
    return next((trade for trade in trades if trade.code == code), None)


def _suggest(text: str, kinds: Sequence[_Hinted]) -> str | None:
    folded = without_accents(fold(text))
    found = {kind.code: _found(folded, kind) for kind in kinds}
    outer = outermost(span for matches in found.values() for span in matches)
    scores = {code: _weight(folded, [span for span in matches if span in outer]) for code, matches in found.items()}
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    if not ranked or not scores[ranked[0]]:
        return None
    if len(ranked) > 1 and scores[ranked[0]] == scores[ranked[1]]:
        return None
    return ranked[0]


def _found(folded: str, kind: _Hinted) -> list[tuple[int, int]]:
    hints = perhaps(folded, _folded(tuple(kind.hints.values())))
    return [span for hint in hints for span in spans(folded, hint, beginnings=True)]


def _weight(folded: str, filled: list[tuple[int, int]]) -> int:
    places = {place for start, end in filled for place in range(start, end)}
    return sum(_UNSPACED_WEIGHT if is_unspaced(folded[place]) else 1 for place in places)


@lru_cache(maxsize=1024)
def _folded(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(without_accents(fold(hint)) for hints in lists for hint in hints))
