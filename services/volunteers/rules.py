"""What follows for volunteers, and the repairs they have, from what happens to people."""

from domain import events
from domain.community import Community
from domain.people.rights import Role
from services.volunteers import volunteers
from storage.core.database import Transaction


def role_granted(tx: Transaction, _community: Community, event: events.RoleGranted) -> None:
    if event.role == Role.VOLUNTEER:
        volunteers.given_role(tx, event.person)


def role_revoked(tx: Transaction, community: Community, event: events.RoleRevoked) -> None:
    if event.role == Role.VOLUNTEER:
        volunteers.lost(tx, community, event.person, "left")


def unreachable(tx: Transaction, community: Community, event: events.PersonUnreachable) -> None:
    volunteers.lost(tx, community, event.person, "unreachable")


def reachable(tx: Transaction, _community: Community, event: events.PersonReachable) -> None:
    volunteers.back(tx, event.person)
