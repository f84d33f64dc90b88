"""Which place people mean: by the words they typed, or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import asin, cos, isfinite, radians, sin, sqrt

from domain.community import Area, Community
from domain.numerals import in_digits
from domain.phrases import outermost, spans

FARTHEST = 500.0
"""Metres beyond an area's edge: who is farther away does not stand in the neighbourhood."""

_EARTH = 6_371_000.0

# What people call a numbered house or stairwell, so that "bldg 3", "3栋" and "三号楼" find "Building 3".
_BUILDING = re.compile(
    r"\b(?:building|bldg|block|tower|house)\.?\s*(?:no\.?\s*)?#?\s*(\d{1,4})(?!\d)"
    r"|(?<!\d)(\d{1,4})\s*(?:[号#號][楼樓]|#|栋|棟|幢|座)"
)
_DORMITORY = re.compile(
    r"\b(?:dormitory|dorm|hall)\.?\s*(?:no\.?\s*)?#?\s*(\d{1,4})(?!\d)"
    r"|(?<!\d)(\d{1,4})\s*[号#號栋]?\s*(?:宿舍|公寓)"
    r"|(?:宿舍|公寓)\s*(\d{1,4})\s*[号#號栋][楼樓]?"
)
_UNIT = re.compile(
    r"\b(?:stairwell|staircase|stairs|entrance|unit)\s*(?:no\.?\s*)?#?\s*(\d{1,3})(?!\d)"
    r"|(?<!\d)(\d{1,3})\s*(?:单元|單元|门洞|门栋)"
)
_KINDS = {"building": _BUILDING, "dormitory": _DORMITORY, "unit": _UNIT}
_ROOM = re.compile(r"(?<![\d\-/.:])(\d{1,3})-(\d{1,2})-\d{2,5}(?![\d\-])")
_DASHED = re.compile(r"(\d{1,3})-(\d{1,2})")

_Designator = tuple[str, int]
_Match = tuple[int, int, str]


def find_areas(text: str, community: Community) -> tuple[Area, ...]:
    """The areas these words name, as exactly as they name them; several when they fit several, else empty.

    "stairwell 2" fits one in every building; "building 3, stairwell 2" or "3号楼二单元" fits only one.
    """
    folded = in_digits(text)
    matches = list(_matches(folded, community))
    outer = outermost((start, end) for start, end, _ in matches)
    named = {code for start, end, code in matches if (start, end) in outer}
    exactness = {code: sum(area.code in named for area in community.path(code)) for code in named}
    best = max(exactness.values(), default=0)
    return tuple(area for area in community.all_areas() if exactness.get(area.code, -1) == best)


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


def _matches(folded: str, community: Community) -> Iterator[_Match]:
    spoken = list(_designators(folded))
    for area in community.all_areas():
        labels, numbers = _labels(area)
        for label in labels:
            for start, end in spans(folded, label):
                yield start, end, area.code
        for start, end, designator in spoken:
            if designator in numbers:
                yield start, end, area.code


@lru_cache(maxsize=4096)
def _labels(area: Area) -> tuple[tuple[str, ...], frozenset[_Designator]]:
    names = [text for _, text in area.name.texts] + [*area.aliases]
    labels = tuple(dict.fromkeys(in_digits(label) for label in [*names, area.code]))
    numbers = {designator for name in names for _, _, designator in _designators(in_digits(name))}
    return labels, frozenset(numbers)


def _designators(folded: str) -> Iterator[tuple[int, int, _Designator]]:
    for kind, pattern in _KINDS.items():
        for found in pattern.finditer(folded):
            yield found.start(), found.end(), (kind, int(next(filter(None, found.groups()))))
    # "3-2" may also be a score or a time, so it counts with a room or when nothing else was typed.
    whole = folded.strip()
    rooms = [_DASHED.fullmatch(whole)] if _DASHED.fullmatch(whole) else list(_ROOM.finditer(folded))
    for room in rooms:
        if room:
            yield 0, len(folded), ("building", int(room[1]))
            yield 0, len(folded), ("unit", int(room[2]))
    if whole.isdecimal() and len(whole) <= 4:
        yield 0, len(folded), ("building", int(whole))
        yield 0, len(folded), ("dormitory", int(whole))
