"""Hours beside each other, brought to one stretch of the day: "7 to 8 pm", 中午12点半到1点半."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from domain.times.marks import Clock, Hours, Kind, Mark
from domain.times.words import AM, PARTS, ZH_PARTS

DAY = 24 * 60
HALF = 12 * 60
_CONNECTS = re.compile(
    r",? ?(?:-+|–|—|~|to|until|till|til|thru|through|and until"
    r"|and (?:goes|lasts) (?:on )?(?:to|until|till)|一?直?[到至])"
    r" ?(?:about|around|roughly|approximately|the|at|大约|大概|约)?"
)
_AND = re.compile(r"and|和")
_BETWEEN = re.compile(r"\b(?:between|betw\.?|btw\.?)(?: about)? ?$")
_FROM = re.compile(r"\b(?:from|between)(?: about)? ?$")
_EITHER = re.compile(r"(?:,? ?(?:or|或者?|还是)(?: at| about)?)")
_PART_BEFORE = re.compile(
    r"[,:的约在就是]{0,2}|大约|大概|差不多"
    r"|(?:,? ?)?(?:at|from|around|about|between|by|until|till|starting at|, ?at|it's)(?: about)?"
)
_PART_BEHIND = re.compile(r",?|sharp|or so|on the dot|each|every|at|the|exactly")
_AFTER = re.compile(r"(?:\b(?:after|later than|past|since)|过了)(?: about)? ?$")
_BEFORE = re.compile(
    r"(?:\b(?:before|by|until|till|til|latest|up to|no later than)|最晚|最迟|不晚于|截至|截止)(?: about)? ?$|到$"
)
_AFTER_IT = re.compile(r" ?(?:or later|以后|之后|后(?!面|天|门|院))")
_BEFORE_IT = re.compile(r" ?(?:or earlier|at the latest|latest|以前|之前|前(?!面|天|门|院|后)|为止|截止)")
_COUNTS_NOTHING = re.compile(r" ?(?:$|[,.;!?]|(?:on|every|each|tomorrow|today|tonight|this|sharp|or so)\b)")
_CROWD = re.compile(r"[\u3400-\u9fff]")
_EARLIEST_SURE = 7
"""A time on a watch is one of 24 hours; before seven people may mean the afternoon."""
_OF_THE_EVENING = (ZH_PARTS["晚上"], ZH_PARTS["夜里"], PARTS["night"], PARTS["evening"])


@dataclass
class Hour:
    """An hour with what was said beside it of the part of the day."""

    clock: Clock
    hours: Hours | None = None
    minute: int | None = None
    """Where it can be only this one."""
    behind: bool = False
    """Whether the part was said behind it: it then counts for the hour in front, too."""

    def minutes(self) -> int | None:
        """The minute of the day, where it is sure."""
        if self.minute is not None:
            return self.minute
        hour = self.clock.hour
        if hour > 12 or (self.clock.sure and self.hours is None):
            return hour * 60 + self.clock.minute
        if self.hours is not None:
            found = self.hours[hour % 12] if hour else 0
            return None if found is None else found * 60 + self.clock.minute
        if self.clock.written and hour >= _EARLIEST_SURE:
            return hour * 60 + self.clock.minute
        return None

    def both(self) -> tuple[int, int]:
        """What it may be, in the morning and in the afternoon."""
        at = self.clock.hour % 12 * 60 + self.clock.minute
        return at, at + HALF


@dataclass
class Stretch:
    """A time of the day, or from one to another, as minutes; what it may be where it is not sure; and its marks."""

    begins: int | None
    ends: int | None = None
    may_be: tuple[tuple[int, int | None], ...] = ()
    bound: str = ""
    """`before` or `after`, where the time itself is not meant."""
    after_midnight: bool = False
    """Twelve at night and later: named as of the evening before, it is the next day's."""
    first: int = 0
    behind: int = 0
    parts: set[int] = field(default_factory=set)


def _gap(text: str, one: Mark, other: Mark) -> str:
    """What stands between two marks."""
    return text[one.end : other.start].strip()


def stretches(marks: Sequence[Mark], text: str) -> tuple[list[Stretch], set[int]]:
    """All times of the day in a text, in order; and which of the marks they used."""
    found: list[Stretch] = []
    used: set[int] = set()
    at = 0
    while at < len(marks):
        if not marks[at].is_time:
            at += 1
            continue
        stretch = _read(text, marks, at, used)
        if stretch is None:
            at += 1
            continue
        used.update(range(at, stretch.behind), stretch.parts)
        if found and _is_choice(text, marks, found[-1], stretch):
            found[-1].begins, found[-1].may_be = None, ()
            found[-1].behind = stretch.behind
        else:
            found.append(stretch)
        at = stretch.behind
    return found, used


def _is_choice(text: str, marks: Sequence[Mark], one: Stretch, other: Stretch) -> bool:
    between = text[marks[one.behind - 1].end : marks[other.first].start].strip()
    return _EITHER.fullmatch(between) is not None


