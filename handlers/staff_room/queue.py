"""/queue in private: what staff have before them, by how it stands, by place and by department, page by page."""

from enum import StrEnum
from typing import Annotated

from domain.people.rights import Action, require
from handlers.kit import wording
from handlers.kit.callback_data import BEHIND, CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import danger_card_words, describe, pressing_words, report_line
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.reports import reports
from storage.reports.reports import Report
from storage.staff_room import queue
from storage.staff_room.queue import Range

PREFIX = "q-"
PAGE = 5


class View(StrEnum):
    """What can be looked at: the filters first, then by place and by department, then the menus that lead there."""

    NEW = "new"
    MINE = "mine"
    OVERDUE = "overdue"
    REOPENED = "reopened"
    HANDED_ON = "handed"
    OPEN = "open"
    AREA = "area"
    DEPARTMENT = "department"
    MENU = "menu"
    AREAS = "areas"
    DEPARTMENTS = "departments"


FILTERS = (View.NEW, View.MINE, View.OVERDUE, View.REOPENED, View.HANDED_ON, View.OPEN)
_HAS_CODE = frozenset({View.AREA, View.DEPARTMENT, View.AREAS})


class QueuePress(CallbackData, prefix="qu"):
    """A view, of the area or department with that code; `number` is the report it goes on behind, or a menu's page."""

    view: View
    code: Annotated[str | None, BEHIND] = None
    number: int = 0


def command(ctx: UpdateContext) -> None:
    """/queue: how much there is of each, and a button for each."""
    require(ctx.who.roles, Action.LOOK_UP)
    ctx.send(*_menu(ctx), purpose=Purpose.QUEUE)


def start(ctx: UpdateContext, wanted: str) -> None:
    """A button of the pinned queue: `q-<filter>`. An unknown one shows them all."""
    require(ctx.who.roles, Action.LOOK_UP)
    shown = _list(ctx, View(wanted), None, 0) if wanted in set(FILTERS) else _menu(ctx)
    ctx.send(*shown, purpose=Purpose.QUEUE)


