"""The message in which staff read that somebody writes a great deal: how much waits, to be read, and a way to block."""

from enum import StrEnum
from typing import Any

from domain.core.subjects import split, subject
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.people import blocking
from services.people.blocking import Source
from services.staff_room import flooding as service
from storage.core import blocks, folded_messages, settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.staff_room import flooding

KIND = service.KIND


class Flood(StrEnum):
    """What staff want of what somebody wrote so much of."""

    READ = "read"


class FloodPress(CallbackData, prefix="fl"):
    """The next of what waits of that person."""

    person: int
    wanted: Flood


def write(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: write it, or change it while it is the one of this day."""
    chat, person = settings.staff_chat(tx), split(about)[1]
    card = service.card_of_today(tx, chat, about) if chat is not None else None
    if chat is not None and card is not None:
        _show(tx, setup, chat, person, card)


def press(ctx: UpdateContext) -> None:
    """Staff want to read the next of what waits."""
    person = ctx.callback_data(FloodPress).person
    pressed = ctx.pressed()
    if pressed is None or pressed.subject != subject("person", person) or pressed.card is None:
        raise InvalidCallbackData
    count = service.read_on(ctx.tx, ctx.who, person)
    ctx.pop_up(ctx.say_to_person.plural("{count} message comes below.", "{count} messages come below.", count))
    _show(ctx.tx, ctx.setup, ctx.where.id, person, pressed.card)


def _show(tx: Transaction, setup: Setup, chat: int, person: int, card: int) -> None:
    text, markup = _text(tx, setup, chat, person)
    silent = not setup.community.hours.is_open(tx.now)
    about = subject("person", person)
    mailer.card(tx, chat, card, text, markup, silent=silent, subject=about, purpose=Purpose.WRITES_A_LOT)


def _text(tx: Transaction, setup: Setup, chat: int, person: int) -> tuple[Html, Markup]:
    """Without a name: who it is, staff see under a report of theirs ("Who?"), if they have to know."""
    say = setup.group_speaker
    known, waiting = flooding.of(tx, person, chat), folded_messages.count(tx, person, chat)
    report, block = service.newest_report(tx, person, chat), blocks.of(tx, person)
    count = known.count if known is not None else 0
    text = paragraphs(
        bold(say("Somebody writes a lot: block them?")),
        lines(
            say.plural("{count} message here within an hour.", "{count} messages here within an hour.", count),
            say("The newest is about no. {number}.", number=report) if report is not None else None,
        ),
        say.plural(
            "{count} of them waits, so that it delays nobody else. Nothing is lost: read it with the button.",
            "{count} of them wait, so that they delay nobody else. Nothing is lost: read them with the button.",
            waiting,
        )
        if waiting
        else say("None of them waits to be read."),
        say("Blocked until {when}.", when=say.moment(block.until, tx.now)) if block is not None else None,
    )
    shown = []
    if waiting:
        label = say.plural("Read the next one", "Read the next {count}", min(waiting, service.AT_ONCE))
        shown.append(Button(label, FloodPress(person, Flood.READ).pack()))
    shown.append(blocking.button(say, Source.FLOOD, person))
    return text, column(*shown)
