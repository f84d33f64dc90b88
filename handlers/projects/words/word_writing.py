"""A project's lead writes to everybody whose report is in it: the words, in one language or in several, and photos.

The summary shows how it reads, how many it reaches in which languages, and whom it cannot reach.
"""

from dataclasses import dataclass

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.people.rights import Action
from handlers.kit import wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Check, Draft, Flow, Step, Wrong
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import Choose, Words, add_part
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, from_draft, media_line
from handlers.kit.texts import Html, bold, languages, lines, one_line, paragraphs, quote, shorten
from handlers.kit.update_context import UpdateContext
from handlers.projects.words import lead_words
from handlers.projects.words.word_draft import (
    FOR_ALL,
    files,
    other,
    said,
    too_much,
    word,
    written_in,
    wrong_file,
)
from services.broadcasts import broadcasting
from services.people import quiet
from services.projects import access
from services.projects import words as service
from services.projects.words import NewWord, ReachesNobody
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.core.conversations import Conversation
from storage.people import people
from storage.projects import projects
from storage.projects.projects import Project

NAME = "project_word"
SHOWN = 1200
"""So many letters of each version stand in the summary."""
GIST = 80


def begin(ctx: UpdateContext, project: Project) -> None:
    """Ask for the words."""
    access.steered(ctx.tx, ctx.who, project.id)
    newest = service.newest(ctx.tx, project.id)
    engine.begin(ctx, NAME, {"project": project.id, "seen": newest.id if newest is not None else 0})


@dataclass(frozen=True)
class _LeadWords(Words):
    """Words with photos; answered once there are words."""

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        before = list(draft.get(self.name, []))
        wrong = (
            wrong_file(ctx)
            or super().take_message(ctx, draft)
            or too_much(ctx, said(draft, self.name), len(files(draft)))
        )
        if wrong is not None:
            draft[self.name] = before
        return wrong

    def answered(self, draft: Draft) -> bool:
        return bool(said(draft, self.name))


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    """What comes while the summary is there belongs to it, such as the other photos of an album."""
    before = list(draft.get("words", []))
    wrong = wrong_file(ctx) or add_part(ctx, draft, "words") or too_much(ctx, said(draft), len(files(draft)))
    if wrong is not None:
        draft["words"] = before
    return wrong or ctx.say("I have added that.")


def _in_other(language: str) -> _LeadWords:
    def label(ctx: UpdateContext, draft: Draft) -> str:
        if said(draft, other(language)):
            return ctx.say.label("Change it in {language}", language=wording.language(ctx.say, language))
        return ctx.say.label("Also write it in {language}", language=wording.language(ctx.say, language))

    return _LeadWords(
        other(language),
        ask=lambda ctx, _draft: ctx.say(
            "Please write all of it in {language}.", language=wording.language(ctx.say, language)
        ),
        change=label,
        optional=True,
    )


def _languages(ctx: UpdateContext) -> list[tuple[str, str]]:
    say = ctx.say
    named = [(say.label("Only in {language}", language=wording.language(say, each)), each) for each in languages()]
    return [*named, (say.label("For all, in one text"), FOR_ALL)]


def _applies(step: Step, draft: Draft) -> bool:
    """Another language is offered where the words are in one."""
    main = written_in(draft)
    return not any(step.name == other(each) and main in (None, each) for each in languages())


# -- the summary


def _project(ctx: UpdateContext, draft: Draft) -> Project:
    return projects.existing(ctx.tx, int(draft["project"]))


def _ask(ctx: UpdateContext, draft: Draft) -> Html:
    project, say = _project(ctx, draft), ctx.say
    if files(draft) and not said(draft):
        return say("Now please write the words.")
    return paragraphs(
        bold(say("Project no. {number}: {title}", number=project.id, title=one_line(project.title, GIST))),
        say("What would you like to say to everyone whose report is in it? Write it, and send photos with it if you "
            "like."),
        say("Nothing is sent before you say so. You will see how it reads, and how many it reaches."),
    )  # fmt: skip


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    new, project = word(draft), _project(ctx, draft)
    below = media_line(say, new.files)
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("This is how it reads:"),
        *(quote(_as_read(ctx, project, language, text)) for language, text in new.words),
        say("Below it come: {files}.", files=below) if below else None,
        _reach(ctx, project, new),
        _when(ctx),
    )


def _as_read(ctx: UpdateContext, project: Project, language: str | None, text: str) -> Html:
    reader = ctx.setup.speaker(language) if language is not None and language in languages() else ctx.say
    part = BroadcastPart(0, language, PartKind.TEXT, shorten(text, SHOWN), None, None)
    return lead_words.text(reader, one_line(project.title, lead_words.TITLE), [part], None)


