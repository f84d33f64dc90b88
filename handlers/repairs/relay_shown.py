"""Somebody shows staff what the other side of a repair wrote to them: the very message, and whoever wrote it can be
blocked.
"""

from domain import events
from domain.core.subjects import subject
from handlers.kit import mailer, staff_topics
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import How
from handlers.kit.texts import Speaker, bold, paragraphs, quote, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.people import blocking
from handlers.repairs import repair_desk
from handlers.repairs.buttons import ForBoth, RelayPress
from services.people.blocking import Source
from services.repairs import relay as service
from services.staff_room import staff_chat
from storage.core import events as record
from storage.core import settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.repairs import repairs

SHOWN = 3000


def button(say: Speaker, number: int) -> Button:
    """The button under what was passed on. Which message is meant is seen by where it is pressed."""
    return Button(say.label("Show this to the staff"), RelayPress(number, ForBoth.SHOW).pack())


def ask(ctx: UpdateContext, number: int) -> None:
    """Asked once, for the words were for one person."""
    pressed = ctx.pressed()
    service.to_be_shown(ctx.tx, ctx.who, number, pressed.id if pressed else None)
    assert pressed is not None
    say = ctx.say
    text = paragraphs(
        bold(say("Show this message to the staff?")),
        say(
            "They read what it says, and can block the person who wrote it. Nothing else of what you two wrote is "
            "shown."
        ),
    )
    buttons = [
        Button(say.label("Yes, show it"), RelayPress(number, ForBoth.SHOW, pressed.id).pack()),
        Button(say.label("No"), RelayPress(number, ForBoth.KEEP).pack()),
    ]
    about = subject("repair", number)
    ctx.send(text, column(*buttons), reply_to=pressed.id, subject=about, purpose=Purpose.NOTICE)


def show(ctx: UpdateContext, number: int, message: int) -> None:
    """The yes. While the staff group cannot be reached nobody could read it: it can be shown later."""
    if not staff_chat.is_reachable(ctx.tx):
        label = ctx.say_to_person.label
        ctx.pop_up(
            label("I cannot reach the staff group at the moment, so nobody could read it. Please try again later."),
            alert=True,
        )
        return
    service.show_to_staff(ctx.tx, ctx.who, number, message)
    ctx.edit_pressed(ctx.say("The staff can read it now."), None)


def keep(ctx: UpdateContext) -> None:
    """The no."""
    ctx.edit_pressed(ctx.say("Nothing was shown."), None)


def shown(tx: Transaction, setup: Setup, event: events.RepairMessageShown) -> None:
    repair = repairs.by_id(tx, event.repair)
    staff = settings.staff_chat(tx)
    if repair is None or staff is None:
        return
    content = service.passed_on(tx, event.message)
    say = setup.group_speaker
    kept = record.newest_of(tx, event.kind, event.subject)
    by_volunteer = event.writer == repair.taker
    words: str = content.get("words") or ""
    text = paragraphs(
        bold(say("Repair {number}: somebody shows you a message they got", number=repair.id)),
        say("The volunteer wrote it.") if by_volunteer else say("The person who asked for the repair wrote it."),
        quote(shorten(words, SHOWN)) if words else None,
    )
    card = repair_desk.post(tx, setup, repair)
    topic = staff_topics.repairs(tx, setup, staff)
    below: How = {"topic": topic, "reply_to_card": card, "subject": event.subject, "purpose": Purpose.TALK}
    markup = column(blocking.button(say, Source.SHOWN, kept.id)) if kept is not None else None
    mailer.send(tx, staff, text, markup, **below)
    if content.get("file_id"):
        mailer.send_file(tx, staff, content["kind"], {"file_id": content["file_id"]}, **below)
