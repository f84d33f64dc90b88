"""/figures for staff: a period's figures, with buttons to others, to more of them and to groups. docs/measures.md."""

from datetime import date
from enum import StrEnum

from domain.calendar.local_time import local_time
from domain.core.stored import Stored
from domain.figures.periods import Length, NoSuchPeriod, containing
from domain.people.rights import Action, require
from handlers.figures import community_wording, overview, wording
from handlers.figures.exports import asking
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, rows
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from services.figures import all_figures
from services.figures.all_figures import Figures
from services.figures.report_figures import Asked, By

SECONDS = 2.0
"""Everybody else waits meanwhile, so what takes longer is counted on the server."""


class View(Stored, StrEnum, kept_in="buttons of figures: groups"):
    """What of a period is shown: the usual figures, all of one subject, or those of reports in groups."""

    OVERVIEW = "nothing"
    REPORTS = "reports"
    PROMISES = "promises"
    PROJECTS = "projects"
    REPAIRS = "repairs"
    CATEGORY = "category"
    AREA = "area"
    DEPARTMENT = "department"
    LEAD = "lead"
    PROJECT = "project"

    @property
    def by(self) -> By:
        """The groups it is in."""
        return By(self) if self in _GROUPED else By.NOTHING


_GROUPED = frozenset(map(str, By))


class FiguresPress(CallbackData, prefix="fg"):
    """The period that begins on that day, or holds it, and what of it is shown."""

    length: Length
    day: date
    view: View


def command(ctx: UpdateContext) -> None:
    """This month, until now."""
    require(ctx.who.roles, Action.LOOK_UP)
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    ctx.send(*_screen(ctx, Asked(containing(today, Length.MONTH)), View.OVERVIEW))


def press(ctx: UpdateContext) -> None:
    """Another period, or something else of it."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(FiguresPress)
    try:
        asked = Asked(containing(pressed.day, pressed.length), pressed.view.by)
    except NoSuchPeriod as error:
        raise InvalidCallbackData from error
    ctx.edit_pressed(*_screen(ctx, asked, pressed.view))


def _screen(ctx: UpdateContext, asked: Asked, view: View) -> tuple[Html, Markup | None]:
    say = ctx.say
    try:
        with ctx.tx.within(SECONDS):
            found = all_figures.for_staff(ctx.tx, ctx.setup.community, ctx.who, asked)
            if found is None:
                nothing = say("Nothing has been reported yet, so there is nothing to count.")
                return nothing, column(asking.button(ctx))
            return _text(ctx, found, view), _buttons(ctx, asked, view)
    except TimeoutError:
        too_much = say(
            "That is too much to count here. Someone with access to the server can count it with "
            "“python -m bot report”."
        )
        return too_much, _buttons(ctx, asked, view)


def _text(ctx: UpdateContext, found: Figures, view: View) -> Html:
    if view is View.OVERVIEW:
        return overview.overview(ctx.say, found)
    if view is View.REPORTS:
        return wording.in_full(ctx.say, found.reports)
    if view.by is not By.NOTHING:
        return wording.in_groups(ctx.tx, ctx.say, ctx.setup.community, found.reports)
    return paragraphs(bold(wording.heading(ctx.say, found.reports)), *_besides(ctx, found, view))


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


def _buttons(ctx: UpdateContext, asked: Asked, view: View) -> Markup:
    say, period = ctx.say, asked.period
    length = period.length or Length.MONTH
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    # A longer period is the one in which this one ends, as far as it is over.
    day = min(period.last, max(today, period.first))
    steps = [Button(say.label("‹ Earlier"), FiguresPress(length, period.one_before().first, view).pack())]
    if period.after <= today:
        steps.append(Button(say.label("Later ›"), FiguresPress(length, period.after, view).pack()))
    lengths = [
        Button(_marked(name, each is length), FiguresPress(each, day, view).pack()) for each, name in _lengths(say)
    ]
    views = [
        Button(_marked(name, each is view), FiguresPress(length, period.first, each).pack())
        for each, name in _views(say)
    ]
    return rows([lengths, steps, *(views[at : at + 2] for at in range(0, len(views), 2)), [asking.button(ctx)]])


def _marked(label: str, is_shown: bool) -> str:
    return f"• {label}" if is_shown else label


def _lengths(say: Speaker) -> list[tuple[Length, str]]:
    return [
        (Length.WEEK, say.label("Week")),
        (Length.MONTH, say.label("Month")),
        (Length.QUARTER, say.label("Quarter")),
        (Length.YEAR, say.label("Year")),
    ]


def _views(say: Speaker) -> list[tuple[View, str]]:
    return [
        (View.OVERVIEW, say.label("Overview")),
        (View.REPORTS, say.label("All about reports")),
        (View.PROMISES, say.label("Promises")),
        (View.PROJECTS, say.label("Projects")),
        (View.REPAIRS, say.label("Repairs")),
        (View.CATEGORY, say.label("By category")),
        (View.AREA, say.label("By area")),
        (View.DEPARTMENT, say.label("By department")),
        (View.LEAD, say.label("By project lead")),
        (View.PROJECT, say.label("By project")),
    ]
