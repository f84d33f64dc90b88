"""Which volunteers are asked about a repair, and in which order. Pure: the same goes in, the same comes out.

The order, first to last:

1. who has the trade, is on call at this instant, has a job free and was not asked: others never (`may_be_asked`);
2. nearest: the fewest steps up the tree of areas from the repair until one of the volunteer's areas is inside;
3. fewest jobs at present, offers not answered yet counted with them;
4. longest since their last job, those who never had one first;
5. by number, so that the order is the same each time.

Nobody takes it: the circle is widened step by step. The innermost holds those who chose the place itself, something in
it or around it; each further one the area around the last, and the outermost everybody with the trade.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.calendar.hours import MINUTES_A_DAY, Window
from domain.calendar.local_time import instant, local_time
from domain.community import Area, Community, Dispatch
from domain.repairs.repairs import Urgency

HOURS_A_WEEK = 7 * 24
EVERYWHERE = "*"
"""In place of an area's code: a volunteer who goes anywhere in the community."""


@dataclass(frozen=True)
class Duty:
    """When a volunteer can be asked: round the clock or in weekly windows of local time, unless off or paused."""

    on: bool = True
    always: bool = True
    windows: tuple[Window, ...] = ()
    paused_until: datetime | None = None
    night: bool = False

    def on_call(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether they can be asked at that instant. A window's last minute is no longer in it."""
        if not self.on or (self.paused_until is not None and at < self.paused_until):
            return False
        if self.always:
            return True
        local = local_time(at, zone)
        minute = local.hour * 60 + local.minute
        return any(each.weekday == local.weekday() and each.opens <= minute < each.closes for each in self.windows)


@dataclass(frozen=True)
class Candidate:
    """A volunteer with the trade, as far from the repair as `distance` says."""

    person: int
    distance: int
    load: int
    """Jobs they hold and offers they have not answered."""
    jobs: int
    at_once: int
    last_job: str
    """When they last took one, as text whose order is that of time; empty for never."""
    duty: Duty

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """What they are ordered by: the smallest is asked first."""
        return self.distance, self.load, self.last_job, self.person


def may_be_asked(candidate: Candidate, at: datetime, zone: ZoneInfo, is_night: bool) -> bool:
    """On call now with a job free; at night only those who chose to be rung."""
    if candidate.jobs >= candidate.at_once or (is_night and not candidate.duty.night):
        return False
    return candidate.duty.on_call(at, zone)


def hour_of_week(at: datetime, zone: ZoneInfo) -> int:
    """The local hour an instant is in, counted from Monday's first, which is 0."""
    local = local_time(at, zone)
    return local.weekday() * 24 + local.hour


@lru_cache(maxsize=4096)
def hours_touched(always: bool, windows: tuple[Window, ...]) -> int:
    """The hours of the week in which somebody may be on call at some minute, as bits (`hour_of_week`)."""
    if always:
        return (1 << HOURS_A_WEEK) - 1
    bits = 0
    for window in windows:
        for hour in range(window.opens // 60, -(-window.closes // 60)):
            bits |= 1 << (window.weekday * 24 + hour)
    return bits


def first_of(
    ordered: Iterable[Candidate], count: int, asked: Collection[int], fits: Callable[[Candidate], bool]
) -> list[Candidate]:
    """The first `count` of candidates that come in order of their rank, each person once; none who was asked before."""
    chosen: list[Candidate] = []
    seen = set(asked)
    for candidate in ordered:
        if len(chosen) >= count:
            break
        if candidate.person not in seen and fits(candidate):
            seen.add(candidate.person)
            chosen.append(candidate)
    return chosen


def distance(repair: Sequence[str], area: Sequence[str]) -> int:
    """Steps up the tree from the repair's place until `area` is inside; both as codes from the top down."""
    common = 0
    for one, other in zip(repair, area, strict=False):
        if one != other:
            break
        common += 1
    return len(repair) - common


def circles(community: Community, area: str | None) -> int:
    """How many circles there are around a place: one for each level of the tree, and the whole community."""
    return len(community.path(area)) + 1 if area else 1


def reach(community: Community, area: str | None, circle: int) -> dict[str, int]:
    """Every area code a volunteer may have chosen to be within a circle → how far it is from `area`.

    Of a place nobody can put on the tree everybody is as near.
    """
    path = tuple(each.code for each in community.path(area)) if area else ()
    within: dict[str, int] = {EVERYWHERE: len(path)}
    for other in _paths(community.areas, ()):
        steps = distance(path, other)
        covers = other == path[: len(other)] or path == other[: len(path)]
        if covers or steps <= circle:
            within[other[-1]] = steps
    return within


def _paths(areas: Iterable[Area], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for area in areas:
        path = (*above, area.code)
        yield path
        yield from _paths(area.children, path)


def next_morning(at: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The next instant at which the local day has come to that hour."""
    local = local_time(at, zone)
    morning = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return instant(morning, zone)


def widen_after(times: Dispatch, urgency: Urgency) -> timedelta:
    """How long the volunteers asked last have before others are asked as well."""
    minutes = {Urgency.NOW: times.widen_now, Urgency.TODAY: times.widen_today, Urgency.WEEK: times.widen_week}
    return timedelta(minutes=minutes[urgency])


def nudge_after(times: Dispatch, urgency: Urgency) -> timedelta:
    """How long a repair may stand still with the one who took it; after as long again it is given to others."""
    minutes = {Urgency.NOW: times.nudge_now, Urgency.TODAY: times.nudge_today, Urgency.WEEK: times.nudge_week}
    return timedelta(minutes=minutes[urgency])


def windows_of(days: Iterable[int], opens: int, closes: int) -> tuple[Window, ...]:
    """The same stretch on several weekdays; one that goes past midnight ends on the day after."""
    found: list[Window] = []
    for day in days:
        if opens < closes:
            found.append(Window(day, opens, closes))
            continue
        found.append(Window(day, opens, MINUTES_A_DAY))
        if closes > 0:
            found.append(Window((day + 1) % 7, 0, closes))
    return tuple(sorted(found))
