"""Telephone numbers as people say them, and as they hide them.

No library of numbering plans: it would have to know the country, and would refuse short numbers and extensions of a
house, which are what people give at the counter.
"""

import re
import unicodedata
from itertools import pairwise

from domain.language.letters import MESSAGE, normalized, short_answer, single_spaced, visible

_FORM = re.compile(r"\+?[\d ()./-]+(?:(?:ext\.?|x|转|分机|#) ?\d{1,6})?", re.IGNORECASE)
FEWEST, MOST = 3, 21  # digits: a short number of the house, an international one with an extension
DIGITS = 7
"""So many digits in a row may be a telephone number: a door code, a price or a time has fewer."""

_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS = {**{word: str(value) for value, word in enumerate(_NAMES)}, "oh": "0", "nought": "0", "null": "0"}
_WORD = re.compile(rf"(?<![a-z])(?:(double|triple) )?({'|'.join(_WORDS)}|\d)(?![a-z])")
_CHINESE = str.maketrans("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖幺么", "00123456789212345678911")
_REPEATED = re.compile(r"([两俩二三四])个([\d零〇洞一幺二三四五六七八九])(?!\d)")
_REPEATED_EN = re.compile(rf"(?<![a-z])(two|three|four) ({'|'.join(_NAMES)}|\d)'?e?s(?![a-z])")
_TIMES = {"两": 2, "俩": 2, "二": 2, "三": 3, "四": 4, "two": 2, "three": 3, "four": 4}
_RADIO = re.compile("(?<=[〇零一二三四五六七八九幺\\d])[洞拐勾]{1,4}|(?<!\\w)洞(?=[〇零一二三四五六七八九幺\\d])")
_AS_CHINESE = str.maketrans("洞拐勾", "079")
_BETWEEN = re.compile(
    r"(?<=\d) ?[\[(<{]?(?:(?:and )?then|followed by|dash|hyphen|space|blank|dot|slash|横?杠|横|空格|然后|接着"
    r"|后面是?|再来|跟着)"
    r"[\])>}]? ?(?=\d)"
)
"""Words that people put between the digits of one number."""
_ENUMERATED = re.compile(r"(?<!\d)\d{1,5}(?: ?(?:\band\b|&|和|跟) ?\d{1,5}){2,20}(?!\d)")
_AND = re.compile(r" ?(?:and|&|和|跟) ?")
_LETTERS = re.compile(r"(?<![a-z\d])(?=[a-z]{0,3}\d)[\doil|]{7,40}(?![a-z\d])")
_AS_DIGITS = str.maketrans("oil|", "0111")
_DASH = re.compile("[\u2010-\u2015\u2212\u30fc_~\u301c]")
# Other ways to write so many digits, none of which anybody can be rung at.
_DAY = re.compile(
    r"(?<!\d)(?<!\d[-./])(?:(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}(?!\d)日?|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?!\d))(?![-./]\d)"
)
_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?![\d:.])")
_MONEY = re.compile(
    r"[¥$€£] ?\d[\d,.]{0,9}(?!\d)|(?<![\d,.])\d[\d,.]{0,9} ?(?:元|块|万|yuan|rmb|euros?|dollars?|pounds?)"
)
_METER = re.compile(
    r"(?:表号|户号|单号|编号|工单|meter (?:no\.?|number)|order (?:no\.?|number)|serial (?:no\.?|number)|ref\.?)"
    r" ?[:#]? ?"
    r"\d{1,8}(?:-\d{1,4})?(?![-\d])|(?<!\d)\d{4,8}(?:\.\d{1,3})? ?(?:kwh|m3|m³|立方|方|度|吨|units)"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[, ]{1,2}(?:19|20)\d\d){1,9}(?!\d)")
_LIST = re.compile(r"(?<!\d)\d{2,4}(?:(?:[,、] ?| )\d{2,4}){2,20}(?!\d)")
_RANGES = re.compile(r"(?<![\d-])\d{1,2} ?[-–] ?\d{1,2}(?:, ?\d{1,2} ?[-–] ?\d{1,2}){1,9}(?![\d-])")
_ROW = re.compile(r"\d(?:[\W_]{0,5}\d)" + f"{{{DIGITS - 1}}}")


def phone_number(words: str) -> str | None:
    """The number in somebody's words, tidy; None when it cannot be one."""
    tidy = _DASH.sub("-", short_answer(normalized(visible(words))))
    digits = sum(letter.isdigit() for letter in tidy)
    return tidy if _FORM.fullmatch(tidy) and FEWEST <= digits <= MOST else None


def holds_number(words: str) -> bool:
    """Whether some words hold what may be a telephone number, in whatever digits, and whatever stands between them.

    It reminds, and does not prevent: who wants to hide a number will find a way.
    """
    text = plain_digits(words)
    for other in (_DAY, _TIME, _MONEY, _METER, _YEARS):
        text = other.sub(" x ", text)
    text = _LIST.sub(_unless_a_list, _RANGES.sub(_unless_ranges, text))
    return _ROW.search(text) is not None


def plain_digits(words: str) -> str:
    """A text in which every digit is one of 0 to 9: full width, circled, on a key, in Chinese or as an English word."""
    text = normalized("".join(map(_digit, visible(words[:MESSAGE]).replace("\u20e3", "")))).casefold()
    text = _REPEATED.sub(lambda found: found[2] * _TIMES[found[1]], single_spaced(text))
    text = _REPEATED_EN.sub(lambda found: f" {found[2]}" * _TIMES[found[1]], text)
    text = _RADIO.sub(lambda found: found[0].translate(_AS_CHINESE), text)
    text = _WORD.sub(_spelled, text.translate(_CHINESE))
    text = _ENUMERATED.sub(lambda found: _AND.sub(", ", found[0]), _BETWEEN.sub("-", text))
    return _LETTERS.sub(lambda found: found[0].translate(_AS_DIGITS), text)


def _digit(letter: str) -> str:
    if letter == "\U0001f51f":  # the key that shows a ten
        return "10"
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)


def _spelled(found: re.Match[str]) -> str:
    return {"double": 2, "triple": 3}.get(found[1] or "", 1) * _WORDS.get(found[2], found[2])


def _unless_a_list(found: re.Match[str]) -> str:
    """Rooms or sizes one after the other, each greater than the last, are no number: "101, 102, 103", "40 60 75"."""
    numbers = re.findall(r"\d+", found[0])
    rising = all(int(one) < int(other) for one, other in pairwise(numbers))
    alike = len({len(each) for each in numbers}) == 1 and re.search("[,、]", found[0]) is not None
    sizes = len(numbers) > 2 and all(len(each) < 4 and each[0] != "0" for each in numbers)
    return " x " if rising and (alike or sizes) else found[0]


def _unless_ranges(found: re.Match[str]) -> str:
    """Hours or days, from one to another, are no number: "8-10, 12-14"."""
    ranges = [[int(each) for each in re.findall(r"\d+", pair)] for pair in found[0].split(",")]
    return " x " if all(one < other <= 31 for one, other in ranges) else found[0]
