"""Making a project, and changing what it says. What is usual is filled in; the summary leads to each of it."""

from collections.abc import Sequence

from domain.people.rights import Action, Role
from handlers.kit.conversation import several
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Step
from handlers.kit.conversation.steps import Choose
from handlers.kit.conversation.typed_steps import Several, Typed, line
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import project_words
from handlers.projects.buttons import SuggestionPress, What, pack
from services import drafts as reminders
from services.core.errors import AlreadyDone
from services.projects import access, leading, making, putting_in
from storage.core.conversations import Conversation
from storage.people import people
from storage.projects import leads, projects
from storage.projects.projects import Project

NAME = "project"
TITLE = 80
GOAL = 500
EVERYWHERE = "*"
YES = "yes"
NO = "no"
TEAM = (Role.STAFF, Role.LEAD, Role.ADMIN, Role.REPRESENTATIVE, Role.PLEDGER, Role.VOLUNTEER)


def command(ctx: UpdateContext) -> None:
    """/project: make one; what stands behind it is its title."""
    access.may_make(ctx.who)
    words = one_line(ctx.message.text.partition(" ")[2], TITLE)
    begin(ctx, words or None)


def begin(
    ctx: UpdateContext, title: str | None = None, reports: Sequence[int] = (), areas: Sequence[str] = (), *,
    move: bool = False,
) -> None:  # fmt: skip
    """Make a project, of these reports where there are some; `move`: also of those that are in another one."""
    access.may_make(ctx.who)
    draft: Draft = {"leads": [str(ctx.who.id)], "shown": NO, "areas": list(areas), "_reports": list(reports)}
    draft["_move"] = move
    if title:
        draft["title"] = one_line(title, TITLE)
    engine.begin(ctx, NAME, draft)


def change(ctx: UpdateContext, project: Project) -> None:
    """What the project says, to be changed."""
    draft: Draft = {
        "title": project.title,
        "goal": project.goal,
        "leads": [str(each) for each in leads.of(ctx.tx, project.id)],
        "areas": projects.areas(ctx.tx, project.id),
        "shown": YES if project.public else NO,
        "_project": project.id,
        "_version": project.version,
    }
    engine.begin(ctx, NAME, draft)


# -- the questions


def _team(ctx: UpdateContext, _draft: Draft) -> list[tuple[str, str]]:
    """Everybody who may lead one: who asks first, then staff, then the others."""
    found = {ctx.who.id: ctx.who.name}
    for role in TEAM:
        found |= {each.id: each.name for each in people.with_role(ctx.tx, role) if each.id not in found}
    return [(one_line(name, 26), str(person)) for person, name in found.items() if leading.may_lead(ctx.tx, person)]


def _shown(ctx: UpdateContext) -> list[tuple[str, str]]:
    return [(ctx.say.label("Everyone"), YES), (ctx.say.label("Only staff and its lead"), NO)]


STEPS: tuple[Step, ...] = (
    Typed(
        "title",
        ask=lambda ctx, _draft: ctx.say("What is the project called? For example: The lifts in building 3"),
        change=lambda ctx, _draft: ctx.say.label("Title"),
        read=line(TITLE),
    ),
    Typed(
        "goal",
        ask=lambda ctx, _draft: ctx.say("What is to be reached? Please write it in one or two sentences."),
        change=lambda ctx, _draft: ctx.say.label("Goal"),
        read=line(GOAL),
        optional=True,
    ),
    Several(
        "leads",
        ask=lambda ctx, _draft: ctx.say("Who leads it? I will tell them, and they can move it on."),
        change=lambda ctx, _draft: ctx.say.label("Project lead"),
        options=_team,
        least=1,
        optional=True,
    ),
    several.SeveralPlaces(
        "areas",
        ask=lambda ctx, _draft: ctx.say("Which places is it about?"),
        change=lambda ctx, _draft: ctx.say.label("Places"),
        optional=True,
    ),
    Choose(
        "shown",
        ask=lambda ctx, _draft: ctx.say("Who can see it? Nobody sees a word of people’s reports there."),
        options=_shown,
        change=lambda ctx, _draft: ctx.say.label("Who can see it"),
        optional=True,
    ),
)


def _offered(step: Step, draft: Draft) -> bool:
    """Who leads it changes its words and places; staff decide the rest."""
    return step.name not in ("leads", "shown") or draft.get("_all", True)


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    draft, say = conversation.draft, ctx.say
    draft["_all"] = ctx.may(Action.RUN_PROJECTS)
    names = [one_line(people.by_id(ctx.tx, int(each)).name, project_words.NAME) for each in draft["leads"]]
    where = project_words.places(ctx.setup, say, _codes(draft))
    head = (
        say("Change project no. {number}?", number=draft["_project"])
        if draft.get("_project")
        else say("A new project. NOT STARTED YET")
    )
    count = len(draft.get("_reports") or ())
    return paragraphs(
        bold(head),
        lines(
            say("Title: {title}", title=draft["title"]),
            say("Goal: {goal}", goal=draft["goal"]) if draft.get("goal") else None,
            say("Project lead: {names}", names=say.listed(names)),
            say("Place: {place}", place=where) if where else None,
            say("Everyone can see it") if draft["shown"] == YES else say("Only the staff and its lead can see it"),
        ),
        say.plural("{count} report goes into it.", "{count} reports go into it.", count) if count else None,
    )


