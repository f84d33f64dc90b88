"""What the two sides of a repair hear when one of them can be written to no more, or again."""

from collections.abc import Callable

from domain import events
from domain.core.subjects import subject
from domain.repairs.repairs import State
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup
from handlers.repairs import asker_card, volunteer_card
from handlers.repairs.repair_notices import leaves
from handlers.repairs.repair_questions import ask_whether_done
from handlers.repairs.tell_in_private import ASKED, take_back, tell
from storage.core import events as recorded
from storage.core.database import Transaction
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair

LOOKED_BACK = 30
"""So many of a volunteer's earlier messages are made true when they can be written to again."""


def resident_gone(tx: Transaction, setup: Setup, person: int, *, for_others: bool = False) -> None:
    """Those who asked cannot be written to any more: those who have taken their repairs hear it; or only those of what
    they asked `for_others`."""
    for repair in repairs.open_of(tx, person):
        if for_others and repair.person == person:
            continue
        if repair.taker is not None and volunteer_card.has_it(repair, repair.taker):
            card = volunteer_card.refresh(tx, setup, repair, repair.taker)
            tell(tx, setup, repair.taker, repair.id, _cannot_be_written_to(repair.id), reply_to_card=card)


def _cannot_be_written_to(number: int) -> Callable[[Speaker], Html]:
    return lambda say: say(
        "Repair {number}: they cannot be written to any more. Please ring at the door at the time you said.",
        number=number,
    )


def _can_be_written_to(number: int) -> Callable[[Speaker], Html]:
    return lambda say: say("Repair {number}: they can be written to again.", number=number)


def come_back(tx: Transaction, setup: Setup, person: int) -> None:
    """They can be written to again: their cards are made true."""
    for repair in repairs.open_of(tx, person):
        asker_card.refresh(tx, setup, repair)
        if repair.state is State.DONE:
            ask_whether_done(tx, setup, repair, [])
        if repair.taker is not None and volunteer_card.has_it(repair, repair.taker):
            card = volunteer_card.refresh(tx, setup, repair, repair.taker)
            tell(tx, setup, repair.taker, repair.id, _can_be_written_to(repair.id), reply_to_card=card)
    for repair in repairs.held_by(tx, person):
        volunteer_card.refresh(tx, setup, repair, person)
    for offer in offers.ended_for(tx, person, LOOKED_BACK):
        _over_meanwhile(tx, setup, repairs.by_id(tx, offer.repair), person)


def _over_meanwhile(tx: Transaction, setup: Setup, repair: Repair | None, person: int) -> None:
    """Nothing could be sent to a volunteer while their job went to others: the address leaves their chat only now."""
    if repair is None or volunteer_card.has_it(repair, person):
        return
    leaves(tx, setup, repair, person)
    take_back(tx, setup, person, repair.id, ASKED)
    released = recorded.newest_noted(tx, events.RepairReleased.KIND, subject("repair", repair.id))
    if repair.state.is_open and released is not None and released[1] == {"volunteer": person, "reason": "unreachable"}:
        tell(tx, setup, person, repair.id, _went_to_others(repair.id))


def _went_to_others(number: int) -> Callable[[Speaker], Html]:
    return lambda say: say(
        "Repair {number}: while I could not write to you, it went to others. It is not yours any more.", number=number
    )
