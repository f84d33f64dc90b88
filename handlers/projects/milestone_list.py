"""The milestones of a project, for those who steer it: a list, and what can be done with each."""

from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import milestone_setting, project_words
from handlers.projects.buttons import MilestonePress, OfMilestone, What, pack
from services.projects import access
from services.projects import milestones as service
from storage.projects import milestones, projects
from storage.projects.milestones import Milestone
from storage.projects.projects import Project

SHOWN = 5


def shown(ctx: UpdateContext, project: Project, said: Html | None = None) -> tuple[Html, Markup]:
    """All of them; a button for each that is not reached, the nearest first, five at most."""
    say = ctx.say
    found = milestones.of(ctx.tx, project.id)
    open_ones = [each for each in found if each.reached_at is None] if project.stage.is_open else []
    buttons = [
        Button(one_line(each.title, 26), MilestonePress(each.id, OfMilestone.VIEW).pack()) for each in open_ones[:SHOWN]
    ]
    if project.stage.is_open and len(found) < service.MOST:
        buttons.append(Button(say.label("Add a milestone"), pack(project.id, project.version, What.ADD)))
    buttons.append(Button(say.label("Back"), pack(project.id, project.version, What.VIEW)))
    text = paragraphs(
        said,
        bold(say("Milestones of project no. {number}", number=project.id)),
        lines(*(project_words.milestone(ctx.setup, say, each) for each in found)) or say("There are none yet."),
    )
    return text, column(*buttons)


def press(ctx: UpdateContext) -> None:
    """A button of one milestone."""
    pressed = ctx.callback_data(MilestonePress)
    found = milestones.by_id(ctx.tx, pressed.milestone)
    if found is None:
        raise InvalidCallbackData
    project = access.steered(ctx.tx, ctx.who, found.project)
    if pressed.what is OfMilestone.REACHED:
        service.reach(ctx.tx, ctx.who, found.id)
        said = ctx.say("Reached. I am telling everyone in the project I can write to.")
        ctx.edit_pressed(*shown(ctx, projects.existing(ctx.tx, project.id), said))
    elif pressed.what is OfMilestone.MOVE:
        milestone_setting.begin_move(ctx, found)
    else:
        ctx.edit_pressed(*_one(ctx, project, found))


def _one(ctx: UpdateContext, project: Project, found: Milestone) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        bold(project_words.named(say, project)),
        project_words.milestone(ctx.setup, say, found),
        say("Why it was moved: {reason}", reason=found.why) if found.why else None,
    )
    return text, column(
        Button(say.label("It is reached"), MilestonePress(found.id, OfMilestone.REACHED).pack()),
        Button(say.label("Move it to another day"), MilestonePress(found.id, OfMilestone.MOVE).pack()),
        Button(say.label("Back"), pack(project.id, project.version, What.MILESTONES)),
    )
