"""How much the words of a message speak for a call for help, or against it: each word and pair of words has a weight.

The weights are learned from the tuned tables of sentences by `scripts/danger_context.py`, and are data like the lists
of phrases (`bot/community/danger_context.tsv`). They decide nothing alone that rings: what a list has is *certain* only
where they do not speak against it, and what no list has is at most *possible*.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.language.phrases import UNSPACED

_WORD = re.compile(rf"[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)?|[!?]+|…")
_RUN = re.compile(f"[{UNSPACED}]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, eq=False)
class Context:
    """Weights by feature, in hundredths; what is not there says nothing. Compared by identity."""

    weights: Mapping[str, int] = field(default_factory=dict)

    def score(self, folded: str) -> int:
        """How much a folded message speaks for danger; below nothing, against it."""
        return sum(self.weights.get(each, 0) for each in features(folded))


def features(folded: str) -> set[str]:
    """Words and pairs of words; of scripts without spaces, letters in twos and threes. And which kind it is."""
    words = [_NUMBER.sub("0", each[:24]) for each in _WORD.findall(folded)]
    runs = _RUN.findall(folded)
    found = {"<zh>" if sum(map(len, runs)) > 3 else "<en>"}
    found.update(words)
    found.update(f"{one} {other}" for one, other in itertools.pairwise(words))
    for run in runs:
        for size in (1, 2, 3):
            found.update(run[at : at + size] for at in range(len(run) - size + 1))
    return found
