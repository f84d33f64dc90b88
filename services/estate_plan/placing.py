"""Where areas are on the plan: said by admins, or by the community file, which nobody can contradict."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.community import Area, Community
from domain.estate_plan.spots import Spot
from domain.events import PlanAreaPlaced, PlanAreaRemoved
from domain.people.rights import Action, require
from domain.public_reports.shown import named_areas
from services.core.errors import AlreadyDone, NotFound
from services.estate_plan import pictures
from storage.core.database import Transaction
from storage.estate_plan import spots
from storage.estate_plan.pictures import PlanPicture
from storage.people.people import Person


class PlacedByFile(Exception):
    """The community file says where that area is."""


@dataclass(frozen=True)
class Places:
    """Where areas are. `aside`: places of areas there are no more, which count again when those come back."""

    shown: dict[str, Spot]
    by_file: frozenset[str]
    aside: tuple[str, ...] = ()


def places(tx: Transaction, community: Community) -> Places:
    """All places on the picture that is shown; none without one."""
    picture = pictures.shown(tx, community)
    if picture is None:
        return Places({}, frozenset())
    known = {area.code for area in community.all_areas()}
    said = spots.of_layout(tx, picture.layout)
    in_file = {code: Spot(*at) for code, at in community.plan.places.items()}
    found = {code: at for code, at in {**said, **in_file}.items() if code in known}
    return Places(found, frozenset(in_file), tuple(sorted(said.keys() - known)))


def place(tx: Transaction, community: Community, actor: Person, area: str, at: Spot) -> None:
    """The area is there. Said again the same, nothing is done twice.

    Raises NotAllowed, NotFound (no such area, or no picture), PlacedByFile, AlreadyDone.
    """
    picture = _steered(tx, community, actor, area)
    if community.area(area) is None:
        raise NotFound
    if spots.of_layout(tx, picture.layout).get(area) == at:
        raise AlreadyDone
    spots.put(tx, picture.layout, area, at)
    tx.emit(PlanAreaPlaced(actor=actor.id, plan=picture.id, area=area, x=at.x, y=at.y))


def remove(tx: Transaction, community: Community, actor: Person, area: str) -> None:
    """The area stands below the plan again, also one that is none any more.

    Raises NotAllowed, NotFound (no picture), PlacedByFile, AlreadyDone.
    """
    picture = _steered(tx, community, actor, area)
    if not spots.remove(tx, picture.layout, area):
        raise AlreadyDone
    tx.emit(PlanAreaRemoved(actor=actor.id, plan=picture.id, area=area))


def to_place(community: Community, found: Places) -> Iterator[Area]:
    """The areas that want a place: those everybody may read of, which lie in none that has one.

    Parents before their children, in the order of the community file.
    """
    for area in named_areas(community):
        if not any(each.code in found.shown for each in community.path(area.code)):
            yield area


def _steered(tx: Transaction, community: Community, actor: Person, area: str) -> PlanPicture:
    require(actor.roles, Action.PLAN)
    if area in community.plan.places:
        raise PlacedByFile
    picture = pictures.shown(tx, community)
    if picture is None:
        raise NotFound
    return picture
