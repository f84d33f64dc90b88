"""Words that mean somebody may be in danger now, looked for in every text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from domain.community import Danger, WordLists
from domain.phrases import fold, perhaps, remove, spans


def find_danger(text: str, dangers: Sequence[Danger]) -> Danger | None:
    """The first of the dangers (in the community's order) with a word in the text, in any language; or None.

    Harmless phrases of a danger ("fire door") are taken out before its words are looked for.
    """
    folded = fold(text)
    return next((danger for danger in dangers if _speaks_of(folded, danger)), None)


def _speaks_of(folded: str, danger: Danger) -> bool:
    words = [word for word in perhaps(folded, _folded_words(danger)) if spans(folded, word)]
    if not words:
        return False
    for phrase in _folded_exceptions(danger):
        folded = remove(folded, phrase)
    return any(spans(folded, word) for word in words)


@lru_cache(maxsize=256)
def _folded_words(danger: Danger) -> tuple[str, ...]:
    return _all_words(danger.words)


@lru_cache(maxsize=256)
def _folded_exceptions(danger: Danger) -> tuple[str, ...]:
    # Longer ones first: "gas meter reading" must go before "gas meter" leaves half of it behind.
    return tuple(sorted(_all_words(danger.unless), key=len, reverse=True))


def _all_words(lists: WordLists) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for words in lists.values() for word in words))
