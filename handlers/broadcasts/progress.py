"""The message in which who says something to many reads how far it is, kept true in place, with Stop and Go on."""

from datetime import timedelta
from enum import StrEnum

from domain.broadcasts.broadcasts import State
from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.events import BroadcastEvent, BroadcastInterrupted, BroadcastStarted, MessageRefused
from handlers.kit import mailer
from handlers.kit.broadcaster import Broadcaster
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from services.broadcasts import broadcasting
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.recipients import Counts, of_role
from storage.core import messages, outbox
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose

EVERY = timedelta(seconds=5)
"""So much lies between two changes of it while it goes out."""
PER_MINUTE = 25 * 60
"""So many messages go out in a minute, in round numbers and with room for what people are answered meanwhile."""


def of(setup: Setup, about: str) -> Broadcaster:
    """Whose words they are that belong to this subject. Raises LookupError for a kind that is none any more."""
    return setup.features.broadcasters[about.partition(":")[0]]


class Doing(StrEnum):
    """What can be pressed below it."""

    STOP = "stop"
    GO_ON = "go_on"


class SteerPress(CallbackData, prefix="bc"):
    """Stop it, or let it go on."""

    broadcast: int
    doing: Doing


def press(ctx: UpdateContext) -> None:
    """A button below it."""
    pressed = ctx.callback_data(SteerPress)
    about = broadcasting.get(ctx.tx, pressed.broadcast).subject
    steer = broadcasting.stop if pressed.doing is Doing.STOP else broadcasting.go_on
    steer(ctx.tx, ctx.who, pressed.broadcast, of(ctx.setup, about).may_steer)
    ctx.pop_up()


def started(tx: Transaction, setup: Setup, event: BroadcastStarted) -> None:
    """Who says it gets that message."""
    broadcast = broadcasting.get(tx, event.broadcast)
    to = mailer.private(tx, setup, broadcast.by)
    if to is not None:
        messages.new_card(tx, to.chat.id, subject("broadcast", broadcast.id), CardRole.PROGRESS)
        follow(tx, setup, broadcast.id)


def changed(tx: Transaction, setup: Setup, event: BroadcastEvent) -> None:
    """It stopped, went on, was withdrawn."""
    follow(tx, setup, event.broadcast)


def refused(tx: Transaction, setup: Setup, event: MessageRefused) -> None:
    """Telegram refused a file of it for somebody, perhaps after all else was sent."""
    row = outbox.by_id(tx, event.outbox)
    number = of_role(row["purpose"]) if row is not None else None
    if number is not None:
        follow(tx, setup, number)


def interrupted(tx: Transaction, setup: Setup, event: BroadcastInterrupted) -> None:
    """The database was restored meanwhile: who says it decides whether it goes on."""
    follow(tx, setup, event.broadcast)
    broadcast = broadcasting.get(tx, event.broadcast)

    def write(say: Speaker) -> Html:
        return paragraphs(
            say(
                "{what} was being sent when a backup was restored. I have stopped it.",
                what=of(setup, broadcast.subject).called(tx, setup, say, broadcast.subject),
            ),
            say("I do not know who has got it since the backup was made. If you let it go on, some may get it twice."),
        )

    mailer.to_person(tx, setup, broadcast.by, write)


def follow(tx: Transaction, setup: Setup, number: int) -> None:
    """Make it true, where there is one."""
    card = messages.newest_card(tx, subject("broadcast", number), CardRole.PROGRESS)
    if card is None:
        return
    broadcast, say = broadcasting.get(tx, number), mailer.speaker_in(tx, setup, card["chat"])
    text, markup = _text(tx, setup, say, broadcast), _markup(say, broadcast)
    mailer.card(tx, card["chat"], card["id"], text, markup, subject=subject("broadcast", number), purpose=Purpose.CARD)


def _text(tx: Transaction, setup: Setup, say: Speaker, broadcast: Broadcast) -> Html:
    counts = broadcasting.counts(tx, broadcast.id)
    return paragraphs(
        bold(_heading(say, broadcast.state, of(setup, broadcast.subject).called(tx, setup, say, broadcast.subject))),
        lines(
            _how_far(say, broadcast, counts),
            say.plural(
                "{count} person cannot be reached: they have blocked me, or never opened a chat with me.",
                "{count} people cannot be reached: they have blocked me, or never opened a chat with me.",
                counts.unreachable,
            ) if counts.unreachable else None,
            say.plural("Telegram refused {count} message.", "Telegram refused {count} messages.", counts.failed)
            if counts.failed else None,
            say.plural("{count} person got the words without a file that Telegram refused.",
                       "{count} people got the words without a file that Telegram refused.", counts.no_file)
            if counts.no_file else None,
            say.plural("{count} person is in their quiet hours and gets it afterwards.",
                       "{count} people are in their quiet hours and get it afterwards.", counts.later)
            if counts.later else None,
        ),
        _left(tx, say, broadcast, counts),
    )  # fmt: skip


def _heading(say: Speaker, state: State, what: Html) -> Html:
    if state is State.STOPPED:
        return say("{what}: stopped", what=what)
    if state is State.DONE:
        return say("{what}: sent", what=what)
    if state is State.WITHDRAWN:
        return say("{what}: withdrawn", what=what)
    return say("{what}: being sent", what=what)


def _how_far(say: Speaker, broadcast: Broadcast, counts: Counts) -> Html:
    if broadcast.state is State.WITHDRAWN:
        left = counts.sent
        if not left:
            return say("I have taken it off every screen where Telegram lets me.")
        return say.plural("I am still deleting {count} copy.", "I am still deleting {count} copies.", left)
    if broadcast.gathered_to is not None:
        return say("{sent} have it so far. I am still counting whom it is for.", sent=counts.sent)
    return have_it(say, counts)


def have_it(say: Speaker, counts: Counts) -> Html:
    """How many of those it is for have it; before anybody is known whom it is for, nobody."""
    if not counts.total:
        return say("Nobody has it yet.")
    return say("{sent} of {total} have it.", sent=counts.sent, total=counts.total)


def _left(tx: Transaction, say: Speaker, broadcast: Broadcast, counts: Counts) -> Html | None:
    """How long it takes still, of what goes out now."""
    if broadcast.state is not State.SENDING or not counts.waiting:
        return None
    files = sum(part.kind != PartKind.TEXT for part in broadcasting.parts_of(tx, broadcast.id))
    minutes = counts.waiting * (1 + files) // PER_MINUTE
    if not minutes:
        return say("Less than a minute left.")
    return say.plural("About {count} minute left.", "About {count} minutes left.", minutes)


def _markup(say: Speaker, broadcast: Broadcast) -> Markup | None:
    buttons = steering(say, broadcast)
    return column(*buttons) if buttons else None


def steering(say: Speaker, broadcast: Broadcast) -> list[Button]:
    """What stops it, or lets it go on; nothing where it is over."""
    if broadcast.state is State.SENDING:
        return [Button(say.label("Stop"), SteerPress(broadcast.id, Doing.STOP).pack())]
    if broadcast.state is State.STOPPED:
        return [Button(say.label("Go on"), SteerPress(broadcast.id, Doing.GO_ON).pack())]
    return []
