"""What the people of a repair hear when something happens to it.

Nobody reads more than they may: every card is written by volunteer_card.py or asker_card.py, and
the lines here hold no address, no words of a resident and no name but the volunteer's.
"""

from collections.abc import Callable

from domain import events
from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.repairs.repairs import State
from domain.reports.part_purposes import RepairPartPurpose
from handlers.kit import mailer
from handlers.kit.keyboards import column
from handlers.kit.mailer import Words
from handlers.kit.texts import Html, Speaker, bold, lines
from handlers.kit.update_context import Setup
from handlers.repairs import asker_card, repair_words, volunteer_card
from handlers.repairs.repair_questions import (
    ask_no_more,
    ask_whether_done,
    ask_whether_they_came,
    tell_what_was_done,
    to_asker,
    told_of,
)
from handlers.repairs.tell_in_private import ASKED, JOB, RELAY, lane_of, take_back, tell
from services.people import public_names
from services.staff_room import staff_chat
from storage.core import chats
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.repairs import repairs
from storage.repairs.repairs import Repair, RepairPart


def repair_of(tx: Transaction, event: events.RepairEvent) -> Repair:
    """The repair it happened to, as it is now."""
    repair = repairs.by_id(tx, event.repair)
    assert repair is not None
    return repair


def status(tx: Transaction, setup: Setup, event: events.RepairEvent) -> None:
    asker_card.refresh(tx, setup, repair_of(tx, event))


def offered(tx: Transaction, setup: Setup, event: events.RepairOffered) -> None:
    repair = repair_of(tx, event)
    for person in event.people:
        card = volunteer_card.show_below(tx, setup, repair, person)
        if repair.released:
            shown = [
                part
                for part in repairs.parts(tx, repair.id, RepairPartPurpose.REQUEST)
                if part.kind in (PartKind.PHOTO, PartKind.VIDEO)
            ]
            _send_files(tx, person, repair.id, shown, ASKED, card)
    asker_card.refresh(tx, setup, repair)


def unfilled(tx: Transaction, setup: Setup, event: events.RepairUnfilled) -> None:
    repair = repair_of(tx, event)
    asker_card.refresh(tx, setup, repair)

    def write(say: Speaker) -> Html:
        if staff_chat.is_reachable(tx):
            return say(
                "Repair {number}: nobody can come at present. The staff know it and look for somebody, and I go on "
                "asking.",
                number=repair.id,
            )
        return say("Repair {number}: nobody can come at present. I go on asking.", number=repair.id)

    to_asker(tx, setup, repair, write)


def _send_files(
    tx: Transaction, person: int, number: int, parts: list[RepairPart], purpose: str, card: int | None
) -> None:
    """Files of a repair, without their words, to a volunteer; they cannot be forwarded."""
    chat = chats.private_with(tx, person)
    if chat is not None:
        mailer.send_files(
            tx,
            chat.id,
            parts,
            silent=True,
            protected=True,
            subject=subject("repair", number),
            purpose=purpose,
            reply_to_card=card,
            lane=Lane.INTERACTIVE,
        )


def taken(tx: Transaction, setup: Setup, event: events.RepairTaken) -> None:
    repair = repair_of(tx, event)
    for person in event.missed:
        _ended_for(tx, setup, repair, person)
    take_back(tx, setup, event.volunteer, repair.id, ASKED)
    if event.actor == event.volunteer:
        card = volunteer_card.refresh(tx, setup, repair, event.volunteer)
    else:
        tell(tx, setup, event.volunteer, repair.id, _given(repair.id), lane=lane_of(repair))
        card = volunteer_card.show_below(tx, setup, repair, event.volunteer)
    files = [part for part in repairs.parts(tx, repair.id, RepairPartPurpose.REQUEST) if part.kind != PartKind.TEXT]
    _send_files(tx, event.volunteer, repair.id, files, JOB, card)
    asker_card.refresh(tx, setup, repair)
    name = public_names.shown(tx, event.volunteer)

    def write(say: Speaker) -> Html:
        return lines(
            bold(
                say("{name} comes to you (repair {number}).", name=name, number=repair.id)
                if repair.person == repair.asked_by
                else say("{name} comes to them (repair {number}).", name=name, number=repair.id)
            ),
            repair_words.door_code(tx, say, repair),
            say("As soon as I know at what time, I tell you here."),
        )

    to_asker(tx, setup, repair, write)


def _given(number: int) -> Callable[[Speaker], Html]:
    return lambda say: say(
        "The staff give you repair {number}. If you cannot come, tap “I cannot come” below.", number=number
    )


