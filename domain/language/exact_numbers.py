"""Numbers that say exactly one thing: 34, three, two dozen, 三十四, 一百二, 两打. "About thirty" and 三四 are none."""

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
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_ONE_LETTER = {"俩": 2, "仨": 3, "廿": 20, "卅": 30}
_UNIT = "|".join(_UNITS)
_TEN = "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:{_TEN})(?:[ -](?:{_UNIT}))?|(?:{_UNIT})"
_DOZENS = rf"half a dozen|half a hundred|(?:(?:a|{_UNIT}) )?(?:dozen|score)(?: and a half)?"
ENGLISH = (
    rf"(?:(?:{_DOZENS})(?![a-z])|(?:(?:a|{_UNIT}) thousand(?: and)?(?: (?:{_BELOW_HUNDRED}|(?:{_UNIT}) hundred))?)"
    rf"|(?:(?:a|{_UNIT}) )?hundred(?: and)?(?: (?:{_BELOW_HUNDRED}))?|{_BELOW_HUNDRED})"
)
"""An English number in words, as a pattern; folded to lower case."""
CHINESE = "(?:[半一二两三四五六七八九十]打(?![电扫开])|[俩仨廿卅]|[零〇一二两三四五六七八九十百千万]{1,12})"
"""What may be a Chinese number: 三十四, 一百零三, 两打. Whether it is an exact one is said by `exact_number`."""
DIGITS = r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d{1,6})"
"""A number in digits, perhaps with commas between thousands."""
_DOZEN = {"dozen": 12, "score": 20}


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
    if words.startswith("half a "):
        return 6 if words.endswith("dozen") else 50
    total, half = 0, words.endswith(" and a half")
    for word in re.split("[ -]", words.removesuffix(" and a half")):
        if word in _DOZEN:
            total = (total or 1) * _DOZEN[word] + (_DOZEN[word] // 2 if half else 0)
        elif word == "thousand":
            total *= 1000
        elif word == "hundred":
            total = (total or 1) * 100 if total < 100 else total - total % 10 + total % 10 * 100
        elif word != "and":
            total += 1 if word == "a" else _UNITS.get(word, _TENS.get(word, 0))
    return total


def _chinese(words: str) -> int | None:
    """三四 and 十七八 are about a number, and so is 百八十; 一百二 is 120, as everybody says it."""
    if words in _ONE_LETTER:
        return _ONE_LETTER[words]
    if words.endswith("打"):
        dozens = _chinese(words[:-1]) if words[0] != "半" else 0
        return None if dozens is None else dozens * 12 or 6
    if words == "百八十" or (len(words) > 1 and words[0] in "零〇万千百" and words[0] != "百"):
        return None
    total, of_ten_thousand, digit, lowest, zero = 0, 0, None, 10**6, False
    for letter in words:
        if letter in _PLACES:
            place = _PLACES[letter]
            if letter == "万":
                if of_ten_thousand or not total + (digit or 0):
                    return None
                of_ten_thousand, total = (total + (digit or 0)) * place, 0
            else:
                if place >= lowest or digit == 0:
                    return None
                total += (1 if digit is None else digit) * place
            digit, lowest, zero = None, place if letter != "万" else 10**4, False
        elif digit is not None:
            return None
        elif letter in "零〇" and len(words) > 1:
            zero = True
        else:
            digit = _DIGITS[letter]
    if digit is not None and lowest >= 100 and lowest <= 10**4 and not zero:
        digit *= lowest // 10
    return of_ten_thousand + total + (digit or 0)
