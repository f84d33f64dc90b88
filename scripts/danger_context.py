"""Learns how much words speak for danger, from the tuned tables; writes bot/community/danger_context.tsv.

    .venv/bin/python scripts/danger_context.py            learn and write
    .venv/bin/python scripts/danger_context.py --try      learn on four fifths, try on the fifth; write nothing

A logistic regression with a brake on large weights, the same each time it is run: no library, about a minute.
"""

import argparse
import math
import random
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import word_tables  # noqa: E402 - the project is not installed
from domain.danger.danger import in_full  # noqa: E402
from domain.language.phrases import fold  # noqa: E402
from domain.language.word_weights import features  # noqa: E402

OUT = ROOT / "bot" / "community" / "danger_context.tsv"
SENTENCES = ROOT / "tests" / "bot" / "community" / "danger_sentences.toml"
ROUNDS, STEP, BRAKE = 12, 0.15, 0.0006
CALLS, SENTENCE = 3.0, 1.0
"""How much one line of the tables' emergencies counts beside an ordinary one, and one of the older table."""
SMALLEST = 6
"""Hundredths: what weighs less is not kept."""

Case = tuple[set[str], bool, float]


def cases(language: str) -> tuple[list[Case], list[Case]]:
    """What is learned from in one language: lines of the tuned tables, and sentences of the older one."""
    tuned = [
        (told(line.text), name == "emergencies", CALLS if name == "emergencies" else 1.0)
        for name in ("emergencies", "ordinary", "kinds")
        for line in word_tables.read(language, word_tables.TUNED, name)
    ]
    table = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    older = [(told(each), True, SENTENCE) for kind in table["emergencies"][language].values() for each in kind]
    return tuned, older + [(told(each), False, SENTENCE) for each in table["ordinary"][language]]


def told(text: str) -> set[str]:
    """The features of a text, as the program sees them."""
    return features(in_full(fold(text).replace("\n", " ")))


def learn(known: list[Case]) -> dict[str, float]:
    """The weight of each feature."""
    weights: dict[str, float] = defaultdict(float)
    order = list(range(len(known)))
    shuffle = random.Random(17).shuffle
    for round_ in range(ROUNDS):
        shuffle(order)
        step = STEP / (1 + round_ / 3)
        for at in order:
            found, is_call, counts = known[at]
            size = math.sqrt(len(found))
            guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[each] for each in found)))))
            error = ((1.0 if is_call else 0.0) - guess) * counts * step / size * 3
            for each in found:
                weights[each] += error - BRAKE * weights[each]
    return weights


def main() -> int:
    """Learn, and write or try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", action="store_true", dest="trying")
    trying = parser.parse_args().trying
    kept: dict[str, int] = {}
    for language in word_tables.LANGUAGES:
        tuned, older = cases(language)
        if trying:
            attempt(language, tuned, older)
            continue
        weights = learn([*tuned, *older])
        kept |= {each: round(weight * 100) for each, weight in weights.items() if abs(weight) * 100 >= SMALLEST}
    if not trying:
        OUT.write_text("".join(f"{each}\t{kept[each]}\n" for each in sorted(kept)), encoding="utf-8")
    return 0


def attempt(language: str, tuned: list[Case], older: list[Case]) -> None:
    """Print how many calls are found where so many of a hundred ordinary lines would be taken for one."""
    scored: list[tuple[float, bool]] = []
    for part in range(5):
        weights = learn([*(each for at, each in enumerate(tuned) if at % 5 != part), *older])
        scored += [
            (sum(weights.get(f, 0.0) for f in each[0]), each[1]) for at, each in enumerate(tuned) if at % 5 == part
        ]
    ordinary = sorted((score for score, is_call in scored if not is_call), reverse=True)
    calls = [score for score, is_call in scored if is_call]
    for share in (0.003, 0.01, 0.02, 0.03, 0.05, 0.1):
        border = ordinary[int(len(ordinary) * share)]
        found = sum(score > border for score in calls) / len(calls)
        print(f"{language}: {share:.1%} of ordinary lines above {border:.2f}, {found:.0%} of calls")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
