"""What staff do with repairs: give one to somebody by hand, open it again, make it a report, look who it is.

Raises NotAllowed, NotNow, TooLate, AlreadyDone or Gone.
"""

from domain import dispatch
from domain.community import Community
from domain.events import RepairShown, RepairTurned
from domain.repairs import HELD, MOVES, Move, NotNow, after
from domain.rights import Action, require
from services import jobs, repair_verdicts, repairs, voices
from services.voices import Gone, Report
from storage import offers, people, volunteers
from storage import repairs as store
from storage.database import Transaction
from storage.people import Person
from storage.repairs import Repair
from storage.voices import NewPart
from storage.volunteers import Volunteer


def assign(tx: Transaction, community: Community, actor: Person, number: int, volunteer: int) -> None:
    """Give it to a volunteer who said yes on the telephone, for example; they hear of it."""
    repair = _known(tx, actor, number)
    if not jobs.is_volunteer(tx, volunteer):
        raise Gone
    jobs.give(tx, community, repair, volunteer, actor.id)


def take_away(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Whoever has it has it no longer; others are asked."""
    repair = _known(tx, actor, number)
    if repair.state not in HELD:
        raise NotNow(repair.state)
    jobs.release(tx, community, repair, "staff", actor.id)


def reopen(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """It is not done, or needed after all: volunteers are asked anew."""
    repair_verdicts.open_again(tx, community, _known(tx, actor, number), actor.id)


def turn(tx: Transaction, community: Community, actor: Person, number: int) -> int:
    """It is for the property manager: it becomes a report of whoever asked; returns its number."""
    repair = _known(tx, actor, number)
    state = after(repair.state, Move.TURN)
    said = store.parts(tx, number, "request")
    parts = [
        NewPart(part.kind, part.text, part.file_id, part.file_unique_id, part.duration, part.message) for part in said
    ]
    owner = people.by_id(tx, repair.asked_by)
    voice = voices.submit(tx, community, owner, Report(parts=parts, area=repair.area, danger=repair.danger))
    asked = offers.settle_open(tx, number, offers.CLOSED)
    store.move(tx, repair, state, voice=voice)
    repairs.end(tx, number, repair.taker)
    tx.emit(RepairTurned(actor=actor.id, repair=number, voice=voice, volunteer=repair.taker, asked=tuple(asked)))
    return voice


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


CAN_BE_OPENED = MOVES[Move.REOPEN][0]
"""The states in which staff can open it again."""
