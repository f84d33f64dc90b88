"""Texts as the words they are found by. Chinese has no spaces: its runs become overlapping pairs of letters."""

import re

from domain.language.letters import normalized

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"([{_CJK}]+)|([^\\W_{_CJK}]+)")
WORDS_LIMIT = 12
ASKED = 200
"""So many letters of what somebody searches for are looked at."""


def _runs(text: str) -> list[tuple[bool, str]]:
    plain = normalized(text).casefold()
    return [(match[1] is not None, match[0]) for match in _RUNS.finditer(plain)]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def indexed(text: str) -> str:
    """A text as what is kept of it: words, pairs, and the last letter of a run, so that each letter begins something.

    Two texts that were put one behind the other never make a pair.
    """
    return " ".join(word for chinese, run in _runs(text) for word in ([*_pairs(run), run[-1]] if chinese else [run]))


def phrases_in(text: str) -> list[tuple[list[str], bool]]:
    """What somebody searches for: each must be found. A phrase of words, and whether the last may go on.

    Empty when nothing that was typed can be searched for. Only the first twelve count.
    """
    found: list[tuple[list[str], bool]] = []
    for chinese, run in _runs(text[:ASKED]):
        if chinese and len(run) > 1:
            found.append((_pairs(run), False))
        else:
            found.append(([run], True))
    return found[:WORDS_LIMIT]


def holds(text: str, query: str) -> bool:
    """Whether a text has any of what is searched for: then it is worth showing."""
    plain = normalized(text).casefold()
    return any(run in plain for _, run in _runs(query[:ASKED])[:WORDS_LIMIT])
