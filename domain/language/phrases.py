"""Finding words and phrases in what people write, whatever their script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.language.letters import normalized, single_spaced, visible

# Letters of scripts written without spaces, where a word can only be found as a part of the text.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
_SPACED_LETTER = rf"[^\W_{UNSPACED}]"
_ACCENT = re.compile("[\u0300-\u036f]")
_APOSTROPHE = str.maketrans("’‘`´ʼ", "'''''")

_LONG_ENOUGH = 4
"""From this length on, a word's beginning is telling: "leak" finds "leaking", but "tap" not "tapestry"."""


def fold(text: str) -> str:
    """Bring a text to the form in which words are compared: one width, one case, single spaces, nothing invisible."""
    # Apostrophes first: compatibility folding turns some of them into spaces. White space last: it makes some, too.
    return single_spaced(normalized(visible(text.translate(_APOSTROPHE))).casefold())


def without_accents(text: str) -> str:
    """A folded text with é as e, for those who write in a hurry."""
    return text if text.isascii() else normalized(_ACCENT.sub("", normalized(text, "NFD")), "NFC")


def is_unspaced(text: str) -> bool:
    """Whether any of it is in a script written without spaces."""
    return _UNSPACED_LETTER.search(text) is not None


def perhaps(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Those of many phrases that may stand in a text, all folded: most are in none, and this is found out at once."""
    return [phrase for first, phrase in _by_first_word(phrases) if first in text]


@lru_cache(maxsize=1024)
def _by_first_word(phrases: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(first, phrase) for phrase in phrases if (first := _words(phrase)[0])]


def spans(text: str, phrase: str, beginnings: bool = False) -> list[tuple[int, int]]:
    """Where a phrase stands in a text, both folded: start and end of each, in order.

    Whole words (with `beginnings`, also longer words that begin with it) in scripts with spaces, any part of
    the text in the others. Words of a phrase may be joined by spaces or hyphens.
    """
    first = _words(phrase)[0]
    # Most phrases are in no text: this costs a hundredth of the expression, which takes 2 ms to compile.
    if not first or first not in text:
        return []
    return [found.span() for found in _pattern(phrase, beginnings).finditer(text)]


def remove(text: str, phrase: str) -> str:
    """The text with a phrase taken out, a gap left in its place."""
    first = _words(phrase)[0]
    return _pattern(phrase, False).sub("\n", text) if first and first in text else text


def outermost(found: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that lie within no longer one: where "fire door" stands, "door" does not count."""
    outer: set[tuple[int, int]] = set()
    reach = -1
    for start, end in sorted(set(found), key=lambda span: (span[0], -span[1])):
        if end > reach:
            outer.add((start, end))
            reach = end
    return outer


@lru_cache(maxsize=8192)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(re.split(r"[\s\-]+", phrase.strip()))


@lru_cache(maxsize=8192)
def _pattern(phrase: str, beginnings: bool) -> re.Pattern[str]:
    words = _words(phrase)
    body = r"[\s\-\u2010-\u2015]{1,3}".join(re.escape(word) for word in words)
    if is_unspaced(phrase):
        before = r"(?<!\d)" if phrase[0].isdigit() else ""
        after = r"(?!\d)" if phrase[-1].isdigit() else ""
        return re.compile(before + body + after)
    ending = ""
    if beginnings:
        ending = f"{_SPACED_LETTER}*" if len(words[-1]) >= _LONG_ENOUGH else "s?"
    return re.compile(f"(?<!{_SPACED_LETTER}){body}{ending}(?!{_SPACED_LETTER})")
