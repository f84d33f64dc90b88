"""How words speak for kinds of reports, trades and dangers, as it comes with the program; community files name them."""

from functools import cache
from pathlib import Path

from domain.language.learned_kinds import NOTHING, LearnedKinds

FOLDER = Path(__file__).parent / "kind_words"
KINDS, TRADES, DANGERS = "kinds", "trades", "dangers"
"""The tables of weights, `scripts/kind_weights.py` writes them."""


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """By a word or phrase, the groups that hold it, of all languages."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            group, words = line.split(": ", 1)
            for word in words.lower().split(", "):
                if group not in found.get(word, ()):
                    found[word] = (*found.get(word, ()), group)
    return found


@cache
def learned(table: str) -> LearnedKinds:
    """How much words speak for each ready kind (`KINDS`), trade (`TRADES`) or list of danger words (`DANGERS`)."""
    first, *lines = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    weights = {
        feature: tuple(int(weight or 0) for weight in each) for feature, *each in (line.split("\t") for line in lines)
    }
    return LearnedKinds(tuple(first.split("\t")[1:]), groups(), weights)


def ready(table: str) -> tuple[str, ...]:
    """The names a community file can use."""
    return tuple(kind for kind in learned(table).kinds if kind != NOTHING)
