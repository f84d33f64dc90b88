"""What staff hear of repairs, and what was not let in between the two sides."""

import json
from typing import Any

from domain import events
from domain.core.subjects import number_of, split, subject
from domain.people.rights import Role
from domain.repairs.repairs import Urgency
from handlers.kit import mailer
from handlers.kit.texts import Html, Speaker, bold, lines
from handlers.kit.update_context import Setup
from handlers.repairs import asker_card, feels_unsafe_progress, repair_desk, repair_words, volunteer_card
from handlers.repairs.repair_notices import repair_of
from handlers.repairs.tell_in_private import ASKED, JOB, RELAY, TAKEN_BACK, take_back, tell
from services.reports import danger_cards
from storage.core import messages, outbox
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.people import people
from storage.repairs import repairs
from storage.repairs.repairs import Repair
from storage.reports import dangers
from storage.reports.dangers import Rung


def unfilled(tx: Transaction, setup: Setup, event: events.RepairUnfilled) -> None:
    repair, say = repair_of(tx, event), setup.group_speaker
    place = repair_words.rough_place(setup.community, say, repair.area) or say("not given yet")
    text = lines(
        bold(say("Repair {number}: nobody can come", number=repair.id)),
        say(
            "{trade}, {when}, {place}",
            trade=repair_words.trade(setup.community, say, repair.trade),
            when=repair_words.urgency(say, repair.urgency),
            place=place,
        ),
        say(
            "All who could be asked were. Ring somebody, give it by hand, or make it a report: the buttons are above. "
            "I go on asking whoever comes on call."
        ),
    )
    urgent = event.first and repair.urgency is Urgency.NOW
    repair_desk.ring(tx, setup, repair, text, Lane.URGENT if urgent else Lane.INTERACTIVE)


def reopened(tx: Transaction, setup: Setup, event: events.RepairReopened) -> None:
    repair, say = repair_of(tx, event), setup.group_speaker
    said = (
        say("Repair {number}: said not to be done. Volunteers are asked again.", number=repair.id)
        if event.actor == repair.asked_by
        else say("Repair {number}: opened again by the staff. Volunteers are asked again.", number=repair.id)
    )
    repair_desk.ring(tx, setup, repair, said)


def silent(tx: Transaction, setup: Setup, event: events.RepairSilent) -> None:
    repair, say = repair_of(tx, event), setup.group_speaker
    said = say(
        "Repair {number}: the volunteer set out, and nobody has said anything since. Please ask.", number=repair.id
    )
    repair_desk.ring(tx, setup, repair, said)


def unsafe(tx: Transaction, setup: Setup, event: events.RepairUnsafe) -> None:
    """At any hour: the group, every lead and admin in private. Said again, it is written into the group's message."""
    repair = repair_of(tx, event)
    by_volunteer = event.actor == repair.taker
    rung = dangers.by_id(tx, event.danger) if event.danger is not None else None
    if rung is None:
        return
    if event.again:
        danger_cards.soon(tx, rung)
        return
    _write_unsafe(tx, setup, repair, rung, by_volunteer, Lane.URGENT)
    for lead in {each.id for role in (Role.LEAD, Role.ADMIN) for each in people.with_role(tx, role)} - {event.actor}:
        to = mailer.private(tx, setup, lead)
        if to is not None:
            said, about = _feels_unsafe(to.say, repair.id, by_volunteer), subject("repair", repair.id)
            card = messages.new_card(tx, to.chat.id, about, feels_unsafe_progress.private_role(rung.id))
            mailer.card(tx, to.chat.id, card, said, lane=Lane.URGENT)


