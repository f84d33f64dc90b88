"""/find in private: reports by words or a number, the newest first, page by page."""

from domain.language.search_words import holds, phrases_in
from domain.people.rights import Action, require
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, clean, lines, one_line, paragraphs, shorten
from handlers.kit.update_context import UpdateContext
from handlers.reports.staff_card import card_link
from handlers.staff_room import queue
from services.core.errors import NotFound
from services.staff_room import searching
from storage.core.messages import Purpose
from storage.reports import reports
from storage.reports.reports import Report
from storage.staff_room import search

PAGE = 5
ASKED = 200
SHOWN = 90
MOST = 1000
"""So many of what was found can be taken at once."""


class FoundPress(CallbackData, prefix="fi"):
    """Further results of a search, behind that report; 0 leads back to the first page."""

    search: int
    before: int = 0


class WithFoundPress(CallbackData, prefix="fw"):
    """Something is to be done with all that was found; `way` is a `WithFound`'s name."""

    search: int
    way: str


def command(ctx: UpdateContext) -> None:
    """/find <words or a number>."""
    require(ctx.who.roles, Action.LOOK_UP)
    words = shorten(clean(ctx.message.text.partition(" ")[2]), ASKED)
    if not phrases_in(words):
        ctx.send(ctx.say("What shall I look for? Write /find and words or a number behind it, such as: /find lamp"))
        return
    ctx.send(*_page(ctx, words, searching.remember(ctx.tx, ctx.who, words), None), purpose=Purpose.FIND)


def press(ctx: UpdateContext) -> None:
    """Another page of what was found."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(FoundPress)
    words = search.remembered(ctx.tx, ctx.who.id, pressed.search)
    if words is None:
        raise NotFound
    ctx.edit_pressed(*_page(ctx, words, pressed.search, pressed.before or None))


def press_with_found(ctx: UpdateContext) -> None:
    """What another capability does with all that was found, as it is found now."""
    pressed = ctx.callback_data(WithFoundPress)
    way = ctx.setup.features.with_found.get(pressed.way)
    if way is None:
        raise InvalidCallbackData
    require(ctx.who.roles, way.action)
    words = search.remembered(ctx.tx, ctx.who.id, pressed.search)
    if words is None:
        raise NotFound
    found = searching.find(ctx.tx, ctx.setup.community, ctx.who, words, None, MOST)
    way.begin(ctx, words, [report.id for report in found])


def _page(ctx: UpdateContext, words: str, number: int, before: int | None) -> tuple[Html, Markup | None]:
    say = ctx.say
    found = searching.find(ctx.tx, ctx.setup.community, ctx.who, words, before, PAGE + 1)
    shown = found[:PAGE]
    head = bold(say("Found for “{words}”", words=one_line(words, 60)))
    if not shown:
        return paragraphs(head, say("There is nothing with all of these words. Try fewer, or just one.")), None
    buttons = [
        Button(say.label("Card of no. {number}", number=report.id), url=link)
        for report in shown
        if (link := card_link(ctx.tx, report.id)) is not None
    ]
    if len(found) > PAGE:
        buttons.append(Button(say.label("Further ones"), FoundPress(number, shown[-1].id).pack()))
    if before is not None:
        buttons.append(Button(say.label("From the beginning"), FoundPress(number).pack()))
    buttons += [
        Button(way.label(say), WithFoundPress(number, way.name).pack())
        for way in ctx.setup.features.with_found.values()
        if ctx.may(way.action)
    ]
    return paragraphs(head, *(_line(ctx, report, words) for report in shown)), column(*buttons)


def _line(ctx: UpdateContext, report: Report, words: str) -> Html:
    """A report, and the words in which it was found where its own line does not have them."""
    line = queue.line(ctx.tx, ctx.setup, ctx.say, report)
    said = [part.text for part in reports.parts_for_list(ctx.tx, report.id) if part.text]
    hit = next((text for text in said if holds(text, words)), None)
    shown = one_line(hit, SHOWN) if hit else None
    return lines(line, ctx.say("“{words}”", words=shown) if shown and shown not in line else None)
