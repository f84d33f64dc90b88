"""A project is delivered: the lead says what was done, and everybody in it is asked "Is it fixed?".

What they say stands on the project's card, exact for those who lead it and for staff; the first no is told them.
"""

from typing import Any

from domain import events
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.people.rights import Action
from domain.projects.projects import Stage
from handlers.kit import mailer
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Words, add_part
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import from_draft, media_line, quoted
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.projects import project_words
from handlers.projects.buttons import What, pack
from services.core.errors import AlreadyDone
from services.projects import delivering
from services.projects.delivering import NothingOpen
from storage.core import messages, scheduled_tasks
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.projects import leads, members, projects
from storage.projects.projects import Project
from storage.reports import reports

NAME = "project_delivered"
KIND = "project_not_fixed"
SETTLES = delivering.AGAIN * 5
"""When many say no at once, it is told once."""


def begin(ctx: UpdateContext, project: Project) -> None:
    """Ask what was done."""
    if project.stage is not Stage.DELIVERING:
        raise WrongState(project.stage)
    if delivering.is_going_on(ctx.tx, project.id):
        raise AlreadyDone
    if not members.count_workable(ctx.tx, project.id):
        ctx.pop_up(_nothing_open(ctx.say_to_person, project.id), alert=True)
        return
    engine.begin(ctx, NAME, {"project": project.id, "version": project.version})


def _nothing_open(say: Speaker, number: int) -> str:
    return say.label("No report in project no. {number} waits to be fixed.", number=number)


def _project(ctx: UpdateContext, draft: Draft) -> Project:
    return projects.existing(ctx.tx, int(draft["project"]))


def _ask(ctx: UpdateContext, draft: Draft) -> Html:
    project, say = _project(ctx, draft), ctx.say
    return paragraphs(
        bold(project_words.named(say, project)),
        say("What was done? Write it, and send photos of it if you like. Everyone in it reads that, and is asked "
            "whether it is fixed."),
    )  # fmt: skip


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    return add_part(ctx, draft, "words") or ctx.say("I have added that.")


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, project = ctx.say, _project(ctx, conversation.draft)
    count, parts = members.count_workable(ctx.tx, project.id), from_draft(conversation.draft["words"])
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("Project no. {number} is delivered. Everyone in it reads:", number=project.id),
        lines(quoted(parts), media_line(say, parts)),
        lines(
            say.plural("{count} open report counts as fixed for now. Its people are asked whether it is.",
                       "{count} open reports count as fixed for now. Their people are each asked whether it is.",
                       count),
            say("Each no opens that person's report again. When none is open, the project is done."),
        ),
    )  # fmt: skip


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    say, draft = ctx.say, conversation.draft
    number = int(draft["project"])
    try:
        with ctx.tx.savepoint():
            count = delivering.deliver(ctx.tx, ctx.who, number, from_draft(draft["words"]))
    except NothingOpen:
        engine.end(ctx, conversation, Html(_nothing_open(say, number)))
        return
    told = say.plural(
        "Project no. {number} is delivered. I am asking the people of {count} report whether it is fixed.",
        "Project no. {number} is delivered. I am asking the people of {count} reports whether it is fixed.",
        count,
        number=number,
    )
    engine.end(ctx, conversation, told)


FLOW = Flow(
    name=NAME,
    steps=(Words("words", ask=_ask, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Yes, ask everyone"),
    take_extra=_take_extra,
    touched=drafts.touched,
    permitted=lambda ctx: ctx.may(Action.LEAD_PROJECT),
    for_others=True,
)


# -- what they say


def said_no(tx: Transaction, _setup: Setup, event: events.ReportEvent) -> None:
    """Somebody says that it is not fixed: those who lead it are told in a moment."""
    number = reports.main_of(tx, reports.existing(tx, event.report)).project
    if number is not None and delivering.last(tx, number) is not None:
        scheduled_tasks.plan_once(tx, KIND, subject("project", number), tx.now + SETTLES, f"{KIND}:{number}")


def tell_leads(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: who leads it reads how many say no; of one delivery in one message, which is kept true."""
    project, delivered = projects.existing(tx, split(about)[1]), delivering.last(tx, split(about)[1])
    if delivered is None:
        return
    for person in leads.of(tx, project.id):
        to = mailer.private(tx, setup, person, in_reach=True)
        if to is None:
            continue
        role = f"{CardRole.NOT_FIXED}{delivered}"
        card = messages.newest_card_in(tx, about, role, to.chat.id)
        number = int(card["id"]) if card is not None else messages.new_card(tx, to.chat.id, about, role)
        text = paragraphs(
            bold(project_words.named(to.say, project)),
            project_words.fixed_or_not_line(tx, to.say, project),
            to.say("The reports of those who say no are open again. What comes next is for you to decide."),
        )
        button = Button(to.say.label("Look at it"), pack(project.id, project.version, What.VIEW))
        mailer.card(tx, to.chat.id, number, text, column(button), subject=about, purpose=Purpose.CARD)
