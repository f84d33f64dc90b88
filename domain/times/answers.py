"""Answers to a question for a time, a day, an end, weekdays, or a day with a time: what is said, and nothing besides.

All of them read with `domain.times.when.read_when`. An answer that says more than when is none: a report of last
Friday is no appointment.
"""

import re
from datetime import date, datetime, timedelta

from domain.language.letters import short_answer
from domain.language.numerals import in_digits
from domain.times.when import USUAL, When, read_when

_ANY = datetime(2026, 1, 1, 12)
"""Where only the time of the day counts."""
_BARE = re.compile(r"(?:at )?(\d{1,2})(?: ?(?:-|–|—|~|～|to|until|till|到|至) ?(\d{1,2}))?(?: ?uhr)?", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.?")
_CLOCK = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_MONTH_DAY = re.compile(
    r"(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?: (?:day )?(?:of|in) (?:each|every|the) month)?"
    r"|每?个?月?的?(\d{1,2})[号日]"
)
_LAST_DAY = re.compile(
    r"(?:on )?the (?:last day|end)(?: of (?:each|every|the) month)?|每?个?月?的?(?:月底|月末|最后1天|底)"
)
_MARGIN = re.compile(
    r"\b(?:at|on|by|from|to|until|till|before|no later than|due|end|ends|ending|deadline|the|it|it's|is|will be|be|we|i"
    r"|i'll|we'll|come|comes|coming|please|ok|okay|yes|about|around|of|in|this|and|for|say|maximum|latest|start|starts|starting"
    r"|each|every|week|between|sharp|o'clock|then|or so|best|let's|make|would|suit|suits|day|days|time)\b"
    r"|我们|我|来|吧|去|在|从|到|至|的|就|是|要|会|那天|当天|左右|大概|大约|开始|之前|以前|前|为止|止|截止|截至|最晚|最迟|不晚于"
    r"|好的?|可以|行|定|请|每|每个|时间|日期|都|内|之|给|和|及|与|半?点?钟|呢|了|[^\w]|_"
)


def stretches_meant(text: str) -> tuple[tuple[int, int], ...]:
    """What a time of the day may be, as (minute at which it begins, minutes it takes; it may go over midnight).

    One where it is sure; two where nobody said which half of the day; none where it cannot be read.
    """
    text = short_answer(text)
    bare = _BARE.fullmatch(text.strip())
    if bare:
        return _of_numbers(int(bare[1]), None if bare[2] is None else int(bare[2]))
    clock = _CLOCK.fullmatch(text.strip(" ."))
    said = read_when(f"{clock[1]}:{clock[2]}" if clock else text, _ANY)
    if said.days or said.weekday is not None or said.day or said.until or said.month_day or _says_more(said):
        return ()
    stretch = said.stretch
    if stretch is not None:
        return (stretch,)
    return said.may_be


def parse_day(text: str, today: date, language: str | None = None) -> date | None:
    """The one day that is meant, or None. Without a year it is the next such day, `today` included.

    A day that does not exist (31 February) is none; nor is "by Friday", which is an end.
    """
    said = _said_of_days(text, today, language)
    return None if said is None or said.until is not None or said.since is not None else said.day


def parse_end(text: str, today: date, language: str | None = None) -> date | None:
    """The last day that is meant: "by 31 December", "31.12.", 年底; or None."""
    said = _said_of_days(text, today, language)
    return None if said is None or said.since is not None else said.until or said.day


def parse_weekdays(text: str) -> frozenset[int] | None:
    """The weekdays that are named (Monday is 0): "Saturday and Sunday", 周六、周日, 周末; else None."""
    said = read_when(short_answer(text), _ANY)
    if said.begins is not None or said.may_be or said.until or _says_more(said) or said.every != 1:
        return None
    if said.days:
        return None if said.doubtful else said.days
    return None if said.weekday is None else frozenset({said.weekday})


def parse_month_day(text: str) -> int | None:
    """The day of each month that is meant, 1 to 31: "15", "the 15th", 15号; "the last day", 月底 are 31. Else None."""
    folded = in_digits(short_answer(text))
    if _LAST_DAY.fullmatch(folded):
        return 31
    found = _MONTH_DAY.fullmatch(folded)
    which = int(found[1] or found[2]) if found else 0
    return which if 1 <= which <= 31 else None


def moments_meant(text: str, now: datetime, language: str | None = None) -> tuple[datetime, ...]:
    """The local day and time that may be meant, `now` being the local time; without a day it is today.

    One where both are sure; two where nobody said which half of the day; none where it cannot be read. What is over is
    given as it is.
    """
    said = read_when(short_answer(text), now, language)
    if said.ends is not None or said.days or said.until or said.since or said.month_day or _says_more(said):
        return ()
    if said.doubtful_day or (said.begins is None and not said.may_be):
        return ()
    day = said.day or (now.date() if said.weekday is None else None)
    if day is None:
        return ()
    minutes = [said.begins] if said.begins is not None else [begins for begins, _ in said.may_be]
    return tuple(datetime(day.year, day.month, day.day) + timedelta(minutes=each) for each in minutes)


def _said_of_days(text: str, today: date, language: str | None) -> When | None:
    text = short_answer(text)
    dotted = _DOTTED.fullmatch(text.strip())
    now = datetime(today.year, today.month, today.day)
    said = read_when(f"{dotted[1]}.{dotted[2]}. " + "." if dotted else text, now, language)
    if said.days or said.month_day or (said.doubtful and not said.may_be) or _says_more(said):
        return None
    return said


def _of_numbers(begin: int, end: int | None) -> tuple[tuple[int, int], ...]:
    """A number or two, as an answer to "at what time?": 19-20 is sure, 7-8 is not."""
    if begin > 24 or (end is not None and (end > 24 or end == begin)):
        return ()
    if begin > 12 or begin == 0 or (end is not None and end > 12):
        return ((begin % 24 * 60, USUAL if end is None else (end - begin) % 24 * 60),)
    length = USUAL if end is None else ((end - begin - 1) % 12 + 1) * 60
    return tuple(sorted((begin % 12 * 60 + half, length) for half in (0, 720)))


def _says_more(said: When) -> bool:
    return bool(_MARGIN.sub("", said.rest))
