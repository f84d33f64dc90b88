"""Asking for a repair, and what whoever asked can do with it while it is not done.

Raises NotAllowed, Blocked, TooMany, WrongState, AlreadyDone or NotFound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.community import Community
from domain.core.subjects import subject
from domain.events import RepairAsked, RepairChanged, RepairWithdrawn
from domain.people.rights import Action, require
from domain.repairs.repairs import FREE, HELD, Move, State, Urgency, after
from domain.reports.part_purposes import RepairPartPurpose
from services import bounded
from services.core.errors import AlreadyDone, NotFound
from services.repairs import dispatching, jobs
from services.repairs.repair_verdicts import own
from services.reports import allowed
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import homes, people
from storage.people.people import Person
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair, RepairPart
from storage.reports.reports import NewPart
from storage.volunteers import volunteers

ADDRESS_LENGTH = 200


class TooMany(Exception):
    """So many are open already that somebody asked for."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(len(numbers))
        self.numbers = tuple(numbers)


@dataclass(frozen=True)
class Other:
    """Somebody without Telegram for whom another asks; they agreed that the taker reads their name and number."""

    name: str
    phone: str


@dataclass(frozen=True)
class Request:
    """What somebody asks for. With `remember` the address is kept for the next time, else none is."""

    parts: Sequence[NewPart]
    trade: str
    urgency: Urgency
    area: str | None
    address: str
    home: str | None = None
    danger: str | None = None
    released: bool = False
    remember: bool = False
    other: Other | None = None


def may_ask(tx: Transaction, community: Community, actor: Person) -> None:
    """Raises TooMany, Blocked or NotAllowed when the actor cannot ask for a further one now."""
    require(actor.roles, Action.ASK_REPAIR)
    allowed.to_report(tx, actor)
    open_now = [repair.id for repair in repairs.open_of(tx, actor.id)]
    if len(open_now) >= community.repairs.open_at_once:
        raise TooMany(open_now)
    bounded.once_more(tx, actor, bounded.REPAIRS, tx.limits.repairs)


def ask(tx: Transaction, community: Community, actor: Person, request: Request) -> int:
    """Ask for a repair; returns its number. The first volunteers are asked at once."""
    may_ask(tx, community, actor)
    if community.trade(request.trade) is None or not request.address.strip():
        raise NotFound
    other = request.other
    person = people.without_telegram(tx, other.name, other.phone, actor.language).id if other else actor.id
    number = repairs.add(
        tx,
        person=person,
        asked_by=actor.id,
        trade=request.trade,
        urgency=request.urgency,
        area=request.area,
        address=request.address[:ADDRESS_LENGTH],
        home=request.home,
        danger=request.danger,
        released=request.released,
        phone=other.phone if other else None,
    )
    repairs.add_parts(tx, number, actor.id, RepairPartPurpose.REQUEST, request.parts)
    if request.remember and other is None:
        homes.keep(tx, actor.id, request.area, request.address[:ADDRESS_LENGTH])
    elif other is None:
        homes.forget(tx, actor.id)
    costs = community.repairs.costs
    tx.emit(RepairAsked(actor=actor.id, repair=number, costs=dict(costs.texts) if costs is not None else None))
    dispatching.begin(tx, community, number)
    return number


def add(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart]) -> None:
    """Whoever asked says more while somebody is looked for; whoever takes it reads it."""
    repair = own(tx, actor, number)
    if repair.state not in FREE:
        raise NotFound
    repairs.add_parts(tx, number, actor.id, RepairPartPurpose.REQUEST, parts)
    tx.emit(RepairChanged(actor=actor.id, repair=number))


def reword(tx: Transaction, actor: Person, part: RepairPart, words: str) -> bool:
    """Whoever asked has changed a message of theirs that says what is wrong; False when nobody mends it any more."""
    if part.purpose != "request" or part.person != actor.id:
        return False
    if own(tx, actor, part.repair).state not in FREE | HELD:
        return False
    repairs.reword_part(tx, part.id, words)
    tx.emit(RepairChanged(actor=actor.id, repair=part.repair, reworded=True))
    return True


def withdraw(tx: Transaction, actor: Person, number: int) -> None:
    """It is not needed any more. Whoever had it, and whoever was asked, hears of it."""
    repair = own(tx, actor, number)
    if repair.state is State.WITHDRAWN:
        raise AlreadyDone
    take_back(tx, repair, actor.id)


def take_back(tx: Transaction, repair: Repair, actor: int | None) -> None:
    """The same for the person who needs it. Raises WrongState."""
    repairs.move(tx, repair, after(repair.state, Move.WITHDRAW))
    end(tx, repair.id, repair.taker)
    asked = offers.settle_open(tx, repair.id, offers.CLOSED)
    tx.emit(RepairWithdrawn(actor=actor, repair=repair.id, volunteer=repair.taker, asked=tuple(asked)))


def end(tx: Transaction, number: int, taker: int | None) -> None:
    """Nothing more is due for it, and whoever had it has a job less."""
    dispatching.stop(tx, number)
    scheduled_tasks.cancel(tx, subject("repair", number), jobs.KIND)
    if taker is not None:
        volunteers.count_jobs(tx, taker)


def nobody_came(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """The volunteer said when, and did not come: others are asked at once."""
    repair = own(tx, actor, number)
    jobs.release(tx, community, repair, "nobody_came", actor.id)


def move_house(
    tx: Transaction, community: Community, actor: Person, number: int, area: str | None, address: str
) -> None:
    """It is somewhere else. Whoever has it reads the new address; while nobody has, it is looked anew from there."""
    repair = own(tx, actor, number)
    if repair.state not in FREE | HELD:
        after(repair.state, Move.WITHDRAW)
    if not address.strip():
        raise NotFound
    elsewhere = area != repair.area
    repairs.change(tx, number, area=area, address=address[:ADDRESS_LENGTH])
    if repair.person == actor.id and homes.of(tx, actor.id) is not None:
        homes.keep(tx, actor.id, area, address[:ADDRESS_LENGTH])
    tx.emit(RepairChanged(actor=actor.id, repair=number))
    if elsewhere and repair.state in FREE:
        dispatching.begin(tx, community, number)
