"""What a volunteer does with a repair: takes it, says when, sets out, has done it, or cannot.

Who takes it is decided by one conditional UPDATE (storage/repairs/repairs.py). Raises NotAllowed, WrongState, TooLate,
AlreadyDone or NotFound.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import (
    OffersClosed,
    RepairArrival,
    RepairDeclined,
    RepairDone,
    RepairNotDone,
    RepairNudged,
    RepairReleased,
    RepairSetOut,
    RepairSilent,
    RepairTaken,
    RepairToldOf,
)
from domain.people.rights import Action, NotAllowed, Role, require
from domain.repairs import dispatch
from domain.repairs.repairs import HELD, Move, State, after
from domain.reports.part_purposes import RepairPartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.repairs import dispatching, relay_renewal, repair_verdicts
from storage.core import messages, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.messages import CardRole
from storage.people import people
from storage.people.people import Person
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair
from storage.reports.reports import NewPart
from storage.volunteers import volunteers

KIND = repair_verdicts.CHASING
LONGEST = timedelta(days=14)  # so far ahead somebody may say that they come


class TooLate(Exception):
    """Somebody else was quicker, or it is not needed any more."""

    def __init__(self, repair: Repair) -> None:
        super().__init__(repair.state.value)
        self.repair = repair


def take(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Take what one was asked about. The first tap wins; raises TooLate for all others."""
    repair = _asked(tx, actor, number)
    if repair.taker == actor.id and repair.state in HELD:
        raise AlreadyDone
    give(tx, community, repair, actor.id, actor=actor.id)


def give(tx: Transaction, community: Community, repair: Repair, volunteer: int, actor: int) -> None:
    """It is that volunteer's from now on. Raises TooLate when somebody has it already."""
    code = f"{secrets.randbelow(10_000):04d}"
    if not repairs.take(tx, repair.id, volunteer, code):
        now = repairs.by_id(tx, repair.id)
        assert now is not None
        raise TooLate(now)
    if offers.of(tx, repair.id, volunteer) is None:
        offers.put(tx, repair.id, volunteer, repair.circle, 0)
    offers.settle(tx, repair.id, volunteer, offers.TAKEN)
    missed = offers.settle_open(tx, repair.id, offers.MISSED)
    volunteers.count_jobs(tx, volunteer, took_one=True)
    dispatching.stop(tx, repair.id)
    _moved(tx, community, repair, tx.now)
    relay_renewal.begin(tx, repair.id)
    tx.emit(RepairTaken(actor=actor, repair=repair.id, volunteer=volunteer, missed=tuple(missed)))


def decline(tx: Transaction, actor: Person, number: int) -> None:
    """Not this one. Others are asked in one's place."""
    repair = _asked(tx, actor, number)
    offer = offers.of(tx, number, actor.id)
    if offer is None or offer.state != offers.OPEN:
        raise AlreadyDone
    offers.settle(tx, number, actor.id, offers.DECLINED)
    tx.emit(RepairDeclined(actor=actor.id, repair=repair.id, volunteer=actor.id))
    dispatching.soon(tx, number)


def say_when(tx: Transaction, community: Community, actor: Person, number: int, at: datetime, whole_day: bool) -> None:
    """Say when one comes: a time, or only the day (then `at` is its end)."""
    repair = _held(tx, actor, number)
    if not tx.now <= at <= tx.now + LONGEST:
        raise NotFound
    state = after(repair.state, Move.SAY_WHEN)
    repairs.move(tx, repair, state, arrives_at=to_text(at), whole_day=int(whole_day))
    _moved(tx, community, repair, at)
    tx.emit(RepairArrival(actor=actor.id, repair=number, volunteer=actor.id, at=to_text(at)))