def _read(text: str, marks: Sequence[Mark], at: int, used: Set[int]) -> Stretch | None:
    mark = marks[at]
    if mark.kind is Kind.SPAN:
        return Stretch(mark.number, mark.number + mark.length, first=at, behind=at + 1)
    begin, behind = _hour(text, marks, at, used)
    parts = set(range(at, behind))
    before = _part_before(text, marks, at, used)
    if before is not None:
        parts.add(before)
    if behind < len(marks):
        second = behind
        if marks[second].kind is Kind.PART and second + 1 < len(marks) and marks[second + 1].is_time:
            second += 1
        if marks[second].is_time and marks[second].kind is not Kind.SPAN:
            connector = text[marks[behind - 1].end : marks[behind].start].strip()
            linked = _CONNECTS.fullmatch(connector) or (
                _AND.fullmatch(connector) and _BETWEEN.search(text[max(0, mark.start - 16) : mark.start])
            )
            if linked:
                end, after = _hour(text, marks, second, parts)
                made = _range(text, marks, at, second, begin, end, after)
                if made is not None:
                    made.first, made.behind = at, after
                    made.parts = parts | set(range(behind, after))
                    return made
                if begin.hours is None:
                    return None
    if mark.kind is Kind.BARE and begin.hours is None and _is_at(text, mark):
        return _alone(text, marks, begin, at, behind, parts)
    if mark.kind is Kind.BARE and (begin.hours is None or (not begin.behind and not _may_stand_alone(text, marks, at))):
        return None
    if (
        mark.kind is Kind.BARE
        and at
        and marks[at - 1].kind is Kind.BARE
        and _EITHER.fullmatch(_gap(text, marks[at - 1], mark))
    ):
        return Stretch(None, first=at, behind=behind, parts=parts)
    if mark.kind is Kind.DOTTED and begin.hours is None and not _is_asked(text, mark):
        return None
    return _alone(text, marks, begin, at, behind, parts)


def _alone(text: str, marks: Sequence[Mark], hour: Hour, at: int, behind: int, parts: set[int]) -> Stretch:
    minute = hour.minutes()
    may_be = () if minute is not None or hour.hours is not None else tuple((each, None) for each in hour.both())
    made = Stretch(None if minute is None else minute % DAY, may_be=may_be, first=at, behind=behind, parts=parts)
    made.after_midnight = minute is not None and hour.hours in _OF_THE_EVENING and (minute >= DAY or minute < HALF)
    start = marks[min(parts)].start
    front, back = text[max(0, start - 16) : start], text[marks[behind - 1].end :][:12]
    if _AFTER.search(front) or _AFTER_IT.match(back):
        made.bound = "after"
    elif _BEFORE.search(front) or _BEFORE_IT.match(back):
        made.bound = "before"
    return made


def _may_stand_alone(text: str, marks: Sequence[Mark], at: int) -> bool:
    """Whether a mere number behind a part of the day is its hour: "every evening at nine", not "evening, 3 people"."""
    front = _gap(text, marks[at - 1], marks[at])
    if front in ("", ",") and _COUNTS_NOTHING.match(text[marks[at].end :][:10]):
        return True
    return front.endswith(("at", "around", "about", "from", "until", "till", "by")) and not re.match(
        r" ?[a-z\u3400-\u9fff]", text[marks[at].end :][:2]
    )


def _is_at(text: str, mark: Mark) -> bool:
    """Whether "at" stands in front of a number and nothing behind that it counts: "at 9", not "at 9 Kirk Lane"."""
    front, back = text[max(0, mark.start - 4) : mark.start], text[mark.end : mark.end + 10]
    return front.endswith("at ") and _COUNTS_NOTHING.match(back) is not None


def _is_asked(text: str, mark: Mark) -> bool:
    """Whether 19.30 stands where a time would: alone, or behind "at"."""
    front, back = text[: mark.start].strip(), text[mark.end :].strip()
    minutes = int(text[mark.start : mark.end].rstrip(".").rpartition(".")[2])
    return (
        (not front and not back and minutes > 12)
        or front.endswith((" at", " from", "until", "till"))
        or front in ("at", "from")
    )


