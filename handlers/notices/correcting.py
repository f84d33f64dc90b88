"""Correcting a notice: the new words take the place of the old ones, in every copy that was delivered."""

from domain.notices.notices import NoticeState
from domain.people.rights import Action
from handlers.kit import wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Words, add_part
from handlers.kit.texts import Html, Speaker, bold, languages, paragraphs, quote
from handlers.kit.update_context import UpdateContext
from handlers.notices import notice_text
from handlers.notices.buttons import look
from handlers.notices.notice_questions import problem, said
from services.notices import notices as service
from storage.core.conversations import Conversation

NAME = "notice_correct"


def begin(ctx: UpdateContext, number: int, language: str | None) -> None:
    """Ask for the new words, in that language (None: those for all)."""
    begun = {"notice": number, "language": language}
    open_one = ctx.conversation
    if open_one is not None and open_one.flow == NAME and begun.items() <= open_one.draft.items():
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, NAME, begun)


class _NewWords(Words):
    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        if ctx.message.file is not None:
            return _words_only(ctx)
        before = draft.get(self.name)
        wrong = super().take_message(ctx, draft) or problem(ctx, draft, self.name)
        if wrong is not None:
            draft[self.name] = before or []
        return wrong


def _words_only(ctx: UpdateContext) -> Wrong:
    return Wrong(
        ctx.say(
            "Only the words can be corrected. For other photos or documents, withdraw the notice and write it anew."
        )
    )


def _ask(ctx: UpdateContext, draft: Draft) -> Html:
    say = ctx.say
    return paragraphs(
        say("How should notice no. {number} read? Please write all of it.", number=draft["notice"]),
        say("So far:"),
        quote(_now(ctx, draft)),
    )


def _now(ctx: UpdateContext, draft: Draft) -> str:
    """Its words as they are, in the language that is being corrected."""
    parts = service.parts(ctx.tx, service.get(ctx.tx, draft["notice"]))
    return notice_text.words_of([part for part in parts if part.language == draft["language"]])


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    notice = service.get(ctx.tx, draft["notice"])
    reader = _reader(ctx, draft["language"])
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("Notice no. {number} will read:", number=notice.id)
        if draft["language"] is None
        else say(
            "Notice no. {number} will read, in {language}:",
            number=notice.id,
            language=wording.language(say, draft["language"]),
        ),
        quote(notice_text.text(reader, notice.kind, notice.urgent, said(draft), None)),
        say("It has not gone out yet. It will go out like this.")
        if notice.state is NoticeState.PLANNED
        else say("I will change it for everyone who has it, without a sound."),
    )


def _reader(ctx: UpdateContext, language: str | None) -> Speaker:
    return ctx.setup.speaker(language) if language in languages() else ctx.setup.group_speaker


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    if ctx.message.file is not None:
        return _words_only(ctx)
    before = list(draft["words"])
    wrong = add_part(ctx, draft, "words") or problem(ctx, draft, "words")
    if wrong is None:
        return ctx.say("I have added that.")
    draft["words"] = before
    return wrong


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft, say = conversation.draft, ctx.say
    number = draft["notice"]
    planned = service.get(ctx.tx, number).state is NoticeState.PLANNED
    service.correct(ctx.tx, ctx.who, number, draft["language"], said(draft))
    text = (
        say("Notice no. {number} is corrected. It has not gone out yet.", number=number)
        if planned
        else say("I am correcting notice no. {number} for everyone who has it.", number=number)
    )
    engine.end(ctx, conversation, text, markup=look(say, number))


FLOW = Flow(
    name=NAME,
    steps=(_NewWords("words", ask=_ask, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Correct it"),
    take_extra=_take_extra,
    touched=drafts.touched,
    ended=drafts.ended,
    permitted=lambda ctx: ctx.may(Action.NOTICE),
    for_others=True,
    cancelled=lambda ctx, _conversation: ctx.say("Cancelled. The notice stays as it is."),
)
