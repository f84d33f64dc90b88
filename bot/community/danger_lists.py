"""The lists of danger words that come with the program (`danger_words/`): a community file names one and adds to it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.community import WordLists
from domain.language.word_weights import Weights
from domain.language.words import language_tag

FOLDER = Path(__file__).parent / "danger_words"
GROUPS = Path(__file__).parent / "danger_groups.toml"
WEIGHTS = Path(__file__).parent / "danger_weights"
_GROUP = re.compile(r"@([a-z]+)")


@dataclass(frozen=True)
class ReadyWords:
    """One list: words, those after which it is asked, harmless phrases, and whether only what is so now counts."""

    words: WordLists
    possible: WordLists
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
    return ReadyWords(
        _lists(document["words"]), _lists(document["possible"]), _lists(document["unless"]), document["now_only"]
    )


def joined(one: WordLists, other: WordLists) -> WordLists:
    """Two lists as one, by language."""
    return {tag: (*one.get(tag, ()), *other.get(tag, ())) for tag in dict.fromkeys([*one, *other])}


@cache
def weights() -> Weights:
    """How much words speak for danger or against it; `scripts/danger_weights.py` writes the files, one a language."""
    return Weights({path.stem: _weights(path) for path in sorted(WEIGHTS.glob("*.tsv"))})


def _weights(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return {feature: int(weight) for feature, weight in (line.split("\t") for line in lines if line)}


@cache
def _groups() -> dict[str, dict[str, list[str]]]:
    """By language and name, the words that entries have in common."""
    return tomllib.loads(GROUPS.read_text(encoding="utf-8"))


def _lists(table: Mapping[str, list[str]]) -> WordLists:
    return {
        language_tag(tag): tuple(_GROUP.sub(lambda found, tag=tag: _group(tag, found), word) for word in words)  # type: ignore[misc]
        for tag, words in table.items()
    }


def _group(tag: str, found: re.Match[str]) -> str:
    """The words of a group, with those of the groups it names."""
    words = _groups()[tag].get(found[1])
    return found[0] if words is None else "/".join(_GROUP.sub(lambda inner: _group(tag, inner), word) for word in words)
