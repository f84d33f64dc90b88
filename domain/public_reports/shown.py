"""What the public page of reports says of one: where it stands, how long that took, and where it is.

Of the place no more is said than fits several households: the area around it where a smaller one has fewer.
"""

from datetime import datetime
from enum import StrEnum

from domain.calendar.local_time import local_time
from domain.community import Area, Community
from domain.core.stored import Stored
from domain.reports.reports import State

FEWEST_HOUSEHOLDS = 5
"""An area with fewer is not named: it would point at somebody."""


class PublicState(Stored, StrEnum, kept_in="public_report_lists.state"):
    """Where a report stands, as everybody reads it. The order is that of the page."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    NOT_CONFIRMED = "not_confirmed"  # staff say it is fixed, and nobody has said so who reported it
    FIXED = "fixed"  # who reported it says so
    DECLINED = "declined"


_STATES = {
    State.NEW: PublicState.OPEN,
    State.REOPENED: PublicState.OPEN,
    State.TAKEN: PublicState.IN_PROGRESS,
    State.STARTED: PublicState.IN_PROGRESS,
    State.HANDED_ON: PublicState.IN_PROGRESS,
    State.RESOLVED: PublicState.NOT_CONFIRMED,
    State.UNANSWERED: PublicState.NOT_CONFIRMED,
    State.CONFIRMED: PublicState.FIXED,
    State.DECLINED: PublicState.DECLINED,
}


def state(of: State) -> PublicState | None:
    """Where it stands; None where nothing is shown of it: taken back, part of another one, or nobody knows."""
    return _STATES.get(of)


def days(community: Community, created_at: datetime, closed_at: datetime | None, now: datetime) -> int:
    """How many days it has been known, or was until it was closed; by the calendar of the place."""
    first, last = (local_time(each, community.zone).date() for each in (created_at, closed_at or now))
    return max(0, (last - first).days)


def is_named(area: Area, *, at_top: bool) -> bool:
    """Whether everybody may read that something is in this area.

    A building or a stairwell only where the community says that five households or more live there; what is at the top
    of the tree (a quarter, a gate, a garden) unless it says that fewer do.
    """
    if area.households is None:
        return at_top
    return area.households >= FEWEST_HOUSEHOLDS


def areas(community: Community, code: str | None) -> tuple[Area, ...]:
    """What is said of where it is: the areas from the top down, as far as each may be named; empty: nothing."""
    named: list[Area] = []
    for area in community.path(code) if code else ():
        if not is_named(area, at_top=not named):
            break
        named.append(area)
    return tuple(named)


def named_areas(community: Community) -> list[Area]:
    """All areas that may be asked for, parents before their children."""
    return [area for area in community.all_areas() if area in areas(community, area.code)]


def category(community: Community, code: str | None) -> str:
    """The kind that is said of it; empty where there is none (any more)."""
    return code if code and community.category(code) else ""
