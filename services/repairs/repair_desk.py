"""What staff do with repairs: give one to somebody by hand, open it again, make it a report, look who it is.

Raises NotAllowed, WrongState, TooLate, AlreadyDone or NotFound.
"""

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import RepairShown, RepairTurnAsked, RepairTurned, RepairTurnRefused
from domain.people.rights import Action, require
from domain.repairs import dispatch
from domain.repairs.repairs import HELD, MOVES, Move, after
from domain.reports.part_purposes import RepairPartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.repairs import jobs, repair_verdicts, repairs
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core import chats
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.repairs import offers
from storage.repairs import repairs as store
from storage.repairs.repairs import Repair
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Volunteer


def assign(tx: Transaction, community: Community, actor: Person, number: int, volunteer: int) -> None:
    """Give it to a volunteer who said yes on the telephone, for example; they hear of it."""
    repair = _known(tx, actor, number)
    if not jobs.is_volunteer(tx, volunteer) or volunteer in (repair.person, repair.asked_by):
        raise NotFound
    jobs.give(tx, community, repair, volunteer, actor.id)


def take_away(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Whoever has it has it no longer; others are asked."""
    repair = _known(tx, actor, number)
    if repair.state not in HELD:
        raise WrongState(repair.state)
    jobs.release(tx, community, repair, "staff", actor.id)


def reopen(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """It is not done, or needed after all: volunteers are asked anew."""
    repair_verdicts.open_again(tx, community, _known(tx, actor, number), actor.id)


def ask_to_turn(tx: Transaction, community: Community, actor: Person, number: int) -> int | None:
    """It is for the property manager. Whoever asked for it is asked whether it may become a report.

    Returns its number where the actor asked for it themselves, and so has said yes; else None. Raises AlreadyDone
    while they have not answered.
    """
    repair = _known(tx, actor, number)
    after(repair.state, Move.TURN)
    if repair.asked_by == actor.id:
        return _turn(tx, community, actor, repair, "self")
    if repair.turn_asked_at is not None:
        raise AlreadyDone
    store.change(tx, number, turn_asked_at=to_text(tx.now))
    tx.emit(RepairTurnAsked(actor=actor.id, repair=number))
    return None


def can_be_asked(tx: Transaction, repair: Repair) -> bool:
    """Whether whoever asked for it can be written to here."""
    chat = chats.private_with(tx, repair.asked_by)
    return chat is not None and chat.unreachable is None


def agree_to_turn(tx: Transaction, community: Community, actor: Person, number: int) -> int:
    """Whoever asked for it says yes; returns the report's number. Raises NotFound when they were not asked."""
    return _turn(tx, community, actor, _asked_of(tx, actor, number), "chat")


def refuse_to_turn(tx: Transaction, actor: Person, number: int) -> None:
    """Whoever asked for it says no. Raises NotFound when they were not asked."""
    _asked_of(tx, actor, number)
    store.change(tx, number, turn_asked_at=None)
    tx.emit(RepairTurnRefused(actor=actor.id, repair=number))


def turn(tx: Transaction, community: Community, actor: Person, number: int) -> int:
    """They were asked, and have agreed on the telephone: staff note it. Raises NotFound when they were not asked."""
    repair = _known(tx, actor, number)
    if repair.turn_asked_at is None:
        raise NotFound
    return _turn(tx, community, actor, repair, "phone")


def _asked_of(tx: Transaction, actor: Person, number: int) -> Repair:
    repair = store.by_id(tx, number)
    if repair is None or repair.asked_by != actor.id or repair.turn_asked_at is None:
        raise NotFound
    return repair


def _turn(tx: Transaction, community: Community, actor: Person, repair: Repair, agreed: str) -> int:
    number = repair.id
    state = after(repair.state, Move.TURN)
    said = store.parts(tx, number, RepairPartPurpose.REQUEST)
    parts = [
        NewPart(part.kind, part.text, part.file_id, part.file_unique_id, part.duration, part.message) for part in said
    ]
    owner = people.by_id(tx, repair.asked_by)
    report = submitting.submit(tx, community, owner, NewReport(parts=parts, area=repair.area, danger=repair.danger))
    asked = offers.settle_open(tx, number, offers.CLOSED)
    store.move(tx, repair, state, report=report)
    repairs.end(tx, number, repair.taker)
    tx.emit(
        RepairTurned(
            actor=actor.id, repair=number, report=report, volunteer=repair.taker, asked=tuple(asked), agreed=agreed
        )
    )
    return report


def who_and_where(tx: Transaction, actor: Person, number: int) -> Repair:
    """The whole of it, address and all. That staff looked is kept."""
    repair = _known(tx, actor, number)
    tx.emit(RepairShown(actor=actor.id, repair=number))
    return repair


def may_be_given(tx: Transaction, community: Community, actor: Person, repair: Repair) -> list[Volunteer]:
    """Who has the trade, on call or not, nearest and least loaded first."""
    require(actor.roles, Action.RUN_REPAIRS)
    reach = dispatch.reach(community, repair.area, dispatch.circles(community, repair.area))

    def rank(volunteer: Volunteer) -> tuple[int, int, int]:
        nearest = min((reach.get(area, 99) for area in volunteer.profile.areas), default=99)
        return nearest, volunteer.jobs, volunteer.person

    found = [
        each for each in volunteers.with_trade(tx, repair.trade) if each.person not in (repair.person, repair.asked_by)
    ]
    return sorted(found, key=rank)


def tally(tx: Transaction, repair: Repair) -> dict[str, int]:
    """How many were asked, and what became of it."""
    found = offers.of_repair(tx, repair.id)
    return {
        "asked": len(found),
        "said_no": sum(offer.state in (offers.DECLINED, offers.GAVE_UP) for offer in found),
        "silent": sum(offer.state == offers.OPEN for offer in found),
    }


def open_ones(tx: Transaction, actor: Person, limit: int, offset: int) -> list[Repair]:
    """What is not closed; free ones and others, the oldest first."""
    require(actor.roles, Action.RUN_REPAIRS)
    return store.all_open(tx, limit, offset)


def _known(tx: Transaction, actor: Person, number: int) -> Repair:
    require(actor.roles, Action.RUN_REPAIRS)
    return jobs.known(tx, number)


CAN_BE_OPENED = MOVES.sources(Move.REOPEN)
"""The states in which staff can open it again."""
