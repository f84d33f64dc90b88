"""Learning how much words weigh: a linear separation with a brake on large weights, without any library.

Support vectors by coordinate descent on the dual (Hsieh and others, 2008). The same each time it is run, some seconds
for five thousand sentences. `scripts/danger_weights.py` learns danger by it; other kinds of cases can be, too.
"""

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 6
LARGE = 6.0
"""How freely weights may grow."""
THOUSANDTHS = 1000


@dataclass(frozen=True)
class Case:
    """One sentence: its features, whether it is what is looked for, and how much it counts beside others."""

    features: frozenset[str]
    wanted: bool
    counts: float = 1.0


def learn(cases: Sequence[Case]) -> dict[str, float]:
    """The weight of each feature."""
    numbers: dict[str, int] = {}
    rows = [[numbers.setdefault(each, len(numbers)) for each in sorted(case.features)] for case in cases]
    weights = [0.0] * len(numbers)
    pulls = [0.0] * len(cases)
    size = [1 / math.sqrt(len(row)) for row in rows]
    slack = [1 / (2 * LARGE * case.counts) for case in cases]
    side = [1 if case.wanted else -1 for case in cases]
    order, chance = list(range(len(cases))), random.Random(17)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for at in order:
            guess = side[at] * sum([weights[each] for each in rows[at]]) * size[at]
            pull = max(0.0, pulls[at] - (guess - 1 + slack[at] * pulls[at]) / (1 + slack[at]))
            change = (pull - pulls[at]) * side[at] * size[at]
            if change:
                pulls[at] = pull
                for each in rows[at]:
                    weights[each] += change
    return {feature: weights[number] for feature, number in numbers.items()}


def score(weights: dict[str, float], features: Collection[str]) -> float:
    """As the program sums them up."""
    return sum(weights.get(each, 0.0) for each in features) / math.sqrt(len(features))


def pruned(weights: dict[str, float], most: int) -> dict[str, int]:
    """The `most` weights that say most, in thousandths."""
    largest = sorted(weights, key=lambda each: (-abs(weights[each]), each))[:most]
    found = {each: round(weights[each] * THOUSANDTHS) for each in largest}
    return {each: found[each] for each in sorted(found) if found[each]}


def write(path: Path, weights: dict[str, int]) -> None:
    """A line each: feature, tab, weight."""
    path.write_text("".join(f"{each}\t{weight}\n" for each, weight in weights.items()), encoding="utf-8")


def share_above(scores: Sequence[tuple[float, bool]], share: float) -> float:
    """What part of the wanted ones lies above all but `share` of the others."""
    others = sorted((each for each, wanted in scores if not wanted), reverse=True)
    wanted = [each for each, is_wanted in scores if is_wanted]
    return sum(each > others[int(len(others) * share)] for each in wanted) / len(wanted)
