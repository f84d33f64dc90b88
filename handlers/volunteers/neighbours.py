"""/neighbours: who helps with what. Only those who agreed to it, by name, with how many jobs they have done."""

from typing import Annotated, Any

from domain import events
from domain.core.subjects import split, subject
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.volunteers import oncall
from services.repairs import dispatching
from services.volunteers import introducing
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.messages import Purpose
from storage.core.outbox import Lane, WhenUncertain
from storage.volunteers import volunteers

PAGE = 8
KIND = "introduction"
CHUNK = 50


class NeighboursPress(CallbackData, prefix="nb"):
    """Another page of the list."""

    page: Annotated[int, range(10_001)]


def command(ctx: UpdateContext) -> None:
    """/neighbours in private."""
    text, markup = _page(ctx, 0)
    ctx.send(text, markup, purpose=Purpose.NEIGHBOURS)
    engine.show_open(ctx)


def press(ctx: UpdateContext) -> None:
    """Another page."""
    ctx.edit_pressed(*_page(ctx, ctx.callback_data(NeighboursPress).page))


def _page(ctx: UpdateContext, page: int) -> tuple[Html, Markup | None]:
    say = ctx.say
    found = volunteers.listed(ctx.tx, PAGE + 1, page * PAGE)
    if not found:
        return say("Nobody stands here yet. You can help: /volunteer. To ask for a repair: /repair"), None
    buttons = []
    if page:
        buttons.append(Button(say.label("Back"), NeighboursPress(page - 1).pack()))
    if len(found) > PAGE:
        buttons.append(Button(say.label("More"), NeighboursPress(page + 1).pack()))
    text = paragraphs(
        bold(say("Neighbours who help")),
        *(oncall.introduction(ctx.tx, ctx.setup, say, volunteer.person) for volunteer in found[:PAGE]),
        say("To ask for help, tap “Ask for a repair” below or send /repair: whoever is free hears of it."),
    )
    return text, column(*buttons) if buttons else None


# -- a card to an area


def introduced(tx: Transaction, setup: Setup, event: events.VolunteerIntroduced) -> None:
    """The first neighbours now, the others as a duty; by night they wait for the morning."""
    _chunk(tx, setup, event.person, event.area, 0)


def introduce_on(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The duty: the next neighbours."""
    _, person = split(about)
    _chunk(tx, setup, person, data["area"], data["after"])


def _chunk(tx: Transaction, setup: Setup, person: int, area: str, after: int) -> None:
    volunteer = volunteers.of(tx, person)
    if volunteer is None or not volunteer.profile.listed or volunteer.state != volunteers.APPROVED:
        return  # they no longer want it
    readers = volunteers.who_lives_in(tx, introducing.codes(setup.community, area), person, after, CHUNK)
    morning = dispatching.not_by_night(setup.community, tx.now)

    def write(say: Speaker) -> Html:
        return paragraphs(
            bold(say("A neighbour who helps")),
            oncall.introduction(tx, setup, say, person),
            say(
                "To ask for help, tap “Ask for a repair” below or send /repair. /neighbours shows everybody who helps."
            ),
        )

    for reader in readers:
        mailer.to_person(
            tx,
            setup,
            reader,
            write,
            silent=True,
            lane=Lane.BROADCAST,
            purpose=Purpose.INTRODUCTION,
            once=volunteers.introduction(person, reader),
            not_before=morning,
            when_uncertain=WhenUncertain.DROP,
        )
    if len(readers) == CHUNK:
        data = {"area": area, "after": readers[-1]}
        scheduled_tasks.plan(
            tx, KIND, subject("person", person), tx.now, f"{KIND}:{person}:{area}:{to_text(tx.now)}", data
        )
