"""/board: every public promise, by area, by person or all; kept and not kept shown alike. Anybody may say thank you."""

import json
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from domain.core.subjects import subject
from domain.pledges.pledges import Answer, Kind, State
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData, number_from, number_in
from handlers.kit.can_be_written_to import is_in_reach
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs, quote
from handlers.kit.update_context import Setup, UpdateContext
from handlers.pledges import board_print, pledge_words
from handlers.pledges.buttons import Doing, PledgePress
from services.core.errors import AlreadyDone, NotFound
from services.pledges import checking_in
from services.pledges import pledges as service
from speech import promises
from storage.core import outbox
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action
from storage.pledges import board, pledges
from storage.pledges.board import Said, Shown, Wanted

PREFIX = "t-"
"""Of the link by which a page lets people say thank you: `?start=t-<pledge>`."""
PHOTO = Purpose.PLEDGE_PHOTO
PAGE = 4
PEOPLE = 5
PHOTOS = 4
LAST = 3


class View(StrEnum):
    """What the board has buttons for."""

    MENU = "menu"
    ALL = "all"
    PRINT = "print"
    AREAS = "areas"
    AREA = "area"
    PEOPLE = "people"
    PERSON = "person"
    ONE = "one"
    THANK = "thank"
    PHOTOS = "photos"


class BoardPress(CallbackData, prefix="b"):
    """`what` is the code of an area, or the number of a person or promise; `page` is of areas, people or promises."""

    view: View
    what: str = "-"
    page: int = 0


def command(ctx: UpdateContext) -> None:
    """/board."""
    ctx.send(*_menu(ctx), purpose=Purpose.BOARD)
    engine.show_open(ctx)


def start(ctx: UpdateContext, number: str) -> None:
    """`/start t-<pledge>`: whoever read the board elsewhere sees the promise here, and can say thank you."""
    found = number_in(number)
    shown = board.one(ctx.tx, found) if found is not None else None
    if shown is None:
        ctx.send(*_menu(ctx), purpose=Purpose.BOARD)
        return
    ctx.send(*_one(ctx, shown), purpose=Purpose.BOARD)


def press(ctx: UpdateContext) -> None:
    """Another view of the board, or something about one promise."""
    pressed = ctx.callback_data(BoardPress)
    if pressed.view is View.PRINT:
        board_print.order(ctx)
    elif pressed.view in _VIEWS:
        shown = _VIEWS[pressed.view](ctx, pressed)
        ctx.edit_pressed(*shown)
    else:
        _about_one(ctx, pressed.view, number_from(pressed.what))


# -- the views


def _menu(ctx: UpdateContext, _pressed: BoardPress | None = None) -> tuple[Html, Markup]:
    say = ctx.say
    count = board.count(ctx.tx, Wanted())
    text = paragraphs(
        bold(say("The board of promises")),
        say.plural("{count} promise was made in public.", "{count} promises were made in public.", count)
        if count
        else say("Nobody has promised anything yet."),
        say("Choose how you want to see them.") if count else None,
    )
    return text, column(
        Button(say.label("All of them"), BoardPress(View.ALL).pack()),
        Button(say.label("By area"), BoardPress(View.AREAS).pack()),
        Button(say.label("By person"), BoardPress(View.PEOPLE).pack()),
        Button(say.label("As a PDF to print (A3)"), BoardPress(View.PRINT).pack()),
    )


