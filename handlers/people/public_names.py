"""A name others read has changed: staff look at the new one before anybody reads it. One card for each person."""

from datetime import timedelta
from enum import StrEnum

from domain import events
from domain.calendar.local_time import local_time
from domain.core.subjects import subject
from domain.people.rights import Action, require
from handlers.kit import mailer, staff_topics
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from services.core.errors import NotFound
from services.people import public_names as service
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.people import public_names

ROLE = CardRole.NAME
ANEW = timedelta(days=1)
"""Whoever renames themselves all day long changes one card; a day later it is at the bottom again."""


class Decision(StrEnum):
    """Which name others read."""

    TAKE = "take"
    KEEP = "keep"


class NamePress(CallbackData, prefix="pn"):
    """What staff decide about a person's new name, as it was at that version."""

    person: int
    decision: Decision
    version: int


def press(ctx: UpdateContext) -> None:
    """Staff decide."""
    pressed = ctx.callback_data(NamePress)
    person = pressed.person
    require(ctx.who.roles, Action.PUBLISH)
    if public_names.of(ctx.tx, person) is None:
        raise NotFound
    try:
        service.decide(ctx.tx, ctx.who, person, pressed.version, take=pressed.decision is Decision.TAKE)
    except service.NameMoved:
        ctx.pop_up(
            ctx.say_to_person.label("They have changed their name again. The message shows the newest."), alert=True
        )
        _show(ctx.tx, ctx.setup, person)
        return


def waits(tx: Transaction, setup: Setup, event: events.PublicNameWaits) -> None:
    _show(tx, setup, event.person)
    known = public_names.of(tx, event.person)
    if known is not None and known.waiting is not None:
        day = local_time(tx.now, setup.community.zone).date().isoformat()
        name = service.shown(tx, event.person)
        mailer.to_person(
            tx,
            setup,
            event.person,
            lambda say: say(
                "Others go on reading your name as {name}, until the staff have looked at your new one.", name=name
            ),
            once=f"name:{event.person}:{day}",
        )


def decided(tx: Transaction, setup: Setup, event: events.PublicNameDecided) -> None:
    _show(tx, setup, event.person)
    name = service.shown(tx, event.person)

    def write(say: Speaker) -> Html:
        if event.approved:
            return say("The staff have looked at it: others read your name as {name} now.", name=name)
        return say("The staff have looked at it: others go on reading your name as {name}.", name=name)

    mailer.to_person(tx, setup, event.person, write)


def _show(tx: Transaction, setup: Setup, person: int) -> None:
    staff = settings.staff_chat(tx)
    if staff is None:
        return
    about = subject("person", person)
    card = messages.newest_card(tx, about, ROLE)
    text, markup = _card(tx, setup, person)
    old = card is None or card["chat"] != staff or messages.made_at(tx, int(card["id"])) < tx.now - ANEW
    if old and markup is None:
        return  # nothing to decide, and nobody was asked
    topic = staff_topics.promises(tx, setup, staff)
    if card is None or old:
        number = messages.new_card(tx, staff, about, ROLE, topic)
    else:
        number, topic = int(card["id"]), card["topic"]
    silent = not setup.community.hours.is_open(tx.now)
    mailer.card(tx, staff, number, text, markup, topic=topic, purpose=Purpose.CARD, subject=about, silent=silent)


def _card(tx: Transaction, setup: Setup, person: int) -> tuple[Html, Markup | None]:
    say, known = setup.group_speaker, public_names.of(tx, person)
    shown = service.shown(tx, person)
    if known is None or known.waiting is None:
        return say("Others read this name: {name}", name=shown), None
    text = paragraphs(
        lines(
            bold(say("{name} has another name in Telegram now.", name=shown)),
            say("The new name: {name}", name=known.waiting),
        ),
        say("On the board and as a volunteer they are shown as {name} until you decide.", name=shown),
    )
    return text, column(
        Button(say.label("Show the new name"), NamePress(person, Decision.TAKE, known.version).pack()),
        Button(say.label("Keep the old name"), NamePress(person, Decision.KEEP, known.version).pack()),
    )