def _hour(text: str, marks: Sequence[Mark], at: int, used: Set[int]) -> tuple[Hour, int]:
    """The hour at a mark with the part of the day in front of it or behind it, and the mark that comes next."""
    mark = marks[at]
    if mark.kind is Kind.NOON:
        return Hour(Clock(mark.number // 60, mark.number % 60, sure=True), minute=mark.number), at + 1
    clock = mark.clock
    if clock is None:
        hour, _, minute = text[mark.start : mark.end].rstrip(".").partition(".")
        clock = Clock(int(hour), int(minute.strip()[:2] or 0), int(hour) > 12 or hour[0] == "0", written=True)
    following = marks[at + 1] if at + 1 < len(marks) else None
    if following is not None and following.kind is Kind.HALF and not _gap(text, mark, following):
        return Hour(clock, following.hours, behind=True), at + 2
    front = _part_before(text, marks, at, used)
    if (
        following is not None
        and following.kind in (Kind.PART, Kind.NOON, Kind.DAY)
        and following.hours is not None
        and _PART_BEHIND.fullmatch(_gap(text, mark, following))
        and not (at + 2 < len(marks) and marks[at + 2].is_time and not _gap(text, following, marks[at + 2]))
        and front is None
    ):
        return Hour(clock, following.hours, behind=True), at + 2
    if following is not None and following.is_day and at + 2 < len(marks) and front is None:
        part = marks[at + 2]  # "half past six each morning", "at 8 on Saturday morning"
        near = _gap(text, mark, following) in ("", "on", ",") and not _gap(text, following, part)
        if part.kind is Kind.PART and near and not (at + 3 < len(marks) and marks[at + 3].is_time):
            return Hour(clock, part.hours, behind=True), at + 1
    return Hour(clock, marks[front].hours if front is not None else None), at + 1


def _part_before(text: str, marks: Sequence[Mark], at: int, used: Set[int]) -> int | None:
    if not at or at - 1 in used or marks[at].kind in (Kind.NOON, Kind.SPAN):
        return None
    part = marks[at - 1]
    if part.kind is Kind.PART or (part.hours is not None and part.kind in (Kind.DAY, Kind.WEEKLY)):
        return at - 1 if _PART_BEFORE.fullmatch(_gap(text, part, marks[at])) else None
    return None


def _range(
    text: str, marks: Sequence[Mark], at: int, second: int, begin: Hour, end: Hour, after: int
) -> Stretch | None:
    """From one to another. What was said of the part of the day once counts for both, as far as it can."""
    kinds = {marks[at].kind, marks[second].kind}
    loose = kinds <= {Kind.BARE} or kinds <= {Kind.DOTTED} or kinds == {Kind.BARE, Kind.DOTTED}
    said = begin.hours is not None or end.hours is not None
    alone = not text[: marks[at].start].strip(" ,") and not text[marks[after - 1].end :].strip(" .,")
    if kinds == {Kind.BARE} and (begin.clock.hour, end.clock.hour) == (9, 5):
        return Stretch(9 * 60, 17 * 60)  # as everybody says it
    if loose and not said and not (kinds == {Kind.DOTTED} and alone):
        return None
    if kinds == {Kind.BARE} and not end.behind and _CROWD.match(text[marks[after - 1].end :].lstrip()[:1] or " "):
        return None  # 晚上7到9个人
    is_to = begin.clock.worded in ("five", "ten") and _gap(text, marks[at], marks[second]) == "to"
    if is_to and not _FROM.search(text[max(0, marks[at].start - 16) : marks[at].start]):
        return Stretch(None)  # five to seven: five minutes before it, or two hours
    return _both(begin, end)


def _both(begin: Hour, end: Hour) -> Stretch:
    first, last = begin.minutes(), end.minutes()
    said, follows = begin.hours is not None or begin.minute is not None, end.hours is not None or end.minute is not None
    if (said and first is None) or (follows and last is None):
        return Stretch(None)
    if said and not follows:
        last = _next_after(first or 0, end)
    elif follows and not said and end.clock.hour == 12 and end.hours is AM:
        return Stretch(None)  # 10 to 12 am: noon is meant as often as midnight
    elif follows and not said:
        first = _latest_before(last or 0, begin, end)
    elif not said:
        day_of_24 = begin.clock.sure or end.clock.sure
        if first is None and day_of_24 and begin.clock.hour <= 12:
            first = begin.clock.hour * 60 + begin.clock.minute
        if first is not None:
            plain = end.clock.hour * 60 + end.clock.minute
            last = plain if day_of_24 and plain > first else _next_after(first, end)
    if first is None or last is None:
        mornings = begin.both()
        may_be = tuple((each, _next_after(each, end)) for each in mornings) if not follows else ()
        return Stretch(None, may_be=may_be)
    if first % DAY == last % DAY:
        return Stretch(None)
    return Stretch(first % DAY, last % DAY if last % DAY else DAY)


def _next_after(first: int, end: Hour) -> int:
    """The next time after `first` that an hour without a part of the day can be."""
    if end.clock.hour > 12 or end.clock.sure:
        return end.clock.hour * 60 + end.clock.minute
    at = end.both()[0]
    return first + (at - first - 1) % HALF + 1


def _latest_before(last: int, begin: Hour, end: Hour) -> int | None:
    """The last time before `last` that an hour without a part of the day can be; None where it may as well be another.

    English says the part behind both ("7 to 8 pm"). Chinese says it in front, and in front of the second only where it
    is another one: 7点到晚上9点 may begin at seven in the morning.
    """
    if begin.clock.hour > 12 or begin.clock.sure:
        return begin.clock.hour * 60 + begin.clock.minute
    at = begin.both()[0]
    found = last - 1 - (last - at - 1) % HALF
    if end.hours is not None and not end.behind and end.hours[begin.clock.hour % 12] == found % DAY // 60:
        return None if begin.clock.hour != 12 and not begin.clock.written else HALF + begin.clock.minute
    return found % DAY