def _ended_for(tx: Transaction, setup: Setup, repair: Repair, person: int) -> None:
    volunteer_card.refresh(tx, setup, repair, person)
    take_back(tx, setup, person, repair.id, ASKED)


def arrival(tx: Transaction, setup: Setup, event: events.RepairArrival) -> None:
    repair = repair_of(tx, event)
    _both(tx, setup, repair, event.volunteer)
    name = public_names.shown(tx, event.volunteer)

    def write(say: Speaker) -> Html:
        when = repair_words.arrival(say, repair, tx.now) or ""
        return say("Repair {number}: {name} comes {when}.", number=repair.id, name=name, when=when)

    to_asker(tx, setup, repair, write)


def _both(tx: Transaction, setup: Setup, repair: Repair, volunteer: int) -> None:
    volunteer_card.refresh(tx, setup, repair, volunteer)
    asker_card.refresh(tx, setup, repair)


def set_out(tx: Transaction, setup: Setup, event: events.RepairSetOut) -> None:
    repair = repair_of(tx, event)
    _both(tx, setup, repair, event.volunteer)
    told = {"number": repair.id, "name": public_names.shown(tx, event.volunteer), "code": repair.code or ""}
    to_asker(tx, setup, repair, lambda say: say("Repair {number}: {name} is on the way. Door code: {code}", **told))


def on_done(tx: Transaction, setup: Setup, event: events.RepairDone) -> None:
    repair = repair_of(tx, event)
    _both(tx, setup, repair, event.volunteer)
    ask_whether_done(tx, setup, repair, [])


def on_told_of(tx: Transaction, setup: Setup, event: events.RepairToldOf) -> None:
    repair = repair_of(tx, event)
    _both(tx, setup, repair, event.volunteer)
    parts = told_of(tx, repair, event.parts)
    if parts:
        tell_what_was_done(tx, setup, repair, parts)


def not_done(tx: Transaction, setup: Setup, event: events.RepairNotDone) -> None:
    repair = repair_of(tx, event)
    _both(tx, setup, repair, event.volunteer)
    ask_no_more(tx, repair)
    name = public_names.shown(tx, event.volunteer)

    def write(say: Speaker) -> Html:
        return say(
            "Repair {number}: {name} tapped “It is done” by mistake. It is not done yet.", number=repair.id, name=name
        )

    to_asker(tx, setup, repair, write)


def asked_again(tx: Transaction, setup: Setup, event: events.RepairAskedAgain) -> None:
    ask_whether_done(tx, setup, repair_of(tx, event), [])


def declined(tx: Transaction, setup: Setup, event: events.RepairDeclined) -> None:
    repair = repair_of(tx, event)
    _ended_for(tx, setup, repair, event.volunteer)
    asker_card.refresh(tx, setup, repair)


def on_released(tx: Transaction, setup: Setup, event: events.RepairReleased) -> None:
    repair = repair_of(tx, event)
    leaves(tx, setup, repair, event.volunteer)
    if event.actor != event.volunteer:
        tell(tx, setup, event.volunteer, repair.id, lambda say: _why_not_yours(say, repair.id, event.reason))

    def write(say: Speaker) -> Html:
        name = repair_words.volunteer(tx, say, event.volunteer)
        if event.reason == "silent":
            return say(
                "Repair {number}: I hear nothing from {name}, so I am asking others now.", number=repair.id, name=name
            )
        return say(
            "Repair {number}: {name} cannot come after all. I am asking others now.", number=repair.id, name=name
        )

    if event.reason != "nobody_came":  # they said so themselves, and were answered
        to_asker(tx, setup, repair, write)
    asker_card.refresh(tx, setup, repair)


def _why_not_yours(say: Speaker, number: int, reason: str) -> Html:
    match reason:
        case "silent":
            return say(
                "Repair {number}: I heard nothing from you, so others are asked now. It is not yours any more.",
                number=number,
            )
        case "nobody_came":
            return say("Repair {number}: they say that nobody came, so others are asked now.", number=number)
        case _:
            return say("Repair {number} is given to others now. It is not yours any more.", number=number)


def leaves(tx: Transaction, setup: Setup, repair: Repair, volunteer: int) -> None:
    """The address, the photos and what was written leave the chat of who has it no longer."""
    take_back(tx, setup, volunteer, repair.id, JOB)
    take_back(tx, setup, volunteer, repair.id, RELAY)
    volunteer_card.refresh(tx, setup, repair, volunteer)


