"""Calling departments in: which, several at once, and by which day they are asked to answer."""

from datetime import date
from typing import Any

from domain.people.rights import Action
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.time_answers import day_to_come
from handlers.kit.conversation.typed_steps import Several, Typed
from handlers.kit.keyboards import Button
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects.departments import department_words
from handlers.projects.departments.buttons import CallInPress
from services.core.errors import AlreadyDone, NotFound
from services.projects import access, calling_in
from services.projects.calling_in import NoStaffGroup
from services.projects.milestones import InThePast
from storage.core.conversations import Conversation
from storage.projects import projects
from storage.projects.projects import Project

NAME = "departments"


def press(ctx: UpdateContext) -> None:
    """The button of a project: departments are to be called in."""
    project = access.steered(ctx.tx, ctx.who, ctx.callback_data(CallInPress).project)
    if not calling_in.can_be_asked(ctx.tx, ctx.setup.community, project.id):
        raise AlreadyDone
    engine.begin(ctx, NAME, {"project": project.id})


def button(ctx: UpdateContext, project: Project) -> list[Button]:
    """The button, where there is a department that could still be asked."""
    if not project.stage.is_open or not calling_in.can_be_asked(ctx.tx, ctx.setup.community, project.id):
        return []
    return [Button(ctx.say.label("Call in departments"), CallInPress(project.id).pack())]


# -- the questions


def _options(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    found = calling_in.can_be_asked(ctx.tx, ctx.setup.community, int(draft["project"]))
    return [(one_line(ctx.say.words(each.name), 26), each.code) for each in found]


def _ask_which(ctx: UpdateContext, draft: Draft) -> Html:
    project = projects.existing(ctx.tx, int(draft["project"]))
    return paragraphs(
        bold(ctx.say("Project no. {number}: {title}", number=project.id, title=one_line(project.title, 80))),
        ctx.say("Which departments do you want to call in? I will ask each in its own topic of the staff group."),
    )


def _usual(ctx: UpdateContext, _draft: Draft) -> list[tuple[str, str]]:
    usual = calling_in.usual_day(ctx.tx, ctx.setup.community)
    return [(department_words.day(ctx.tx, ctx.setup, ctx.say, usual), usual.isoformat())]


def _read_day(ctx: UpdateContext, draft: Draft, words: str) -> Any:
    return day_to_come(ctx, draft, words)


def _day(ctx: UpdateContext, draft: Draft) -> date:
    """The day that was named, or the usual one."""
    named = draft.get("day")
    return date.fromisoformat(named) if named else calling_in.usual_day(ctx.tx, ctx.setup.community)


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    draft, say = conversation.draft, ctx.say
    names = [department_words.name(ctx.setup, say, code) for code in draft["departments"]]
    meant = _day(ctx, draft)
    try:
        by = calling_in.day_to_answer(ctx.tx, ctx.setup.community, meant)
    except InThePast:
        by = meant = calling_in.usual_day(ctx.tx, ctx.setup.community)
        draft.pop("day", None)
    return paragraphs(
        bold(say("Call them in? NOT ASKED YET")),
        lines(
            say("Departments: {names}", names=say.listed(names)),
            say("Answer by: {day}", day=department_words.day(ctx.tx, ctx.setup, say, by)),
        ),
        None
        if by == meant
        else say(
            "{day} is a holiday or a day off, so I will ask for an answer by the next working day.",
            day=department_words.day(ctx.tx, ctx.setup, say, meant),
        ),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft, say = conversation.draft, ctx.say
    try:
        with ctx.tx.savepoint():
            called = calling_in.call_in(
                ctx.tx, ctx.setup.community, ctx.who, int(draft["project"]), draft["departments"], _day(ctx, draft)
            )
    except NoStaffGroup:
        engine.end(ctx, conversation, say("There is no staff group yet, so I cannot ask anybody. Nothing was changed."))
        return
    except (AlreadyDone, NotFound):
        engine.end(
            ctx,
            conversation,
            say("They have answered already, or are no departments any more. Please look at the project again."),
        )
        return
    names = [department_words.name(ctx.setup, say, code) for code in called.asked]
    by = department_words.day(ctx.tx, ctx.setup, say, called.answer_by)
    text = say("I am asking {names} for an answer by {day}.", names=say.listed(names), day=by)
    there = [department_words.name(ctx.setup, say, code) for code in called.answered]
    already = say("They have answered already: {names}", names=say.listed(there)) if there else None
    engine.end(ctx, conversation, paragraphs(text, already))


FLOW = Flow(
    name=NAME,
    steps=(
        Several(
            "departments",
            ask=_ask_which,
            change=lambda ctx, _draft: ctx.say.label("Other departments"),
            options=_options,
            least=1,
        ),
        Typed(
            "day",
            ask=lambda ctx, _draft: ctx.say("By which day do you need their answer? For example: 2026-12-31"),
            change=lambda ctx, _draft: ctx.say.label("Another day"),
            read=_read_day,
            options=_usual,
            optional=True,
        ),
    ),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Yes, ask them"),
    touched=drafts.touched,
    permitted=lambda ctx: ctx.may(Action.LEAD_PROJECT),
)
