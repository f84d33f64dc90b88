"""Learns how much words speak for danger, from the tuned tables; writes bot/community/danger_weights/.

    .venv/bin/python scripts/danger_weights.py            learn and write
    .venv/bin/python scripts/danger_weights.py --try      each writer's lines by weights learned from the others'

`--try` prints what becomes of emergencies and of ordinary lines with the borders of `domain/danger/danger.py`, how many
emergencies lie above all but so many ordinary lines, and how that grows with the lines learned from. A minute.
"""

import argparse
import random
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import word_tables  # noqa: E402 - the project is not installed
from bot.community.community_file import EXAMPLE, load_community  # noqa: E402
from bot.community.danger_lists import WEIGHTS  # noqa: E402
from domain.danger import danger  # noqa: E402
from domain.language.word_weights import features  # noqa: E402
from scripts.learning import Case, learn, pruned, score, share_above, write  # noqa: E402

SENTENCES = ROOT / "tests" / "bot" / "community" / "danger_sentences.toml"
CALLS, OLDER_CALLS = 2.0, 4.0
"""How much one emergency counts beside an ordinary line; and one of the older table, which are short and plain."""
MOST = 20_000
"""So many weights are kept a language."""
WRITERS = {
    "en": {
        "emergencies": (245, 750, 1318, 1527, 1945),
        "ordinary": (),
        "kinds": (309, 1103),
        "calm": (0, 0, 0, 147, 447),
    },
    "zh": {
        "emergencies": (258, 828, 1382, 1584, 2002, 2419),
        "ordinary": (),
        "kinds": (331, 978),
        "calm": (0, 0, 0, 143, 443, 739),
    },
}
"""Where in each tuned table another writer's lines begin: of `ordinary` all are the first one's, of `calm` none."""
SHARES = (0.003, 0.01, 0.02, 0.03, 0.05)
PARTS = (0.125, 0.25, 0.5, 0.75, 1.0)
COMMUNITY = load_community(EXAMPLE)


def case(text: str, wanted: bool, counts: float, *, listed: bool = True) -> Case:
    """A sentence as the program sees it; with `listed`, also what the lists found."""
    folded, signs = danger.signs(text, COMMUNITY.dangers)
    return Case(frozenset(features(folded, signs if listed else ())), wanted, counts)


def tuned(language: str) -> list[tuple[int, str, Case]]:
    """The lines of the tuned tables, each with its writer; one that stands in two tables once."""
    found: dict[str, tuple[int, str, Case]] = {}
    for table, begins in WRITERS[language].items():
        wanted = table == "emergencies"
        for at, line in enumerate(word_tables.read(language, word_tables.TUNED, table)):
            writer = sum(at >= begin for begin in begins)
            found.setdefault(line.text, (writer, line.text, case(line.text, wanted, CALLS if wanted else 1.0)))
    return list(found.values())


def older(language: str) -> list[Case]:
    """Sentences of the table by which the lists of phrases were made: that these find all of them teaches nothing."""
    table = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    calls = [each for kind in table["emergencies"][language].values() for each in kind]
    ordinary = table["ordinary"][language]
    return [
        *(case(each, True, OLDER_CALLS, listed=False) for each in calls),
        *(case(each, False, 1.0, listed=False) for each in ordinary),
    ]


def main() -> int:
    """Learn, and write or try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", action="store_true", dest="trying")
    trying = parser.parse_args().trying
    WEIGHTS.mkdir(exist_ok=True)
    for language in word_tables.LANGUAGES:
        lines, before = tuned(language), older(language)
        if trying:
            attempt(language, lines, before)
        else:
            write(WEIGHTS / f"{language}.tsv", pruned(learn([*(each for *_, each in lines), *before]), MOST))
    return 0


def attempt(language: str, lines: list[tuple[int, str, Case]], before: list[Case]) -> None:
    """Print the figures of one language."""
    for part in PARTS:
        scored = by_others(lines, before, part)
        shares = "  ".join(f"{share:.1%}: {share_above(scored, share):.1%}" for share in SHARES)
        print(f"{language}, learned from {part:.1%} of the others' lines: of calls above all but {shares}")  # noqa: T201
    outcomes: Counter[tuple[bool, str]] = Counter()
    for (_, text, each), (value, _) in zip(lines, scored, strict=True):
        outcomes[each.wanted, danger.weighed(text, COMMUNITY.dangers, round(value * 1000))] += 1
    for wanted in (True, False):
        of = sum(count for (is_wanted, _), count in outcomes.items() if is_wanted == wanted)
        said = ", ".join(f"{each} {outcomes[wanted, each] / of:.1%}" for each in ("rung", "asked", "none"))
        print(f"{language}, {'emergencies' if wanted else 'ordinary'}: {said} of {of}")  # noqa: T201


def by_others(lines: list[tuple[int, str, Case]], before: list[Case], part: float) -> list[tuple[float, bool]]:
    """Each line weighed by what a part of the other writers' lines teach."""
    weights = {}
    for writer in sorted({each for each, *_ in lines}):
        others = [each for of, _, each in lines if of != writer]
        random.Random(3).shuffle(others)
        kept = pruned(learn([*others[: int(len(others) * part)], *before]), MOST)
        weights[writer] = {each: weight / 1000 for each, weight in kept.items()}
    return [(score(weights[writer], each.features), each.wanted) for writer, _, each in lines]


if __name__ == "__main__":
    sys.exit(main())
