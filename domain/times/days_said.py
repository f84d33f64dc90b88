"""Days beside each other, brought to what is meant: each week on some, one day, until one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.times import dates
from domain.times.hours import Stretch
from domain.times.marks import EVERY_DAY, Kind, Mark

_LIST = re.compile(r"\.?,?|\.?,? ?(?:and|&|\+|/|、|和|及|以及|跟|与)|[、,;/&+]")
_THROUGH = re.compile(r"(?:-|–|—|~|to|until|till|thru|through|up to|到|至)")
_OR = re.compile(r"\bor\b|或|还是")
_UNTIL = re.compile(
    r"(?:\b(?:by|until|till?|before|up to|up until|including|through|thru|no later than|not later than|latest|deadline"
    r"(?: is|:)?|due(?: by| on)?|end(?:s|ing)?(?: on| by)?|between now and|from now to|now until|finished)"
    r"(?: on| the| this)?:? ?"
    r"|(?:[到至]|截至|截止(?:日期|时间)?|期限|最晚|最迟|不[晚迟]于)[是为:于在]? ?)$"
)
_UNTIL_BEHIND = re.compile(
    r",? ?(?:at the (?:very )?latest|latest|is the deadline|inclusive|included)\b"
    r"|(?:那天|当天|这天)?(?:[之以]前|前(?![面后往台边门方天年])|为止|止|[之以]?内|截止|结束|到期)"
)
_SINCE = re.compile(
    r"(?:\b(?:from|since|starting|beginning|as (?:of|from)|after|effective)(?: on| from| the)? ?|[从自打]|自从) ?$"
)
_SINCE_BEHIND = re.compile(r"[起后]|开始|[以之]后|以来| onwards?\b")
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|no|never|but not|days? but|excluding|except|isn't|aren't|won't|can't|cannot|without|apart from"
    r"|other than|rather than|instead of)"
    r"(?: (?:on|at|in|every|by|from|until|before|the|do|come|make))*"
    r"|(?:不是|不在|除了|除|别在|没有|并非|不要在?)[每在]?) ?$"
)
_NOT_BEHIND = re.compile(
    r" ?(?:都|就)?(?:不行|没空|不能|除外|[以之]?外(?![面边地出卖墙])|不来|没时间|不方便|不去|不在|休息|不可以|不成)"
    r"| (?:is |are )?(?:not possible|(?:doesn't|won't|don't|can't) |excepted|is out|excluded|impossible)"
)
_BESIDE = re.compile(r"[,(:的当天 ]{0,3}|on|at|the|is|was|so|and that is|就是|是")


def is_not(mark: Mark, text: str) -> bool:
    """Whether it is said that it is *not* then: "not on Sunday", 周日不行."""
    front = text[max(0, mark.start - 28) : mark.start]
    return bool(_NOT_BEFORE.search(front) or _NOT_BEHIND.match(text[mark.end : mark.end + 14]))


@dataclass
class Days:
    """What is said of days."""

    weekdays: frozenset[int] = frozenset()
    every: int = 1
    month_day: int | None = None
    weekday: int | None = None
    day: date | None = None
    since: date | None = None
    until: date | None = None
    doubtful: bool = False
    unsure: bool = False
    """Nothing of it may be taken: one or the other, or days that contradict each other."""
    used: set[int] = field(default_factory=set)


def days_said(marks: Sequence[Mark], text: str, clocks: Sequence[Stretch], now: datetime, time: Stretch | None) -> Days:
    """All of it together. `clocks` are the times that stand between, and `time` the one that is meant."""
    found = _Reading(text, marks, now, time)
    at = 0
    while at < len(marks):
        at = found.take(at) if marks[at].is_day else at + 1
    for each in clocks:
        if each.bound:
            found.bounded(each)
    return found.result()


class _Reading:
    def __init__(self, text: str, marks: Sequence[Mark], now: datetime, time: Stretch | None) -> None:
        self._text, self._marks, self._now, self._time = text, marks, now, time
        self._said = Days()
        self._is_open = False
        """Some day is not sure."""
        self._days: dict[int, date] = {}
        """By the mark."""
        self._untils: set[date] = set()
        self._sinces: set[date] = set()
        self._weekly: list[frozenset[int]] = []
        self._excluded: frozenset[int] = frozenset()

    def take(self, at: int) -> int:
        """Read the day at a mark with what belongs to it. Returns the mark that comes next."""
        mark, said = self._marks[at], self._said
        if at and _OR.search(self._between(at - 1, at)) and self._marks[at - 1].is_day:
            said.unsure = True
        said.used.add(at)
        if mark.kind is Kind.DOUBT or (mark.day is None and mark.kind in (Kind.DAY, Kind.END)):
            said.doubtful = self._is_open = True
        elif mark.kind is Kind.WEEKDAY or mark.kind is Kind.WEEKLY:
            return self._take_weekdays(at)
        elif mark.kind is Kind.MONTHLY:
            said.month_day = mark.number
        elif mark.kind is Kind.DAYS and mark.day is not None and mark.last is not None:
            self._sinces.add(mark.day)
            self._untils.add(mark.last)
        elif mark.day is not None:
            self._place(at, at, mark.day, is_end=mark.kind is Kind.END)
        return at + 1

    def _take_weekdays(self, at: int) -> int:
        """Weekdays in a row: "Mon, Wed and Fri", "Tue to Sat", or one alone."""
        marks, last = self._marks, at
        numbers, each = self._numbers(at), self._is_each(at)
        through = False
        while last + 1 < len(marks) and marks[last + 1].kind in (Kind.WEEKDAY, Kind.WEEKLY) and not through:
            between = self._between(last, last + 1)
            if _OR.search(between):
                self._said.unsure = True
            elif _THROUGH.fullmatch(between) and len(numbers) == 1 and marks[last + 1].kind is Kind.WEEKDAY:
                first, end = min(numbers), min(self._numbers(last + 1))
                numbers = frozenset(day % 7 for day in range(first, end + (1 if end > first else 8)))
                through = True
            elif not _LIST.fullmatch(between) or is_not(marks[last + 1], self._text):
                break
            elif marks[last + 1].kind is Kind.WEEKLY and is_not(marks[at], self._text):
                break  # 除了周日每天都行
            last += 1
            self._said.used.add(last)
            numbers |= self._numbers(last)
            each = each or self._is_each(last)
        if is_not(marks[at], self._text) or is_not(marks[last], self._text):
            self._excluded |= numbers
            return last + 1
        weekday = marks[at].weekday
        if weekday is not None and weekday.every > 1:
            self._said.every = weekday.every
        if each or len(numbers) > 1:
            self._weekly.append(numbers)
        elif weekday is not None:
            self._take_single(at, weekday.number, weekday.weeks)
        return last + 1

    def _take_single(self, at: int, number: int, weeks: int | None) -> None:
        """One weekday without "every": the next such day, unless a date stands beside it."""
        self._said.weekday = number
        for other in (at - 1, at + 1):
            if 0 <= other < len(self._marks) and self._marks[other].kind is Kind.DAY:
                day = self._marks[other].day
                near = self._between(min(at, other), max(at, other))
                if day is not None and _BESIDE.fullmatch(near):
                    self._said.unsure |= day.weekday() != number
                    return
        today = self._now.date()
        if weeks is not None:
            self._place(at, at, dates.in_week(today, number, weeks))
            return
        ahead = (number - today.weekday()) % 7
        if ahead == 0:
            begins = self._time.begins if self._time is not None else None
            if begins is None:
                self._said.doubtful = True  # today, or in a week
                return
            ahead = 7 if begins <= self._now.hour * 60 + self._now.minute else 0
        self._place(at, at, today + timedelta(days=ahead))

    def _place(self, at: int, last: int, day: date, *, is_end: bool = False) -> None:
        """A day is the end, the beginning, or the day that is meant."""
        start, end = self._marks[at].start, self._marks[last].end
        front, back = self._text[max(0, start - 28) : start], self._text[end : end + 24]
        following = last + 1 if last + 1 < len(self._marks) else None
        beside = following is not None and self._marks[following].kind is Kind.WEEKDAY
        if following is not None and self._marks[following].kind is Kind.PART and not self._between(last, following):
            back = self._text[self._marks[following].end :][:24]
        if following is not None and beside and re.fullmatch(r"[(,]? ?", self._between(last, following)):
            back = self._text[self._marks[following].end :][:24].lstrip(")")
        before = at - 1
        if before >= 0 and self._marks[before].kind is Kind.WEEKDAY and _BESIDE.fullmatch(self._between(before, at)):
            start = self._marks[before].start
            front = self._text[max(0, start - 28) : start]
        starts = (bool(_SINCE.search(front)) and not self._goes_on(last)) or bool(_SINCE_BEHIND.match(back))
        if before >= 0 and self._days.get(before) is not None and _THROUGH.fullmatch(self._between(before, at)):
            self._sinces.add(self._days.pop(before))
            self._untils.add(day)
        elif is_end or _UNTIL.search(front) or _UNTIL_BEHIND.match(back):
            self._untils.add(day)
        elif starts:
            self._sinces.add(day)
            self._days[at] = day
        else:
            self._days[at] = day

    def _goes_on(self, at: int) -> bool:
        """Whether a time follows: "from tomorrow 7 pm" is no first day of many."""
        if at + 1 >= len(self._marks):
            return False
        following = self._marks[at + 1]
        return (following.is_time or following.kind is Kind.PART) and bool(
            re.fullmatch(r",?|at|from|around", self._between(at, at + 1))
        )

    def bounded(self, clock: Stretch) -> None:
        """A time before which something is to be: the day it stands beside is the last one ("tomorrow by 6 pm")."""
        if clock.bound != "before":
            return
        first, last = min([clock.first, *clock.parts]), clock.behind - 1
        for other, near in ((first - 1, (first - 1, first)), (last + 1, (last, last + 1))):
            day = self._days.get(other)
            if day is not None and re.fullmatch(r"[,的]?|on|by|before|until", self._between(*near)):
                self._untils.add(self._days.pop(other))
                return

    def result(self) -> Days:
        """What it comes to."""
        said = self._said
        days = set(self._days.values())
        if self._sinces and days - self._sinces:
            days -= self._sinces
        elif self._sinces and (self._weekly or self._untils):
            days = set()
        for found, several in ((days, len(days) > 1), (self._untils, len(self._untils) > 1)):
            said.doubtful |= several
            if several:
                found.clear()
        said.day = next(iter(days), None)
        said.until = next(iter(self._untils), None)
        said.since = next(iter(self._sinces), None) if len(self._sinces) == 1 else None
        if said.since is not None and said.day == said.since:
            said.day = None
        said.weekdays = self._all_weekly()
        said.unsure |= bool(self._excluded) and not said.weekdays
        if said.day is not None and (said.weekdays or self._is_open):
            said.doubtful, said.day = True, None
        return said

    def _all_weekly(self) -> frozenset[int]:
        """The most exact of what is said: "daily, Monday to Friday"."""
        narrow = [each for each in self._weekly if each != EVERY_DAY]
        return frozenset[int]().union(*(narrow or self._weekly)) - self._excluded

    def _numbers(self, at: int) -> frozenset[int]:
        weekday = self._marks[at].weekday
        return self._marks[at].weekdays if weekday is None else frozenset({weekday.number})

    def _is_each(self, at: int) -> bool:
        mark = self._marks[at]
        following = self._marks[at + 1] if at + 1 < len(self._marks) else None
        mornings = following is not None and following.many and not self._between(at, at + 1)
        return mark.kind is Kind.WEEKLY or (mark.weekday is not None and mark.weekday.each) or mornings

    def _between(self, one: int, other: int) -> str:
        return self._text[self._marks[one].end : self._marks[other].start].strip()
