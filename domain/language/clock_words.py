"""A time of the day as people write it: `19:00-20:00`, `7.30 pm`, `19点到20点`, `晚上七点半`."""

import re

from domain.language.letters import short_answer
from domain.language.numerals import chinese_in_digits

DAY = 24 * 60
USUAL = 60
"""How long it takes when only its beginning is given, in minutes."""
_ONE = (
    r"(上午|早上|中午|下午|晚上|凌晨)? ?(\d{1,2}) ?(?:[:：.点时] ?(\d{2}|半)? ?分? ?)?"
    r"(am|pm|a\.m\.|p\.m\.|in the morning|in the afternoon|in the evening|at night)?"
)
_STRETCH = re.compile(rf"{_ONE}(?: ?(?:-|–|—|~|to|until|till|到|至) ?{_ONE})?", re.IGNORECASE)
_AFTERNOON = ("下午", "晚上")
_MORNING = ("上午", "早上")


def parse_stretch(text: str) -> tuple[int, int] | None:
    """(minute of the day at which it begins, minutes it takes), or None. It may go over midnight."""
    found = _STRETCH.fullmatch(chinese_in_digits(short_answer(text)))
    if found is None:
        return None
    groups = found.groups()
    begin = _minute(*groups[:4])
    if groups[5] is None:
        return None if begin is None else (begin, USUAL)
    # "7 to 8 pm", "晚上7点到8点": what is said once counts for both.
    half = groups[4] or (None if groups[5] == "12" and groups[0] in _MORNING else groups[0])
    end = _minute(half, groups[5], groups[6], groups[7] or groups[3])
    if groups[3] is None and groups[7] is not None:
        begin = _minute(groups[0], groups[1], groups[2], groups[7])
    if begin is None or end is None or begin == end:
        return None
    return begin, (end - begin) % DAY


def _minute(half: str | None, hour: str, minute: str | None, suffix: str | None) -> int | None:
    hours, minutes = int(hour), 30 if minute == "半" else int(minute or 0)
    said = (suffix or "").lower()
    late = half in _AFTERNOON or said.startswith("p") or said.endswith(("noon", "evening", "night"))
    early = half in ("凌晨", *_MORNING) or (said.startswith("a") and not late) or said.endswith("morning")
    if late and hours < 12:
        hours += 12
    if hours == 12 and (early or half == "晚上" or said.endswith("night")):
        hours = 0
    if hours > 23 or minutes > 59:
        return None
    return hours * 60 + minutes
