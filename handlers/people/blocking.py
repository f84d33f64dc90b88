"""Staff block somebody by their very words, wherever staff read them: a report, a repair, an offer, a promise.

By whose words is in the button (services/people/blocking.py has the sources). Nobody learns by it who they are.
"""

from enum import StrEnum

from domain import events
from domain.core.subjects import number_of, split
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column, force_reply
from handlers.kit.texts import Html, Speaker, bold, clean, escape, lines, paragraphs, quote, shorten
from handlers.kit.update_context import Setup, UpdateContext
from services.people import blocking as service
from services.people.blocking import Source
from storage.core import blocks
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.core.messages import Message, Purpose
from storage.reports import reports

REASON_LENGTH = 300
PURPOSE = Purpose.BLOCK
"""Of the question for a reason; behind it stand source, number and days."""
QUOTED = 300


class Verdict(StrEnum):
    """What a button about blocking says: ask, for how long, end the block, or leave it."""

    ASK = "ask"
    ONE_DAY = "1"
    SEVEN_DAYS = "7"
    THIRTY_DAYS = "30"
    NINETY_DAYS = "90"
    LIFT = "end"
    LEAVE = "no"


DAYS = {Verdict.ONE_DAY: 1, Verdict.SEVEN_DAYS: 7, Verdict.THIRTY_DAYS: 30, Verdict.NINETY_DAYS: 90}


class BlockPress(CallbackData, prefix="bl"):
    """Whoever said that is to be blocked, or not."""

    source: Source
    number: int
    verdict: Verdict


# -- the button, wherever it stands


def button(say: Speaker, source: Source, number: int, label: str | None = None) -> Button:
    """The button that asks whether somebody is to be blocked."""
    return Button(label or say.label("Block"), BlockPress(source, number, Verdict.ASK).pack())


# -- for how long, and why


def press(ctx: UpdateContext) -> None:
    """A button of the question whether and for how long."""
    pressed = ctx.callback_data(BlockPress)
    source, number = pressed.source, pressed.number
    found = service.meant(ctx.tx, ctx.who, source, number)
    if pressed.verdict is Verdict.ASK:
        ask(ctx, source, number)
    elif pressed.verdict is Verdict.LEAVE:
        ctx.edit_pressed(ctx.say("Nobody was blocked."), None)
    elif pressed.verdict is Verdict.LIFT:
        service.lift(ctx.tx, ctx.who, source, number)
        ctx.edit_pressed(ctx.say("The block is ended: they can send something again."), None)
    else:
        _ask_reason(ctx, source, number, DAYS[pressed.verdict], found.about)


def ask(ctx: UpdateContext, source: Source, number: int) -> None:
    """For how long, below what was pressed; with the words, where it was by them."""
    say = ctx.say
    found = service.meant(ctx.tx, ctx.who, source, number)
    part = reports.part(ctx.tx, number) if source is Source.PART else None
    buttons = [
        Button(say.plural("For {count} day", "For {count} days", days), BlockPress(source, number, verdict).pack())
        for verdict, days in DAYS.items()
    ]
    if service.is_blocked(ctx.tx, found):
        buttons.append(Button(say.label("End the block"), BlockPress(source, number, Verdict.LIFT).pack()))
    buttons.append(Button(say.label("No, leave it"), BlockPress(source, number, Verdict.LEAVE).pack()))
    text = paragraphs(
        lines(
            bold(say("Block them? {what}", what=_about(say, found.about))),
            quote(shorten(part.text, QUOTED)) if part is not None and part.text else None,
        ),
        say("They can send nothing for that time, and read the reason you give. Danger always gets through."),
    )
    _below(ctx, text, column(*buttons), found.about, Purpose.TALK)


def _ask_reason(ctx: UpdateContext, source: Source, number: int, days: int, about: str) -> None:
    say = ctx.say
    mention = Html(f'<a href="tg://user?id={ctx.who.telegram_id}">{escape(ctx.who.name)}</a>')
    text = say("{name}, why are they blocked? Reply to this message with the reason. They will read it.", name=mention)
    _below(ctx, text, force_reply(say.label("Write here")), about, f"{PURPOSE}{source.value}:{number}:{days}")


def _below(ctx: UpdateContext, text: Html, markup: Markup, about: str, purpose: str) -> None:
    pressed = ctx.pressed()
    ctx.send(text, markup, reply_to=pressed.id if pressed else None, subject=about, purpose=purpose)


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply to the question for a reason. False when the message is no such question."""
    if message.incoming or not message.purpose.startswith(PURPOSE):
        return False
    source_text, number, days = message.purpose.removeprefix(PURPOSE).split(":")
    words = clean(ctx.message.words).strip()
    if not words:
        ctx.send(ctx.say("I need words for that. Please reply once more."), reply=True)
        return True
    source = Source(source_text)
    block = service.block(ctx.tx, ctx.who, source, int(number), shorten(words, REASON_LENGTH), int(days))
    text = ctx.say(
        "{what}: the person who wrote that can send nothing until {when}.",
        what=_about(ctx.say, message.subject or ""),
        when=ctx.say.moment(block.until, ctx.now),
    )
    lift = [Button(ctx.say.label("End the block"), BlockPress(source, int(number), Verdict.LIFT).pack())]
    ctx.send(text, column(*lift), reply=True, subject=message.subject, purpose=Purpose.RECEIPT)
    mailer.delete(ctx.tx, ctx.where.id, message.id)
    return True


def _about(say: Speaker, about: str) -> Html:
    """What the words were about: a report, a repair, a promise, an offer of help; or that they are so many."""
    kind, number = split(about)
    if kind == "report":
        return say("Report no. {number}", number=number)
    if kind == "repair":
        return say("Repair {number}", number=number)
    if kind == "pledge":
        return say("Promise {number}", number=number)
    if kind == "flood":
        return say("Very many messages")
    return say("An offer of help")


# -- what they read


def blocked(tx: Transaction, setup: Setup, event: events.PersonBlocked) -> None:
    block = blocks.of(tx, event.person)

    def write(say: Speaker) -> Html:
        return paragraphs(
            say(
                "The staff have decided that you can send nothing until {when}, because of what you wrote ({about}).",
                when=say.moment(from_text(event.until), tx.now),
                about=_about(say, event.about),
            ),
            quote(block.reason) if block is not None else None,
            say("What you reported before is looked after as always.")
            if number_of(event.about, "report") is not None
            else None,
        )

    mailer.to_person(tx, setup, event.person, write)


def unblocked(tx: Transaction, setup: Setup, event: events.PersonUnblocked) -> None:
    mailer.to_person(tx, setup, event.person, lambda say: say("You can write to us again."))
