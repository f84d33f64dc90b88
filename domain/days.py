"""A day as people write it: `5.12.`, `5.12.2026`, `2026-12-05`, `12月5日`."""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{4})?")
_CHINESE = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")


def parse_day(text: str, today: date) -> date | None:
    """The day that is meant, or None. Without a year it is the next such day, `today` included.

    A day that does not exist (31 February) is none.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        year, month, day = found[3], int(found[2]), int(found[1])
    elif found := _CHINESE.fullmatch(text):
        year, month, day = found[1], int(found[2]), int(found[3])
    else:
        return None
    if year is not None:
        return _day(int(year), month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year is not None and this_year >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
