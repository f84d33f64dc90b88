"""Which place people mean: by the words they typed, or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt

from domain.community import Area, Community
from domain.places.place_words import RANKS, Mention, PlaceWords, place_words

FARTHEST = 500.0
"""Metres beyond an area's edge: who is farther away does not stand in the neighbourhood."""
NEAR = 12
"""Letters between two names that belong together, as in "North side, building 9"."""

_JOINS = re.compile(r"(?:[ ,，.:;()\n\-的在里内]|\b(?:in|of|on|at|the)\b){0,12}")
_EARTH = 6_371_000.0


@dataclass(frozen=True)
class NamedPlace:
    """The areas some words name; and, of a single one, what the words put there though it has no such thing."""

    areas: tuple[Area, ...]
    missing: str | None = None

    @property
    def area(self) -> Area | None:
        """The one area that is meant; None where it may be several, or none."""
        return self.areas[0] if len(self.areas) == 1 else None


def find_areas(text: str, community: Community) -> tuple[Area, ...]:
    """The areas these words name, as exactly as they name them; several when they fit several, else empty.

    "stairwell 2" fits one in every building; "building 3, stairwell 2" or "3号楼二单元" fits only one. A stairwell that
    the building has not leaves the building.
    """
    return find_place([text], community).areas


def find_place(texts: Iterable[str], community: Community) -> NamedPlace:
    """What the beginnings of some texts name together, and what of it there is not ("building 1, stairwell 9")."""
    index = place_words(community)
    mentions = [(at, each) for at, text in enumerate(texts) for each in index.mentions(text)]
    wrong = _impossible(index, mentions)
    if wrong is not None:
        instead = any(each.rank == wrong.rank and each.codes and each is not wrong for _, each in mentions)
        narrower = len(RANKS) if instead else wrong.rank
        mentions = [(at, each) for at, each in mentions if each is not wrong and each.rank <= narrower]
    named = {code for _, each in mentions for code in each.codes}
    exactness = {code: sum(above in named for above in index.paths[code]) for code in named}
    best = max(exactness.values(), default=0)
    areas = tuple(area for code, area in index.order.items() if exactness.get(code, -1) == best)
    if wrong is None or wrong.designator is None or len(areas) != 1:
        return NamedPlace(areas)
    return NamedPlace(areas, wrong.words if wrong.designator[0] in index.kinds_in[areas[0].code] else None)


def _impossible(index: PlaceWords, mentions: Sequence[tuple[int, Mention]]) -> Mention | None:
    """The widest numbered thing that none of the places around it has, though they have others of its kind."""
    for at, thing in sorted(mentions, key=lambda each: each[1].rank):
        if thing.designator is None:
            continue
        around = {
            code
            for where, other in mentions
            if other.rank < thing.rank and (other.rank or where != at or _near(other, thing))
            for code in other.codes
            if thing.designator[0] in index.kinds_in[code]
        }
        if around and not any(around.intersection(index.paths[code]) for code in thing.codes):
            return thing
        if not thing.codes and thing.designator[0] in index.kinds:
            return thing  # "building 99, stairwell 3" is no stairwell 3 of another building
    return None


def _near(one: Mention, other: Mention) -> bool:
    """Whether one follows the other as parts of one place do, with nothing between that names a second one."""
    between = one.text[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) <= NEAR and _JOINS.fullmatch(between) is not None


def nearest_area(latitude: float, longitude: float, community: Community, farthest: float = FARTHEST) -> Area | None:
    """The area one stands in (the smallest of several), else the nearest one; None beyond `farthest` metres.

    Goes in: degrees. Areas without a position are left out.
    """
    if not (isfinite(latitude) and isfinite(longitude)):
        return None
    found: list[tuple[float, float, Area]] = []
    for area in community.all_areas():
        if area.latitude is not None and area.longitude is not None:
            radius = area.radius or 0.0
            edge = metres(latitude, longitude, area.latitude, area.longitude) - radius
            if edge <= farthest:
                found.append((max(edge, 0.0), radius, area))
    return min(found, key=lambda each: each[:2])[2] if found else None


def metres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance between two points given in degrees, in metres, along the ground (haversine)."""
    north, other_north = radians(latitude), radians(other_latitude)
    height = sin((other_north - north) / 2) ** 2
    width = sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(height + cos(north) * cos(other_north) * width)))
