"""/figures for staff: a period's figures, with buttons to others, to more of them and to groups. docs/measures.md."""

from dataclasses import replace

from domain.calendar.local_time import local_time
from domain.figures.periods import Length, containing
from domain.people.rights import Action, require
from handlers.figures import community_wording, overview, wording
from handlers.figures.buttons import FiguresPress, View, asked_by, below
from handlers.figures.exports import asking
from handlers.kit.keyboards import Markup, column
from handlers.kit.texts import Html, paragraphs
from handlers.kit.update_context import UpdateContext
from services.core.errors import NotFound
from services.figures import all_figures
from services.figures.all_figures import Figures
from services.figures.report_figures import Asked, By

SECONDS = 2.0
"""Everybody else waits meanwhile, so what takes longer is counted on the server."""


def command(ctx: UpdateContext) -> None:
    """This month, until now."""
    require(ctx.who.roles, Action.LOOK_UP)
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    ctx.send(*_screen(ctx, Asked(containing(today, Length.MONTH)), View.OVERVIEW))


def press(ctx: UpdateContext) -> None:
    """Another period, or something else of it."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(FiguresPress)
    asked = asked_by(pressed.length, pressed.day, pressed.view, pressed.area, pressed.category)
    try:
        ctx.edit_pressed(*_screen(ctx, asked, pressed.view))
    except NotFound:
        ctx.pop_up(ctx.say.label("That choice is not there any more. Please choose again."), alert=True)
        ctx.edit_pressed(*_screen(ctx, replace(asked, area=None, category=None), pressed.view))


def _screen(ctx: UpdateContext, asked: Asked, view: View) -> tuple[Html, Markup | None]:
    say = ctx.say
    try:
        with ctx.tx.within(SECONDS):
            found = all_figures.for_staff(ctx.tx, ctx.setup.community, ctx.who, asked)
            if found is None:
                nothing = say("Nothing has been reported yet, so there is nothing to count.")
                return nothing, column(asking.button(ctx))
            return _text(ctx, found, view), _below(ctx, asked, view)
    except TimeoutError:
        too_much = say(
            "That is too much to count here. Someone with access to the server can count it with "
            "“python -m bot report”."
        )
        return too_much, _below(ctx, asked, view)


def _text(ctx: UpdateContext, found: Figures, view: View) -> Html:
    if view is View.OVERVIEW:
        return overview.overview(ctx.say, ctx.setup.community, found)
    if view is View.REPORTS:
        return wording.in_full(ctx.say, ctx.setup.community, found.reports)
    if view.by is not By.NOTHING:
        return wording.in_groups(ctx.tx, ctx.say, ctx.setup.community, found.reports)
    return paragraphs(wording.headed(ctx.say, ctx.setup.community, found.reports), *_besides(ctx, found, view))


def _besides(ctx: UpdateContext, found: Figures, view: View) -> list[Html]:
    """What the community does besides reporting."""
    say, community = ctx.say, ctx.setup.community
    if found.pledges is None or found.projects is None or found.repairs is None or found.volunteers is None:
        return [overview.only_whole(say)]
    if view is View.PROMISES:
        return [community_wording.promises(say, found.pledges)]
    if view is View.PROJECTS:
        return [community_wording.projects(ctx.tx, say, found.projects)]
    return [
        community_wording.repairs(say, found.repairs),
        community_wording.volunteers(say, community, found.volunteers),
    ]


def _below(ctx: UpdateContext, asked: Asked, view: View) -> Markup:
    community = ctx.setup.community
    today = local_time(ctx.now, community.zone).date()
    return below(ctx.say, community, asked, view, today, asking.button(ctx))
