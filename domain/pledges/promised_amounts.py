"""How many of what a promise speaks of: 80副, 200 loaves, forty quilts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.language.exact_numbers import CHINESE, DIGITS, ENGLISH, exact_number
from domain.language.letters import LOOKED_AT, beginning
from domain.language.phrases import fold
from domain.pledges.measures import ADJECTIVES, ADJECTIVES_ZH, ENDS_ZH, MEASURE, NO_UNITS, PLACES_ZH
from domain.pledges.pledges import MOST

UNIT_LENGTH = 24
"""Letters of the unit of an amount; a longer one is none."""


@dataclass(frozen=True)
class Amount:
    """How many of what; the unit is empty where none was said."""

    number: int
    unit: str


def amount_in(words: str) -> Amount | None:
    """How many of what a promise's words speak of, when they speak of one number only; "80副春联", "80 pairs of shoes".

    The unit is as short as it is still plain: 副, pairs.
    """
    found = {(each.number, each.unit) for each in _amounts(HOUSES.sub("\n", fold(beginning(words)))) if each.unit}
    if len(found) != 1:
        return None
    number, unit = found.pop()
    return Amount(number, short_unit(unit))


def short_unit(unit: str) -> str:
    """The measure word alone of a Chinese unit, 副 of 副春联; an English one as it is; empty when it is too long."""
    measure = re.match(MEASURE, unit)
    found = measure[0] if measure else unit
    return found if len(found) <= UNIT_LENGTH else ""


HOUSES = re.compile(
    r"\b(?:building|bldg|block|house|unit|room|no\.?|number|stairwells?|stairs|floor|line|bus|flat"
    r"|apartment|gate|b)\s?#?\s?\d{1,4}(?:[-/]\d{1,3})?\b|\bb\d{1,2}(?:-\d)?\b"
    r"|\d{1,4} ?(?:号楼|号院|号|栋|幢|单元|室|座|楼|层|路|弄)"
    r"|[一二三四五六七八九十]{1,3}(?:号楼|号院|栋|幢|单元|楼|层)|\b\d{1,3}(?:st|nd"
    r"|rd|th)\b|第[一二三四五六七八九十\d]+"
    r"|\d{1,3} ?(?:岁|年级|years?(?:[ -]old)?)|\b24 ?h(?:ours?|rs?)?\b|24 ?小时|24/7"
)
_NUMBER = re.compile(
    rf"(?<![\w.,:])(?:{DIGITS})(?![\d.:])|(?<=[\u3400-\u9fff])(?:{DIGITS})(?!\d)|\b(?:{ENGLISH})\b|{CHINESE}"
)
_NO_NUMBER = re.compile(
    r"[一][起样直切定下些般共旦向致点半边面路带家心声遍番律概]|统一|唯一|万一|千万|百姓|十分|一个电话"
    r"|(?:喊|叫|说|吱)一|一[帮]|\bone (?:of|by|another|day)\b"
)
_ABOUT = re.compile(
    r"(?:\b(?:in all|in the|in|all|about|around|some|roughly|nearly|almost|over|at least|up to|or|to"
    r"|between)|大概|大约|约|近|至少|最多|不少于|超过|上|到|至|第|每|[0-9.,/-]) ?$"
)
_ABOUT_BEHIND = re.compile(r"^ ?(?:[-–~/]|or \w+|to \d)|^[来多几余]|^[^,.;]{0,3}(?:左右|上下|以上)")


def amount_of(text: str) -> Amount | None:
    """The one amount of a sentence, by the first number that has a unit; None where nothing sure is counted."""
    found = list(_amounts(text))
    return found[0] if found else None


def _amounts(text: str) -> Iterator[Amount]:
    text = text[:LOOKED_AT]
    skipped = [each.span() for each in _NO_NUMBER.finditer(text)]
    for each in _NUMBER.finditer(text):
        if any(start < each.end() and each.start() < end for start, end in skipped):
            continue
        number = exact_number(each[0])
        before, after = text[max(0, each.start() - 12) : each.start()], text[each.end() : each.end() + 60]
        if number is None or not 1 <= number <= MOST or _ABOUT.search(before) or _ABOUT_BEHIND.search(after):
            continue
        unit = _unit(after)
        if unit is not None:
            yield Amount(number, unit)


def _unit(after: str) -> str | None:
    """What a number counts; None when it counts nothing that a promise could: an hour, a person's years."""
    if (measure := re.match(rf" ?({MEASURE}|元|块钱|公斤|斤|kg\b)", after)) is not None:
        noun = re.match("[\u3400-\u9fff]{0,12}", after[measure.end() :])
        return measure[1] + _noun(noun[0] if noun else "")
    words = re.match(r" ?((?:[a-z][a-z'-]*(?: |$)){1,4})", after)
    if words is None:
        return None
    told: list[str] = []
    for word in words[1].split():
        if word in NO_UNITS or (not told and word in NO_UNITS):
            break
        if not (word in ADJECTIVES or word.endswith("'")):
            told.append(word)
        if word.endswith("s") and not word.endswith(("ss", "'s", "'")):
            break
    unit = " ".join(told)
    return unit if unit and len(unit) <= UNIT_LENGTH else None


def _noun(text: str) -> str:
    """The noun behind a measure word: 春联 of 春联送给老人, 课 of 急救课."""
    ends = re.search(ENDS_ZH, text)
    noun = text[: ends.start()] if ends else text
    noun = noun.rpartition("的")[2]
    while (shorter := re.sub(f"^(?:{ADJECTIVES_ZH})", "", noun)) != noun and shorter:
        noun = shorter
    if re.fullmatch(PLACES_ZH, noun):
        return ""
    return noun if len(noun) <= 4 else noun[-2:]
