"""How English names days and ends."""

import re

from domain.times import dates, words
from domain.times.english_times import PARTS
from domain.times.marks import EVERY_DAY, WEEKEND, WORKDAYS, Kind, Mark, Weekday
from domain.times.numbers import number_of
from domain.times.numeric_rules import day, year
from domain.times.scanning import Place, Rule, any_of

_MONTH = any_of(words.MONTHS)
_WEEKDAY = any_of(words.WEEKDAYS)
_WHICH = "(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_NTH = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)|{any_of(words.ORDINALS)})"
_YEAR = r"(?:(?:,|-|of)? ?((?:19|20)\d\d)(?!\d)|,? (?:of )?(next|this) year)?"
_FEW = any_of(words.AMOUNTS)
_UNIT = r"(day|week|month|fortnight)s?"
_BESIDE_A_DAY = re.compile(
    rf"(?:^|\b(?:every|each|on|this|coming|by|until|till|from|next|and|or|to|through|{_WEEKDAY}s?),? |[&+/–-] ?)$"
)
_BEFORE_A_DAY = re.compile(rf"(?:\.?,? (?:to|and|or|till|until|through) |\.?,? ?[-–&+/]? ?){_WEEKDAY}s?\b")
_NO_DAY_AHEAD = re.compile(r"\b(?:once|twice|times)(?: with)? $|(?:\b(?:not|never)|n't)(?: \w{1,12}){0,2} $")
"""Twice in a week; not seen in a month."""
_SEVERAL = re.compile(rf"(?:\d|\b{_FEW}) $")


def _year_of(place: Place, group: int) -> int | None:
    if place.word(group):
        return year(place.word(group))
    named = place.word(group + 1)
    return None if not named else place.today.year + (named == "next")


def _date(place: Place, number: str, month: str, group: int) -> Mark:
    month_number, in_year = words.MONTHS[month], _year_of(place, group)
    which = number_of(number)
    if in_year is None:
        return day(place, dates.coming(place.today, month_number, which))
    return day(place, dates.exact(in_year, month_number, which))


def _month_first(place: Place) -> Mark | None:
    if place.word(1) == "may" and re.search(r"\b(?:i|you|he|she|it|we|they|who|that|people|one) $", place.before):
        return None
    return _date(place, place.word(2), place.word(1), 3)


def _from_to(place: Place) -> Mark:
    last = _date(place, place.word(2), place.word(3), 4)
    if last.day is None:
        return last
    first = dates.exact(last.day.year, last.day.month, number_of(place.word(1)))
    kind = Kind.DAYS if first is not None and first <= last.day else Kind.DOUBT
    return Mark(kind, place.start, place.end, day=first, last=last.day)


def _nth_weekday(place: Place) -> Mark:
    """The first Saturday of next month, of December. Each month's is more than a week can say."""
    nth = -1 if place.word(1) == "last" else number_of(place.word(1))
    number, today = words.WEEKDAYS[place.word(2)], place.today
    if place.word(3):
        at = dates.months_on(today, place.word(3) == "next")
        return day(place, dates.nth_weekday(*at, nth, number))
    month, in_year = words.MONTHS[place.word(4)], _year_of(place, 5)
    found = dates.nth_weekday(in_year or today.year, month, nth, number)
    if in_year is None and (found is None or found < today):
        found = dates.nth_weekday(today.year + 1, month, nth, number)
    return day(place, found)


def _doubt(place: Place) -> Mark:
    return Mark(Kind.DOUBT, place.start, place.end)


def _is_beside_a_day(place: Place) -> bool:
    return _BESIDE_A_DAY.search(place.before) is not None or _BEFORE_A_DAY.match(place.after) is not None


def _weekday(place: Place) -> Mark | None:
    how, word, plural, behind = place.word(1), place.word(2), place.word(3), place.word(4)
    if word in words.ALSO_OTHER_WORDS and not how and plural != "s" and not _is_beside_a_day(place):
        return None
    number = words.WEEKDAYS[word]
    if place.after.startswith("-ish"):
        return _doubt(place)
    ahead = (number - place.today.weekday()) % 7
    if how == "last" and not behind:
        return day(place, dates.before(place.today, 7 - ahead, "day"))
    if how.startswith(("next", "alternate")) and not behind:
        # Today's weekday can only be the one in a week; of another, some mean this week's, and others the next one's.
        return day(place, dates.ahead(place.today, 7, "day")) if how == "next" and not ahead else _doubt(place)
    if how.startswith(("every", "each")) or plural == "s":
        every = 2 if how.endswith(("other", "second", "2nd")) else 1
        weekday = Weekday(number, each=True, every=every)
    elif behind:
        weekday = Weekday(number, weeks=0 if behind == "this week" else 1)
        if behind in ("week", "in a week"):  # Friday week: a week after the Friday that comes
            return day(place, dates.ahead(place.today, ahead + 7, "day"))
    elif how.startswith("this") or how.endswith("coming"):
        return day(place, dates.ahead(place.today, ahead, "day"))
    else:
        weekday = Weekday(number)
    return Mark(Kind.WEEKDAY, place.start, place.end, weekday=weekday)


