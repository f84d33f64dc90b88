"""“I feel unsafe”: the number to call at once, and a second tap that rings staff.

The question is one message for half an hour, however often it is pressed. Once staff are rung, a tap says it again.
"""

from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, escape, paragraphs
from handlers.repairs import unsafe_reach
from handlers.repairs.buttons import ForBoth, RelayPress
from services.repairs import relay as service
from services.reports import dangers
from storage.core import messages
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.repairs.repairs import Repair

ROLE = CardRole.UNSAFE


def press(here: Here, repair: Repair, *, sure: bool) -> None:
    """A side of a repair does not feel safe; `sure`: the second tap, for the first may be a slip."""
    asked = messages.newest_card_in(here.tx, subject("repair", repair.id), ROLE, here.where.id)
    card = int(asked["id"]) if asked is not None else None
    if sure or dangers.has_rung(here.tx, here.who.id, repair.id):
        _ring(here, repair, card, sure=sure)
    elif card is not None and messages.made_at(here.tx, card) > here.now - dangers.STANDS:
        above = here.say_to_person.label("To alert the staff, tap “Yes, ring the staff” on the message above.")
        here.pop_up(f"{_call(here)}\n\n{above}", alert=True)
    else:
        here.pop_up()
        _ask(here, repair)


def _call(here: Here) -> str:
    first = here.setup.community.number_when_unsafe()
    say = here.say_to_person
    return say.label("In danger call {number} now: {who}", number=first.number, who=say.words(first.label))


def _ask(here: Here, repair: Repair) -> None:
    say = here.say
    text = paragraphs(
        bold(escape(_call(here))), say("Shall I ring the staff? You need not open the door, and need not stay.")
    )
    card = messages.new_card(here.tx, here.where.id, subject("repair", repair.id), ROLE)
    buttons = column([Button(say.label("Yes, ring the staff"), RelayPress(repair.id, ForBoth.UNSAFE_SURE).pack())])
    _write(here, repair, card, text, buttons, Lane.URGENT)


def _ring(here: Here, repair: Repair, card: int | None, *, sure: bool) -> None:
    rings = service.feels_unsafe(here.tx, here.who, repair.id)
    pressed = here.pressed()
    message = messages.card_message(here.tx, card) if card is not None else pressed.id if pressed and sure else None
    text = unsafe_reach.begin(here, repair.id, message) if rings else unsafe_reach.again(here, repair.id)
    if card is not None:
        _write(here, repair, card, text, None, Lane.INTERACTIVE)
    elif sure:
        here.edit_pressed(text, None)  # the question of a version before this one
    if rings:
        here.pop_up()
    else:
        here.pop_up(f"{_call(here)}\n\n{unsafe_reach.said_again(here, repair.id)}", alert=True)


def _write(here: Here, repair: Repair, card: int, text: Html, buttons: Markup | None, lane: Lane) -> None:
    pressed = here.pressed()  # its answer stands with it, however far up that is
    mailer.card(
        here.tx,
        here.where.id,
        card,
        text,
        buttons,
        lane=lane,
        subject=subject("repair", repair.id),
        purpose=Purpose.UNSAFE,
        reply_to=pressed.id if pressed is not None else None,
    )
