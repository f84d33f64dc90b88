"""/projects: public ones for everybody, a lead's own, all for staff; page by page."""

from domain.people.rights import Action
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import project_words
from handlers.projects.buttons import ListPress, SuggestionPress, What, pack
from storage.core.messages import Purpose
from storage.projects import leads, members, projects
from storage.projects.projects import Project

PAGE = 5


def command(ctx: UpdateContext) -> None:
    """/projects in private."""
    ctx.send(*shown(ctx, 0), purpose=Purpose.PROJECT)


def press(ctx: UpdateContext) -> None:
    """Another page."""
    ctx.edit_pressed(*shown(ctx, ctx.callback_data(ListPress).page))


def shown(ctx: UpdateContext, page: int) -> tuple[Html, Markup | None]:
    """A page, with a button for each; behind the last page comes the first again."""
    say, staff = ctx.say, ctx.may(Action.RUN_PROJECTS)
    found = _found(ctx, staff, page)
    if not found and page:
        page, found = 0, _found(ctx, staff, 0)
    buttons = [Button(project_words.label(say, each), pack(each.id, each.version, What.VIEW)) for each in found[:PAGE]]
    if len(found) > PAGE:
        buttons.append(Button(say.label("More"), ListPress(page + 1).pack()))
    elif page:
        buttons.append(Button(say.label("From the beginning"), ListPress(0).pack()))
    if staff:
        buttons.append(Button(say.label("What could be a project"), SuggestionPress().pack()))
    if not found:
        text = say("There are no projects yet. With /project you can start one.") if staff else say(
            "There are no projects to look at at the moment."
        )  # fmt: skip
        return text, column(*buttons) if buttons else None
    return paragraphs(bold(say("Projects")), *(_line(ctx, each) for each in found[:PAGE])), column(*buttons)


def _found(ctx: UpdateContext, staff: bool, page: int) -> list[Project]:
    if staff:
        return projects.every(ctx.tx, PAGE + 1, page * PAGE)
    if ctx.may(Action.LEAD_PROJECT):
        return projects.visible(ctx.tx, ctx.who.id, PAGE + 1, page * PAGE)
    return projects.public_ones(ctx.tx, PAGE + 1, page * PAGE)


def _line(ctx: UpdateContext, project: Project) -> Html:
    say = ctx.say
    known = ctx.may(Action.RUN_PROJECTS) or (
        ctx.may(Action.LEAD_PROJECT) and leads.leads(ctx.tx, project.id, ctx.who.id)
    )
    count = members.count(ctx.tx, project.id) if known else 0
    return lines(
        project_words.named(say, project),
        project_words.stage(say, project.stage),
        say.plural("{count} report is in it", "{count} reports are in it", count) if known else None,
    )
