"""The two sides of a repair write to each other through the bot. Their words are passed on and not kept.

Raises Apart, NumbersWithheld, BothAgreed, AlreadyDone or NotFound.
"""

from typing import Any

from domain.community import Community
from domain.core.subjects import subject
from domain.events import RepairMessagePassed, RepairMessageShown, RepairNumbersAgreed, RepairUnsafe
from domain.language.phones import holds_number
from domain.repairs.repairs import KNOWS_THE_DOOR
from services.core.errors import AlreadyDone, NotFound
from services.repairs import jobs
from services.reports import dangers
from storage.core import chats, events, messages, sends
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people.people import Person
from storage.repairs import repairs
from storage.repairs.repairs import Repair

RELAY = Purpose.RELAY
"""Purpose of what one side of a repair wrote to the other."""


class Apart(Exception):
    """There is nobody on the other side at present: nobody has taken it yet, or it is closed."""

    def __init__(self, repair: Repair) -> None:
        super().__init__(repair.state.value)
        self.repair = repair


class BothAgreed(Exception):
    """Numbers pass already."""


class NumbersWithheld(Exception):
    """The words hold a telephone number, and not both sides have agreed to that."""


def side(repair: Repair, person: int) -> bool:
    """Whether somebody is one of the two sides of it."""
    return person in (repair.asked_by, repair.taker)


def other_side(tx: Transaction, actor: Person, number: int) -> tuple[Repair, int]:
    """The repair, and who is on the other side. Raises NotFound for anybody else, Apart when there is nobody."""
    repair = repairs.by_id(tx, number)
    if repair is None or not side(repair, actor.id):
        raise NotFound
    if repair.taker is None or repair.state not in KNOWS_THE_DOOR:
        raise Apart(repair)
    return repair, repair.asked_by if actor.id == repair.taker else repair.taker


def pass_on(
    tx: Transaction, community: Community, actor: Person, number: int, words: str, danger: str | None = None
) -> int:
    """Something is passed on; returns to whom. It counts as a sign of life of the volunteer."""
    repair, other = other_side(tx, actor, number)
    if holds_number(words) and not (repair.numbers_asker and repair.numbers_taker):
        raise NumbersWithheld
    jobs.moves(tx, community, actor, number)
    tx.emit(RepairMessagePassed(actor=actor.id, repair=number, to=other, danger=danger))
    return other


def passed_on(tx: Transaction, message: int) -> dict[str, Any]:
    """What a message held that was passed on: `from` (who wrote it), `words`, `file_id`, `kind`. Empty after a week."""
    return sends.content_of(tx, message)


def to_be_shown(tx: Transaction, actor: Person, number: int, message: int | None) -> int:
    """Who wrote a message that the actor got about a repair. Raises NotFound where it is none, or too old."""
    chat = chats.private_with(tx, actor.id)
    found = messages.by_id(tx, message) if message is not None else None
    if chat is None or found is None or found.chat != chat.id or found.subject != subject("repair", number):
        raise NotFound
    writer = passed_on(tx, found.id).get("from")
    if writer is None or found.purpose != RELAY:
        raise NotFound
    return int(writer)


def show_to_staff(tx: Transaction, actor: Person, number: int, message: int) -> None:
    """Staff may read that one message. Raises NotFound, or AlreadyDone the second time."""
    writer = to_be_shown(tx, actor, number, message)
    about = subject("repair", number)
    if any(each.data["message"] == message for each in events.of_kind(tx, RepairMessageShown.KIND, about)):
        raise AlreadyDone
    tx.emit(RepairMessageShown(actor=actor.id, repair=number, writer=writer, message=message))


def agree_to_numbers(tx: Transaction, actor: Person, number: int) -> bool:
    """One side agrees that numbers may be written; returns whether both do now.

    Raises AlreadyDone the second time, while the other side has not agreed.
    """
    repair, _ = other_side(tx, actor, number)
    column = "numbers_taker" if actor.id == repair.taker else "numbers_asker"
    if getattr(repair, column):
        if repair.numbers_asker and repair.numbers_taker:
            raise BothAgreed
        raise AlreadyDone
    repairs.change(tx, number, **{column: 1})
    both = repair.numbers_asker or repair.numbers_taker
    tx.emit(RepairNumbersAgreed(actor=actor.id, repair=number, both=both))
    return both


def feels_unsafe(tx: Transaction, actor: Person, number: int) -> bool:
    """One side does not feel safe: staff are rung at any hour. Said again within half an hour, it goes with that.

    Returns whether they are rung.
    """
    other_side(tx, actor, number)
    danger, rings = dangers.unsafe(tx, actor.id, number)
    tx.emit(RepairUnsafe(actor=actor.id, repair=number, danger=danger, again=not rings))
    return rings
