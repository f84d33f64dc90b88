"""Learns how much words speak for each kind of report, each trade and each danger, from the tuned tables of sentences.

    .venv/bin/python scripts/kind_weights.py            learn and write bot/community/kind_words/*.tsv
    .venv/bin/python scripts/kind_weights.py --try      learn without one writer's lines, try on those; write nothing

A regression over several kinds at once with a brake on large weights, the same each time it is run, and no library.
"""

import argparse
import itertools
import math
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import word_tables  # noqa: E402 - the project is not installed
from bot.community.community_file import EXAMPLE, load_community  # noqa: E402
from bot.community.kind_lists import DANGERS, FOLDER, KINDS, TRADES, groups  # noqa: E402
from domain.danger.danger import listed  # noqa: E402
from domain.language.learned_kinds import BIAS, NOTHING, told  # noqa: E402

ROUNDS, STEP, BRAKE = 12, 0.24, 0.0003
OFTEN = 2
"""In so many lines a feature has to stand."""
PLAIN = 3
"""So often a plain case of `kind_examples.tsv` counts: what is said in three words should be known for certain."""
SMALLEST = 5
"""Hundredths: what weighs less for each kind is not kept."""
EXAMPLES = Path(__file__).parent / "kind_examples.tsv"
CERTAIN = {KINDS: 0.46, TRADES: 0.5, DANGERS: 0.0}
WRITERS = {"kinds": {"en": 309, "zh": 331}, "ordinary": {"en": 1160, "zh": 1098}}
"""So many lines of a table are of the first writers; of the rest one half is of each of two others."""

Case = tuple[int, str, list[str]]
"""Whose line, the kind, the features."""
Weights = dict[str, list[float]]


def cases(language: str, table: str) -> list[Case]:
    """What is learned from in one language."""
    if table == DANGERS:
        return dangers(language)
    found = []
    for name in ("kinds", "ordinary"):
        lines = list(word_tables.read(language, word_tables.TUNED, name))
        first = WRITERS[name][language]
        for at, line in enumerate(lines):
            writer = 0 if at < first else 1 + (2 * (at - first) >= len(lines) - first)
            wanted = line.expected if table == KINDS else line.between[0] if line.between else "-"
            found.append((writer, NOTHING if wanted == "-" else wanted, list(told(line.text, groups()))))
    return found


def dangers(language: str) -> list[Case]:
    """The emergencies with the list of danger words they belong to: as the writer says, else as the lists find it.

    What the writers say is tried in turns of three; what the lists find is always learned from.
    """
    watched = load_community(EXAMPLE).dangers
    found = []
    for at, line in enumerate(word_tables.read(language, word_tables.TUNED, "emergencies")):
        said = line.between[0] if line.between else listed(line.text, watched)
        if said != "-":
            found.append((at % 3 if line.between else -1, said, list(told(line.text, groups()))))
    return found


def plain(table: str) -> list[Case]:
    """Cases that say in a few words what they are about, written for this; there are none of dangers."""
    if table == DANGERS:
        return []
    found = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        kind, trade, text = line.split("\t")
        wanted = kind if table == KINDS else trade
        found += [(-1, NOTHING if wanted == "-" else wanted, list(told(text, groups())))] * PLAIN
    return found


def learn(known: list[Case], kinds: list[str]) -> Weights:
    """The weights of each feature, by kind."""
    often = Counter(itertools.chain.from_iterable(found for _, _, found in known))
    lines = [(kinds.index(kind), [*(each for each in found if often[each] >= OFTEN), BIAS]) for _, kind, found in known]
    weights: Weights = {each: [0.0] * len(kinds) for _, found in lines for each in found}
    shuffle = random.Random(17).shuffle
    for round_ in range(ROUNDS):
        shuffle(lines)
        for kind, found in lines:
            rows = [weights[each] for each in found]
            step = STEP / (1 + round_ / 3) / math.sqrt(len(found))
            errors = [-each * step for each in shares([sum(column) for column in zip(*rows, strict=True)])]
            errors[kind] += step
            for row in rows:
                row[:] = [weight * (1 - BRAKE) + error for weight, error in zip(row, errors, strict=True)]
    return weights


def shares(scores: list[float]) -> list[float]:
    """How likely each is."""
    powers = [math.exp(each - max(scores)) for each in scores]
    return [each / sum(powers) for each in powers]


def main() -> int:
    """Learn, and write or try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", action="store_true", dest="trying")
    trying = parser.parse_args().trying
    for table in (KINDS, TRADES, DANGERS):
        kept: dict[str, list[int]] = {}
        by_language = {language: cases(language, table) for language in word_tables.LANGUAGES}
        kinds = sorted({kind for known in by_language.values() for _, kind, _ in known})
        if trying:
            for language, known in by_language.items():
                attempt(language, table, known, kinds)
            continue
        # A group's name and the bias are the same in both languages: all is learned as one.
        weights = learn([case for known in [*by_language.values(), plain(table)] for case in known], kinds)
        for each, row in weights.items():
            if max(map(abs, row)) * 100 >= SMALLEST:
                kept[each] = [round(weight * 100) for weight in row]
        lines = ["\t".join(["", *kinds])]
        lines += ["\t".join([each, *(str(weight or "") for weight in kept[each])]) for each in sorted(kept)]
        (FOLDER / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def attempt(language: str, table: str, known: list[Case], kinds: list[str]) -> None:
    """Print how the lines of each writer are read by what was learned from the others."""
    outcomes: Counter[str] = Counter()
    for writer in range(3):
        weights = learn([*(case for case in known if case[0] != writer), *plain(table)], kinds)
        for _, kind, found in (case for case in known if case[0] == writer):
            rows = [weights[each] for each in [*found, BIAS] if each in weights]
            likely = shares([sum(column) for column in zip(*rows, strict=True)])
            best = max(likely)
            read = kinds[likely.index(best)] if best >= CERTAIN[table] else NOTHING
            outcomes["right" if read == kind else "none" if read == NOTHING else "wrong"] += 1
    total = sum(outcomes.values())
    print(language, table, *(f"{name} {outcomes[name] / total:.1%}" for name in ("right", "wrong", "none")))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
