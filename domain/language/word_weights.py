"""How much the words of a message speak for something, or against it: each word, pair and piece of words has a weight.

The weights are learned from the tuned tables of sentences (`scripts/learning.py`), and are data like the lists of
phrases. Their sum is divided by the root of the number of features, so that long messages and short ones compare.
"""

import itertools
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.language.phrases import UNSPACED

_WORD = re.compile(rf"[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)?|[!?]+|[,.;:…]")
_RUN = re.compile(f"[{UNSPACED}]+")
_SPACED = re.compile(rf"[^\W\d_{UNSPACED}]")
_NUMBER = re.compile(r"\d+")
_LONGEST_WORD = 24
_PIECES = (3, 4, 5)
"""Letters of a piece of words in scripts with spaces: what is misspelt or inflected otherwise shares some of them."""
_RUNS = (1, 2, 3)
"""Letters of a piece in scripts without spaces, where they do better than words cut out by a list."""
_STEP, _LONG = 8, 64
"""Words in one class of length, and from where on all are one class."""

ENGLISH, CHINESE = "en", "zh"


@dataclass(frozen=True, eq=False)
class Weights:
    """By language and feature, in thousandths; what is not there says nothing. Compared by identity."""

    by_language: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def score(self, folded: str, signs: Iterable[str] = ()) -> int:
        """How much a folded message speaks for it, in thousandths; below nothing, against it.

        `signs`: what else is known of the message, by names that were learned with it.
        """
        weights = self.by_language.get(language_of(folded), {})
        found = features(folded, signs)
        return round(sum(weights.get(each, 0) for each in found) / math.sqrt(len(found)))


def language_of(folded: str) -> str:
    """In whose weights a folded message is looked up: Chinese with more than a name in such letters, or no others."""
    letters = sum(map(len, _RUN.findall(folded)))
    return CHINESE if letters > 3 or (letters and not _SPACED.search(folded)) else ENGLISH


def in_two_scripts(folded: str) -> bool:
    """Whether a message is in a language with spaces, with a word or two in letters of one without."""
    return language_of(folded) == ENGLISH and _RUN.search(folded) is not None


def features(folded: str, signs: Iterable[str] = ()) -> set[str]:
    """Words, pairs of words and pieces of them; of scripts without spaces pieces alone. And how long it is."""
    words = [_NUMBER.sub("0", each[:_LONGEST_WORD]) for each in _WORD.findall(folded)]
    runs = _RUN.findall(folded)
    found = {*words, *(f"{one} {other}" for one, other in itertools.pairwise(words))}
    spaced = f" {' '.join(words)} " if language_of(folded) == ENGLISH else ""
    for size in _PIECES:
        found.update(f"~{spaced[at : at + size]}" for at in range(len(spaced) - size + 1))
    for run, size in itertools.product(runs, _RUNS):
        found.update(run[at : at + size] for at in range(len(run) - size + 1))
    length = len(words) + sum(map(len, runs)) // 2
    return {*found, *(f"#{each}" for each in signs), f"#{min(length, _LONG) // _STEP}"}