def set_out(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """On the way now."""
    repair = _held(tx, actor, number)
    if repair.state is State.ON_THE_WAY:
        raise AlreadyDone
    repairs.move(tx, repair, after(repair.state, Move.SET_OUT))
    _moved(tx, community, repair, tx.now)
    tx.emit(RepairSetOut(actor=actor.id, repair=number, volunteer=actor.id))


def finish(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """It is done, and the resident is asked. What was done and how long it took can be said later (`tell_of`)."""
    repair = _held(tx, actor, number)
    repairs.move(tx, repair, after(repair.state, Move.FINISH), minutes=None)
    volunteers.count_jobs(tx, actor.id)
    scheduled_tasks.cancel(tx, subject("repair", number), KIND)
    repair_verdicts.ask(tx, community, number)
    tx.emit(RepairDone(actor=actor.id, repair=number, volunteer=actor.id))


def tell_of(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart], minutes: int | None) -> None:
    """What was done, and how long it took, said after it was said to be done. NotFound where it is not theirs."""
    repair = _held(tx, actor, number)
    if repair.state in HELD:
        raise WrongState(repair.state)
    ids = repairs.add_parts(tx, number, actor.id, RepairPartPurpose.DONE, parts)
    if minutes is not None:
        repairs.change(tx, number, minutes=minutes)
    if ids or minutes is not None:
        tx.emit(RepairToldOf(actor=actor.id, repair=number, volunteer=actor.id, parts=tuple(ids)))


def not_done(tx: Transaction, community: Community, actor: Person, number: int, before: State) -> None:
    """ "It is done" was tapped by mistake: it is as it was `before`. WrongState once the resident has answered."""
    repair = _held(tx, actor, number)
    if repair.state is not State.DONE or before not in HELD:
        raise WrongState(repair.state)
    repairs.move(tx, repair, before)
    volunteers.count_jobs(tx, actor.id)
    scheduled_tasks.cancel(tx, subject("repair", number), repair_verdicts.KIND)
    _moved(tx, community, repair, max(tx.now, repair.arrives_at or tx.now))
    tx.emit(RepairNotDone(actor=actor.id, repair=number, volunteer=actor.id))


def give_back(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Cannot after all: it is offered to others at once."""
    release(tx, community, _held(tx, actor, number), "cannot", actor.id)


def release(tx: Transaction, community: Community, repair: Repair, reason: str, actor: int | None = None) -> None:
    """Whoever has it has it no longer and is not asked about it again; others are, at once."""
    state = after(repair.state, Move.RELEASE)
    volunteer = repair.taker
    assert volunteer is not None, "whoever has it is known"
    repairs.move(tx, repair, state, taker=None, code=None, arrives_at=None, whole_day=0, taken_at=None)
    offers.settle(tx, repair.id, volunteer, offers.GAVE_UP)
    volunteers.count_jobs(tx, volunteer)
    scheduled_tasks.cancel(tx, subject("repair", repair.id), KIND)
    tx.emit(RepairReleased(actor=actor, repair=repair.id, volunteer=volunteer, reason=reason))
    dispatching.begin(tx, community, repair.id)


def drop_out(tx: Transaction, community: Community, person: int, reason: str) -> None:
    """A volunteer cannot be reckoned with any more: what they hold is given to others, and they are asked nothing."""
    for repair in repairs.held_by(tx, person):
        release(tx, community, repair, reason)
    close_offers(tx, person)


def close_offers(tx: Transaction, person: int) -> None:
    """They are asked about nothing for the time being; others are asked in their place."""
    for offer in offers.open_to(tx, person):
        offers.settle(tx, offer.repair, person, offers.CLOSED)
        tx.emit(OffersClosed(repair=offer.repair, people=(person,)))
        dispatching.soon(tx, offer.repair)


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: it has stood still for too long. First they are nudged; then it is given to others.

    Not when they have set out: they may be mending, and who takes it from them would come for nothing.
    """
    _, number = split(about)
    repair = repairs.by_id(tx, number)
    if repair is None or repair.state not in HELD or repair.taker is None:
        return
    if data["stage"] == "nudge":
        tx.emit(RepairNudged(repair=number, volunteer=repair.taker))
        _plan(tx, community, repair, tx.now, "release")
    elif repair.state is State.ON_THE_WAY:
        tx.emit(RepairSilent(repair=number, volunteer=repair.taker))
    else:
        release(tx, community, repair, "silent")


def moves(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """The volunteer gave a sign of life, such as a message to the resident: no nudge for a while."""
    repair = repairs.by_id(tx, number)
    if repair is not None and repair.taker == actor.id and repair.state in HELD:
        _moved(tx, community, repair, max(tx.now, repair.arrives_at or tx.now))


def _moved(tx: Transaction, community: Community, repair: Repair, since: datetime) -> None:
    _plan(tx, community, repair, since, "nudge")


def _plan(tx: Transaction, community: Community, repair: Repair, since: datetime, stage: str) -> None:
    at = since + dispatch.nudge_after(community.repairs, repair.urgency)
    at = dispatching.waits_until(community, repair.urgency, at)
    scheduled_tasks.plan(tx, KIND, subject("repair", repair.id), at, f"{KIND}:{repair.id}", {"stage": stage})


def known(tx: Transaction, number: int) -> Repair:
    """The repair with that number. Raises NotFound."""
    repair = repairs.by_id(tx, number)
    if repair is None:
        raise NotFound
    return repair


def _asked(tx: Transaction, actor: Person, number: int) -> Repair:
    """What the actor was asked about; nobody learns anything of a repair they were not."""
    require(actor.roles, Action.TAKE_REPAIR)
    volunteer = volunteers.of(tx, actor.id)
    if volunteer is None or volunteer.state != volunteers.APPROVED:
        raise NotAllowed(Action.TAKE_REPAIR)
    repair = known(tx, number)
    offer = offers.of(tx, number, actor.id)
    if offer is None or offer.state == offers.GAVE_UP:
        raise NotFound
    if offer.state == offers.CLOSED:
        raise TooLate(repair)
    return repair


def new_card(tx: Transaction, number: int, volunteer: int, chat: int) -> int:
    """From now on it is a new card, in that chat, by which a volunteer knows the repair they were asked about."""
    card = messages.new_card(tx, chat, subject("repair", number), CardRole.OFFER)
    offers.set_card(tx, number, volunteer, card)
    return card


def _held(tx: Transaction, actor: Person, number: int) -> Repair:
    repair = known(tx, number)
    if repair.taker != actor.id:
        raise NotFound
    return repair


def is_volunteer(tx: Transaction, person: int) -> bool:
    """Whether somebody can be given a repair now: approved, with the role."""
    volunteer = volunteers.of(tx, person)
    return (
        volunteer is not None
        and volunteer.state == volunteers.APPROVED
        and Role.VOLUNTEER in people.by_id(tx, person).roles
    )
