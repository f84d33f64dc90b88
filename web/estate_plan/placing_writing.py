"""What an admin sees who places areas: the door behind the link, the plan with all areas, and what came of a tap."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.community import Community
from domain.estate_plan.spots import Spot
from domain.public_reports.shown import named_areas
from services.estate_plan import links, pictures, placing
from services.estate_plan.placing import Places
from speech.speaker import PlainSpeaker, nearest
from storage.core.database import Transaction
from web import pages
from web.estate_plan import plan_writing
from web.estate_plan.plan_query import Asked
from web.estate_plan.plan_writing import PlanSite
from web.page_cache import Made

WIDTHS = {320: "small", 640: "middle", 960: "large"}
"""How wide the plan is shown, by what the screen has room for: a tap is told in points of the screen."""


class Said(StrEnum):
    """What came of a tap."""

    PLACED = "placed"
    REMOVED = "removed"
    OUTSIDE = "outside"
    CHANGED = "changed"
    BY_FILE = "by_file"
    GONE = "gone"


@dataclass(frozen=True)
class AreaLine:
    """An area: its number on the plan where it has a place, and whether the community file says so."""

    code: str
    name: str
    number: int
    spot: Spot | None
    where: str
    by_file: bool
    is_now: bool
    is_known: bool = True


def write_door(tx: Transaction, shown: PlanSite, code: str) -> Made:
    """Behind a link that can be opened. Raises LinkEnded, NotAllowed."""
    asked = _in_language_of(links.look(tx, code).language)
    return pages.write("plan_door.html", {**_common(shown, asked), "door": f"/plan/placing/{code}"})


def write(
    tx: Transaction, shown: PlanSite, session: str | None, area: str | None, said: Said | None, of: str | None
) -> Made:
    """The plan and every area; `area` is the one that is to be placed. Raises LinkEnded, NotAllowed."""
    asked = _in_language_of(links.person(tx, session).language)
    say, community = shown.speaker(asked.language), shown.community
    picture, found = pictures.shown(tx, community), placing.places(tx, community)
    now = area if area is not None and community.area(area) and area not in found.by_file else None
    listed = list(_lines(say, community, found, now))
    values = {
        **_common(shown, asked),
        "picture": picture,
        "widths": [(width, size, picture.size.height_at(width)) for width, size in WIDTHS.items()] if picture else [],
        "lines": listed,
        "now": next((line for line in listed if line.is_now), None),
        "said": _told(say, said, community.place_name(of, say.language) if of else "") if said else None,
        "is_on": shown.is_on,
    }
    return pages.write("plan_placing.html", values)


def following(tx: Transaction, shown: PlanSite, said: Said, area: str) -> str | None:
    """Which area is to be placed next: the same one where something was wrong, else the next that wants a place."""
    if said in (Said.OUTSIDE, Said.CHANGED):
        return area
    if said is not Said.PLACED:
        return None
    codes = [each.code for each in shown.community.all_areas()]
    wanting = [each.code for each in placing.to_place(shown.community, placing.places(tx, shown.community))]
    behind = codes[codes.index(area) + 1 :] if area in codes else codes
    return next((code for code in behind if code in wanting), None)


def write_closed(shown: PlanSite, asked: Asked) -> Made:
    """For a visitor without a link that counts."""
    return pages.write("plan_closed.html", {**_common(shown, asked), "done": False})


def write_done(shown: PlanSite, asked: Asked) -> Made:
    """They said that they are done."""
    return pages.write("plan_closed.html", {**_common(shown, asked), "done": True})


def _in_language_of(language: str) -> Asked:
    return Asked(nearest(language) or "en")


def _common(shown: PlanSite, asked: Asked) -> dict[str, Any]:
    label = shown.speaker(asked.language).label
    return {**plan_writing.common(shown, asked), "heading": label("Place the areas")}


def _lines(say: PlainSpeaker, community: Community, found: Places, now: str | None) -> Iterator[AreaLine]:
    number = 0
    for area in named_areas(community):
        at = found.shown.get(area.code)
        number += at is not None
        yield AreaLine(
            code=area.code,
            name=community.place_name(area.code, say.language),
            number=number if at is not None else 0,
            spot=at,
            where=_where(say, at),
            by_file=area.code in found.by_file,
            is_now=area.code == now,
        )
    for code in found.aside:
        yield AreaLine(code, code, 0, None, say.label("no area of the community file any more"), False, False, False)


def _where(say: PlainSpeaker, at: Spot | None) -> str:
    if at is None:
        return say.label("not on the plan")
    return say.label("{left} percent from the left, {top} percent from the top", left=f"{at.x:.0f}", top=f"{at.y:.0f}")


def _told(say: PlainSpeaker, said: Said, area: str) -> str:
    label = say.label
    return {
        Said.PLACED: label("{area} has its place.", area=area),
        Said.REMOVED: label("{area} has no place any more.", area=area),
        Said.OUTSIDE: label("That was not on the plan. Please tap on it, or write two numbers from 0 to 100."),
        Said.CHANGED: label("There is another picture by now. Please tap once more."),
        Said.BY_FILE: label("The community file says where {area} is. Please change it there.", area=area),
        Said.GONE: label("That area or the picture is not there any more."),
    }[said]
