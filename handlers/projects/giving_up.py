"""Giving a project up: with the reason, which everybody in it reads."""

from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Line
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import project_words
from services.projects import access, stages
from storage.core.conversations import Conversation
from storage.projects import members, projects
from storage.projects.projects import Project

REASON = 500


def begin(ctx: UpdateContext, project: Project) -> None:
    """Ask why."""
    engine.begin(ctx, FLOW.name, {"project": project.id, "version": project.version})


def _project(ctx: UpdateContext, draft: Draft) -> Project:
    return projects.existing(ctx.tx, int(draft["project"]))


def _ask(ctx: UpdateContext, draft: Draft) -> Html:
    return paragraphs(
        bold(project_words.named(ctx.say, _project(ctx, draft))),
        ctx.say("Why is it given up? Please write it in a few words. Everyone in it will see that."),
    )


def _taken(ctx: UpdateContext, words: str) -> str | Wrong:
    if len(words) > REASON:
        return Wrong(ctx.say("That is too long: at most {limit} letters fit. Please say it shorter.", limit=REASON))
    return words


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    project, say = _project(ctx, conversation.draft), ctx.say
    return paragraphs(
        bold(say("Give up project no. {number}?", number=project.id)),
        lines(project_words.named(say, project), say("Why: {reason}", reason=conversation.draft["reason"])),
        say("The reports in it stay open; the staff deal with them one by one."),
        say.plural(
            "{count} person is in it. I will tell everyone I can write to.",
            "{count} people are in it. I will tell everyone I can write to.",
            members.count_people(ctx.tx, project.id),
        ),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    number = int(draft["project"])
    try:
        with ctx.tx.savepoint():
            stages.give_up(ctx.tx, ctx.who, number, str(draft["reason"]), int(draft["version"]))
    except access.Outdated:
        said = ctx.say("This project was changed in the meantime. Please look at it with /projects and try again.")
    else:
        said = ctx.say("Project no. {number} is given up. I am telling everyone in it why.", number=number)
    engine.end(ctx, conversation, said)


FLOW = Flow(
    name="project_giving_up",
    steps=(Line("reason", ask=_ask, taken=_taken, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Yes, give it up"),
    cancel_label=lambda ctx: ctx.say.label("No, go on with it"),
    cancelled=lambda ctx, _conversation: ctx.say("Nothing was changed."),
    touched=drafts.touched,
)
