"""Which of our languages words are written in, as far as their letters tell. Somebody looks at the guess."""

import re

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
BOTH_FROM = 4
"""So many words of one language beside the other's are no names only: it is written in both."""


def languages_of(words: str) -> frozenset[str]:
    """`en`, `zh_Hans`, both or neither. A Chinese character counts as half a word."""
    chinese, latin = len(_CHINESE.findall(words)) / 2, len(_LATIN_WORD.findall(words))
    found = set()
    if chinese >= BOTH_FROM or chinese > latin / 4:
        found.add("zh_Hans")
    if latin >= BOTH_FROM or latin > chinese / 4:
        found.add("en")
    if len(found) == 2 and min(chinese, latin) < BOTH_FROM:
        return frozenset({"zh_Hans" if chinese > latin else "en"})
    return frozenset(found)