def say_again(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: the group's message says how often it was said since, and when last."""
    rung = danger_cards.is_due(tx, split(about)[1])
    if rung is None:
        return
    repair = repairs.by_id(tx, number_of(rung.subject, "repair") or 0)
    if repair is not None:
        _write_unsafe(tx, setup, repair, rung, rung.person != repair.asked_by, Lane.INTERACTIVE)


def ring_again(tx: Transaction, setup: Setup, rung: Rung) -> None:
    """The group has not got it: it is written once more, and rings."""
    repair = repairs.by_id(tx, number_of(rung.subject, "repair") or 0)
    if repair is not None:
        _write_unsafe(tx, setup, repair, rung, rung.person != repair.asked_by, Lane.URGENT)


def _write_unsafe(tx: Transaction, setup: Setup, repair: Repair, rung: Rung, by_volunteer: bool, lane: Lane) -> None:
    say, again = setup.group_speaker, None
    if rung.again_at is not None:
        again = say.plural(
            "Said {count} more time, last at {time}.",
            "Said {count} more times, last at {time}.",
            rung.again,
            time=say.time(rung.again_at),
        )
    text = lines(_feels_unsafe(say, repair.id, by_volunteer), again)
    repair_desk.ring_card(tx, setup, repair, feels_unsafe_progress.group_role(rung.id), text, lane)


def _feels_unsafe(say: Speaker, number: int, by_volunteer: bool) -> Html:
    who = say("The volunteer says: I feel unsafe.") if by_volunteer else say("Whoever asked says: I feel unsafe.")
    return lines(
        bold(say("UNSAFE: repair {number}", number=number)),
        who,
        say("Ring or go there now. “Who and where” on the card of the repair, or in /repairs, tells you in private."),
    )


def turned(tx: Transaction, setup: Setup, event: events.RepairTurned) -> None:
    repair = repair_of(tx, event)

    def write(say: Speaker) -> Html:
        return say("Repair {number} is looked after by the staff now. Please do not go. Thank you!", number=repair.id)

    for person in event.asked:
        volunteer_card.refresh(tx, setup, repair, person)
        take_back(tx, setup, person, repair.id, ASKED)
    if event.volunteer is not None:
        take_back(tx, setup, event.volunteer, repair.id, JOB)
        take_back(tx, setup, event.volunteer, repair.id, RELAY)
        volunteer_card.refresh(tx, setup, repair, event.volunteer)
        tell(tx, setup, event.volunteer, repair.id, write)
    asker_card.refresh(tx, setup, repair)


def unwanted(tx: Transaction, setup: Setup, event: events.MessageUnwanted) -> None:
    """A voice message that the other's settings do not let in: whoever spoke it hears so, and can write it."""
    row = outbox.by_id(tx, event.outbox)
    number = number_of(row["subject"], "repair") if row is not None else None
    if row is None or number is None:
        return

    def to_sender(say: Speaker) -> Html:
        return say(
            "Your voice message did not get through (repair {number}): the other side lets no voice messages in. "
            "Please write it.",
            number=number,
        )

    def to_volunteer(say: Speaker) -> Html:
        return say(
            "There is a voice message with repair {number}, and your settings let none in (Telegram, Settings, "
            "Privacy, Voice messages). Ask them to write it.",
            number=number,
        )

    if row["purpose"] == RELAY:
        sender = json.loads(row["content"]).get("from")
        if sender is not None:
            tell(tx, setup, sender, number, to_sender)
    elif row["purpose"] == JOB:
        repair = repairs.by_id(tx, number)
        if repair is not None and repair.taker is not None:
            tell(tx, setup, repair.taker, number, to_volunteer, lane=Lane.NOTICE)


def stays(tx: Transaction, setup: Setup, event: events.MessageStays) -> None:
    """What was to leave the chat of who had a repair is still there: who wrote it is told, and may change a code."""
    row = outbox.by_id(tx, event.outbox)
    number = number_of(row["subject"], "repair") if row is not None else None
    repair = repairs.by_id(tx, number) if number is not None else None
    if row is None or row["purpose"] != TAKEN_BACK or repair is None:
        return

    def write(say: Speaker) -> Html:
        return say(
            "Repair {number}: a photo, a file or a voice message could not be deleted from the chat of the volunteer "
            "who had it, because it is too old for Telegram. If it showed a key or a code, please change that.",
            number=number,
        )

    tell(tx, setup, repair.asked_by, repair.id, write)


def refresh_card(tx: Transaction, setup: Setup, event: events.RepairEvent) -> None:
    repair_desk.refresh(tx, setup, repair_of(tx, event))
