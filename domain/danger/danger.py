"""Words that mean somebody may be in danger now, looked for in what residents write to us."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.community import Danger, WordLists
from domain.danger.danger_phrases import Phrases, clues
from domain.danger.not_happening_now import is_not_now
from domain.danger.told_not_called import steps_down
from domain.language.cache_by_identity import made_once
from domain.language.letters import MESSAGE
from domain.language.phrases import fold
from domain.language.word_weights import CHINESE, ENGLISH, in_two_scripts, language_of

_SENTENCE_ENDS = re.compile(r"[!?;。…]+|\.(?=\s|$)")
_HURRIED = re.compile(r"\b(?:(ca|wo|do|does|did|is|are|was|were|has|have|had|would|could|should)nt|(he|she)s|im)\b")
_CERTAIN, _POSSIBLE = 2, 1
_PIECE = 150
"""Letters that a piece of a long message has at most."""
_SAYS_NOTHING = -1_000_000
"""How much words speak for a danger of which nothing was learned."""


@dataclass(frozen=True)
class _From:
    """What all words of a message weigh at least, in thousandths (`word_weights.py`), in one language."""

    rings: int
    """Somebody is in danger now, whatever the lists say."""
    listed_rings: int
    """The same where words of a certain list are in it, and are not only told of."""
    listed_asked: int
    """A careful neighbour would ask, where words of a certain list are in it and are not only told of."""
    asked: int
    """A careful neighbour would ask."""
    alone_asked: int
    """The same where no list has any of its words: "water leaks from the pipe in the cellar" is no danger."""
    letters: int
    """So long is a message at least in which its weight counts though no list has any of its words."""
    few: int
    """In a message of fewer letters words of a certain list ring, as there are too few others to outweigh them."""
    long: int
    """A longer one is weighed in pieces."""


_FROM: Mapping[str, _From] = {
    ENGLISH: _From(1050, 600, -200, 280, 300, letters=12, few=24, long=400),
    CHINESE: _From(1050, 600, 100, 240, 280, letters=3, few=8, long=150),
}
"""Each writer's lines weighed by what the others' teach, nine ordinary lines of a thousand ring in English and five in
Chinese, and forty are asked about, half of them written to tempt (`scripts/danger_weights.py --try`). Were fewer to
ring, plain calls (a fire in the kitchen) would be only asked about."""


@dataclass(frozen=True)
class Found:
    """A danger that words speak of."""

    danger: Danger
    certain: bool
    """Somebody is in danger now. Else it may be so, and a careful neighbour would ask."""
    by_words: bool
    """Whether the list of certain words has them, though they may only be told of. Where nothing can be asked, these
    ring, as nothing else is surer."""
    guessed: bool = False
    """No list has any of its words, so it may be another danger: all numbers are told."""


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
    """What a message speaks of, certain or possible; None for nothing.

    Two things are put together: what the lists have, and how much all words weigh (`word_weights.py`). Harmless phrases
    of a danger ("fire door") are taken out before its words are looked for, and so is the flame of "candle + flame";
    what is not so now does not count where only that does. What is only told of (a film, a joke, last year) does not
    ring by a list. All of a message is read: the worst may be said last. Where a community has dangers of its own and
    no weights, the lists alone decide.
    """
    return _find(_watched(dangers), text[:MESSAGE])


@lru_cache(maxsize=512)
def _find(watched: _Watched, text: str) -> Found | None:
    """Kept for a while: a card that is made anew asks again which of its words speak of danger."""
    folded, levels = _levels(watched, text)
    if not watched.rules:
        return None
    cry = next((rule for rule in watched.rules if rule.words.is_cry(folded)), None)
    if cry is not None:
        return Found(cry.danger, certain=True, by_words=True)
    cry = next((rule for rule in watched.rules if rule.possible.has_all_of(folded)), None)
    if cry is not None:
        return Found(cry.danger, certain=False, by_words=False, guessed=True)
    weights = watched.rules[0].danger.weights
    found = _signs(watched, levels)
    pieces = _pieces(folded) if found else [folded]
    score = max(weights.score(each, found) for each in pieces) if weights.by_language else None
    level, by_list = _weighed(folded, max(levels), score), max(levels) == _CERTAIN
    if level <= 0:
        return None
    nearest = _nearest(watched, levels, folded)
    return Found(nearest, level >= _CERTAIN, by_words=level >= _CERTAIN or by_list, guessed=not max(levels))


def _pieces(folded: str) -> list[str]:
    """A long message in pieces, as what the lists have in one sentence of it weighs little in all of it."""
    if len(folded) <= _FROM[language_of(folded)].long:
        return [folded]
    pieces = [""]
    for sentence in _SENTENCE_ENDS.split(folded):
        for at in range(0, len(sentence), _PIECE):
            part = sentence[at : at + _PIECE]
            if len(pieces[-1]) + len(part) > _PIECE:
                pieces.append("")
            pieces[-1] += f"{part}. "
    return [each for each in pieces if each.strip()] or [folded]


def _weighed(folded: str, listed: int, score: int | None) -> int:
    """What the lists and all words say together; the lists alone where there are no weights."""
    down = steps_down(folded)
    if score is None:
        return listed - down
    least, certain = _FROM[language_of(folded)], listed == _CERTAIN
    if not listed and len(folded) < least.letters:
        return 0
    if score >= least.rings or (certain and down == 0 and score >= least.listed_rings):
        return _CERTAIN
    if certain and down == 0 and (len(folded) < least.few or in_two_scripts(folded)):
        # Too few words, or too few in the language that is weighed, to say anything against a certain phrase.
        return _CERTAIN
    if certain and down == 0 and (score >= least.listed_asked or len(folded) > least.long):
        return _POSSIBLE  # a long message says too much else for its words to outweigh a phrase
    return _POSSIBLE if score >= (least.asked if listed else least.alone_asked) else 0


def signs(text: str, dangers: Sequence[Danger]) -> tuple[str, set[str]]:
    """A folded message, and what the lists find in it, by the names under which it is weighed with the words."""
    watched = _watched(dangers)
    folded, levels = _levels(watched, text)
    return folded, _signs(watched, levels)


def listed(text: str, dangers: Sequence[Danger]) -> str:
    """The ready list whose words a message has, the certain ones first; `-` for none."""
    _, levels = _levels(_watched(dangers), text)
    return dangers[levels.index(max(levels))].word_list or "-" if max(levels) else "-"


def weighed(text: str, dangers: Sequence[Danger], score: int) -> str:
    """What would become of a message with this score: `rung`, `asked` or `none`."""
    watched = _watched(dangers)
    folded, levels = _levels(watched, text)
    if any(rule.words.is_cry(folded) for rule in watched.rules):
        return "rung"
    if any(rule.possible.has_all_of(folded) for rule in watched.rules):
        return "asked"
    return {_CERTAIN: "rung", _POSSIBLE: "asked"}.get(_weighed(folded, max(levels), score), "none")


def _levels(watched: _Watched, text: str) -> tuple[str, list[int]]:
    folded = in_full(fold(text).replace("\n", " "))
    shown = clues(folded)
    sentences = [(each, clues(each)) for each in _SENTENCE_ENDS.split(folded)]
    return folded, [_level(rule, folded, shown, sentences) for rule in watched.rules]


def _signs(watched: _Watched, levels: Sequence[int]) -> set[str]:
    found = [(level, rule.danger.code) for rule, level in zip(watched.rules, levels, strict=True) if level]
    return {f"listed {level}" for level, _ in found} | {f"{level} {code}" for level, code in found}


def _nearest(watched: _Watched, levels: Sequence[int], folded: str) -> Danger:
    """The first danger that is certain by the lists, else possible, else the one that all words speak for most."""
    best = max(levels)
    if best:
        return watched.rules[levels.index(best)].danger
    dangers = [rule.danger for rule in watched.rules]
    learned = dangers[0].learned
    speaks = learned.scores(folded) if learned is not None else {}
    return max(dangers, key=lambda danger: speaks.get(danger.word_list or "", _SAYS_NOTHING))


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
