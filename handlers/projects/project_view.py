"""One project in private: what it says, and what can be done with it by who may steer it."""

from collections.abc import Callable

from domain.people.rights import Action
from domain.projects.projects import Stage, Step
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import giving_up, milestone_list, milestone_setting, project_form, project_words
from handlers.projects.buttons import ListPress, ProjectPress, StepPress, Sure, What, pack
from handlers.projects.departments import calling
from handlers.projects.public import page_menu
from handlers.projects.word_buttons import Doing, WordPress
from handlers.reports import report_line
from services.core.errors import NotFound
from services.projects import access, bundling, stages
from storage.core.messages import Purpose
from storage.projects import members
from storage.projects.projects import Project
from storage.reports import reports

PREFIX = "j-"
PAGE = 5


def start(ctx: UpdateContext, number: str) -> None:
    """The link of a project: it opens in private."""
    if not number.isdecimal() or len(number) > 15:
        raise NotFound
    project = access.visible(ctx.tx, ctx.who, int(number))
    ctx.send(*shown(ctx, project), purpose=Purpose.PROJECT)


def press(ctx: UpdateContext) -> None:
    """A button of a project."""
    pressed = ctx.callback_data(ProjectPress)
    project = access.visible(ctx.tx, ctx.who, pressed.project)
    _ACTIONS[pressed.what](ctx, project, pressed)


def shown(ctx: UpdateContext, project: Project, said: Html | None = None) -> tuple[Html, Markup]:
    """The project, and what the reader can do with it."""
    say = ctx.say
    back = Button(say.label("All projects"), ListPress(0).pack())
    if not access.steers(ctx.tx, ctx.who, project):
        return project_words.for_everybody(ctx.tx, ctx.setup, say, project), column(back)
    buttons = [_button(project, say.label("Move it on"), What.STEPS)] if _steps(ctx, project) else []
    buttons.append(_button(project, say.label("Milestones"), What.MILESTONES))
    if ctx.may(Action.RUN_PROJECTS) and members.count(ctx.tx, project.id):
        buttons.append(_button(project, say.label("Reports in it"), What.REPORTS, 0))
    buttons.append(page_menu.button(ctx, project))
    buttons += calling.button(ctx, project)
    if members.count(ctx.tx, project.id):
        buttons.append(Button(say.label("Write to everyone in it"), WordPress(project.id, Doing.LAST).pack()))
    buttons.append(_button(project, say.label("Change it"), What.CHANGE))
    return paragraphs(said, project_words.for_steering(ctx.tx, ctx.setup, say, project)), column(*buttons, back)


def show_now(ctx: UpdateContext, number: int, said: Html | None = None) -> None:
    """The message whose button was pressed shows the project as it is now."""
    ctx.edit_pressed(*shown(ctx, access.known(ctx.tx, number), said))


def _button(project: Project, label: str, what: What, value: int | None = None) -> Button:
    return Button(label, pack(project.id, project.version, what, value))


def _view(ctx: UpdateContext, project: Project, _pressed: ProjectPress) -> None:
    ctx.edit_pressed(*shown(ctx, project))


# -- where it stands


def _steps(ctx: UpdateContext, project: Project) -> list[Step]:
    """What has ended only staff take up again."""
    return stages.steps(ctx.tx, project) if project.stage.is_open or ctx.may(Action.RUN_PROJECTS) else []


def _show_steps(ctx: UpdateContext, project: Project, _pressed: ProjectPress) -> None:
    access.steered(ctx.tx, ctx.who, project.id)
    say = ctx.say
    buttons = [
        Button(project_words.step(say, each), StepPress(project.id, each, Sure.ASK, project.version).pack())
        for each in _steps(ctx, project)
    ]
    if project.stage is Stage.DELIVERING and members.count_workable(ctx.tx, project.id):
        delivered = WordPress(project.id, Doing.DELIVERED).pack()
        buttons.insert(0, Button(say.label("Delivered: ask everyone"), delivered))
    text = paragraphs(
        bold(project_words.named(say, project)),
        say("Where it stands: {stage}", stage=project_words.stage(say, project.stage)),
        _still_open(ctx, project),
        say("What comes next?"),
    )
    ctx.edit_pressed(text, column(*buttons, _button(project, say.label("Back"), What.VIEW)))


