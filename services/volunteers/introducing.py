"""Telling the neighbours of an area who helps with what. Only of volunteers who agreed; each neighbour reads it once.

Raises NotAllowed or NotFound.
"""

from domain.community import Community
from domain.events import VolunteerIntroduced
from domain.people.rights import Action, require
from services.core.errors import NotFound
from services.volunteers import volunteers as service
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.volunteers import volunteers


def agreed(tx: Transaction, actor: Person, person: int) -> Person:
    """The volunteer, when they agreed that neighbours read of them."""
    require(actor.roles, Action.RUN_REPAIRS)
    volunteer = service.of(tx, person)
    if volunteer.state != volunteers.APPROVED or not volunteer.profile.listed:
        raise NotFound
    return people.by_id(tx, person)


def introduce(tx: Transaction, community: Community, actor: Person, person: int, area: str) -> None:
    """Send the card to everybody who lives in an area, as far as we know, and has not read it."""
    agreed(tx, actor, person)
    if community.area(area) is None:
        raise NotFound
    tx.emit(VolunteerIntroduced(actor=actor.id, person=person, area=area))


def count(tx: Transaction, community: Community, person: int, area: str) -> int:
    """How many would read it."""
    return len(volunteers.who_lives_in(tx, codes(community, area), person, 0, 100_000))


def codes(community: Community, area: str) -> list[str]:
    """The codes of an area and all that is in it."""
    found = community.area(area)
    return [each.code for each in found.walk()] if found else []