def _next_week(place: Place) -> Mark:
    return day(place, dates.in_week(place.today, words.WEEKDAYS[place.word(1)], 1))


def _workdays(place: Place) -> Mark:
    if _SEVERAL.search(place.before):  # "within 5 working days"
        return _doubt(place)
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=WORKDAYS)


def _weekend(place: Place) -> Mark:
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=WEEKEND)


def _daily(place: Place) -> Mark:
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=EVERY_DAY)


def _nightly(place: Place) -> Mark:
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=EVERY_DAY, hours=words.PARTS["evening"])


def _monthly(place: Place) -> Mark:
    return Mark(Kind.MONTHLY, place.start, place.end, number=number_of(place.word(1) or place.word(2)))


def _of_month(place: Place) -> Mark:
    return day(place, dates.of_month(place.today, number_of(place.word(1))))


def _end(place: Place) -> Mark:
    """The end of this year, of next month, of March, of 2027. The last *day* of it is a day."""
    today, unit, which = place.today, place.word(3), place.word(2)
    ahead = 1 if which == "next" else 0
    if place.word(4):
        month, in_year = words.MONTHS[place.word(4)], _year_of(place, 5)
        last = dates.month_end(in_year or today.year, month)
        if in_year is None and last is not None and last < today:
            last = dates.month_end(today.year + 1, month)
    elif place.word(7):
        last = dates.exact(int(place.word(7)), 12, 31)
    elif unit == "week":
        last = dates.week_end(today, ahead)
    elif unit == "month":
        last = dates.month_end(*dates.months_on(today, ahead))
    else:
        last = dates.exact(today.year + ahead, 12, 31)
    kind = Kind.DOUBT if last is None else Kind.DAY if "day" in place.word(1) else Kind.END
    return Mark(kind, place.start, place.end, day=last)


def _this_end(place: Place) -> Mark:
    """Year's end, within the month, before the year is over."""
    unit = next(filter(None, place.groups))
    last = {
        "year": dates.exact(place.today.year, 12, 31),
        "month": dates.month_end(place.today.year, place.today.month),
        "week": dates.week_end(place.today),
    }.get(unit) or dates.exact(int(unit), 12, 31)
    return Mark(Kind.END if last else Kind.DOUBT, place.start, place.end, day=last)


def _ahead(place: Place) -> Mark | None:
    if _NO_DAY_AHEAD.search(place.before):
        return None
    unit = place.word(2)
    return day(place, dates.ahead(place.today, number_of(place.word(1) or "a"), unit))


def _ago(place: Place) -> Mark:
    return day(place, dates.before(place.today, number_of(place.word(1)), place.word(2)))


def _week_on(place: Place) -> Mark:
    ahead = (words.WEEKDAYS[place.word(1)] - place.today.weekday()) % 7
    return day(place, dates.ahead(place.today, ahead + 7, "day"))


def _within(place: Place) -> Mark:
    last = dates.ahead(place.today, number_of(place.word(1) or "a"), place.word(2))
    return Mark(Kind.END if last else Kind.DOUBT, place.start, place.end, day=last)


def _named(place: Place) -> Mark:
    word = place.word(1).replace("-", " ")
    found = dates.ahead(place.today, max(words.DAYS_AHEAD[word], 0), "day")
    if words.DAYS_AHEAD[word] < 0:
        found = dates.in_week(place.today, place.today.weekday() + words.DAYS_AHEAD[word], 0)
    hours = words.PARTS["tonight"] if word == "tonight" else None
    return Mark(Kind.DAY, place.start, place.end, day=found, hours=hours)


def _today(place: Place) -> Mark:
    return Mark(Kind.DAY, place.start, place.end, day=place.today)


def _feast(place: Place) -> Mark:
    month, number = words.FEASTS[place.word(1).replace("-", " ")]
    in_year = _year_of(place, 2)
    if in_year is None:
        return day(place, dates.coming(place.today, month, number))
    return day(place, dates.exact(in_year, month, number))


