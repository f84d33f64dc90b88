"""A report's card and projects: More → Project puts it into one, New project makes one of it."""

from collections.abc import Sequence

from domain.people.rights import Action, require
from domain.reports.reports import State
from handlers.kit.callback_data import number_from
from handlers.kit.staff_action import StaffAction, StaffWork
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import project_form, project_words
from handlers.reports import describe, staff_actions
from handlers.reports.staff_card import refresh_staff
from services.core.errors import NotFound
from services.projects import access, bundling
from services.projects.bundling import InAnother
from storage.projects import projects
from storage.reports import reports
from storage.reports.reports import Part, Report

PREFIX = "jn-"
LISTED = 60
TITLE = 60


def start(ctx: UpdateContext, number: str) -> None:
    """The link of a report's card: a new project of it."""
    access.may_make(ctx.who)
    report = reports.by_id(ctx.tx, int(number)) if number.isdecimal() and len(number) <= 15 else None
    if report is None:
        raise NotFound
    main = reports.main_of(ctx.tx, report)
    parts = reports.parts_for_list(ctx.tx, main.id)
    title = describe.gist(ctx.setup.community, ctx.say, main, parts, TITLE)
    project_form.begin(ctx, title, [main.id], [main.area] if main.area else [], move=main.project is not None)


def _choose(ctx: UpdateContext, report: Report, page: str) -> None:
    """The projects it could go into, on its card."""
    require(ctx.who.roles, Action.RUN_PROJECTS)
    found = [each for each in projects.open_ones(ctx.tx, LISTED) if each.id != report.project]
    if not found:
        ctx.pop_up(ctx.say_to_person.label("There is no other project yet. Tap “New project”."), alert=True)
        return
    options = [(project_words.label(ctx.say, each), str(each.id)) for each in found]
    refresh_staff(ctx.tx, ctx.setup, report, staff_actions.choices(ctx.say, report, options, page, "project"))


def _put_in(ctx: UpdateContext, report: Report, value: str) -> None:
    number = number_from(value)
    refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again
    try:
        with ctx.tx.savepoint():
            bundling.add(ctx.tx, ctx.who, number, report.id)
    except InAnother as refusal:
        _ask_whether(ctx, report, refusal.project, number)
        return
    _said(ctx, report, number)


def _ask_whether(ctx: UpdateContext, report: Report, before: int, number: int) -> None:
    say = ctx.say
    text: Html = paragraphs(
        bold(say("Move no. {number} from project no. {before} to no. {into}?",
                 number=report.id, before=before, into=number)),
        lines(*(project_words.named(say, projects.existing(ctx.tx, each)) for each in (before, number))),
        say("A report is in one project at a time. The leads of both will be told."),
    )  # fmt: skip
    staff_actions.confirm(ctx, report, text, say.label("Yes, move it"), "movetoproject", str(number))


def _move(ctx: UpdateContext, report: Report, value: str) -> None:
    number = number_from(value)
    bundling.add(ctx.tx, ctx.who, number, report.id, move=True)
    ctx.edit_pressed(ctx.say("No. {number} is in project no. {into} now.", number=report.id, into=number), None)


def _said(ctx: UpdateContext, report: Report, number: int) -> None:
    ctx.pop_up(ctx.say_to_person.label("No. {number} is in project no. {into} now.", number=report.id, into=number))


def _take_out(ctx: UpdateContext, report: Report, _value: str) -> None:
    number = bundling.take_out(ctx.tx, ctx.who, report.id)
    ctx.pop_up(
        ctx.say_to_person.label("No. {number} is no longer in project no. {before}.", number=report.id, before=number)
    )


def _can(report: Report, _parts: Sequence[Part]) -> bool:
    """What is part of another goes with that one; what was withdrawn goes nowhere."""
    return report.state not in (State.MERGED, State.WITHDRAWN)


def _is_in(report: Report, _parts: Sequence[Part]) -> bool:
    return report.project is not None


def _never(_report: Report, _parts: Sequence[Part]) -> bool:
    return False


WORK = StaffWork((
    StaffAction("projects", lambda say, _report: say.label("Project"), _choose, _can),
    StaffAction("project", lambda say, _report: say.label("Project"), _put_in, _never),
    StaffAction("movetoproject", lambda say, _report: say.label("Project"), _move, _never),
    StaffAction("outofproject", lambda say, _report: say.label("Out of its project"), _take_out, _is_in),
    StaffAction(
        "newproject", lambda say, _report: say.label("New project"), None, _can,
        link=lambda setup, report: setup.start_link(f"{PREFIX}{report.id}"),
    ),
))  # fmt: skip
