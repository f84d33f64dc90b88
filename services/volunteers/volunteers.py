"""Becoming a volunteer, being on call, and staff's yes or no.

Raises NotAllowed, AlreadyDone or NotFound.
"""

from datetime import datetime

from domain.community import Community
from domain.events import (
    DutyChanged,
    RoleGranted,
    VolunteerApproved,
    VolunteerAsked,
    VolunteerChanged,
    VolunteerDeclined,
)
from domain.people.rights import Action, NotAllowed, Role, require
from services import bounded
from services.core.errors import AlreadyDone, NotFound
from services.people import public_names
from services.repairs import dispatching, jobs
from services.reports import allowed
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.repairs import repairs
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile, Volunteer

LOOKED_AT = 50  # open repairs, when somebody comes on duty


def offer(tx: Transaction, community: Community, actor: Person, profile: Profile) -> Volunteer:
    """Say what one can mend, where and when; or change it. Who has the role is on duty; others wait for staff."""
    allowed.to_report(tx, actor)
    if not profile.trades or not profile.areas or profile.at_once < 1:
        raise NotFound
    bounded.once_more(tx, actor, bounded.OFFERS_OF_HELP)
    before = volunteers.of(tx, actor.id)
    has_role = Role.VOLUNTEER in actor.roles
    known = before is not None and before.state == volunteers.APPROVED and has_role
    volunteers.put(tx, actor.id, profile, volunteers.APPROVED if known else volunteers.ASKED)
    if known:
        tx.emit(VolunteerChanged(actor=actor.id, person=actor.id, trades=profile.trades))
    elif has_role:
        volunteers.approve(tx, actor.id, None)
        public_names.approve_first(tx, actor.id)
        tx.emit(VolunteerApproved(actor=actor.id, person=actor.id, trades=profile.trades))
    else:
        tx.emit(VolunteerAsked(actor=actor.id, person=actor.id, trades=profile.trades))
    if has_role:
        _look_again(tx, actor.id)
    return of(tx, actor.id)


def approve(tx: Transaction, actor: Person, person: int) -> None:
    """Staff's yes: the role, and on duty from now on."""
    _asking(tx, actor, person)
    if people.grant(tx, person, Role.VOLUNTEER, actor.id):
        tx.emit(RoleGranted(actor=actor.id, person=person, role=Role.VOLUNTEER))
    volunteers.approve(tx, person, actor.id)
    public_names.approve_as_seen(tx, person, actor.id)
    tx.emit(VolunteerApproved(actor=actor.id, person=person, trades=of(tx, person).profile.trades))
    _look_again(tx, person)


def decline(tx: Transaction, actor: Person, person: int) -> None:
    """Staff's no."""
    _asking(tx, actor, person)
    volunteers.set_state(tx, person, volunteers.DECLINED)
    tx.emit(VolunteerDeclined(actor=actor.id, person=person))


def set_duty(tx: Transaction, actor: Person, on: bool, until: datetime | None = None) -> None:
    """On call or not, or not until then. What one has taken stays one's own; what one is asked about goes to others."""
    volunteer = on_the_list(tx, actor)
    if until is not None and until <= tx.now:
        raise NotFound
    volunteers.set_duty(tx, actor.id, on, until)
    tx.emit(DutyChanged(actor=actor.id, person=actor.id, on=on, until=to_text(until) if until else None))
    if not on or until is not None:
        jobs.close_offers(tx, actor.id)
    elif not volunteer.on_duty or volunteer.paused_until is not None:
        _look_again(tx, actor.id)


def set_listed(tx: Transaction, actor: Person, listed: bool) -> None:
    """Whether neighbours may read who they are and what they help with."""
    on_the_list(tx, actor)
    volunteers.set_listed(tx, actor.id, listed)


def lost(tx: Transaction, community: Community, person: int, reason: str) -> None:
    """Somebody is no volunteer any more (the role is gone) or cannot be reached: what they had goes to others."""
    volunteer = volunteers.of(tx, person)
    if volunteer is None:
        return
    if reason == "left":
        volunteers.set_state(tx, person, volunteers.LEFT)
    jobs.drop_out(tx, community, person, reason)


def given_role(tx: Transaction, person: int) -> None:
    """The role was given by somebody: who has said what they can mend is on duty."""
    volunteer = volunteers.of(tx, person)
    if volunteer is not None and volunteer.state in (volunteers.ASKED, volunteers.LEFT):
        volunteers.approve(tx, person, None)
        public_names.approve_first(tx, person)
        tx.emit(VolunteerApproved(person=person, trades=volunteer.profile.trades))
        _look_again(tx, person)


def back(tx: Transaction, person: int) -> None:
    """They can be written to again."""
    volunteer = volunteers.of(tx, person)
    if volunteer is not None and volunteer.state == volunteers.APPROVED and volunteer.on_duty:
        _look_again(tx, person)


def on_the_list(tx: Transaction, actor: Person) -> Volunteer:
    """The actor as a volunteer. Raises NotAllowed when they are none (yet)."""
    require(actor.roles, Action.TAKE_REPAIR)
    volunteer = volunteers.of(tx, actor.id)
    if volunteer is None or volunteer.state != volunteers.APPROVED:
        raise NotAllowed(Action.TAKE_REPAIR)
    return volunteer


def of(tx: Transaction, person: int) -> Volunteer:
    """The volunteer that a person is or wants to be. Raises NotFound."""
    volunteer = volunteers.of(tx, person)
    if volunteer is None:
        raise NotFound
    return volunteer


def _asking(tx: Transaction, actor: Person, person: int) -> None:
    require(actor.roles, Action.RUN_REPAIRS)
    if of(tx, person).state != volunteers.ASKED:
        raise AlreadyDone


def _look_again(tx: Transaction, person: int) -> None:
    """Somebody may be able to help with what nobody has taken."""
    for repair in repairs.free_in(tx, of(tx, person).profile.trades, LOOKED_AT):
        dispatching.soon(tx, repair.id)