def _list(ctx: UpdateContext, wanted: Wanted, pressed: BoardPress) -> tuple[Html, Markup]:
    say = ctx.say
    count = board.count(ctx.tx, wanted)
    pages = max(1, -(-count // PAGE))
    page = pressed.page % pages
    entries, buttons = [], []
    for shown in board.page(ctx.tx, wanted, PAGE, page * PAGE, 0):
        entries.append(
            lines(
                say("No. {number}: {name}", number=shown.id, name=bold(one_line(shown.words, 80))),
                _by(say, shown),
                _progress(say, shown),
            )
        )
        opens = BoardPress(View.ONE, str(shown.id)).pack()
        buttons.append(Button(pledge_words.button(say, shown.id, shown.words), opens))
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(Button(label, replace(pressed, page=page + 1).pack()))
    buttons.append(_back(say))
    return paragraphs(*entries) or say("There is nothing here."), column(*buttons)


def _back(say: Speaker) -> Button:
    return Button(say.label("Back"), BoardPress(View.MENU).pack())


def _areas(ctx: UpdateContext, pressed: BoardPress) -> tuple[Html, Markup]:
    say = ctx.say
    areas = ctx.setup.community.areas
    options = [(each.name.in_(say.language), BoardPress(View.AREA, each.code).pack()) for each in areas]
    shown = paged(say, options, pressed.page, lambda following: BoardPress(View.AREAS, page=following).pack())
    return say("Which part of the neighbourhood?"), column(*(Button(*each) for each in shown), _back(say))


def _area(ctx: UpdateContext, pressed: BoardPress) -> tuple[Html, Markup]:
    area = ctx.setup.community.area(pressed.what)
    if area is None:
        raise NotFound
    wanted = Wanted(areas=[each.code for each in area.walk()])
    return _list(ctx, wanted, pressed)


def _people(ctx: UpdateContext, pressed: BoardPress) -> tuple[Html, Markup]:
    say, page = ctx.say, pressed.page
    found = board.makers(ctx.tx, PEOPLE + 1, page * PEOPLE)
    buttons = [
        Button(say.label("{name} ({count})", name=name, count=count), BoardPress(View.PERSON, str(person)).pack())
        for person, name, count in found[:PEOPLE]
    ]
    if len(found) > PEOPLE or page:
        following = page + 1 if len(found) > PEOPLE else 0
        buttons.append(Button(say.label("More"), BoardPress(View.PEOPLE, page=following).pack()))
    text = say("Who let the board show their name:") if found else say("Nobody lets the board show their name.")
    return text, column(*buttons, _back(say))


_VIEWS: dict[View, Callable[[UpdateContext, BoardPress], tuple[Html, Markup]]] = {
    View.MENU: _menu,
    View.ALL: lambda ctx, pressed: _list(ctx, Wanted(), pressed),
    View.AREAS: _areas,
    View.AREA: _area,
    View.PEOPLE: _people,
    View.PERSON: lambda ctx, pressed: _list(ctx, Wanted(person=number_from(pressed.what)), pressed),
}


def _about_one(ctx: UpdateContext, view: View, number: int) -> None:
    shown = board.one(ctx.tx, number, LAST)
    if shown is None:
        raise NotFound
    if view is View.THANK:
        try:
            service.thank(ctx.tx, ctx.who, number)
        except AlreadyDone:
            ctx.pop_up(ctx.say_to_person.label("You have said thank you already."))
            return
        pledge = pledges.by_id(ctx.tx, number)
        hears = pledge is not None and is_in_reach(ctx.tx, pledge.person)
        ctx.pop_up(
            ctx.say_to_person.label("Thank you! They hear of it, without your name.")
            if hears
            else ctx.say_to_person.label("Thank you! The board counts it; your name is not shown.")
        )
        shown = board.one(ctx.tx, number, LAST) or shown
    elif view is View.PHOTOS:
        _send_photos(ctx, number)
        return
    ctx.edit_pressed(*_one(ctx, shown))


def _one(ctx: UpdateContext, shown: Shown) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    text = paragraphs(
        lines(
            bold(say("Promise no. {number}", number=shown.id)),
            quote(shown.words),
            _by(say, shown),
            say("When: {when}", when=promises.when(say, community, shown.plan, ctx.now)),
            say("For: {areas}", areas=promises.areas(say, community, shown.areas)),
            _progress(say, shown),
        ),
        lines(*(_said(ctx, said) for said in shown.said)),
        say.plural("{count} neighbour says thank you.", "{count} neighbours say thank you.", shown.thanks)
        if shown.thanks
        else None,
    )
    own = service.known(ctx.tx, shown.id).person == ctx.who.id
    buttons = [] if own else [Button(say.label("Say thank you"), BoardPress(View.THANK, str(shown.id)).pack())]
    if service.is_own(ctx.tx, ctx.who, shown.id):
        buttons.append(Button(say.label("Look after it"), PledgePress(shown.id, Doing.OPEN).pack()))
    photos = len(board.photos(ctx.tx, shown.id, PHOTOS))
    if photos:
        buttons.append(Button(say.label("Look at the photos"), BoardPress(View.PHOTOS, str(shown.id)).pack()))
    return text, column(*buttons, Button(say.label("Back"), BoardPress(View.ALL).pack()))


def _by(say: Speaker, shown: Shown) -> Html | None:
    return say("By: {name}", name=shown.name) if shown.name else None


def _progress(say: Speaker, shown: Shown) -> Html | None:
    said = pledge_words.counted(say, shown.outcomes)
    parts: list[Html] = []
    if shown.kind is Kind.ON_CALL and shown.done:
        parts.append(say.plural("Was there {count} time", "Was there {count} times", shown.done))
    elif shown.target is not None:
        parts.append(escape(promises.done_of(say, shown.done, shown.target, shown.plan.unit)))
    if shown.state is not State.PUBLISHED:
        parts.append(bold(promises.state(say, shown.state)))
    return Html(" · ".join([*parts, said] if said else parts)) or None


def _said(ctx: UpdateContext, said: Said) -> Html:
    say = ctx.say
    what = {
        Answer.DONE: say.label("done (+{count})", count=said.amount) if said.amount else say.label("kept"),
        Answer.PARTLY: say.label("partly kept"),
        Answer.CANNOT: say.label("not kept"),
        Answer.EXCUSED: say.label("excused"),
        Answer.NOTE: say.label("a note"),
    }[said.answer]
    line = say("{day}: {what}", day=say.short_day(said.at), what=what)
    return lines(line, escape(f"“{one_line(said.words, 120)}”") if said.words else None)


# -- photos


def _send_photos(ctx: UpdateContext, number: int) -> None:
    found = board.photos(ctx.tx, number, PHOTOS)
    if not found:
        ctx.send(ctx.say("There are no photos any more."))
        return
    for checkin, file_id in found:
        content = {"file_id": file_id, "checkin": checkin}
        mailer.send_file(ctx.tx, ctx.where.id, Action.PHOTO, content, subject=subject("pledge", number), purpose=PHOTO)


def photo_refused(tx: Transaction, setup: Setup, row_id: int) -> bool:
    """Telegram has a photo's file no more: the board shows it no longer. False when the row is no such photo."""
    row = outbox.by_id(tx, row_id)
    if row is None or row["purpose"] != PHOTO:
        return False
    checking_in.photo_gone(tx, json.loads(row["content"])["checkin"])
    say = mailer.speaker_in(tx, setup, row["chat"])
    mailer.send(
        tx, row["chat"], say("One of the photos is not there any more. The promise and what was said of it stay.")
    )
    return True
