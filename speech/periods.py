"""How a period and the parts of it are spoken of."""

from datetime import date

from domain.figures.periods import Length, Period, containing
from speech.speaker import PlainSpeaker


def when(say: PlainSpeaker, period: Period, *, goes_on: bool = False) -> str:
    """`In the year to 31 December 2023`, `In March 2026`, `From 2 March 2026 to 8 March 2026`: a sentence begins so."""
    if goes_on:
        return say.label("From {first} until now", first=full(say, period.first))
    if _is(period, Length.MONTH):
        return say.label("In {month}", month=month(say, period.first))
    if _is_a_year(period):
        return say.label("In the year to {last}", last=full(say, period.last))
    if period.first == period.last:
        return say.label("On {day}", day=full(say, period.first))
    return say.label("From {first} to {last}", first=full(say, period.first), last=full(say, period.last))


def title(say: PlainSpeaker, period: Period) -> str:
    """What a report of it is called: `Yearly report 2025`; of days one names, just a report."""
    if _is(period, Length.YEAR):
        return say.label("Yearly report {year}", year=period.first.year)
    if _is(period, Length.MONTH):
        return say.label("Monthly report {month}", month=month(say, period.first))
    if _is(period, Length.WEEK):
        return say.label("Weekly report")
    return say.label("What residents reported, and what became of it")


def dates(say: PlainSpeaker, period: Period, *, goes_on: bool = False) -> str:
    """`1 January 2023 – 31 December 2023`, on a line of its own."""
    if goes_on:
        return say.label("{first} until now", first=full(say, period.first))
    if period.first == period.last:
        return full(say, period.first)
    return say.label("{first} – {last}", first=full(say, period.first), last=full(say, period.last))


def name(say: PlainSpeaker, period: Period, *, goes_on: bool = False) -> str:
    """`2026`, `March 2026`, else its days: to tell it from another."""
    if _is(period, Length.YEAR):
        return say.formatted(period.first, "y", "y年")
    return month(say, period.first) if _is(period, Length.MONTH) else dates(say, period, goes_on=goes_on)


def part(say: PlainSpeaker, whole: Period, of: Period) -> str:
    """A part of a period, in short: `Mar`, `2–8 Mar`, `Mon 2 Mar`; with the year where the whole is of several."""
    first, last = of.first, of.last
    if _is(of, Length.MONTH):
        over_years = whole.first.year != whole.last.year
        return say.formatted(first, "MMM y" if over_years else "MMM", "y年M月" if over_years else "M月")
    if _is(of, Length.YEAR):
        return say.formatted(first, "y", "y年")
    if _is(of, Length.QUARTER):
        begins, ends = say.formatted(first, "MMM", "y年M月"), say.formatted(last, "MMM y", "M月")
        return say.label("{first}–{last}", first=begins, last=ends)
    if first == last:
        return say.formatted(first, "EEE d MMM", "M月d日 EEE")
    days = say.formatted(last, "d MMM", "d日" if first.month == last.month else "M月d日")
    begins = say.formatted(first, "d" if first.month == last.month else "d MMM", "M月d日")
    return say.label("{first}–{last}", first=begins, last=days)


def full(say: PlainSpeaker, day: date) -> str:
    """`3 March 2026`."""
    return say.formatted(day, "d MMMM y", "y年M月d日")


def month(say: PlainSpeaker, day: date) -> str:
    """`March 2026`."""
    return say.formatted(day, "MMMM y", "y年M月")


def _is(period: Period, length: Length) -> bool:
    calendars = containing(period.first, length)
    return (period.first, period.after) == (calendars.first, calendars.after)


def _is_a_year(period: Period) -> bool:
    """From some day until the day before the same a year later."""
    day = period.first
    return (day.month, day.day) == (period.after.month, period.after.day) and period.after.year == day.year + 1
