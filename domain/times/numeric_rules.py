"""Days and times in digits, whatever the language around them: 2027-01-05, 5.12., 31/12, 19:30, 9h30, 0800 hrs."""

import re
from datetime import date

from domain.times import dates
from domain.times.marks import Clock, Kind, Mark
from domain.times.scanning import Place, Rule


def day(place: Place, found: date | None) -> Mark:
    """A day; doubt where there is no such day."""
    kind = Kind.DAY if found is not None else Kind.DOUBT
    return Mark(kind, place.start, place.end, day=found)


def year(written: str | None) -> int | None:
    """A year of four digits or two; None where none was written."""
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)


def _year_first(place: Place) -> Mark:
    return day(place, dates.exact(*map(int, filter(None, place.groups))))


def _year_last(place: Place) -> Mark:
    one, other, in_year = filter(None, place.groups)
    month_first = False if "." in place.text[place.start : place.end] else None
    return day(place, dates.numeric(int(one), int(other), year(in_year), place.today, month_first))


def _slashed(place: Place) -> Mark | None:
    one, other = int(place.word(1)), int(place.word(2))
    alone = not (place.before.strip() or place.after.strip())
    if (one, other) == (24, 7) or (
        not alone and other in (2, 3, 4, 5, 8, 10) and one < other and not place.month_first
    ):
        return None  # round the clock; half of it
    if max(one, other) > 31 or not one or not other or (one > 12 and other > 12):
        return None
    return day(place, dates.numeric(one, other, None, place.today, place.month_first))


def _dotted(place: Place) -> Mark | None:
    """5.12. and "by 5.12" are days; 7.30 is a time, or a price: what stands around it tells."""
    first, second = int(place.word(1)), place.word(2)
    front, back = place.before.strip(), place.after.strip()
    if place.month_first and first <= 12 and (_BEHIND_A_DAY.match(back) or front.endswith(("到", "至"))):
        return day(place, dates.numeric(first, int(second), None, place.today, True))
    if int(second) <= 12 and (
        (place.word(3) and (back or not front))
        or (place.word(3) and front.endswith(","))
        or _BEFORE_A_DAY.search(front)
    ):
        return day(place, dates.numeric(first, int(second), None, place.today, False))
    return Mark(Kind.DOTTED, place.start, place.end) if first < 25 and int(second) < 60 else None


def _colon(place: Place) -> Mark | None:
    hour, minute = int(place.word(1)), int(place.word(2))
    if hour == 24 and minute:
        return None
    sure = hour >= 13 or place.word(1).startswith("0")
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(hour, minute, sure, written=True))


def _before_half(place: Place) -> Mark:
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(int(place.word(1)), int(place.word(2))))


def _military(place: Place) -> Mark:
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(int(place.word(1)), int(place.word(2)), sure=True))


def _four(place: Place) -> Mark | None:
    """0700, at 1900, 0900-1700; but not the year 2030, nor a number of whatever else."""
    early = place.word(1)[0] == "0" and not place.before.rstrip().endswith(tuple("0123456789"))
    alone = early and not place.after[:1].isalnum() and not re.match(r" [a-z]", place.after)
    paired = place.word(1)[0] in "01" and _FOUR_BEHIND.match(place.after) is not None
    if not (alone or paired or place.before.endswith("at ") or _FOUR_BEFORE.search(place.before)):
        return None
    return _military(place)


def _year_first_in_a_row(place: Place) -> Mark | None:
    found = dates.exact(*map(int, filter(None, place.groups)))
    return None if found is None else day(place, found)


def _written(place: Place) -> Mark | None:
    hour = int(place.word(1))
    clock = Clock(hour, int(place.word(2)), hour > 12 or place.word(1)[0] == "0", written=True)
    return Mark(Kind.CLOCK, place.start, place.end, clock=clock)


def _hour_letter(place: Place) -> Mark:
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(int(place.word(1)), sure=True))


_BEFORE_A_DAY = re.compile(r"(?:\b(?:on|by|until|till?|before|due|since|latest|deadline)|[到至])(?: the)?:?$")
_BEHIND_A_DAY = re.compile("之?前|以前|那天|当天|为止|截止|[日号]|[早晚上中下]")
_FOUR = r"(?:[01]\d|2[0-3])[0-5][05](?!\d)"
_FOUR_BEFORE = re.compile(r"\b[01]\d[0-5][05] ?(?:-|–|to|until|till) ?$")
_FOUR_BEHIND = re.compile(rf" ?(?:-|–|to|until|till) ?{_FOUR}")
NUMERIC: list[Rule] = [
    ("|".join(rf"(?<![\d.\-/])((?:19|20)\d\d){mark}(\d{{1,2}}){mark}(\d{{1,2}})(?!\d)" for mark in "-/"), _year_first),
    (r"(?<![\d.\-/])((?:19|20)\d\d)\. ?(\d{1,2})\. ?(\d{1,2})(?!\d)", _year_first),
    (
        "|".join(rf"(?<![\d.\-/])(\d{{1,2}}){mark}(\d{{1,2}}){mark}((?:19|20)\d\d|[2-4]\d)(?!\d)" for mark in "-/"),
        _year_last,
    ),
    (r"(?<![\d.\-/])(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20)\d\d|[2-4]\d(?![:.]))(?!\d)", _year_last),
    (r"(?<![\d.\-/])(\d{1,2}) ?/ ?(\d{1,2})(?![\d/]|副|个|次|的)", _slashed),
    (r"(?<![\d:.,])(\d{1,2})[ .]([0-5]\d)(?= ?[ap]\.? ?m\b)", _before_half),
    (r"(?<![\d.,:])(2[0-3]|1\d|0?\d)\.([0-5]\d) ?(?:h|hrs|uhr)\b", _written),
    (r"(?<![\d.,:])(\d{1,2})\.(?: (?=\d{1,2}\.))?(\d{1,2})(\.?)(?![\d:])", _dotted),
    (r"(?<![\d:.,])(2[0-4]|1\d|0?\d)[:h]([0-5]\d)(?![\d:])(?: ?h\b)?", _colon),
    (r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)", _year_first_in_a_row),
    (r"(?<![\d:.,])(2[0-4]|[01]\d)([0-5][05]) ?(?:hrs?|h|hours)\b", _military),
    (r"(?<![\d:.,/#])(2[0-3]|[01]\d)([0-5][05])(?!\d|[.,:/]\d)", _four),
    (r"(?<![\d:.,])(2[0-3]|1[3-9]) ?(?:h|uhr)\b", _hour_letter),
]
