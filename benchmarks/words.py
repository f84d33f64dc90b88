"""How people's words are read: each reader on the tables of sentences in `benchmarks/words/`, by language.

    python -m benchmarks --only words                  right, wrong, none, asked, on the tuned tables and on the kept
    python -m benchmarks --only words --show tuned     and the lines of the tuned tables that are misread

Of the kept tables nothing but counts is printed: a line of them that somebody has seen measures nothing any more.
"""

import statistics
import time
from collections import Counter
from typing import Any

from benchmarks import section, word_tables
from benchmarks.word_readers import READERS, Outcome, Reader
from bot.community.community_file import EXAMPLE, load_community
from domain.community import Community

LINE = "{:<6}{:<19}{:<4}{:>6}  {:>6} {:>6} {:>6} {:>6}  {:>9}"


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `words`."""
    community = load_community(EXAMPLE)
    found: dict[str, Any] = {}
    section.say(LINE.format("", "", "", "lines", *Outcome, "ms a line"))
    for part in (word_tables.TUNED, word_tables.KEPT):
        for reader in READERS:
            for language in word_tables.LANGUAGES:
                figures = try_reader(community, reader, language, part, plan.sentences, plan.show_misread)
                found.setdefault(part, {}).setdefault(reader.name, {})[language] = figures
    return {"words": found}


def try_reader(
    community: Community, reader: Reader, language: str, part: str, most: int | None, show: bool
) -> dict[str, Any]:
    """One reader on the first `most` lines of its table in one language; says its figures, and returns them."""
    outcomes: Counter[Outcome] = Counter()
    grave, spent = 0, []
    misread: list[str] = []
    for table in reader.tables:
        for line in word_tables.read(language, part, table, most):
            began = time.thread_time()
            outcome, read = reader.judge(community, line)
            spent.append((time.thread_time() - began) * 1000)
            outcomes[outcome] += 1
            if outcome is Outcome.WRONG and reader.grave is not None:
                grave += reader.grave(line, read)
            if outcome is not Outcome.RIGHT:
                misread.append(f"  {outcome}: read {read}, expected {line.expected}: {line.text}")
    figures: dict[str, Any] = {str(each): outcomes[each] for each in Outcome} | {"lines": len(spent)}
    figures["ms_p50"] = round(statistics.median(spent), 3)
    shares = [f"{outcomes[each] / len(spent):.1%}" for each in Outcome]
    section.say(LINE.format(part, reader.name, language, len(spent), *shares, figures["ms_p50"]))
    if reader.grave is not None:
        figures["grave"] = grave
    if show and part == word_tables.TUNED:
        for each in misread:
            section.say(each)
    return figures
