"""Numbers that say exactly one thing: 34, three, 三十四. "About thirty", 三四, "two dozen" and half ones are none."""

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
    )
}  # fmt: skip
_TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNIT = "|".join(_UNITS)
_TEN = "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:{_TEN})(?:[ -](?:{_UNIT}))?|(?:{_UNIT})"
ENGLISH = rf"(?:(?:a|{_UNIT}) hundred(?: and)?(?: (?:{_BELOW_HUNDRED}))?|{_BELOW_HUNDRED})"
"""An English number in words, as a pattern; folded to lower case."""
_DIGIT = "[一二三四五六七八九]"
CHINESE = (
    rf"(?:[一二两三四五六七八九]百(?:零{_DIGIT}|{_DIGIT}十{_DIGIT}?)?|{_DIGIT}?十{_DIGIT}?|[零〇一二两三四五六七八九])"
)
"""A Chinese number as it is said in full: 三十四, 一百零三. Not 三四 (three or four), not 一百二 (120, or 102?)."""
DIGITS = r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d{1,6})"
"""A number in digits, perhaps with commas between thousands."""


_DIGITS_ALONE = re.compile(DIGITS, re.ASCII)
_ENGLISH_ALONE = re.compile(ENGLISH)
_CHINESE_ALONE = re.compile(CHINESE)


def exact_number(words: str) -> int | None:
    """The number that folded words (`phrases.fold`) are, and nothing but; None where they are no exact one."""
    words = words.strip()
    if len(words) > 40:
        return None
    if _DIGITS_ALONE.fullmatch(words):
        return int(words.replace(",", ""))
    if _ENGLISH_ALONE.fullmatch(words):
        return _english(words)
    return _chinese(words) if _CHINESE_ALONE.fullmatch(words) else None


def _english(words: str) -> int:
    total = 0
    for word in re.split("[ -]", words):
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += 1 if word == "a" else _UNITS.get(word, _TENS.get(word, 0))
    return total


def _chinese(words: str) -> int:
    total, digit = 0, 0
    for place, letter in enumerate(words):
        if letter in "十百":
            total += (digit if digit or (place and words[place - 1] == "零") else 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[letter]
    return total + digit
