"""Putting reports into a project in private: from what a search has found, or from a suggestion."""

from collections.abc import Sequence

from domain.people.rights import Action
from handlers.kit.additions import WithFound
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Step
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import Choose
from handlers.kit.conversation.typed_steps import Several
from handlers.kit.keyboards import Button
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import project_form, project_words
from handlers.reports import describe
from services.core.errors import NotFound
from services.projects import access, putting_in
from storage.core.conversations import Conversation
from storage.projects import members, projects
from storage.reports import reports
from storage.reports.reports import Report

NAME = "bundle"
ALL = "all"
SOME = "some"
NEW = "new"
LISTED = 60
"""So many of those found are listed to be chosen from; so many projects, too."""
MOVE = "!move"


def begin(ctx: UpdateContext, found: Sequence[int], title: str | None = None) -> None:
    """Ask which of these reports, and into which project. `title` is what a new one would be called."""
    access.may_make(ctx.who)
    draft: Draft = {"found": list(found)[: putting_in.MOST], "move": False, "title": title}
    if len(found) == 1:
        draft["which"] = ALL
    engine.begin(ctx, NAME, draft)


def begin_with_found(ctx: UpdateContext, words: str, found: list[int]) -> None:
    """What /find has found; what was searched for may be what a new project is called."""
    if not found:
        raise NotFound
    begin(ctx, found, words)


def _which(ctx: UpdateContext) -> list[tuple[str, str]]:
    assert ctx.conversation is not None
    count = len(ctx.conversation.draft["found"])
    return [
        (ctx.say.label("All {count} of these", count=count), ALL),
        (ctx.say.label("Choose some of them"), SOME),
    ]


def _listed(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    found = (reports.by_id(ctx.tx, number) for number in draft["found"][:LISTED])
    return [(report_label(ctx, each), str(each.id)) for each in found if each is not None]


def _ask_chosen(ctx: UpdateContext, draft: Draft) -> Html:
    newest = ctx.say("These are the first {count} of them.", count=LISTED) if len(draft["found"]) > LISTED else None
    return paragraphs(ctx.say("Tap those that go into the project."), newest)


def report_label(ctx: UpdateContext, report: Report) -> str:
    """A report on a button."""
    parts = reports.parts_for_list(ctx.tx, report.id)
    name = describe.gist(ctx.setup.community, ctx.say, report, parts, project_words.LABEL)
    return ctx.say.label("No. {number}: {name}", number=report.id, name=name)


def _projects(ctx: UpdateContext) -> list[tuple[str, str]]:
    found = projects.open_ones(ctx.tx, LISTED)
    named = [(project_words.label(ctx.say, each), str(each.id)) for each in found]
    return [(ctx.say.label("A new project"), NEW), *named]


STEPS: tuple[Step, ...] = (
    Choose(
        "which",
        ask=lambda ctx, draft: ctx.say.plural(
            "Which of these {count} report goes into a project?",
            "Which of these {count} reports go into a project?",
            len(draft["found"]),
        ),
        options=_which,
        change=lambda ctx, _draft: ctx.say.label("All of them, or only some"),
    ),
    Several(
        "chosen",
        ask=_ask_chosen,
        change=lambda ctx, _draft: ctx.say.label("Which reports"),
        options=_listed,
        least=1,
    ),
    Choose(
        "project",
        ask=lambda ctx, _draft: ctx.say("Into which project?"),
        options=_projects,
        change=lambda ctx, _draft: ctx.say.label("Another project"),
    ),
)


def _applies(step: Step, draft: Draft) -> bool:
    if step.name == "chosen":
        return draft.get("which") == SOME
    return step.name != "which" or len(draft["found"]) > 1


def _chosen(draft: Draft) -> list[int]:
    return [int(each) for each in draft["chosen"]] if draft["which"] == SOME else list(draft["found"])


def _into(draft: Draft) -> int | None:
    return None if draft["project"] == NEW else int(draft["project"])


def _elsewhere(ctx: UpdateContext, draft: Draft) -> int:
    return members.count_elsewhere(ctx.tx, _into(draft), _chosen(draft))


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    draft, say = conversation.draft, ctx.say
    into, count, elsewhere = _into(draft), len(_chosen(draft)), _elsewhere(ctx, draft)
    where = say("A new project") if into is None else project_words.named(say, projects.existing(ctx.tx, into))
    if draft["move"]:
        said = say.plural(
            "{count} of them is in another project and moves.", "{count} of them are in another project and move.",
            elsewhere,
        )  # fmt: skip
    else:
        said = say.plural(
            "{count} of them is in another project and stays there.",
            "{count} of them are in another project and stay there.",
            elsewhere,
        )
    return paragraphs(
        bold(say.plural("Put {count} report into a project?", "Put {count} reports into a project?", count)),
        lines(where, said if elsewhere else None),
        say("Everyone who reported or joined one of them is told once."),
    )


def _more(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    """The way to move what is elsewhere, too; or to leave it there after all."""
    if not _elsewhere(ctx, conversation.draft):
        return []
    label = ctx.say.label("Leave those where they are") if conversation.draft["move"] else ctx.say.label(
        "Move those as well"
    )  # fmt: skip
    return [Button(label, button_data(conversation, MOVE))]


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    if value != MOVE:
        return False
    conversation.draft["move"] = not conversation.draft["move"]
    engine.show(ctx)
    return True


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft, into = conversation.draft, _into(conversation.draft)
    if into is None:
        engine.end(ctx, conversation, ctx.say("It goes on with the new project."))
        project_form.begin(ctx, draft["title"], _chosen(draft), move=bool(draft["move"]))
        return
    done = putting_in.put_in(ctx.tx, ctx.who, into, _chosen(draft), move=bool(draft["move"]))
    said = ctx.say("Done. What became of it is below.") if done else ctx.say(
        "I am putting them in. I will tell you when that is done."
    )  # fmt: skip
    engine.end(ctx, conversation, said)


WITH_FOUND = WithFound(
    name="bundle",
    label=lambda say: say.label("Put into a project"),
    action=Action.RUN_PROJECTS,
    begin=begin_with_found,
)
FLOW = Flow(
    name=NAME,
    steps=STEPS,
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Yes, put them in"),
    more_buttons=_more,
    press=_press,
    applies=_applies,
    touched=drafts.touched,
    cancelled=lambda ctx, _conversation: ctx.say("Nothing was changed."),
    permitted=lambda ctx: ctx.may(Action.RUN_PROJECTS),
)