def _codes(draft: Draft) -> list[str]:
    return [code for code in draft.get("areas") or () if code != EVERYWHERE]


# -- what comes of it


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    try:
        with ctx.tx.savepoint():
            project = _save(ctx, conversation.draft) if conversation.draft.get("_project") else _make(ctx, conversation)
    except access.Outdated:
        said = ctx.say("This project was changed in the meantime. Please look at it with /projects and try again.")
        engine.end(ctx, conversation, said)
        return
    except making.NotForPublic as refusal:
        engine.end(ctx, conversation, not_for_public_said(ctx, refusal))
        return
    say = ctx.say
    changed = conversation.draft.get("_project")
    said = say("Project no. {number} is changed.", number=project.id) if changed else say(
        "Project no. {number} has started: {title}", number=project.id, title=project.title
    )  # fmt: skip
    buttons = [Button(say.label("Look at it"), pack(project.id, project.version, What.VIEW))]
    if not changed and len(conversation.draft.get("_reports") or ()) == 1:
        buttons.append(
            Button(say.label("Find others like it"), SuggestionPress(conversation.draft["_reports"][0]).pack())
        )
    markup = column(*buttons)
    engine.end(ctx, conversation, said, markup=markup)


def not_for_public_said(ctx: UpdateContext, refusal: making.NotForPublic) -> Html:
    """Why it cannot be shown to everyone."""
    return ctx.say.plural(
        "In it is {count} report about a person or of danger, so it cannot be shown to everyone. Nothing was changed.",
        "In it are {count} reports about a person or of danger, so it cannot be shown to everyone. Nothing was "
        "changed.",
        refusal.count,
    )


def _make(ctx: UpdateContext, conversation: Conversation) -> Project:
    draft = conversation.draft
    project = making.make(
        ctx.tx, ctx.setup.community, ctx.who, str(draft["title"]), draft.get("goal"),
        [int(each) for each in draft["leads"]], _codes(draft), public=draft["shown"] == YES,
    )  # fmt: skip
    if draft.get("_reports"):
        putting_in.put_in(ctx.tx, ctx.who, project.id, draft["_reports"], move=bool(draft.get("_move")))
    return projects.existing(ctx.tx, project.id)


def _save(ctx: UpdateContext, draft: Draft) -> Project:
    """All that reads otherwise now; the first change tells whether somebody else was quicker."""
    number = int(draft["_project"])
    access.steered(ctx.tx, ctx.who, number, int(draft["_version"]))
    before = projects.existing(ctx.tx, number)
    if (draft["title"], draft.get("goal")) != (before.title, before.goal):
        making.change_words(ctx.tx, ctx.who, number, title=str(draft["title"]), goal=draft.get("goal"))
    if sorted(set(_codes(draft))) != projects.areas(ctx.tx, number):
        making.choose_areas(ctx.tx, ctx.setup.community, ctx.who, number, _codes(draft))
    if ctx.may(Action.RUN_PROJECTS):
        _save_leads(ctx, number, [int(each) for each in draft["leads"]])
        if (draft["shown"] == YES) != before.public:
            making.show(ctx.tx, ctx.who, number, draft["shown"] == YES)
    after = projects.existing(ctx.tx, number)
    if after.version == before.version:
        raise AlreadyDone
    return after


def _save_leads(ctx: UpdateContext, number: int, chosen: list[int]) -> None:
    before = leads.of(ctx.tx, number)
    for person in chosen:
        if person not in before:
            leading.give(ctx.tx, ctx.who, number, person)
    for person in before:
        if person not in chosen:
            leading.take(ctx.tx, ctx.who, number, person)


def _send_label(ctx: UpdateContext) -> str:
    changes = ctx.conversation is not None and ctx.conversation.draft.get("_project")
    return ctx.say.label("Save it") if changes else ctx.say.label("Start the project")


def _touched(ctx: UpdateContext, conversation: Conversation) -> None:
    if conversation.draft.get("title"):
        reminders.touched(ctx.tx, conversation.id)


FLOW = Flow(
    name=NAME,
    steps=STEPS,
    finish=_finish,
    summary=_summary,
    send_label=_send_label,
    offered=_offered,
    touched=_touched,
    permitted=lambda ctx: ctx.may(Action.LEAD_PROJECT),
)