def _reach(ctx: UpdateContext, project: Project, new: NewWord) -> Html:
    """How many it reaches, who reads it in another language than theirs, and whom it does not reach."""
    say, reach = ctx.say, service.reach(ctx.tx, ctx.who, project.id)
    written = [language for language, _ in new.words]
    by_language = [
        say("{language}: {count}", language=wording.language(say, language), count=count)
        for language, count in sorted(reach.by_language.items())
    ]
    readers = [] if None in written else sorted(reach.by_language)
    lack = [wording.language(say, each) for each in readers if each not in written]
    return lines(
        say.plural("It reaches {count} person, once.", "It reaches {count} people, each once.", reach.count),
        say("They read: {languages}", languages=say.listed(by_language)) if by_language else None,
        say("Readers of {others} will see above it that it is only in {language}.", others=say.listed(lack),
            language=wording.language(say, written[0] or "")) if lack else None,
        say.plural("{count} person cannot be reached: they have blocked me, or never opened a chat with me.",
                   "{count} people cannot be reached: they have blocked me, or never opened a chat with me.",
                   reach.closed) if reach.closed else None,
        say.plural("{count} person has no Telegram: the staff will be asked to call them.",
                   "{count} people have no Telegram: the staff will be asked to call them.",
                   reach.without) if reach.without else None,
    )  # fmt: skip


def _when(ctx: UpdateContext) -> Html | None:
    """Whom it finds in their quiet hours."""
    awake = quiet.allowed_from(ctx.now, ctx.setup.community)
    if awake <= ctx.now:
        return None
    return ctx.say("Most people have quiet hours now. They get it when these are over, mostly at {time}.",
                   time=ctx.say.time(awake))  # fmt: skip


# -- sending it, and what others have said since it was begun


def _meanwhile(ctx: UpdateContext, draft: Draft) -> Broadcast | None:
    """What somebody else has said to the same people since this was begun."""
    newest = service.newest(ctx.tx, int(draft["project"]))
    if newest is None or newest.id <= int(draft["seen"]) or newest.by == ctx.who.id:
        return None
    return newest


def _question(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, newest = ctx.say, _meanwhile(ctx, conversation.draft)
    assert newest is not None
    parts = broadcasting.parts_of(ctx.tx, newest.id)
    when = newest.started_at or newest.created_at
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("{name} has written to the same people in the meantime, {when}:",
            name=people.by_id(ctx.tx, newest.by).name, when=say.moment(when, ctx.now)),
        quote(shorten(lead_words.words_of(parts), SHOWN)),
        say("Would you like to send yours as well?"),
    )  # fmt: skip


def _check_buttons(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    newest = _meanwhile(ctx, conversation.draft)
    anyway = f"!anyway:{newest.id if newest is not None else 0}"
    return [
        Button(ctx.say.label("Send it all the same"), button_data(conversation, anyway)),
        Button(ctx.say.label("Back"), button_data(conversation, "!back")),
        Button(ctx.say.label("Cancel"), button_data(conversation, "!cancel")),
    ]


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    newest = _meanwhile(ctx, conversation.draft)
    if value != f"!anyway:{newest.id if newest is not None else 0}":
        return False  # more was said: it is shown before anything is sent
    engine.finish(ctx)
    return True


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    say, draft = ctx.say, conversation.draft
    number = int(draft["project"])
    try:
        with ctx.tx.savepoint():
            sent = service.say(ctx.tx, ctx.who, number, word(draft))
    except ReachesNobody:
        engine.end(ctx, conversation, say("No report is in project no. {number}, so there is nobody to write to.",
                                          number=number))  # fmt: skip
        return
    mine = [part for part in from_draft(draft["words"]) if part.text]
    if len(mine) == 1:  # else a change of one message does not say how all of it reads
        belong_to(ctx.tx, mine, subject("word", sent.id))
    engine.end(ctx, conversation, say("It is going out. Below you see how far it is."))


FLOW = Flow(
    name=NAME,
    steps=(
        _LeadWords("words", ask=_ask, change=lambda ctx, _draft: ctx.say.label("Write it again")),
        Choose(
            "language",
            ask=lambda ctx, _draft: paragraphs(
                ctx.say("In which language is it written?"),
                ctx.say("Readers of another language see above it which language it is in, unless you also write it in "
                        "theirs."),
            ),
            change=lambda ctx, _draft: ctx.say.label("Its language"),
            options=_languages,
            optional=True,
        ),
        *(_in_other(language) for language in languages()),
    ),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Send it now"),
    take_extra=_take_extra,
    before_finish=Check("meanwhile", lambda ctx, conversation: _meanwhile(ctx, conversation.draft) is not None,
                        _question, _check_buttons, _press),
    touched=drafts.touched,
    applies=_applies,
    permitted=lambda ctx: ctx.may(Action.LEAD_PROJECT),
    for_others=True,
)  # fmt: skip
