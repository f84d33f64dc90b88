"""Each reader of people's words, tried with one line of its table: what it makes of it, and whether that is right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from benchmarks.word_tables import Line
from domain.community import Community
from domain.danger.danger import find_danger
from domain.places.places import find_place
from domain.pledges import pledge_replies, reply_amounts
from domain.pledges.plain_replies import Reading
from domain.pledges.promised_amounts import amount_in
from domain.pledges.reply_amounts import Count
from domain.reports.suggest import suggest_category, suggest_trade
from domain.times.when import read_when

NOW = datetime(2026, 11, 30, 10)
"""When the tables' texts are written: a Monday."""
_KINDS = {"lights": "lighting", "electricity": "power", "rubbish": "cleaning", "suggestions": "ideas"}
_TRADES = {"electrics": "electricity", "wood": "carpentry"}
"""What the tables call otherwise than the example's community file."""
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NO_KIND = ("-", "other")
_KIND_OF_TRADE = {"plumbing": "water", "electrics": "power", "locks": "lifts"}
"""Of a private repair: the kind it would be of, were it a report. Others are of no kind."""


class Outcome(StrEnum):
    """What became of a line."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"
    ASKED = "asked"


@dataclass(frozen=True)
class Reader:
    """A reader: which tables it is tried with, and how."""

    name: str
    tables: tuple[str, ...]
    judge: Callable[[Community, Line], tuple[Outcome, str]]
    """The outcome, and what was read, in words."""
    grave: Callable[[Line, str], bool] | None = None
    """Which of the wrong ones must not be at all."""


def _emergency(community: Community, line: Line) -> tuple[Outcome, str]:
    """Rung or asked: both are noticed. Which of the two stands behind it."""
    found = find_danger(line.text, community.dangers)
    if found is None:
        return Outcome.NONE, "-"
    return (Outcome.RIGHT if found.certain else Outcome.ASKED), found.danger.code


def _ordinary(community: Community, line: Line) -> tuple[Outcome, str]:
    found = find_danger(line.text, community.dangers)
    if found is None:
        return Outcome.RIGHT, "-"
    return (Outcome.WRONG if found.certain else Outcome.ASKED), found.danger.code


def _kind(community: Community, line: Line) -> tuple[Outcome, str]:
    found = suggest_category(line.text, community.categories)
    wanted, read = {_KINDS.get(line.expected, line.expected)}, found.code if found else "-"
    if line.between and line.between[0] != "-":
        # What is private goes to a volunteer: writers call it now by its kind, now by none, and neither is wrong.
        wanted |= {_KIND_OF_TRADE.get(line.between[0], "-"), "-"}
    if read in wanted or (read in _NO_KIND and not wanted.isdisjoint(_NO_KIND)):
        return Outcome.RIGHT, read
    return (Outcome.NONE if found is None else Outcome.WRONG), read


def _trade(community: Community, line: Line) -> tuple[Outcome, str]:
    found = suggest_trade(line.text, community.trades)
    wanted, read = _TRADES.get(line.between[0], line.between[0]), found.code if found else "-"
    return (Outcome.RIGHT if read == wanted else Outcome.NONE if found is None else Outcome.WRONG), read


def _place(community: Community, line: Line) -> tuple[Outcome, str]:
    found = find_place([line.text], community)
    read = found.area.code if found.area else "-"
    if read == line.expected:
        return Outcome.RIGHT, read
    if found.area is None:
        return (Outcome.ASKED if found.areas else Outcome.NONE), ",".join(each.code for each in found.areas) or "-"
    return Outcome.WRONG, read


_SAYS = {
    Reading.YES: "kept",
    Reading.NO: "not",
    Reading.PARTLY: "partly",
    Reading.NOT_THIS_TIME: "not_this_time",
    Reading.QUESTION: "question",
    Reading.UNSURE: "unclear",
}
_UNSURE = "unclear"


def _reply(_: Community, line: Line) -> tuple[Outcome, str]:
    """A number is looked for where the promise counts something, as the bot knows by its kind."""
    promised = line.between[0]
    counted = amount_in(promised)
    target = counted.number if counted is not None and counted.number > 1 else None
    read = _SAYS[pledge_replies.read(line.text, promised)]
    if target is not None or line.expected.startswith("number "):
        read = _counted(line, reply_amounts.count(line.text, promised, target), target)
    if read == line.expected:
        return Outcome.RIGHT, read
    return (Outcome.ASKED if read == _UNSURE else Outcome.WRONG), read


def _counted(line: Line, count: Count, target: int | None) -> str:
    """Of how many it is done or partly done the bot asks."""
    if count.reading is Reading.NO:
        return "number 0" if line.expected == "number 0" else "not"
    if count.reading is not Reading.YES:
        return _SAYS[count.reading]
    is_all = count.in_all and count.amount == target
    return "kept" if is_all and line.expected == "kept" else f"number {count.amount}"


def _kept_by_mistake(line: Line, read: str) -> bool:
    return read == "kept" and line.expected != "kept"


def _time(_: Community, line: Line) -> tuple[Outcome, str]:
    read = read_time(line.text, NOW)
    if read == line.expected:
        return Outcome.RIGHT, read
    return (Outcome.NONE if read == "?" else Outcome.WRONG), read


def read_time(text: str, now: datetime) -> str:
    """What the reader of times and days makes of a text, in the tables' form; `?` for nothing, or nothing sure."""
    when = read_when(text, now)
    days = when.day is not None or when.until is not None or bool(when.days)
    if (when.doubtful and not days) or when.may_be or when.every != 1:
        return "?"
    said = [
        "days " + ",".join(_WEEK[each] for each in sorted(when.days)) if when.days else "",
        when.day.isoformat() if when.day else "",
        f"..{when.until.isoformat()}" if when.until else "",
        "-".join(_clock(each) for each in (when.begins, when.ends) if each is not None),
    ]
    return " ".join(filter(None, said)) or "?"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _by_twelve_hours(line: Line, read: str) -> bool:
    """Whether an hour was taken for the one twelve hours before or after it."""
    wanted, found = _hours(line.expected), _hours(read)
    return len(wanted) == len(found) and any(abs(one - other) == 12 for one, other in zip(wanted, found, strict=True))


def _hours(expected: str) -> list[int]:
    return [int(part[:2]) for word in expected.split() for part in word.split("-") if part[2:3] == ":"]


READERS = (
    Reader("emergencies", ("emergencies",), _emergency),
    Reader("ordinary", ("ordinary",), _ordinary),
    Reader("kinds", ("kinds",), _kind),
    Reader("kinds_of_ordinary", ("ordinary",), _kind),
    Reader("trades", ("kinds",), _trade),
    Reader("places", ("places",), _place),
    Reader("promise_replies", ("promise_replies",), _reply, _kept_by_mistake),
    Reader("times", ("times",), _time, _by_twelve_hours),
)