def nudged(tx: Transaction, setup: Setup, event: events.RepairNudged) -> None:
    repair = repair_of(tx, event)

    def write(say: Speaker) -> Words:
        buttons = column(*volunteer_card.job_buttons(say, repair))
        if repair.state is State.ON_THE_WAY:
            text = say(
                "Repair {number}: is it done? Please tap below, so that they are not left waiting.", number=repair.id
            )
        else:
            text = say(
                "Repair {number}: do you still come? Please tap below. If I hear nothing, I ask others.",
                number=repair.id,
            )
        return text, buttons

    card = volunteer_card.refresh(tx, setup, repair, event.volunteer)
    tell(tx, setup, event.volunteer, repair.id, write, reply_to_card=card, purpose=JOB)
    if repair.state is State.COMING:
        ask_whether_they_came(tx, setup, repair)


def silent(tx: Transaction, setup: Setup, event: events.RepairSilent) -> None:
    ask_whether_they_came(tx, setup, repair_of(tx, event))


def confirmed(tx: Transaction, setup: Setup, event: events.RepairConfirmed) -> None:
    repair = repair_of(tx, event)
    leaves(tx, setup, repair, event.volunteer)
    asker_card.refresh(tx, setup, repair)
    if not repair.thanked:
        number = repair.id
        tell(
            tx,
            setup,
            event.volunteer,
            number,
            lambda say: say("Repair {number}: they say it is done. Thank you!", number=number),
        )


def thanked(tx: Transaction, setup: Setup, event: events.RepairThanked) -> None:
    repair = repair_of(tx, event)
    volunteer_card.refresh(tx, setup, repair, event.volunteer)
    done, thanks = repairs.done_and_thanked(tx, event.volunteer)

    def write(say: Speaker) -> Html:
        return lines(
            bold(say("Repair {number}: they thank you!", number=repair.id)),
            say("Jobs done: {done}. Thanks: {thanks}.", done=done, thanks=thanks),
        )

    tell(tx, setup, event.volunteer, repair.id, write)


def lapsed(tx: Transaction, setup: Setup, event: events.RepairLapsed) -> None:
    repair = repair_of(tx, event)
    leaves(tx, setup, repair, event.volunteer)
    asker_card.refresh(tx, setup, repair)


def reopened(tx: Transaction, setup: Setup, event: events.RepairReopened) -> None:
    repair = repair_of(tx, event)

    def to_volunteer(say: Speaker) -> Html:
        if event.actor == repair.asked_by:
            return say(
                "Repair {number}: they say it is not done yet. I ask who can come, you among them.", number=repair.id
            )
        return say(
            "Repair {number}: the staff have opened it again. I ask who can come, you among them.", number=repair.id
        )

    def write(say: Speaker) -> Html:
        return say("Repair {number}: the staff have opened it again, and I ask for somebody.", number=repair.id)

    if event.volunteer is not None:
        leaves(tx, setup, repair, event.volunteer)
        tell(tx, setup, event.volunteer, repair.id, to_volunteer)
    if event.actor != repair.asked_by:
        to_asker(tx, setup, repair, write)
    asker_card.refresh(tx, setup, repair)


def withdrawn(tx: Transaction, setup: Setup, event: events.RepairWithdrawn) -> None:
    repair = repair_of(tx, event)

    def write(say: Speaker) -> Html:
        return say(
            "Repair {number} is not needed any more. Please do not go. Thank you for being ready!", number=repair.id
        )

    for person in event.asked:
        _ended_for(tx, setup, repair, person)
    if event.volunteer is not None:
        leaves(tx, setup, repair, event.volunteer)
        tell(tx, setup, event.volunteer, repair.id, write)
    asker_card.refresh(tx, setup, repair)


def address_changed(tx: Transaction, setup: Setup, event: events.RepairChanged) -> None:
    repair = repair_of(tx, event)

    def write(say: Speaker) -> Html:
        if event.reworded:
            return say("Repair {number}: they have changed what is wrong. Please read it above.", number=repair.id)
        return say("Repair {number}: the address has changed. Please read it above.", number=repair.id)

    asker_card.refresh(tx, setup, repair)
    if repair.taker is not None and volunteer_card.has_it(repair, repair.taker):
        card = volunteer_card.refresh(tx, setup, repair, repair.taker)
        tell(tx, setup, repair.taker, repair.id, write, reply_to_card=card)


def offers_closed(tx: Transaction, setup: Setup, event: events.OffersClosed) -> None:
    repair = repair_of(tx, event)
    for person in event.people:
        _ended_for(tx, setup, repair, person)
    asker_card.refresh(tx, setup, repair)
