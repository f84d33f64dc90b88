"""A day and a time of it, as people write them: `tomorrow 9:00`, `Friday 9:00`, `2 December, 8 am`, `12月2日9点`."""

import re
from datetime import date, datetime, timedelta

from domain.language.clock_words import parse_stretch
from domain.language.days import parse_day, parse_weekdays
from domain.language.letters import normalized, short_answer

_NAMED = {
    "today": 0, "tonight": 0, "今天": 0, "今日": 0, "今晚": 0,
    "tomorrow": 1, "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "the day after tomorrow": 2, "后天": 2,
}  # fmt: skip
_EVENING = frozenset({"tonight", "今晚", "明晚"})
_EARLIEST_EVENING = 5 * 60
"""In an evening `5` is 17:00; an hour before it may be the next day's, and is no answer."""
_OFTEN_OR_UNSURE = re.compile(r"\b(?:every|each|next|last)\b|days$|每|下|上", re.IGNORECASE)
"""Not one day, or not surely which: `next Friday` is this week's to some, and next week's to others."""
_BETWEEN = " \t\n,，、"
"""What stands between a day and its time, besides "at"."""


def parse_moment(text: str, now: datetime) -> datetime | None:
    """The local time that is meant, to the minute, `now` being the local time; None where it is not both sure.

    Without a day it is today. What is over is given as it is.
    """
    words = normalized(short_answer(text)).strip().rstrip(".。")
    for end in range(len(words) + 1):
        # The longest time at the end, and a day before it.
        minute = _minute(words[end:])
        if minute is None:
            continue
        found = _with_day(words[:end], minute, now)
        if found is not None:
            return found
    return None


def _with_day(before: str, minute: int, now: datetime) -> datetime | None:
    named = before.casefold().strip(_BETWEEN).removeprefix("at ").removesuffix(" at").strip(_BETWEEN)
    if named == "at":
        named = ""
    if named in _EVENING and minute < 12 * 60:
        if minute < _EARLIEST_EVENING:
            return None
        minute += 12 * 60
    if not named:
        day: date | None = now.date()
    elif named in _NAMED:
        day = now.date() + timedelta(days=_NAMED[named])
    else:
        day = parse_day(named, now.date()) or _weekday(named, minute, now)
    return None if day is None else datetime(day.year, day.month, day.day) + timedelta(minutes=minute)


def _weekday(named: str, minute: int, now: datetime) -> date | None:
    """The next such day; today, as long as the time is still to come."""
    if _OFTEN_OR_UNSURE.search(named):
        return None
    found = parse_weekdays(re.sub(r"^this |^[这本]", "", named))
    if found is None or len(found) != 1:
        return None
    ahead = (next(iter(found)) - now.weekday()) % 7
    is_over = ahead == 0 and minute <= now.hour * 60 + now.minute
    return now.date() + timedelta(days=7 if is_over else ahead)


def _minute(words: str) -> int | None:
    """The minute of the day; a stretch of time is no moment, nor is a number alone, which may be a day."""
    words = re.sub(r"^(?:at) ", "", words.strip(" ,，"), flags=re.IGNORECASE)
    if not words or words.isdecimal() or re.search(r"[-–—~]|\bto\b|\btill?\b|到|至", words):
        return None
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", words):  # 5.12 is a day
        return None
    found = parse_stretch(words)
    return None if found is None else found[0]
