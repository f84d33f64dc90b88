"""Words that mean somebody may be in danger now, looked for in what residents write to us."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.community import Danger, WordLists
from domain.danger.danger_phrases import Phrases, clues
from domain.danger.not_happening_now import is_not_now
from domain.danger.told_not_called import steps_down
from domain.language.cache_by_identity import made_once
from domain.language.letters import MESSAGE
from domain.language.phrases import fold, is_unspaced

_SENTENCE_ENDS = re.compile(r"[!?;。…]+|\.(?=\s|$)")
_HURRIED = re.compile(r"\b(?:(ca|wo|do|does|did|is|are|was|were|has|have|had|would|could|should)nt|(he|she)s|im)\b")
_CERTAIN, _POSSIBLE = 2, 1
RINGS_FROM, ASKED_FROM, ASKED_ALONE_FROM = -100, (-150, -110), 300
"""What all words of a message weigh at least, in hundredths (`word_weights.py`): where words of a list ring; where they
are asked about, in English and in Chinese; and where it is asked though there are no words of a list."""


@dataclass(frozen=True)
class Found:
    """A danger that words speak of."""

    danger: Danger
    certain: bool
    """Somebody is in danger now. Else it may be so, and a careful neighbour would ask."""
    by_words: bool
    """Whether the list of certain words has them, though they may only be told of. Where nothing can be asked, these
    ring, as nothing else is surer."""


@dataclass(frozen=True, eq=False)
class _Watched:
    """The lists of all dangers, ready to be looked for. Compared by identity."""

    rules: tuple[_Rule, ...]


@dataclass(frozen=True)
class _Rule:
    danger: Danger
    words: Phrases
    possible: Phrases
    harmless: Phrases


def find_danger(text: str, dangers: Sequence[Danger]) -> Found | None:
    """The first of the dangers (in the community's order) that is certain, else the first that is possible; or None.

    Harmless phrases of a danger ("fire door") are taken out before its words are looked for, and so is the flame of
    "candle + flame"; what is not so now does not count where only that does. What is only told of (a film, a joke, last
    year) counts one step less. All of a message is read: the worst may be said last.
    """
    return _find(_watched(dangers), text[:MESSAGE])


@lru_cache(maxsize=512)
def _find(watched: _Watched, text: str) -> Found | None:
    """Kept for a while: a card that is made anew asks again which of its words speak of danger."""
    folded = in_full(fold(text).replace("\n", " "))
    shown = clues(folded)
    sentences = [(each, clues(each)) for each in _SENTENCE_ENDS.split(folded)]
    down = steps_down(folded)
    score = watched.rules[0].danger.context.score(folded) if watched.rules else 0
    if score < RINGS_FROM:
        down = max(down, 1)
    best: Found | None = None
    for rule in watched.rules:
        unmoved = _level(rule, folded, shown, sentences)
        level = _CERTAIN if rule.words.is_cry(folded) else unmoved - down
        if level >= _CERTAIN:
            return Found(rule.danger, certain=True, by_words=True)
        # What a list of certain words has is asked about before what may be.
        if level == _POSSIBLE and (best is None or (unmoved == _CERTAIN and not best.by_words)):
            best = Found(rule.danger, certain=False, by_words=unmoved >= _CERTAIN)
    if best is not None:
        return best if best.by_words or score >= ASKED_FROM[is_unspaced(folded)] else None
    if score < ASKED_ALONE_FROM or down > 0:
        return None
    nearest = max(watched.rules, key=lambda rule: rule.possible.words_in(shown))
    return Found(nearest.danger, certain=False, by_words=False)


def _level(rule: _Rule, folded: str, shown: set[str], sentences: Sequence[tuple[str, set[str]]]) -> int:
    if rule.words.may_be_in(shown) and any(_rings(*sentence, rule) for sentence in sentences):
        return _CERTAIN
    if not rule.possible.may_be_in(shown):
        return 0
    # Here also what is said in two sentences belongs together: "he's on the floor. won't stir."
    rest = rule.harmless.remove(folded, shown)
    return _POSSIBLE if any(not is_not_now(rest, start) for start, _ in rule.possible.find(rest, shown)) else 0


def in_full(folded: str) -> str:
    """With the apostrophes that people in a hurry leave out: cant breathe, hes not moving."""
    return _HURRIED.sub(lambda found: f"{found[1]}n't" if found[1] else f"{found[2]}'s" if found[2] else "i'm", folded)


def _rings(sentence: str, shown: set[str], rule: _Rule) -> bool:
    if not rule.words.may_be_in(shown):
        return False
    rest = rule.harmless.remove(sentence, shown)
    found = rule.words.find(rest, shown)
    return any(not is_not_now(rest, start) for start, _ in found) if rule.danger.now_only else bool(found)


@made_once
def _watched(dangers: Sequence[Danger]) -> _Watched:
    return _Watched(
        tuple(_Rule(each, _phrases(each.words), _phrases(each.possible), _phrases(each.unless)) for each in dangers)
    )


def _phrases(lists: WordLists) -> Phrases:
    return Phrases.of(word for words in lists.values() for word in words)
