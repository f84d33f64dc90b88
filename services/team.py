"""Who is who: one-time links that give a role, roles given and taken away, the first admin.

Raises NotAllowed, LastAdmin, AlreadyDone or one of the reasons why a link does not count.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from domain.events import RoleGranted, RoleRevoked
from domain.rights import Action, Role, granting, may, require
from services.voices import AlreadyDone
from storage import invitations, people
from storage.database import Transaction
from storage.invitations import Invitation
from storage.people import Person

GRANTABLE = (
    Role.STAFF, Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER, Role.LEAD, Role.ADMIN,
)  # fmt: skip
"""Every role that is given by somebody, in the order it is offered."""

VALID = timedelta(days=7)
FIRST_ADMIN_VALID = timedelta(hours=24)
FIRST_ADMIN = "first_admin"
_ROLE = "role:"


class LastAdmin(Exception):
    """Without this person nobody would be left who can do what only admins can."""


class LinkUnknown(Exception):
    """No such code was ever made, or it was replaced by a newer one."""


class LinkExpired(Exception):
    """Its time is over, or whoever made it may no longer give that role."""


class LinkUsed(Exception):
    """Somebody else has used it."""


def may_give(roles: Iterable[str]) -> list[Role]:
    """The roles that somebody with these roles may give and take away."""
    roles = list(roles)
    return [role for role in GRANTABLE if may(roles, granting(role))]


def invite(tx: Transaction, actor: Person, role: Role) -> Invitation:
    """Make a one-time link's code for a role."""
    require(actor.roles, granting(role))
    return invitations.add(tx, new_code(), f"{_ROLE}{role}", actor.id, tx.now + VALID)


def invite_first_admin(tx: Transaction) -> Invitation | None:
    """While nobody is admin: a fresh code for the operator, in place of all earlier ones. None when there is one."""
    invitations.end_own(tx, FIRST_ADMIN)
    if people.with_role(tx, Role.ADMIN):
        return None
    return invitations.add(tx, new_code(), FIRST_ADMIN, None, tx.now + FIRST_ADMIN_VALID)


def redeem(tx: Transaction, actor: Person, code: str) -> Role:
    """Use a link: the role is the actor's from now on; returns it. One's own second press changes nothing.

    Raises LinkUnknown, LinkExpired or LinkUsed.
    """
    invitation = invitations.by_code(tx, code)
    role = _role_of(invitation)
    if invitation is None or role is None:
        raise LinkUnknown
    if invitation.used_by == actor.id:
        if role not in actor.roles:
            raise LinkExpired  # it was taken away again
        return role
    if invitation.used_by is not None:
        raise LinkUsed
    if not _still_counts(tx, invitation, role) or not invitations.use(tx, code, actor.id):
        raise LinkExpired
    _give(tx, actor.id, role, giver=invitation.created_by, actor=actor.id)
    return role


def grant(tx: Transaction, actor: Person, person: int, role: Role) -> None:
    """Give a role. Raises AlreadyDone when they have it."""
    require(actor.roles, granting(role))
    if not _give(tx, person, role, giver=actor.id, actor=actor.id):
        raise AlreadyDone


def grant_by_setting(tx: Transaction, telegram_ids: Iterable[int], language: str) -> None:
    """Make these people admins, as the operator's settings say; one who never spoke is known by the number only."""
    for telegram_id in telegram_ids:
        person = people.by_telegram_id(tx, telegram_id)
        if person is None:
            person = people.meet(tx, telegram_id, f"admin {telegram_id}", None, language)
        _give(tx, person.id, Role.ADMIN, giver=None, actor=None)


def revoke(tx: Transaction, actor: Person, person: int, role: Role) -> None:
    """Take a role away. Raises AlreadyDone when they do not have it, LastAdmin when nobody could put it right again."""
    require(actor.roles, granting(role))
    if role is Role.ADMIN and not any(each.started and each.id != person for each in people.with_role(tx, role)):
        raise LastAdmin
    if not people.revoke(tx, person, role):
        raise AlreadyDone
    tx.emit(RoleRevoked(actor=actor.id, person=person, role=role))


def team(tx: Transaction, actor: Person) -> dict[Role, list[Person]]:
    """Everybody who has each role, in the order they got it; roles nobody has are left out."""
    require(actor.roles, Action.SEE_TEAM)
    order = (Role.ADMIN, Role.LEAD, Role.STAFF, Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER)
    found = {role: people.with_role(tx, role) for role in order}
    return {role: members for role, members in found.items() if members}


def new_code() -> str:
    """A code nobody can guess, of letters that may stand in a link."""
    return secrets.token_urlsafe(16)


def _role_of(invitation: Invitation | None) -> Role | None:
    if invitation is None:
        return None
    if invitation.purpose == FIRST_ADMIN:
        return Role.ADMIN
    return Role(invitation.purpose.removeprefix(_ROLE)) if invitation.purpose.startswith(_ROLE) else None


def _still_counts(tx: Transaction, invitation: Invitation, role: Role) -> bool:
    if invitation.created_by is None:
        return not people.with_role(tx, Role.ADMIN)
    # Whoever lost the right to give a role does not give it by links made before.
    return may(people.by_id(tx, invitation.created_by).roles, granting(role))


def _give(tx: Transaction, person: int, role: Role, giver: int | None, actor: int | None) -> bool:
    if not people.grant(tx, person, role, giver):
        return False
    tx.emit(RoleGranted(actor=actor, person=person, role=role))
    return True