def _still_open(ctx: UpdateContext, project: Project) -> Html | None:
    """Why it cannot be done yet."""
    count = members.count_open(ctx.tx, project.id) if project.stage.is_open else 0
    return ctx.say.plural(
        "{count} report in it is still open. It is done when none is.",
        "{count} reports in it are still open. It is done when none is.",
        count,
    ) if count else None  # fmt: skip


def take_step(ctx: UpdateContext) -> None:
    """A step was chosen, or is meant: everybody in the project will be told, so it is asked first."""
    pressed = ctx.callback_data(StepPress)
    project = access.steered(ctx.tx, ctx.who, pressed.project, pressed.version)
    if pressed.step is Step.GIVE_UP:
        giving_up.begin(ctx, project)
    elif pressed.sure is Sure.YES:
        moved = stages.move(ctx.tx, ctx.who, project.id, pressed.step, pressed.version)
        say = ctx.say
        show_now(ctx, moved.id, bold(say("Moved on: {stage}", stage=project_words.stage(say, moved.stage))))
    else:
        stages.stage_after(ctx.tx, project, pressed.step)
        _ask_whether(ctx, project, pressed.step)


def _ask_whether(ctx: UpdateContext, project: Project, step: Step) -> None:
    say = ctx.say
    text = paragraphs(
        bold(project_words.named(say, project)),
        say("Next: {step}?", step=project_words.step(say, step)),
        say.plural(
            "{count} person is in it. I will tell everyone I can write to.",
            "{count} people are in it. I will tell everyone I can write to.",
            members.count_people(ctx.tx, project.id),
        ),
    )
    yes = Button(say.label("Yes, and tell everyone"), StepPress(project.id, step, Sure.YES, project.version).pack())
    ctx.edit_pressed(text, column(yes, _button(project, say.label("No, leave it"), What.VIEW)))


# -- what is in it


def _reports(ctx: UpdateContext, project: Project, pressed: ProjectPress) -> None:
    access.for_staff(ctx.tx, ctx.who, project.id)
    ctx.edit_pressed(*_reports_page(ctx, project, pressed.value or 0))


def _reports_page(ctx: UpdateContext, project: Project, page: int, said: Html | None = None) -> tuple[Html, Markup]:
    say = ctx.say
    found = members.page(ctx.tx, project.id, PAGE + 1, page * PAGE)
    if not found and page:
        page, found = 0, members.page(ctx.tx, project.id, PAGE + 1)
    buttons = [
        _button(project, say.label("Take out no. {number}", number=each.id), What.OUT, each.id) for each in found[:PAGE]
    ]
    if len(found) > PAGE:
        buttons.append(_button(project, say.label("More"), What.REPORTS, page + 1))
    elif page:
        buttons.append(_button(project, say.label("From the beginning"), What.REPORTS, 0))
    entries = (report_line.entry(ctx.tx, ctx.setup, say, each) for each in found[:PAGE])
    head = bold(say("Reports in project no. {number}", number=project.id))
    nothing = None if found else say("There are none.")
    return (
        paragraphs(said, head, *entries, nothing),
        column(*buttons, _button(project, say.label("Back"), What.VIEW)),
    )


def _take_out(ctx: UpdateContext, project: Project, pressed: ProjectPress) -> None:
    number = pressed.value or 0
    report = reports.by_id(ctx.tx, number)
    if report is None or report.project != project.id:
        raise NotFound
    bundling.take_out(ctx.tx, ctx.who, number)
    said = ctx.say("No. {number} is no longer in it.", number=number)
    ctx.edit_pressed(*_reports_page(ctx, project, 0, said))


# -- its milestones, and what it says


def _milestones(ctx: UpdateContext, project: Project, _pressed: ProjectPress) -> None:
    access.steered(ctx.tx, ctx.who, project.id)
    ctx.edit_pressed(*milestone_list.shown(ctx, project))


def _add(ctx: UpdateContext, project: Project, _pressed: ProjectPress) -> None:
    access.steered(ctx.tx, ctx.who, project.id)
    milestone_setting.begin(ctx, project)


def _change(ctx: UpdateContext, project: Project, pressed: ProjectPress) -> None:
    access.steered(ctx.tx, ctx.who, project.id, pressed.version)
    project_form.change(ctx, project)


_ACTIONS: dict[What, Callable[[UpdateContext, Project, ProjectPress], None]] = {
    What.VIEW: _view,
    What.STEPS: _show_steps,
    What.REPORTS: _reports,
    What.OUT: _take_out,
    What.MILESTONES: _milestones,
    What.ADD: _add,
    What.CHANGE: _change,
}
