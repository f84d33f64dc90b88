"""Words that mean somebody may be in danger now, looked for in what residents write to us."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.community import Danger, WordLists
from domain.danger.danger_phrases import Phrases, clues
from domain.danger.not_happening_now import is_not_now
from domain.language.cache_by_identity import made_once
from domain.language.letters import MESSAGE
from domain.language.phrases import fold

_SENTENCE_ENDS = re.compile(r"[!?;。…]+|\.(?=\s|$)")


_HURRIED = re.compile(r"\b(?:(ca|wo|do|does|did|is|are|was|were|has|have|had|would|could|should)nt|(he|she)s|im)\b")


@dataclass(frozen=True, eq=False)
class _Watched:
    """The lists of all dangers, ready to be looked for. Compared by identity."""

    rules: tuple[tuple[Danger, Phrases, Phrases], ...]


def find_danger(text: str, dangers: Sequence[Danger]) -> Danger | None:
    """The first of the dangers (in the community's order) with a word in the text, in any language; or None.

    Harmless phrases of a danger ("fire door") are taken out before its words are looked for, and so is the flame of
    "candle + flame"; what is not so now does not count where only that does.
    All of a message is read: the worst may be said last.
    """
    return _find(_watched(dangers), text[:MESSAGE])


@lru_cache(maxsize=512)
def _find(watched: _Watched, text: str) -> Danger | None:
    """Kept for a while: a card that is made anew asks again which of its words speak of danger."""
    folded = _in_full(fold(text).replace("\n", " "))
    shown = clues(folded)
    sentences: list[tuple[str, set[str]]] = []
    for danger, words, harmless in watched.rules:
        if words.is_cry(folded):
            return danger
        if not words.may_be_in(shown):
            continue
        sentences = sentences or [(each, clues(each)) for each in _SENTENCE_ENDS.split(folded)]
        if any(_rings(*sentence, danger, words, harmless) for sentence in sentences):
            return danger
    return None


def _in_full(folded: str) -> str:
    """With the apostrophes that people in a hurry leave out: cant breathe, hes not moving."""
    return _HURRIED.sub(lambda found: f"{found[1]}n't" if found[1] else f"{found[2]}'s" if found[2] else "i'm", folded)


def _rings(sentence: str, shown: set[str], danger: Danger, words: Phrases, harmless: Phrases) -> bool:
    if not words.may_be_in(shown):
        return False
    rest = harmless.remove(sentence, shown)
    found = words.find(rest, shown)
    return any(not is_not_now(rest, start) for start, _ in found) if danger.now_only else bool(found)


@made_once
def _watched(dangers: Sequence[Danger]) -> _Watched:
    return _Watched(tuple((danger, _phrases(danger.words), _phrases(danger.unless)) for danger in dangers))


def _phrases(lists: WordLists) -> Phrases:
    return Phrases.of(word for words in lists.values() for word in words)
