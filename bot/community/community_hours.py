"""The times and days of a community file: working hours, holidays, stretches of days."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from bot.community.community_doubles import overlapping_hours
from bot.community.community_schema import HoursSection
from domain.calendar.hours import MINUTES_A_DAY, Holiday, Window, WorkingHours

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIMES = re.compile(r"(\d{1,2}):(\d\d)\s*[-–—至到]\s*(\d{1,2}):(\d\d)")


def working_hours(section: HoursSection, zone: ZoneInfo, problems: list[str]) -> WorkingHours:
    """The hours of [hours]; round the clock where they cannot be told. What is wrong is added to `problems`."""
    windows = [
        window
        for number, day in enumerate(_WEEKDAYS)
        for text in getattr(section, day)
        if (window := _window(number, day, text, problems))
    ]
    holidays = [holiday for text in section.holidays if (holiday := _holiday(text, problems))]
    if not windows:
        if not any(getattr(section, day) for day in _WEEKDAYS):
            problems.append('[hours] has no day with times - write them like monday = ["9:00-12:00", "14:00-18:00"]')
        return WorkingHours.always(zone)
    overlaps = [
        told
        for number, day in enumerate(_WEEKDAYS)
        for told in overlapping_hours(day, [window for window in windows if window.weekday == number])
    ]
    problems += overlaps
    return WorkingHours.always(zone) if overlaps else WorkingHours(zone, tuple(windows), tuple(holidays))


def _window(weekday: int, day: str, text: str, problems: list[str]) -> Window | None:
    found = _TIMES.fullmatch(text.strip())
    mend = 'write it like "9:00-12:00", within one day; the end of a day is 24:00'
    if found:
        opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        whole = int(found[2]) < 60 and int(found[4]) < 60
        if whole and opens < closes <= MINUTES_A_DAY:
            return Window(weekday, opens, closes)
        if whole and closes <= opens < MINUTES_A_DAY:
            mend = "for a night, write one stretch until 24:00 and one from 0:00 on the next day"
    problems.append(f"{day} = '{text}' in [hours] - {mend}")
    return None


def _holiday(text: str, problems: list[str]) -> Holiday | None:
    days = stretch(text, "holidays", "in [hours]", problems)
    return Holiday(*days) if days else None


def stretch(text: str, key: str, place: str, problems: list[str]) -> tuple[date, date] | None:
    """First and last day of `2027-02-06 to 2027-02-12`, or one day; None, and a problem, where it is neither."""
    first, _, last = (part.strip() for part in text.partition(" to "))
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        days = None
    if days is None or days[1] < days[0]:
        mend = 'write it like "2027-01-01" or "2027-02-06 to 2027-02-12"'
        problems.append(f"{key} = '{text}' {place} - {mend}")
        return None
    return days