def press(ctx: UpdateContext) -> None:
    """Another view, or the next of it."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(QueuePress)
    view, code = pressed.view, pressed.code
    if (code is not None) != (view in _HAS_CODE):
        raise InvalidCallbackData
    if view is View.MENU:
        ctx.edit_pressed(*_menu(ctx))
    elif view is View.AREAS:
        ctx.edit_pressed(*_areas(ctx, code or "", pressed.number))
    elif view is View.DEPARTMENTS:
        ctx.edit_pressed(*_departments(ctx, pressed.number))
    else:
        ctx.edit_pressed(*_list(ctx, view, code, pressed.number))


def label(say: Speaker, view: View) -> str:
    """What a filter is called."""
    return {
        View.NEW: say.label("New ones"),
        View.MINE: say.label("Mine"),
        View.OVERDUE: say.label("Overdue"),
        View.REOPENED: say.label("Opened again"),
        View.HANDED_ON: say.label("Handed on"),
        View.OPEN: say.label("All open"),
    }[view]


def ranges(tx: Transaction, setup: Setup, view: View, code: str | None, person: int) -> list[Range]:
    """The reports behind a filter. Raises InvalidCallbackData when it is none of ours."""
    match view:
        case View.NEW:
            return queue.new()
        case View.MINE:
            return queue.mine(person)
        case View.OVERDUE:
            return queue.overdue(tx)
        case View.REOPENED:
            return queue.reopened()
        case View.HANDED_ON:
            return queue.handed_on()
        case View.OPEN:
            return queue.all_open()
        case View.AREA if code and setup.community.area(code) is not None:
            return queue.of_area(setup.community, code)
        case View.DEPARTMENT if code and setup.community.department(code) is not None:
            return queue.of_department(setup.community, code)
    raise InvalidCallbackData


def line(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html:
    """One report in a list: number, state, age, what it is about, and by when."""
    name = escape(describe.gist(setup.community, say, report, reports.parts_for_list(tx, report.id)))
    danger = danger_card_words.mark(tx, say, report) if report.state.is_open else None
    said = (danger, pressing_words.tag(tx, say, report), name)
    return lines(
        say(
            "No. {number} ({state}, {age}): {name}",
            number=report.id,
            name=Html(" · ".join(each for each in said if each)),
            state=bold(describe.stands_for_staff(say, report)),
            age=wording.age(say, tx.now - report.created_at),
        ),
        report_line.deadline(tx, say, report),
    )


def _menu(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    buttons = []
    for view in FILTERS:
        count = queue.count(ctx.tx, ranges(ctx.tx, ctx.setup, view, None, ctx.who.id))
        said = say.label("{what} ({count})", what=label(say, view), count=count)
        buttons.append(Button(said, QueuePress(view).pack()))
    if ctx.setup.community.areas:
        buttons.append(Button(say.label("By place"), QueuePress(View.AREAS, "").pack()))
    if ctx.setup.community.departments:
        buttons.append(Button(say.label("By department"), QueuePress(View.DEPARTMENTS).pack()))
    text = paragraphs(
        bold(say("What is to be done")), say("Tap what you want to see. Danger comes first, then the oldest.")
    )
    return text, column(*buttons)


def _list(ctx: UpdateContext, view: View, code: str | None, after: int) -> tuple[Html, Markup]:
    say, tx = ctx.say, ctx.tx
    wanted = ranges(tx, ctx.setup, view, code, ctx.who.id)
    found = queue.page(tx, wanted, reports.by_id(tx, after) if after else None, PAGE + 1)
    shown = found[:PAGE]
    buttons = [
        Button(
            say.label(
                "No. {number}: {name}",
                number=report.id,
                name=describe.gist(ctx.setup.community, say, report, reports.parts_for_list(tx, report.id), 18),
            ),
            url=ctx.setup.start_link(f"v{report.id}"),
        )
        for report in shown
    ]
    if len(found) > PAGE:
        buttons.append(Button(say.label("Further ones"), QueuePress(view, code, shown[-1].id).pack()))
    if after:
        buttons.append(Button(say.label("From the beginning"), QueuePress(view, code).pack()))
    buttons.append(Button(say.label("Back"), QueuePress(View.MENU).pack()))
    head = bold(say("{what} ({count})", what=_heading(ctx, view, code), count=queue.count(tx, wanted)))
    if not shown:
        return paragraphs(head, say("There is nothing here.")), column(*buttons)
    return paragraphs(head, *(line(tx, ctx.setup, say, report) for report in shown)), column(*buttons)


def _heading(ctx: UpdateContext, view: View, code: str | None) -> str:
    if view is View.AREA and code:
        return ctx.setup.community.place_name(code, ctx.say.language)
    department = ctx.setup.community.department(code) if view is View.DEPARTMENT and code else None
    return ctx.say.words(department.name) if department else label(ctx.say, view)


def _areas(ctx: UpdateContext, parent: str, page: int) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    if parent and community.area(parent) is None:
        raise InvalidCallbackData
    options = [
        (say.words(each.name), QueuePress(View.AREAS if each.children else View.AREA, each.code).pack())
        for each in community.choices(parent or None)
    ]
    buttons = [Button(say.label("All of it"), QueuePress(View.AREA, parent).pack())] if parent else []
    buttons += _turning(say, options, page, View.AREAS, parent)
    head = community.place_name(parent, say.language) if parent else say("Which place?")
    back = QueuePress(View.AREAS, "") if parent else QueuePress(View.MENU)
    return bold(head), column(*buttons, Button(say.label("Back"), back.pack()))


def _departments(ctx: UpdateContext, page: int) -> tuple[Html, Markup]:
    say = ctx.say
    options = [
        (say.words(each.name), QueuePress(View.DEPARTMENT, each.code).pack())
        for each in ctx.setup.community.departments
    ]
    buttons = _turning(say, options, page, View.DEPARTMENTS, None)
    return bold(say("Which department?")), column(*buttons, Button(say.label("Back"), QueuePress(View.MENU).pack()))


def _turning(say: Speaker, options: list[tuple[str, str]], page: int, menu: View, code: str | None) -> list[Button]:
    """One screen of options; behind the last the button that turns the page of `menu`."""
    shown = paged(say, options, page, lambda following: QueuePress(menu, code, following).pack())
    return [Button(name, data) for name, data in shown]
