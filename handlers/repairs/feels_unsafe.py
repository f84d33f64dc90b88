"""“I feel unsafe”: the number to call at once, and a second tap that rings staff.

The question is one message for half an hour, however often it is pressed. Once staff are rung, a tap says it again.
"""

from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, escape, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.repairs import feels_unsafe_progress
from handlers.repairs.buttons import ForBoth, RelayPress
from services.repairs import relay as service
from services.reports import dangers
from storage.core import messages
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.repairs.repairs import Repair

ROLE = CardRole.UNSAFE


def press(ctx: UpdateContext, repair: Repair, *, sure: bool) -> None:
    """A side of a repair does not feel safe; `sure`: the second tap, for the first may be a slip."""
    asked = messages.newest_card_in(ctx.tx, subject("repair", repair.id), ROLE, ctx.where.id)
    card = int(asked["id"]) if asked is not None else None
    if sure or dangers.has_rung(ctx.tx, ctx.who.id, repair.id):
        _ring(ctx, repair, card, sure=sure)
    elif card is not None and messages.made_at(ctx.tx, card) > ctx.now - dangers.STANDS:
        above = ctx.say_to_person.label("To alert the staff, tap “Yes, ring the staff” on the message above.")
        ctx.pop_up(f"{_call(ctx)}\n\n{above}", alert=True)
    else:
        _ask(ctx, repair)


def _call(ctx: UpdateContext) -> str:
    first = ctx.setup.community.number_when_unsafe()
    say = ctx.say_to_person
    return say.label("In danger call {number} now: {who}", number=first.number, who=say.words(first.label))


def _ask(ctx: UpdateContext, repair: Repair) -> None:
    say = ctx.say
    text = paragraphs(
        bold(escape(_call(ctx))), say("Shall I ring the staff? You need not open the door, and need not stay.")
    )
    card = messages.new_card(ctx.tx, ctx.where.id, subject("repair", repair.id), ROLE)
    buttons = column(Button(say.label("Yes, ring the staff"), RelayPress(repair.id, ForBoth.UNSAFE_SURE).pack()))
    _write(ctx, repair, card, text, buttons, Lane.URGENT)


def _ring(ctx: UpdateContext, repair: Repair, card: int | None, *, sure: bool) -> None:
    rings = service.feels_unsafe(ctx.tx, ctx.who, repair.id)
    pressed = ctx.pressed()
    message = messages.card_message(ctx.tx, card) if card is not None else pressed.id if pressed and sure else None
    text = (
        feels_unsafe_progress.begin(ctx, repair.id, message) if rings else feels_unsafe_progress.again(ctx, repair.id)
    )
    if card is not None:
        _write(ctx, repair, card, text, None, Lane.INTERACTIVE)
    elif sure:
        ctx.edit_pressed(text, None)  # the question of a version before this one
    if not rings:
        ctx.pop_up(f"{_call(ctx)}\n\n{feels_unsafe_progress.said_again(ctx, repair.id)}", alert=True)


def _write(ctx: UpdateContext, repair: Repair, card: int, text: Html, buttons: Markup | None, lane: Lane) -> None:
    pressed = ctx.pressed()  # its answer stands with it, however far up that is
    mailer.card(
        ctx.tx,
        ctx.where.id,
        card,
        text,
        buttons,
        lane=lane,
        subject=subject("repair", repair.id),
        purpose=Purpose.UNSAFE,
        reply_to=pressed.id if pressed is not None else None,
    )
