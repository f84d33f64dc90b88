"""A row of /settings, off at first: once a week what everybody can read by now about one's own building.

Each message is worded when it is sent, so what is no longer shown by then is not in it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.core.subjects import split, subject
from domain.public_reports.shown import state
from handlers.kit import mailer
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.notices.where_one_lives import LIVES
from services.figures import area_week as service
from services.figures.area_week import OwnWeek
from services.public_reports import access
from speech import public_reports
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action, Lane
from storage.public_reports import titles

AUTHOR = service.KIND
ON, OFF = "on", "off"


# -- the row of /settings


def _now(ctx: UpdateContext) -> Html:
    on = service.wanted(ctx.tx, ctx.who.id)
    return ctx.say("News of your building: {choice}", choice=bold(_once_a_week(ctx.say) if on else _off(ctx.say)))


def _once_a_week(say: Speaker) -> str:
    return say.label("once a week")


def _off(say: Speaker) -> str:
    return say.label("off")


def _page(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    area = service.lives_in(ctx.tx, ctx.who.id)
    name = ctx.setup.community.place_name(area, say.language) if area else ""
    text = paragraphs(
        bold(say("News of your building")),
        say(
            "Once a week I can tell you which reports about the place you live in have changed: only what the staff "
            "have made public, never who reported it. In a week without news I do not write."
        ),
        say("You live in: {place}", place=bold(name))
        if name
        else say("I do not know where you live, so please say that, too: nothing comes before."),
        _now(ctx),
    )
    on = service.wanted(ctx.tx, ctx.who.id)
    choice = (
        Button(say.label("Turn it off"), AREA_WEEK.data(OFF))
        if on
        else Button(say.label("Yes, once a week"), AREA_WEEK.data(ON))
    )
    return text, column(choice, Button(say.label("Where you live"), LIVES.data()), back(say))


def _press(ctx: UpdateContext, value: str) -> None:
    if value not in (ON, OFF):
        raise InvalidCallbackData
    service.choose(ctx.tx, ctx.setup.community, ctx.who, value == ON)
    ctx.edit_pressed(*_page(ctx))


AREA_WEEK = Preference(
    "building",
    lambda say: say.label("News of your building"),
    6,
    _now,
    _page,
    _press,
    shown=lambda ctx: access.shows(ctx.setup.community),
)


# -- the message


def write_due(tx: Transaction, setup: Setup, due_rows: Sequence[sqlite3.Row]) -> Mapping[int, datetime]:
    """The task of a chunk: all of theirs into the outbox, unworded; says when each person's next one is due."""
    found = service.due(tx, setup.community, due_rows)
    monday = service.monday_of(tx.now, setup.community)
    content = {"by": AUTHOR, "monday": monday.isoformat()}
    to = [(each.chat, subject("person", each.person), each.once) for each in found.to]
    mailer.to_many(tx, Action.WORDED, content, to, purpose=Purpose.DIGEST, lane=Lane.BROADCAST)
    return found.next_due


def word(tx: Transaction, setup: Setup, about: str, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Somebody's news as they read at the moment they are sent; None where there are none. Only reads."""
    if not access.shows(setup.community):
        return None
    found = service.read(tx, setup.community, split(about)[1], date.fromisoformat(content["monday"]))
    if found is None:
        return None
    text, markup = _text(tx, setup, setup.speaker(found.to.language), found)
    return {"text": text, "markup": markup}


def _text(tx: Transaction, setup: Setup, say: Speaker, found: OwnWeek) -> tuple[Html, Markup]:
    community = setup.community
    known = titles.some(tx, [each.report.public_title for each in found.entries if each.report.public_title])
    shown = []
    for each in found.entries:
        title, stands = known.get(each.report.public_title or 0), state(each.report.state)
        if title is not None and stands is not None:
            shown.append(
                say("{title}: {state}", title=title.in_(say.language), state=public_reports.state(say, stands))
            )
    text = paragraphs(
        bold(say("Last week where you live: {place}", place=community.place_name(found.area, say.language))),
        lines(*shown, say("And more.") if found.more else None),
        say("You asked for this in /settings."),
    )
    return text, column(Button(say.label("Settings of this"), AREA_WEEK.data()))
