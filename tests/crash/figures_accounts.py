"""The reckoning of files and of what comes by itself: what the sandbox was given, held against what was to come."""

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from domain.events import PersonalDataExported
from tests.crash.accounts import dropped_after, reading

Json = dict[str, Any]
Awaited = tuple[int, str]
"""Something that one chat is to get once: a mark by which it is known."""
SENDS = ("sendMessage", "sendPhoto", "sendDocument")
_WEEK = re.compile(r"(\d+) reports? came in last week")
_MONTH = re.compile(r"Your projects in (\w+ \d{4})")
_NEWS = re.compile(r"Last week where you live.*?word([a-j]{4})", re.DOTALL)
_LETTERS = str.maketrans("0123456789", "abcdefghij")
_FILE = re.compile(r"(?:reports|repairs)-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d(?:-personal)?\.(?:csv|xlsx)")


@dataclass
class FiguresFigures:
    """What `make crash-test` prints under `figures`; `wrong`, with a sentence for each, it prints above."""

    kills: int = 0
    kills_in_flight: int = 0
    weeks: int = 0
    months: int = 0
    news: int = 0
    files: int = 0
    missing: int = 0
    uncertain: int = 0
    duplicates: int = 0
    wrong: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def figures(self) -> dict[str, int]:
        """The numbers alone."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}


def week(reports: int) -> str:
    """The mark of the week in which so many reports came in."""
    return f"week with {reports} reports"


def month(name: str) -> str:
    """The mark of a lead's month, such as `November 2026`."""
    return f"month {name}"


def word(number: int) -> str:
    """A word of its own for each number: a title on the public page has none that could be a door's."""
    return "word" + f"{number:04d}".translate(_LETTERS)


def news(title: str) -> str:
    """The mark of the week's news of a building in which a title with that word is."""
    return f"news {title}"


def reckon(path: Path, awaited: set[Awaited], calls: list[Json], sending: dict[tuple[int, int], int]) -> FiguresFigures:
    """`calls`: the bot's; `sending`: the chats of the rows found on their way at a kill, by row and try."""
    found = FiguresFigures()
    got: Counter[Awaited] = Counter()
    uncertain = Counter(sending.values())
    for call in calls:
        if call["method"] not in SENDS:
            continue
        chat = int(call["params"]["chat_id"])
        uncertain[chat] += dropped_after(call)
        mark = _mark(call)
        if mark is not None and call["sends"]:
            got[chat, mark] += 1
    for chat, mark in sorted(awaited - set(got)):
        found.missing += 1
        found.wrong.append(f"missing: {mark} did not come to {chat}")
    found.wrong += [f"nobody was to get {mark} in {chat}" for chat, mark in sorted(set(got) - awaited)]
    twice: Counter[int] = Counter()
    for (chat, _), count in got.items():
        twice[chat] += count - 1
    chats = {chat for chat, _ in awaited}
    found.uncertain = sum(uncertain[chat] for chat in chats)
    found.duplicates = twice.total()
    for chat, count in twice.items():
        if count > uncertain[chat]:
            found.wrong.append(f"duplicates: {count} in {chat}, where {uncertain[chat]} sends were uncertain")
    kinds = Counter(mark.partition(" ")[0] for _, mark in awaited)
    found.weeks, found.months, found.news = kinds["week"], kinds["month"], kinds["news"]
    found.files = len(awaited) - found.weeks - found.months - found.news
    _recorded(found, path, sum("-personal." in mark for _, mark in awaited))
    return found


def _mark(call: Json) -> str | None:
    text = str(call["params"].get("text") or call["params"].get("caption") or "")
    if (said := _WEEK.search(text)) is not None:
        return week(int(said[1]))
    if (said := _MONTH.search(text)) is not None:
        return month(said[1])
    if (said := _NEWS.search(text)) is not None:
        return news(f"word{said[1]}")
    named = _FILE.search(json.dumps(call["params"]))
    return named[0] if named is not None else None


def _recorded(found: FiguresFigures, path: Path, personal: int) -> None:
    """That somebody took out personal data is kept once for each file."""
    with reading(path) as db:
        kept = db.execute("SELECT count(*) FROM events WHERE kind = ?", (PersonalDataExported.KIND,)).fetchone()[0]
    if kept != personal:
        found.wrong.append(f"{personal} files with personal data were made, and {kept} are kept as taken out")
