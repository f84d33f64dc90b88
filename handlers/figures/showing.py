"""/figures for staff: a period's figures, with buttons to others, to more of them and to groups. docs/measures.md."""

from dataclasses import replace

from domain.calendar.local_time import local_time
from domain.figures.periods import Length, containing
from domain.people.rights import Action, require
from handlers.figures import counting
from handlers.figures.buttons import FiguresPress, View, asked_by
from handlers.kit.update_context import UpdateContext
from services.core.errors import NotFound
from services.figures import report_figures
from services.figures.report_figures import Asked


def command(ctx: UpdateContext) -> None:
    """This month, until now."""
    require(ctx.who.roles, Action.LOOK_UP)
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    counting.order(ctx, Asked(containing(today, Length.MONTH)), View.OVERVIEW)


def press(ctx: UpdateContext) -> None:
    """Another period, or something else of it."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(FiguresPress)
    asked = asked_by(pressed.length, pressed.day, pressed.view, pressed.area, pressed.category)
    try:
        report_figures.existing(ctx.setup.community, asked)
    except NotFound:
        ctx.pop_up(ctx.say_to_person.label("That choice is not there any more. Please choose again."), alert=True)
        asked = replace(asked, area=None, category=None)
    counting.order(ctx, asked, pressed.view)
