"""Numbers as people write them: "three", 三 and ３ are all 3."""

import re

from domain.language.phrases import fold, without_accents

_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_CHINESE_DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_CHINESE_NUMBER = re.compile("[〇零一二三四五六七八九两十百]+")


def in_digits(text: str) -> str:
    """Fold a text and write every number in digits. Who only guesses gives the `beginning` of what was said."""
    return chinese_in_digits(english_in_digits(without_accents(fold(text))))


def english_in_digits(text: str) -> str:
    """Write English numbers in digits and leave the rest as it is."""
    return re.sub(r"[a-z]+", lambda word: _WORDS.get(word[0].lower(), word[0]), text, flags=re.IGNORECASE)


def chinese_in_digits(text: str) -> str:
    """Write Chinese numbers in digits and leave the rest as it is."""
    return _CHINESE_NUMBER.sub(lambda number: str(_chinese_number(number[0])), text)


def _chinese_number(text: str) -> int | str:
    """The value of 三, 十二, 二十 or 一百零三; digits in a row (二〇三) are read as they stand."""
    if not set(text) & set("十百"):
        return "".join(str(_CHINESE_DIGITS[letter]) for letter in text)
    total = 0
    digit: int | None = None
    for letter in text:
        if letter in "十百":
            total += (1 if digit is None else digit) * (10 if letter == "十" else 100)
            digit = None
        else:
            digit = _CHINESE_DIGITS[letter]
    return total + (digit or 0)
