"""The lists of danger words that come with the program (`danger_words/`): a community file names one and adds to it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.community import WordLists
from domain.language.words import language_tag

FOLDER = Path(__file__).parent / "danger_words"


@dataclass(frozen=True)
class ReadyWords:
    """One list: words, harmless phrases, and whether only what is so now counts."""

    words: WordLists
    unless: WordLists
    now_only: bool


@cache
def ready_lists() -> tuple[str, ...]:
    """The names of the lists there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def ready_words(name: str) -> ReadyWords:
    """The list of this name, one of `ready_lists`."""
    document = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return ReadyWords(_lists(document["words"]), _lists(document["unless"]), document["now_only"])


def joined(one: WordLists, other: WordLists) -> WordLists:
    """Two lists as one, by language."""
    return {tag: (*one.get(tag, ()), *other.get(tag, ())) for tag in dict.fromkeys([*one, *other])}


def _lists(table: Mapping[str, list[str]]) -> WordLists:
    return {language_tag(tag): tuple(words) for tag, words in table.items()}