ENGLISH_DAYS: list[Rule] = [
    # days in a month
    (rf"\b(?:the )?({_NTH}) ?(?:-|–|to|until|till) ?(?:the )?({_NTH}) ?(?:of )?({_MONTH})\b\.?{_YEAR}", _from_to),
    (rf"\b(?:the )?({_NTH})(?: day)?(?: of)?[ -]?({_MONTH})\b\.?{_YEAR}",
     lambda place: _date(place, place.word(1), place.word(2), 3)),
    (rf"\b({_MONTH})\.?[ -]?(?:the )?({_NTH})(?![:\d]|\.\d| ?[ap]\.? ?m\b){_YEAR}",
     _month_first),
    (rf"\bnext week,? (?:on )?({_WEEKDAY})\b", _next_week),
    (rf"\b(?:the )?({_WHICH}) ({_WEEKDAY}) (?:of|in) (?:(next|this) month|({_MONTH})\b{_YEAR})", _nth_weekday),
    (rf"\b(?:the )?{_WHICH} {_WEEKDAY}s? (?:of|in) (?:each|every|the|a) month\b", _doubt),
    (rf"\b(?:the )?(?!last){_WHICH} {_WEEKDAY}s?\b", _doubt),
    (rf"\b(?:on )?the ({_NTH}) (?:of|in) (?:each|every|the) month\b|\bevery month on the ({_NTH})(?![\w:])", _monthly),
    (rf"(?:(?<=\bon )|(?<=day )|(?<=\bby )|(?<=til )|(?<=till ))the ({_NTH})(?: of this month)?"
     r"(?=$|[,.;!?]| at\b| from\b)",
     _of_month),
    # ends
    (rf"\b(?:the )?(?:very )?((?:end|last day) of|end(?= {_MONTH}))"
     rf"(?: (?:(the|this|next) )?(year|month|week)| ({_MONTH})\b{_YEAR}|"
     r" ((?:19|20)\d\d)(?!\d))(?! (?:ago|before))", _end),
    (r"\b(?:the )?(year|month|week)(?:'?s)?[- ]end(?!\w)|\bwithin (?:the|this) (year|month|week)\b"
     r"|\b(?:the )?(year|month|(?:19|20)\d\d) (?:is over|is out|ends|is up)\b", _this_end),
    (r"\b(?:within|in the next)(?: the next)?(?: about)? "
     rf"(?:({_FEW}|\d{{1,3}}) )?(day|week|month|fortnight)s?\b", _within),
    (rf"\b(?:in )({_FEW}|\d{{1,3}})(?: more)? {_UNIT}(?: time)?\b", _ahead),
    (rf"\b({_FEW}|\d{{1,3}}) {_UNIT} (?:from (?:now|today)|later|hence|ahead)\b", _ahead),
    (rf"\b({_FEW}|\d{{1,3}}) {_UNIT} ago\b", _ago),
    # weekdays
    (rf"\ba week on ({_WEEKDAY})\b", _week_on),
    (r"\b(?:every |on )?weekdays?(?= (?:morning|afternoon|evening|night)s?\b)", _workdays),
    (r"\bevery (?:other|second|2nd|two|three|few) (?:days?|weeks?|weekends?|months?|nights?)\b|\bfortnightly\b"
     r"|\bmonthly\b|\b(?:every|each) month\b|\bonce a (?:week|month|year|fortnight)\b", _doubt),
    (rf"\b(?:some|one|two|three|a few|several|many|most) {_WEEKDAY}s?\b(?: (?:a|each|every|per) month)?",
     _doubt),
    (rf"\b(?:(every(?: (?:other|second|2nd|single))?|each|this(?: coming)?|the coming|coming|next|last|alternate) )?"
     rf"({_WEEKDAY})('?s)?(?: (next week|this week|week|in a week))?\b(?!')", _weekday),
    (r"\b(?:on )?(?:(?:every|each) (?:weekday|working day|work ?day|business day)|weekdays|working ?days|work ?days"
     r"|business days)\b", _workdays),
    (r"\b(?:(?:every|each|all) weekends?|(?:at |on )?(?:the )?weekends)\b", _weekend),
    (r"\b(?:this|next|last|the|at|on|coming)? ?(?:the )?weekend\b|\bweekday\b", _doubt),
    (r"\b(?:(?:every|each) (?:single )?day|everyday|daily|(?:all )?(?:7|seven) days a week|day in,? day out)\b",
     _daily),
    (rf"\b(?:every|each)(?: single)?(?= {PARTS}\b)", _daily),
    (r"\bnightly\b", _nightly),
    # days by name
    (rf"\b({any_of(words.DAYS_AHEAD)})\b(?!')", _named),
    (rf"\bthis(?= {PARTS}\b)", _today),
    (rf"\b({any_of(words.FEASTS)})\b{_YEAR}"
     r"(?! (?:tree|party|parties|lights|market|carol|dinner|lunch|song|card|decoration|present)s?\b)",
     _feast),
    (rf"\b{any_of(words.MOVEABLE)}\b|\bnext (?:week|month|year)\b", _doubt),
]  # fmt: skip
