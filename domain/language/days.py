"""A day as people write it: `5.12.`, `5.12.2026`, `2026-12-05`, `5 December`, `12月5日`; a weekday, too."""

import re
from datetime import date

from domain.language.letters import short_answer
from domain.language.numerals import chinese_in_digits

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.? ?(\d{4})?")
_SLASHED = re.compile(r"(\d{1,2}) ?/ ?(\d{1,2})(?: ?/ ?(\d{4}))?")
_CHINESE = re.compile(r"(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(rf"(?:the )?{_NUMBER} ?(?:of )?{_MONTH}(?:,? ?(\d{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{_MONTH} ?(?:the )?{_NUMBER}(?:,? ?(\d{{4}}))?", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_WEEKDAY = (
    r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_BEFORE = re.compile(rf"{_ENGLISH_WEEKDAY}[,.]? ", re.IGNORECASE)
_AFTER = re.compile(r" ?(?:星期|周|礼拜)[一二三四五六日天]$")
_ONE_ENGLISH = re.compile(rf"\b{_ENGLISH_WEEKDAY}s?\b", re.IGNORECASE)
_ONE_CHINESE = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天](?:[、,，和及跟 ]{0,3}[一二三四五六日天])*)")
_BETWEEN = re.compile(r"(?:\b(?:every|each|on|and)\b|[每个和及跟、，,;；&+.\s])*", re.IGNORECASE)


def parse_day(text: str, today: date) -> date | None:
    """The day that is meant, or None. Without a year it is the next such day, `today` included.

    A day that does not exist (31 February) is none.
    """
    text = _AFTER.sub("", _BEFORE.sub("", short_answer(text), count=1))
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        year, month, day = found[3], int(found[2]), int(found[1])
    elif found := _DAY_MONTH.fullmatch(text):
        year, month, day = found[3], _month(found[2]), int(found[1])
    elif found := _MONTH_DAY.fullmatch(text):
        year, month, day = found[3], _month(found[1]), int(found[2])
    elif found := _SLASHED.fullmatch(text):
        # 31/12 and 12/31 can only mean one day; of 5/6 nobody knows whether it is in May or in June.
        year, (month, day) = found[3], sorted((int(found[1]), int(found[2])))
        if day <= 12 and day != month:
            return None
    elif found := _CHINESE.fullmatch(chinese_in_digits(text)):
        year, month, day = found[1], int(found[2]), int(found[3])
    else:
        return None
    if year is not None:
        return _day(int(year), month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year is not None and this_year >= today else _day(today.year + 1, month, day)


def parse_weekdays(text: str) -> frozenset[int] | None:
    """The weekdays that are named (Monday is 0): `Saturday and Sunday`, `周六、周日`, `周末`; else None."""
    text = (
        short_answer(text)
        .casefold()
        .replace("weekends", "weekend")
        .replace("weekend", "sat sun")
        .replace("周末", "周六日")
    )
    found: set[int] = set()

    def english(match: re.Match[str]) -> str:
        found.add(_WEEKDAYS.index(match[1][:3].lower()))
        return " "

    def chinese(match: re.Match[str]) -> str:
        found.update(min("一二三四五六日天".index(each), 6) for each in match[1] if each in "一二三四五六日天")
        return " "

    rest = _ONE_CHINESE.sub(chinese, _ONE_ENGLISH.sub(english, text))
    return frozenset(found) if found and _BETWEEN.fullmatch(rest) else None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
