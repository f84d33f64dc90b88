"""What was said last to everybody in a project: how far it is, correcting it in every copy, and withdrawing it."""

from domain.broadcasts.broadcasts import State
from domain.core.parts import PartKind
from domain.core.subjects import number_of, split
from domain.notices.written_in import languages_of
from handlers.broadcasts import progress
from handlers.kit import wording
from handlers.kit.additions import Replies
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Words, add_part
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import words_in
from handlers.kit.texts import Html, bold, lines, paragraphs, quote
from handlers.kit.update_context import UpdateContext
from handlers.projects.word_buttons import FOR_ALL, CorrectWordPress, Doing, WordPress
from handlers.projects.words import delivered, lead_words, word_writing
from handlers.projects.words.word_draft import said, too_much
from services.broadcasts import broadcasting
from services.core.errors import AlreadyDone, NotFound
from services.projects import access
from services.projects import words as service
from storage.broadcasts.broadcasts import Broadcast
from storage.core.conversations import Conversation
from storage.core.messages import Message, Purpose
from storage.people import people
from storage.projects import projects

NAME = "project_word_correct"


def press(ctx: UpdateContext) -> None:
    """A button about the words to everybody in a project."""
    pressed = ctx.callback_data(WordPress)
    if pressed.doing is Doing.WRITE:
        word_writing.begin(ctx, access.steered(ctx.tx, ctx.who, pressed.number))
    elif pressed.doing is Doing.LAST:
        access.steered(ctx.tx, ctx.who, pressed.number)
        _show_last(ctx, pressed.number)
    elif pressed.doing is Doing.DELIVERED:
        delivered.begin(ctx, access.steered(ctx.tx, ctx.who, pressed.number))
    elif pressed.doing is Doing.WITHDRAW:
        _ask_withdraw(ctx, pressed.number)
    else:
        service.withdraw(ctx.tx, ctx.who, pressed.number)
        ctx.edit_pressed(ctx.say("Withdrawn. I am deleting it everywhere I can."), None)


def press_correct(ctx: UpdateContext) -> None:
    """Its words in one language are to read otherwise."""
    pressed = ctx.callback_data(CorrectWordPress)
    language = None if pressed.language == FOR_ALL else pressed.language
    _, parts = service.the_word(ctx.tx, ctx.who, pressed.word)
    if not any(part.kind == PartKind.TEXT and part.language == language for part in parts):
        raise NotFound
    engine.begin(ctx, NAME, {"word": pressed.word, "language": language})


def _show_last(ctx: UpdateContext, project: int) -> None:
    """What was said last, and what can be done with it; before the first word, that is written."""
    word = service.newest(ctx.tx, project)
    if word is None:
        word_writing.begin(ctx, projects.existing(ctx.tx, project))
    else:
        ctx.send(*_shown(ctx, word), purpose=Purpose.PROJECT)


def _shown(ctx: UpdateContext, word: Broadcast) -> tuple[Html, Markup]:
    say, counts = ctx.say, broadcasting.counts(ctx.tx, word.id)
    texts = [part for part in broadcasting.parts_of(ctx.tx, word.id) if part.kind == PartKind.TEXT]
    when = word.started_at or word.created_at
    project = split(word.subject)[1]
    buttons = [Button(say.label("Write something new"), WordPress(project, Doing.WRITE).pack())]
    if word.is_listed:
        buttons += [
            Button(_correct_label(ctx, part.language), CorrectWordPress(word.id, part.language or FOR_ALL).pack())
            for part in texts
        ]
        buttons += progress.steering(say, word)
        buttons.append(Button(say.label("Withdraw it"), WordPress(word.id, Doing.WITHDRAW).pack()))
    return paragraphs(
        bold(lead_words.called(ctx.tx, ctx.setup, say, word.subject)),
        say("{name}, {when}", name=people.by_id(ctx.tx, word.by).name, when=say.moment(when, ctx.now)),
        *(quote(part.text or "") for part in texts),
        lines(say("{sent} of {total} have it.", sent=counts.sent, total=counts.total)),
    ), column(*buttons)


