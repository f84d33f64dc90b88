"""/figures for staff: a period's figures, with buttons to others and to groups. docs/measures.md says what they are."""

from datetime import date

from domain.calendar.local_time import local_time
from domain.figures.periods import Length, NoSuchPeriod, containing
from domain.people.rights import Action, require
from handlers.figures import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, rows
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import UpdateContext
from services.figures import report_figures
from services.figures.report_figures import Asked, By, ReportFigures

SECONDS = 2.0
"""Everybody else waits meanwhile, so what takes longer is counted on the server."""


class FiguresPress(CallbackData, prefix="fg"):
    """The period that begins on that day, or holds it, in those groups."""

    length: Length
    day: date
    by: By


def command(ctx: UpdateContext) -> None:
    """This month, until now."""
    require(ctx.who.roles, Action.LOOK_UP)
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    ctx.send(*_screen(ctx, Asked(containing(today, Length.MONTH))))


def press(ctx: UpdateContext) -> None:
    """Another period, or other groups."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(FiguresPress)
    try:
        asked = Asked(containing(pressed.day, pressed.length), pressed.by)
    except NoSuchPeriod as error:
        raise InvalidCallbackData from error
    ctx.edit_pressed(*_screen(ctx, asked))


def _screen(ctx: UpdateContext, asked: Asked) -> tuple[Html, Markup | None]:
    say = ctx.say
    try:
        with ctx.tx.within(SECONDS):
            found = report_figures.for_staff(ctx.tx, ctx.setup.community, ctx.who, asked)
    except TimeoutError:
        too_much = say(
            "That is too much to count here. Someone with access to the server can count it with "
            "“python -m bot report”."
        )
        return too_much, _buttons(ctx, asked)
    if found is None:
        return say("Nothing has been reported yet, so there is nothing to count."), None
    return _text(ctx, found), _buttons(ctx, asked)


def _text(ctx: UpdateContext, found: ReportFigures) -> Html:
    if found.asked.by is By.NOTHING:
        return wording.in_full(ctx.say, found)
    return wording.in_groups(ctx.tx, ctx.say, ctx.setup.community, found)


def _buttons(ctx: UpdateContext, asked: Asked) -> Markup:
    say, period, by = ctx.say, asked.period, asked.by
    length = period.length or Length.MONTH
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    # A longer period is the one in which this one ends, as far as it is over.
    day = min(period.last, max(today, period.first))
    steps = [Button(say.label("‹ Earlier"), FiguresPress(length, period.one_before().first, by).pack())]
    if period.after <= today:
        steps.append(Button(say.label("Later ›"), FiguresPress(length, period.after, by).pack()))
    lengths = [
        Button(_marked(name, each is length), FiguresPress(each, day, by).pack()) for each, name in _lengths(say)
    ]
    groups = [
        Button(_marked(name, each is by), FiguresPress(length, period.first, each).pack())
        for each, name in _groups(say)
    ]
    return rows([lengths, steps, groups[:1], groups[1:3], groups[3:]])


def _marked(label: str, is_shown: bool) -> str:
    return f"• {label}" if is_shown else label


def _lengths(say: Speaker) -> list[tuple[Length, str]]:
    return [
        (Length.WEEK, say.label("Week")),
        (Length.MONTH, say.label("Month")),
        (Length.QUARTER, say.label("Quarter")),
        (Length.YEAR, say.label("Year")),
    ]


def _groups(say: Speaker) -> list[tuple[By, str]]:
    return [
        (By.NOTHING, say.label("All together")),
        (By.CATEGORY, say.label("By category")),
        (By.AREA, say.label("By area")),
        (By.DEPARTMENT, say.label("By department")),
        (By.LEAD, say.label("By project lead")),
    ]
