"""Who is who: one-time links that give a role, roles given and taken away, the first admin.

Raises NotAllowed, LastAdmin, AlreadyDone or one of the reasons why a link does not count.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from domain.events import RoleConfirmed, RoleGranted, RoleLinkOpened, RoleLinkRefused, RoleRevoked
from domain.people.rights import Action, Role, granting, may, require
from services.core.errors import AlreadyDone
from storage.core.database import Transaction
from storage.people import invitations, people
from storage.people.invitations import Invitation, InvitationPurpose
from storage.people.people import Person

GRANTABLE = (Role.STAFF, Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER, Role.LEAD, Role.ADMIN)
"""Every role that is given by somebody, in the order it is offered."""

CONFIRMED = (Role.LEAD, Role.ADMIN)
"""A link for one of these gives nothing before its maker has seen who opened it and said yes."""

VALID = timedelta(days=7)
FIRST_ADMIN_VALID = timedelta(hours=24)
FIRST_ADMIN = InvitationPurpose.FIRST_ADMIN
AFTER_RESTORE = InvitationPurpose.AFTER_RESTORE
"""What the link is for that `restore` prints: as for the first admin of all."""
_ROLE = InvitationPurpose.ROLE


class LastAdmin(Exception):
    """Without this person nobody would be left who can do what only admins can."""


class LinkUnknown(Exception):
    """No such code was ever made, or it was replaced by a newer one."""


class LinkExpired(Exception):
    """Its time is over, or whoever made it may no longer give that role."""


class LinkUsed(Exception):
    """Somebody else has used or opened it, or it was ended."""


class LinkWaits(Exception):
    """It was opened, and its maker is asked whether to give the role."""

    def __init__(self, role: Role) -> None:
        super().__init__(role.value)
        self.role = role


def may_give(roles: Iterable[str]) -> list[Role]:
    """The roles that somebody with these roles may give and take away."""
    roles = list(roles)
    return [role for role in GRANTABLE if may(roles, granting(role))]


def leads(tx: Transaction) -> list[Person]:
    """Who leads the staff; the admins where nobody does."""
    return people.with_role(tx, Role.LEAD) or people.with_role(tx, Role.ADMIN)


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

    Raises LinkUnknown, LinkExpired, LinkUsed, or LinkWaits when its maker must say yes first.
    """
    invitation = invitations.by_code(tx, code)
    role = _role_of(invitation)
    if invitation is None or role is None:
        raise LinkUnknown
    if invitation.used_by == actor.id:
        if role not in actor.roles:
            raise LinkExpired  # it was taken away again
        return role
    if invitation.purpose == AFTER_RESTORE and role in actor.roles:
        return role  # the settings have woken theirs already
    waits = role in CONFIRMED and invitation.created_by is not None
    if invitation.used_by is not None or invitation.ended or (waits and invitation.opened_by not in (None, actor.id)):
        if waits:
            _opened(tx, actor, invitation, role, late=True)
        raise LinkUsed
    if not _still_counts(tx, invitation, role) or invitation.expires_at <= tx.now:
        raise LinkExpired
    if waits:
        if role in actor.roles:
            return role
        if invitation.opened_by is None:
            invitations.open_for(tx, code, actor.id)
            _opened(tx, actor, invitation, role, late=False)
        raise LinkWaits(role)
    if not invitations.use(tx, code, actor.id):
        raise LinkExpired
    _give(tx, actor.id, role, giver=invitation.created_by, actor=actor.id)
    return role


def answer_opened(tx: Transaction, actor: Person, code: str, yes: bool) -> tuple[int, Role]:
    """The maker of a link says whether whoever opened it gets the role; returns who that is, and the role.

    Raises NotAllowed, LinkUnknown, LinkExpired or LinkUsed.
    """
    invitation = invitations.by_code(tx, code)
    role = _role_of(invitation)
    if invitation is None or role is None or invitation.opened_by is None or invitation.created_by != actor.id:
        raise LinkUnknown
    if invitation.used_by is not None or invitation.ended:
        raise LinkUsed
    person = invitation.opened_by
    if not yes:
        invitations.end(tx, code)
        tx.emit(RoleLinkRefused(actor=actor.id, person=person, role=role))
        return person, role
    require(actor.roles, granting(role))
    if not invitations.use(tx, code, person):
        raise LinkExpired
    _give(tx, person, role, giver=actor.id, actor=actor.id)
    return person, role


def _opened(tx: Transaction, actor: Person, invitation: Invitation, role: Role, *, late: bool) -> None:
    assert invitation.created_by is not None
    tx.emit(RoleLinkOpened(actor=actor.id, person=actor.id, role=role, maker=invitation.created_by, late=late))


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


def asleep(tx: Transaction, actor: Person) -> list[tuple[Person, Role]]:
    """The roles that sleep since a restore, of those the actor may give."""
    mine = may_give(actor.roles)
    return [(person, Role(role)) for person, role in people.asleep(tx) if role in mine]


def confirm(tx: Transaction, actor: Person, person: int, role: Role) -> None:
    """A role that sleeps since a restore counts again. Raises AlreadyDone when it does not sleep."""
    require(actor.roles, granting(role))
    if not people.wake(tx, person, role):
        raise AlreadyDone
    tx.emit(RoleConfirmed(actor=actor.id, person=person, role=role))


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
    if invitation.purpose in (FIRST_ADMIN, AFTER_RESTORE):
        return Role.ADMIN
    name = invitation.purpose.removeprefix(_ROLE)
    return Role(name) if invitation.purpose.startswith(_ROLE) and name in set(Role) else None


def _still_counts(tx: Transaction, invitation: Invitation, role: Role) -> bool:
    if invitation.created_by is None:
        return not people.with_role(tx, Role.ADMIN)
    # Whoever lost the right to give a role does not give it by links made before.
    return may(people.by_id(tx, invitation.created_by).roles, granting(role))


def _give(tx: Transaction, person: int, role: Role, giver: int | None, actor: int | None) -> bool:
    if not people.grant(tx, person, role, giver):
        return False
    tx.emit(RoleGranted(actor=actor, person=person, role=role, giver=giver))
    return True
