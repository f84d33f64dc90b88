"""A repair becomes a report only when whoever asked for it says yes: until then their words are the volunteer's alone.

Somebody who cannot be asked here is rung, and staff note their yes.
"""

from domain import events
from domain.core.subjects import subject
from handlers.kit.callback_data import CallbackData, YesNo
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import Words
from handlers.kit.texts import Speaker, bold, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.repairs import asker_card, repair_desk
from handlers.repairs.tell_in_private import tell
from services.repairs import repair_desk as service
from storage.core.database import Transaction
from storage.repairs import repairs
from storage.repairs.repairs import Repair


class TurnPress(CallbackData, prefix="ry"):
    """Whether staff may look after the repair as a report."""

    repair: int
    answer: YesNo


def asked(tx: Transaction, setup: Setup, event: events.RepairTurnAsked) -> None:
    repair = _of(tx, event)
    card = asker_card.card_of(tx, repair)
    tell(tx, setup, repair.asked_by, repair.id, lambda say: _question(setup, say, repair), reply_to_card=card)
    repair_desk.refresh(tx, setup, repair)


def _question(setup: Setup, say: Speaker, repair: Repair) -> Words:
    place = setup.community.place_name(repair.area, say.language) if repair.area else None
    text = paragraphs(
        bold(say("Repair {number}: may the staff look after it as a report?", number=repair.id)),
        say(
            "If you say yes, everybody in the staff group can read your words, photos and voice messages about it, and "
            "that it is at “{place}”. Your name is not shown, nor the address to your door, unless you wrote it "
            "yourself. Volunteers are asked no longer.",
            place=place or say("not given yet"),
        ),
        say("If you say no, everything stays as it is: only the volunteer who takes it reads your words."),
    )
    return text, column(
        Button(say.label("Yes, show it to the staff"), TurnPress(repair.id, YesNo.YES).pack()),
        Button(say.label("No, leave it as it is"), TurnPress(repair.id, YesNo.NO).pack()),
    )


def press(ctx: UpdateContext) -> None:
    """The answer to the question."""
    pressed = ctx.callback_data(TurnPress)
    number = pressed.repair
    if pressed.answer is YesNo.YES:
        report = service.agree_to_turn(ctx.tx, ctx.setup.community, ctx.who, number)
        ctx.edit_pressed(ctx.say("Repair {number} is report no. {report} now.", number=number, report=report), None)
    else:
        service.refuse_to_turn(ctx.tx, ctx.who, number)
        ctx.edit_pressed(ctx.say("All right. Repair {number} stays as it is.", number=number), None)


def refused(tx: Transaction, setup: Setup, event: events.RepairTurnRefused) -> None:
    say = setup.group_speaker
    said = say("Repair {number}: they do not want it to become a report.", number=event.repair)
    repair_desk.ring(tx, setup, _of(tx, event), said)


def _of(tx: Transaction, event: events.RepairEvent) -> Repair:
    repair = repairs.by_id(tx, event.repair)
    assert repair is not None, subject("repair", event.repair)
    return repair
