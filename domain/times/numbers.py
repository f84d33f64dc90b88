"""Numbers as the rules of times and days find them: in digits of either kind, as words, as ordinals."""

import re

from domain.language.numerals import chinese_in_digits
from domain.times import words

_ZH_ALONE = {"俩": 2, "元": 1}


def number_of(found: str | None) -> int:
    """What a number says that a rule has found: 12, 12th, twelve, twelfth, 十二. Nothing else goes in."""
    word = found or "0"
    if word[0].isdigit():
        return int(re.sub(r"\D", "", word))
    if not word.isascii():
        return _ZH_ALONE.get(word) or int(chinese_in_digits(word))
    plain = word.replace("-", " ")
    return words.ORDINALS.get(plain) or words.AMOUNTS.get(plain) or words.NUMBERS[plain]
