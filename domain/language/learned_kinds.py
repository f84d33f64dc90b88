"""How much the words of a text speak for each of several kinds: kinds of reports, or trades.

The weights are learned from the tuned tables of sentences by `scripts/kind_weights.py`, and are data like the groups of
words beside them (`bot/community/kind_words/`): "skip" and "wheelie bin" are of one group, so that what was learned of
one is known of the other. They belong to ready kinds; a community file says which of its own each of those is.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.language.phrases import UNSPACED, fold, without_accents

NOTHING = "other"
"""The ready kind that is never guessed."""
BIAS = "<bias>"
"""What speaks for a kind before a word is read."""
_TOKEN = re.compile(rf"[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)?|[!?]+|…")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_RUN = re.compile(f"[{UNSPACED}]+")
_NUMBER = re.compile(r"\d+")
_ENDINGS = ("'s", "s", "es", "ed", "d", "ing", "ly", "er")
_LONGEST = 24
_MOST_WORDS, _MOST_LETTERS = 4, 5
_PIECES = (1, 2, 3)
"""Letters of a piece in scripts without spaces."""


@dataclass(frozen=True, eq=False)
class LearnedKinds:
    """Weights of each feature for each of `kinds`, in hundredths. Compared by identity."""

    kinds: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    """By a word or phrase, the groups that hold it."""
    weights: Mapping[str, tuple[int, ...]]

    def scores(self, text: str) -> dict[str, int]:
        """How much the words of a text speak for each kind; without what speaks for it before they are read."""
        totals = [0] * len(self.kinds)
        for feature in told(text, self.groups):
            for at, weight in enumerate(self.weights.get(feature, ())):
                totals[at] += weight
        return dict(zip(self.kinds, totals, strict=True))

    def before(self) -> dict[str, int]:
        """How much speaks for each kind before a word is read."""
        return dict(zip(self.kinds, self.weights.get(BIAS, (0,) * len(self.kinds)), strict=True))


def told(text: str, groups: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The features of a text: words, pairs, beginnings of words, and the groups of words it names.

    Pieces of words, as danger is weighed by (`word_weights.py`), tell kinds apart less well than whole ones.
    """
    folded = without_accents(fold(text)).replace("\n", " ")
    tokens = [_NUMBER.sub("0", each[:_LONGEST]) for each in _TOKEN.findall(folded)]
    runs = _RUN.findall(folded)
    found = {"<zh>" if sum(map(len, runs)) > 3 else "<en>", *tokens}
    found.update(f"{one} {other}" for one, other in itertools.pairwise(tokens))
    for run, size in itertools.product(runs, _PIECES):
        found.update(run[at : at + size] for at in range(len(run) - size + 1))
    words = [token for token in tokens if len(token) > 4 and token.isascii()]
    found.update(f"^{word[:4]}" for word in words)
    found.update(f"^{word[:6]}" for word in words if len(word) > 6)
    found.update(f"@{group}" for phrase in _phrases(folded) for group in groups.get(phrase, ()))
    return found


def _phrases(folded: str) -> Iterator[str]:
    words = [word[:_LONGEST] for word in _WORD.findall(folded)]
    for at in range(len(words)):
        for size in range(1, min(_MOST_WORDS, len(words) - at) + 1):
            yield from _forms(" ".join(words[at : at + size]))
    for run in _RUN.findall(folded):
        for size in range(1, _MOST_LETTERS + 1):
            for at in range(len(run) - size + 1):
                yield run[at : at + size]


def _forms(word: str) -> Iterator[str]:
    """A word or phrase as it stands, and as it may stand in a list: "leaking" is "leak", "dripped" is "drip"."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        yield stem
        if ending in ("ed", "ing"):
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
        if ending == "es" and stem.endswith("i"):
            yield f"{stem[:-1]}y"
