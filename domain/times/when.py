"""When something is, as a sentence says it: on which days, on which day, until when, at what time.

One reader for both languages, wherever the bot asks for a time, a day or an end, or looks for one in a sentence.
What has more than one meaning is left open (`doubtful`), and asked: nothing here guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.language.letters import beginning
from domain.language.phrases import fold, is_unspaced
from domain.times.chinese_days import CHINESE_DAYS
from domain.times.chinese_times import CHINESE_TIMES, ZH_PARTS
from domain.times.clocks import stretches
from domain.times.days_said import days_said, is_not
from domain.times.english_days import ENGLISH_DAYS
from domain.times.english_times import ENGLISH_TIMES, PARTS_AND_NUMBERS
from domain.times.hours import DAY, Stretch
from domain.times.marks import Kind, Mark
from domain.times.numeric_rules import NUMERIC
from domain.times.scanning import Scanner

USUAL = 60
"""How long it takes when only its beginning is given, in minutes."""
_ENGLISH = Scanner([*NUMERIC, *ENGLISH_TIMES, *ENGLISH_DAYS, *PARTS_AND_NUMBERS])
_BOTH = Scanner([*NUMERIC, *CHINESE_TIMES, *CHINESE_DAYS, *ZH_PARTS, *ENGLISH_TIMES, *ENGLISH_DAYS, *PARTS_AND_NUMBERS])
_UNSURE = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|not sure|who knows|no idea"
    r"|it depends|either|some ?time|some day|sometimes|occasionally|or the day after)\b"
    r"|也许|可能|说不定|没准|不一定|不确定|不好说|看情况|或许|有时|偶尔|说不好|要不|估计"
)
_NEAR = 18


@dataclass(frozen=True)
class When:
    """What a text says of when; what it does not say, or not surely, is None or empty."""

    days: frozenset[int] = frozenset()
    """Each week on these: Monday is 0."""
    every: int = 1
    """2 where it is every other week."""
    month_day: int | None = None
    """Each month on this day."""
    weekday: int | None = None
    """A weekday that was named without "every": `day` is the next one, but it may be each that is meant."""
    day: date | None = None
    since: date | None = None
    until: date | None = None
    """The last day, itself included."""
    begins: int | None = None
    """The minute of the day."""
    ends: int | None = None
    """The minute of the day, 1440 for midnight; not later than `begins`: of the next day. None: only a beginning."""
    may_be: tuple[tuple[int, int], ...] = ()
    """Where a time was said and not which half of the day: what it may be, as (minute it begins, minutes it takes)."""
    doubtful: bool = False
    """Something was said of when that is not sure: it is to be asked."""
    doubtful_day: bool = False
    """What is not sure is a day, and not only a time."""
    rest: str = field(default="", compare=False)
    """What else the text says, folded; a line break where something was taken out."""

    @property
    def stretch(self) -> tuple[int, int] | None:
        """(minute of the day at which it begins, minutes it takes); USUAL where no end was said. Over midnight too."""
        if self.begins is None:
            return None
        return self.begins, USUAL if self.ends is None else (self.ends - self.begins) % DAY

    @property
    def moment(self) -> datetime | None:
        """The local day and time, where both were said and no end."""
        if self.day is None or self.begins is None or self.ends is not None:
            return None
        return datetime(self.day.year, self.day.month, self.day.day) + timedelta(minutes=self.begins)


def read_when(text: str, now: datetime, language: str | None = None) -> When:
    """What the beginning of a text says of when.

    Goes in: anything; the local time `now`; the language it is written in, where known (else its letters tell): of 5/6
    English leaves open which is the month.
    """
    folded = fold(beginning(text))
    marks = _marks(folded, now.date(), language)
    if not marks:
        return When(rest=folded)
    clocks, used = stretches(marks, folded)
    if _taken_back(folded, marks, used):
        return When(doubtful=True, doubtful_day=True, rest=folded)
    time, may_be, doubtful = _time(clocks, marks, used)
    said = days_said(marks, folded, clocks, now, time)
    used |= said.used
    if said.unsure:
        return When(doubtful=True, doubtful_day=True, rest=_rest(folded, marks, used))
    day, doubtful = said.day, doubtful or said.doubtful
    if time is not None and time.after_midnight and day is not None:
        if time.begins != 0:  # "tonight at one"
            return When(doubtful=True, doubtful_day=True, rest=_rest(folded, marks, used))
        day += timedelta(days=1)
    return When(
        days=said.weekdays,
        every=said.every,
        month_day=said.month_day,
        weekday=said.weekday,
        day=day,
        since=said.since,
        until=said.until,
        begins=time.begins if time else None,
        ends=time.ends if time else None,
        may_be=may_be,
        doubtful=doubtful,
        doubtful_day=said.doubtful,
        rest=_rest(folded, marks, used),
    )


def _marks(folded: str, today: date, language: str | None) -> list[Mark]:
    chinese = is_unspaced(folded)
    month_first = True if chinese or (language or "").startswith("zh") else None
    return (_BOTH if chinese else _ENGLISH).scan(folded, today, month_first)


def _taken_back(text: str, marks: Sequence[Mark], used: set[int]) -> bool:
    """Whether what is said of a time or a day is that it is not then, or nothing sure."""
    for number, mark in enumerate(marks):
        if number not in used and not mark.is_day:
            continue
        if mark.kind not in (Kind.WEEKDAY, Kind.WEEKLY) and is_not(mark, text):
            return True
        around = text[max(0, mark.start - _NEAR) : mark.start] + "\n" + text[mark.end : mark.end + _NEAR]
        if _UNSURE.search(around):
            return True
    return False


def _time(
    clocks: Sequence[Stretch], marks: Sequence[Mark], used: set[int]
) -> tuple[Stretch | None, tuple[tuple[int, int], ...], bool]:
    """The one time that is said; what it may be; and whether one is open."""
    meant = [each for each in clocks if not each.bound]
    if not meant:
        return None, (), bool(clocks)
    sure = [each for each in meant if each.begins is not None]
    if len(meant) == 1 and not sure:
        made = _by_a_part_elsewhere(meant[0], marks, used)
        if made is not None:
            return made, (), False
        may_be = tuple(
            (begins % DAY, USUAL if ends is None else (ends - begins) % DAY) for begins, ends in meant[0].may_be
        )
        return None, may_be, True
    if len(sure) == len(meant) and len({(each.begins, each.ends) for each in sure}) == 1:
        return sure[0], (), False
    return None, (), True


def _by_a_part_elsewhere(open_one: Stretch, marks: Sequence[Mark], used: set[int]) -> Stretch | None:
    """An hour whose part of the day stands by itself: "every evening, starting at half past six"."""
    parts = [
        each for number, each in enumerate(marks) if each.hours and each.kind is not Kind.HALF and number not in used
    ]
    if len(parts) != 1:
        return None
    hours = parts[0].hours or ()
    fits = [
        (begins, ends)
        for begins, ends in open_one.may_be
        if hours[begins // 60 % 12] is not None and (hours[begins // 60 % 12] or 0) % 24 == begins // 60 % 24
    ]
    if len(fits) != 1:
        return None
    begins, ends = fits[0]
    return Stretch(begins, None if ends is None else (ends % DAY or DAY), first=open_one.first, behind=open_one.behind)


def _rest(text: str, marks: Sequence[Mark], used: set[int]) -> str:
    kept, at = [], 0
    for number in sorted(used):
        kept.append(text[at : marks[number].start])
        at = max(at, marks[number].end)
    kept.append(text[at:])
    return "\n".join(kept)