def _correct_label(ctx: UpdateContext, language: str | None) -> str:
    if language is None:
        return ctx.say.label("Correct it")
    return ctx.say.label("Correct it in {language}", language=wording.language(ctx.say, language))


def _ask_withdraw(ctx: UpdateContext, number: int) -> None:
    say = ctx.say
    word, _ = service.the_word(ctx.tx, ctx.who, number)
    if word.state is State.WITHDRAWN:
        raise AlreadyDone
    count = broadcasting.counts(ctx.tx, number).sent
    project = split(word.subject)[1]
    ctx.edit_pressed(
        paragraphs(
            bold(say("Withdraw it?")),
            say.plural("{count} person has it. I will delete it there where Telegram lets me.",
                       "{count} people have it. I will delete it there where Telegram lets me.", count),
        ),
        column(
            Button(say.label("Yes, withdraw it"), WordPress(number, Doing.WITHDRAW_IT).pack()),
            Button(say.label("No, leave it"), WordPress(project, Doing.LAST).pack()),
        ),
    )  # fmt: skip


# -- correcting it: by a flow, or by changing the message in which it was written


class _NewWords(Words):
    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        if ctx.message.file is not None:
            return _words_only(ctx)
        before = list(draft.get(self.name, []))
        wrong = super().take_message(ctx, draft) or too_much(ctx, said(draft, self.name))
        if wrong is not None:
            draft[self.name] = before
        return wrong


def _words_only(ctx: UpdateContext) -> Wrong:
    return Wrong(ctx.say("Only the words can be corrected. For other photos, withdraw it and write it again."))


def _ask(ctx: UpdateContext, draft: Draft) -> Html:
    _, parts = service.the_word(ctx.tx, ctx.who, int(draft["word"]))
    now = [part for part in parts if part.language == draft["language"]]
    return paragraphs(
        ctx.say("How should it read? Please write all of it."),
        ctx.say("So far:"),
        quote(lead_words.words_of(now)),
    )


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("It will read:")
        if draft["language"] is None
        else say("It will read, in {language}:", language=wording.language(say, draft["language"])),
        quote(said(draft)),
        say("I will change it for everyone who has it, without a sound."),
    )


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    if ctx.message.file is not None:
        return _words_only(ctx)
    before = list(draft["words"])
    wrong = add_part(ctx, draft, "words") or too_much(ctx, said(draft))
    if wrong is not None:
        draft["words"] = before
    return wrong or ctx.say("I have added that.")


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    service.correct(ctx.tx, ctx.who, int(draft["word"]), draft["language"], said(draft))
    engine.end(ctx, conversation, ctx.say("It is being corrected everywhere."))


CORRECTING = Flow(
    name=NAME,
    steps=(_NewWords("words", ask=_ask, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Correct it"),
    take_extra=_take_extra,
    touched=drafts.touched,
    cancelled=lambda ctx, _conversation: ctx.say("Cancelled. It stays as it is."),
    for_others=True,
)


def _edited(ctx: UpdateContext, kept: Message, newest: bool) -> bool:
    """The message was changed in which a lead wrote it: all copies follow. Only the newest change counts."""
    number, text = number_of(kept.subject, "word"), words_in(ctx)
    if number is None or not newest:
        return number is not None
    if text is None:
        return True
    wrong = too_much(ctx, text)
    if wrong is not None:
        ctx.send(wrong.text, reply=True)
        return True
    _, parts = service.the_word(ctx.tx, ctx.who, number)
    written = {part.language for part in parts if part.kind == PartKind.TEXT}
    meant = written if len(written) == 1 else written & languages_of(text)
    if len(meant) != 1:
        ctx.send(ctx.say("I do not know which language that is for. Please use “Correct it”."), reply=True)
        return True
    try:
        with ctx.tx.savepoint():
            service.correct(ctx.tx, ctx.who, number, next(iter(meant)), text)
    except AlreadyDone:
        return True
    ctx.send(ctx.say("Changed: I am correcting it for everyone who has it."), reply=True)
    return True


REPLIES = Replies(lambda _ctx, _about: False, lambda _ctx, _about: False, _edited, for_others=True)
"""Of the message in which a lead wrote it. A reply to it is no more than something new."""
