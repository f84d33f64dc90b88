"""Hours beside each other, brought to one stretch of the day: "7 to 8 pm", 中午12点半到1点半."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from domain.times.hours import DAY, HALF, Hour, Stretch, between
from domain.times.marks import Clock, Kind, Mark
from domain.times.words import PARTS, ZH_PARTS

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
_OF_THE_EVENING = (ZH_PARTS["晚上"], ZH_PARTS["夜里"], PARTS["night"], PARTS["evening"])


def stretches(marks: Sequence[Mark], text: str) -> tuple[list[Stretch], set[int]]:
    """All times of the day in a text, in order; and which of the marks they used."""
    reading = _Reading(marks, text)
    return reading.all(), reading.used


class _Reading:
    def __init__(self, marks: Sequence[Mark], text: str) -> None:
        self._marks = marks
        self._text = text
        self.used: set[int] = set()

    def all(self) -> list[Stretch]:
        """The times, in order. Two of which one is meant are one that is open."""
        found: list[Stretch] = []
        at = 0
        while at < len(self._marks):
            stretch = self._read(at, self.used) if self._marks[at].is_time else None
            if stretch is None:
                at += 1
                continue
            self.used.update(range(at, stretch.behind), stretch.parts)
            if found and self._is_choice(found[-1], stretch):
                found[-1].begins, found[-1].may_be = None, ()
                found[-1].behind = stretch.behind
            else:
                found.append(stretch)
            at = stretch.behind
        return found

    def _gap(self, one: Mark, other: Mark) -> str:
        """What stands between two marks."""
        return self._text[one.end : other.start].strip()

    def _is_choice(self, one: Stretch, other: Stretch) -> bool:
        return _EITHER.fullmatch(self._gap(self._marks[one.behind - 1], self._marks[other.first])) is not None

    def _read(self, at: int, used: Set[int]) -> Stretch | None:
        mark = self._marks[at]
        if mark.kind is Kind.SPAN:
            return Stretch(mark.number, mark.number + mark.length, first=at, behind=at + 1)
        begin, behind = self._hour(at, used)
        parts = set(range(at, behind))
        before = self._part_before(at, used)
        if before is not None:
            parts.add(before)
        if behind < len(self._marks):
            second = behind
            if (
                self._marks[second].kind is Kind.PART
                and second + 1 < len(self._marks)
                and self._marks[second + 1].is_time
            ):
                second += 1
            if self._marks[second].is_time and self._marks[second].kind is not Kind.SPAN:
                connector = self._text[self._marks[behind - 1].end : self._marks[behind].start].strip()
                linked = _CONNECTS.fullmatch(connector) or (
                    _AND.fullmatch(connector) and _BETWEEN.search(self._text[max(0, mark.start - 16) : mark.start])
                )
                if linked:
                    end, after = self._hour(second, parts)
                    made = self._range(at, second, begin, end, after)
                    if made is not None:
                        made.first, made.behind = at, after
                        made.parts = parts | set(range(behind, after))
                        return made
                    if begin.hours is None:
                        return None
        if mark.kind is Kind.BARE and begin.hours is None and self._is_at(mark):
            return self._alone(begin, at, behind, parts)
        if mark.kind is Kind.BARE and (begin.hours is None or (not begin.behind and not self._may_stand_alone(at))):
            return None
        if (
            mark.kind is Kind.BARE
            and at
            and self._marks[at - 1].kind is Kind.BARE
            and _EITHER.fullmatch(self._gap(self._marks[at - 1], mark))
        ):
            return Stretch(None, first=at, behind=behind, parts=parts)
        if mark.kind is Kind.DOTTED and begin.hours is None and not self._is_asked(at):
            return None
        return self._alone(begin, at, behind, parts)

    def _alone(self, hour: Hour, at: int, behind: int, parts: set[int]) -> Stretch:
        minute = hour.minutes()
        may_be = () if minute is not None or hour.hours is not None else tuple((each, None) for each in hour.both())
        made = Stretch(None if minute is None else minute % DAY, may_be=may_be, first=at, behind=behind, parts=parts)
        made.after_midnight = minute is not None and hour.hours in _OF_THE_EVENING and (minute >= DAY or minute < HALF)
        start = self._marks[min(parts)].start
        front, back = self._text[max(0, start - 16) : start], self._text[self._marks[behind - 1].end :][:12]
        if _AFTER.search(front) or _AFTER_IT.match(back):
            made.bound = "after"
        elif _BEFORE.search(front) or _BEFORE_IT.match(back):
            made.bound = "before"
        return made

    def _may_stand_alone(self, at: int) -> bool:
        """Whether a mere number behind a part of the day is its hour: "evenings at nine", not "evening, 3 people"."""
        front = self._gap(self._marks[at - 1], self._marks[at])
        if front in ("", ",") and _COUNTS_NOTHING.match(self._text[self._marks[at].end :][:10]):
            return True
        return front.endswith(("at", "around", "about", "from", "until", "till", "by")) and not re.match(
            r" ?[a-z\u3400-\u9fff]", self._text[self._marks[at].end :][:2]
        )

    def _is_at(self, mark: Mark) -> bool:
        """Whether "at" stands in front of a number and nothing behind that it counts: "at 9", not "at 9 Kirk Lane"."""
        front, back = self._text[max(0, mark.start - 4) : mark.start], self._text[mark.end : mark.end + 10]
        return front.endswith("at ") and _COUNTS_NOTHING.match(back) is not None

    def _is_asked(self, at: int) -> bool:
        """Whether 19.30 stands where a time would: alone, behind "at", behind a day."""
        mark, before = self._marks[at], self._marks[at - 1] if at else None
        if before is not None and before.kind in (Kind.DAY, Kind.WEEKDAY) and self._gap(before, mark) in ("", ","):
            return True
        front, back = self._text[: mark.start].strip(), self._text[mark.end :].strip()
        minutes = int(self._text[mark.start : mark.end].rstrip(".").rpartition(".")[2])
        return (
            (not front and not back and minutes > 12)
            or front.endswith((" at", " from", "until", "till"))
            or front in ("at", "from")
        )

    def _hour(self, at: int, used: Set[int]) -> tuple[Hour, int]:
        """The hour at a mark with the part of the day in front of it or behind it, and the mark that comes next."""
        mark = self._marks[at]
        if mark.kind is Kind.NOON:
            return Hour(Clock(mark.number // 60, mark.number % 60, sure=True), minute=mark.number), at + 1
        clock = mark.clock
        if clock is None:
            hour, _, minute = self._text[mark.start : mark.end].rstrip(".").partition(".")
            clock = Clock(int(hour), int(minute.strip()[:2] or 0), int(hour) > 12 or hour[0] == "0", written=True)
        following = self._marks[at + 1] if at + 1 < len(self._marks) else None
        if following is not None and following.kind is Kind.HALF and not self._gap(mark, following):
            return Hour(clock, following.hours, behind=True), at + 2
        front = self._part_before(at, used)
        if (
            following is not None
            and following.kind in (Kind.PART, Kind.NOON, Kind.DAY)
            and following.hours is not None
            and _PART_BEHIND.fullmatch(self._gap(mark, following))
            and not (
                at + 2 < len(self._marks)
                and self._marks[at + 2].is_time
                and not self._gap(following, self._marks[at + 2])
            )
            and front is None
        ):
            return Hour(clock, following.hours, behind=True), at + 2
        if following is not None and following.is_day and at + 2 < len(self._marks) and front is None:
            part = self._marks[at + 2]  # "half past six each morning", "at 8 on Saturday morning"
            near = self._gap(mark, following) in ("", "on", ",") and not self._gap(following, part)
            if part.kind is Kind.PART and near and not (at + 3 < len(self._marks) and self._marks[at + 3].is_time):
                return Hour(clock, part.hours, behind=True), at + 1
        return Hour(clock, self._marks[front].hours if front is not None else None), at + 1

    def _part_before(self, at: int, used: Set[int]) -> int | None:
        if not at or at - 1 in used or self._marks[at].kind in (Kind.NOON, Kind.SPAN):
            return None
        part = self._marks[at - 1]
        if part.kind is Kind.PART or (part.hours is not None and part.kind in (Kind.DAY, Kind.WEEKLY)):
            return at - 1 if _PART_BEFORE.fullmatch(self._gap(part, self._marks[at])) else None
        return None

    def _range(self, at: int, second: int, begin: Hour, end: Hour, after: int) -> Stretch | None:
        """From one to another. What was said of the part of the day once counts for both, as far as it can."""
        kinds = {self._marks[at].kind, self._marks[second].kind}
        loose = kinds <= {Kind.BARE} or kinds <= {Kind.DOTTED} or kinds == {Kind.BARE, Kind.DOTTED}
        said = begin.hours is not None or end.hours is not None
        alone = not self._text[: self._marks[at].start].strip(" ,") and not self._text[
            self._marks[after - 1].end :
        ].strip(" .,")
        if kinds == {Kind.BARE} and (begin.clock.hour, end.clock.hour) == (9, 5):
            return Stretch(9 * 60, 17 * 60)  # as everybody says it
        if loose and not said and not (kinds == {Kind.DOTTED} and alone):
            return None
        if (
            kinds == {Kind.BARE}
            and not end.behind
            and _CROWD.match(self._text[self._marks[after - 1].end :].lstrip()[:1] or " ")
        ):
            return None  # 晚上7到9个人
        is_to = begin.clock.worded in ("five", "ten") and self._gap(self._marks[at], self._marks[second]) == "to"
        if is_to and not _FROM.search(self._text[max(0, self._marks[at].start - 16) : self._marks[at].start]):
            return Stretch(None)  # five to seven: five minutes before it, or two hours
        return between(begin, end)
