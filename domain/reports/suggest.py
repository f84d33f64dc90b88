"""Suggests what a report is about from the words people used: by the community file's hints and by learned weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from domain.community import Category, Trade, WordLists
from domain.language.cache_by_identity import made_once
from domain.language.learned_kinds import NOTHING, LearnedKinds
from domain.language.letters import beginning
from domain.language.phrases import fold, is_unspaced, outermost, perhaps, spans, without_accents

_UNSPACED_WEIGHT = 3
"""One Chinese character says about as much as three letters."""
_KIND_SHARE, _TRADE_SHARE = 0.46, 0.5
"""So likely a kind, or a trade, has to be: a wrong guess is worse than none."""
_HINT, _OWN_HINT = 0.04, 0.3
"""What a letter of a hint adds: of a kind whose words are learned, too, and of one that has only hints."""
_MOST_LETTERS = 24


class _Hinted(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def hints(self) -> WordLists: ...
    @property
    def word_lists(self) -> tuple[str, ...]: ...
    @property
    def learned(self) -> LearnedKinds | None: ...


def suggest_category(said: str | Sequence[str], categories: Sequence[Category]) -> Category | None:
    """The category that what was said is most likely about; None when none is likely, or two are alike.

    Goes in: a text, or several. The beginning of each is looked at.
    """
    code = _suggest(said, categories, _KIND_SHARE)
    return next((category for category in categories if category.code == code), None)


def suggest_trade(said: str | Sequence[str], trades: Sequence[Trade]) -> Trade | None:
    """The trade that a report reads like a repair for, by the same rule; None when it reads like none."""
    code = _suggest(said, trades, _TRADE_SHARE)
    return next((trade for trade in trades if trade.code == code), None)


def named_trade(words: str, trades: Sequence[Trade]) -> Trade | None:
    """The trade that a line names by its hints, where nobody reports anything: of a volunteer's promise, say."""
    code = _most_filled(Counter(_scores(_hints(trades), beginning(words))))
    return next((trade for trade in trades if trade.code == code), None)


def _suggest(said: str | Sequence[str], kinds: Sequence[_Hinted], share: float) -> str | None:
    hints = _hints(kinds)
    texts = [beginning(text) for text in ([said] if isinstance(said, str) else said)]
    filled: Counter[str] = Counter()
    for text in texts:
        filled.update(_scores(hints, text))
    learned = next((kind.learned for kind in kinds if kind.word_lists), None)
    if learned is None:
        return _most_filled(filled)
    totals = Counter(learned.before())
    for text in texts:
        totals.update(_weights(learned, text))
    return _most_likely(kinds, filled, {kind: total / 100 for kind, total in totals.items()}, share)


def _most_filled(filled: Counter[str]) -> str | None:
    ranked = filled.most_common(2)
    if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _most_likely(
    kinds: Sequence[_Hinted], filled: Mapping[str, int], speaks: dict[str, float], share: float
) -> str | None:
    """`speaks`: how much speaks for each ready kind.

    Where most speaks for one that the community does not have, what it has instead is known by its hints.
    """
    strongest = max(speaks, key=speaks.__getitem__)
    powers = {ready: math.exp(each - speaks[strongest]) for ready, each in speaks.items()}
    has_it = strongest == NOTHING or any(strongest in kind.word_lists for kind in kinds)
    chances: dict[str, float] = {}
    for kind in kinds:
        letters = min(filled.get(kind.code, 0), _MOST_LETTERS)
        if kind.word_lists and (has_it or not letters):
            chances[kind.code] = sum(powers.pop(ready, 0.0) for ready in kind.word_lists) * math.exp(_HINT * letters)
        elif letters:
            chances[kind.code] = math.exp(_OWN_HINT * letters)
    total = sum(chances.values()) + sum(powers.values())
    best = max(chances, key=chances.__getitem__, default=None)
    return best if best is not None and chances[best] >= share * total else None


@lru_cache(maxsize=1024)
def _weights(learned: LearnedKinds, text: str) -> dict[str, int]:
    """How much a text speaks for each ready kind. Kept for a while, as below."""
    return learned.scores(text)


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
