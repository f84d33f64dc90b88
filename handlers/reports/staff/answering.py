"""Staff answer in the private chat: the newest of the history, the words, then a preview as the resident reads it.

The button of a card is a link (`?start=answer-<number>`), so the private chat is there when it is needed, and what is
half written is nobody else's to see.
"""

from domain.core.parts import PartKind
from domain.core.stored import known
from domain.core.subjects import subject
from domain.people.rights import Action
from domain.reports.reports import State, outdates
from handlers.kit import wording
from handlers.kit.callback_data import number_in
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Check, Draft, Flow, Wrong
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import (
    NO_FILES,
    SEEN,
    TURN,
    add_part,
    draft_subject,
    turn_page,
    what_stays,
    without_files,
    written_again,
)
from handlers.kit.keyboards import PAGE, Button, paged
from handlers.kit.parts import belong_to, earlier_in, from_draft, part_of, words_of
from handlers.kit.texts import Html, Speaker, bold, lines, linked, one_line, paragraphs, quote
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe
from handlers.reports.staff import answer_copies, history, receipts
from handlers.reports.staff.notes import said
from services.core.errors import NotFound
from services.reports import answering as service
from services.reports.saying_more import keep_earlier
from storage.core import chats, conversations
from storage.core.conversations import Conversation
from storage.core.messages import Purpose
from storage.people import people
from storage.reports import reports, supports
from storage.reports.reports import NewPart, Report

NAME = "answer"
PREFIX = "answer-"
LATELY = 3
GIST = 120


def press_history(ctx: UpdateContext) -> None:
    """Answer what the history is of; its other buttons are its own."""
    pressed = ctx.callback_data(history.HistoryPress)
    if pressed.what is history.Wanted.ANSWER:
        begin(ctx, pressed.report)
    else:
        history.press(ctx)


def start(ctx: UpdateContext, number: str) -> None:
    """The card's link. What was begun about the same report goes on."""
    found = number_in(number)
    if found is None:
        raise NotFound
    begin(ctx, found)


def begin(ctx: UpdateContext, number: int) -> None:
    """Answer a report, or go on with the answer that is half written."""
    report = service.answerable(ctx.tx, ctx.who, number)
    for begun in conversations.of_flow(ctx.tx, ctx.where.id, ctx.who.id, NAME):
        if begun.draft["report"] == number:
            engine.resume(ctx, begun)
            return
    newest = service.newest(ctx.tx, number)
    engine.begin(ctx, NAME, {"report": number, "state": report.state, "seen": newest.event if newest else 0})


def _report(ctx: UpdateContext, draft: Draft) -> Report:
    return reports.existing(ctx.tx, draft["report"])


# -- the words


class _Say:
    """What the residents shall read: words, photos, voice messages, or a template."""

    name = "words"
    optional = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        say, report = ctx.say, _report(ctx, draft)
        state = describe.state_for_staff(say, report.state)
        gist = describe.gist(ctx.setup.community, say, report, reports.parts(ctx.tx, report.id), GIST)
        return paragraphs(
            lines(bold(say("Answer to no. {number} · {state}", number=report.id, state=state)), gist),
            *history.lately(ctx, report, LATELY),
            linked(say("All that happened"), ctx.setup.start_link(f"{history.PREFIX}{report.id}")),
            bold(say("What shall I write to the resident? Words, photos and voice messages are possible.")),
            lines(
                say("Or tap a ready answer below.") if ctx.setup.community.answers else None,
                say("You see it before it is sent."),
            ),
            what_stays(ctx, draft.get("words", [])),
        )

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        options = [(ctx.say.words(each.name), each.code) for each in ctx.setup.community.answers]
        files = without_files(ctx, draft.get("words", []))
        return [*files, *paged(ctx.say, options, int(draft.get("_words_page", 0)), TURN, size=PAGE - len(files))]

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        part = part_of(ctx, Purpose.PART, draft_subject(ctx))
        if part is None:
            return Wrong(ctx.say("I can take words, photos, videos and voice messages. Please send one of these."))
        draft["words"] = written_again(draft.get("words", []), part)
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if turn_page(draft, "words", value):
            return None
        if value == NO_FILES and draft.get("words"):
            draft["words"] = [part for part in draft["words"] if part["kind"] not in SEEN]
            draft["_stay"] = True
            return None
        template = ctx.setup.community.answer(value)
        if template is None:
            return Wrong(ctx.say("That choice is not there any more. Please choose again."))
        text = _reader(ctx, _report(ctx, draft)).words(template.text)
        draft["words"] = written_again(
            draft.get("words", []), NewPart(PartKind.TEXT, text=text, template=template.code)
        )
        return None

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get("words"))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return ctx.say.label("Change")


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    """Whatever comes while the preview is there belongs to the answer, such as the other photos of an album."""
    return add_part(ctx, draft, "words") or ctx.say("I have added that.")


# -- the preview


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, report = ctx.say, _report(ctx, conversation.draft)
    parts = from_draft(conversation.draft["words"])
    concerned = len(supports.concerned(ctx.tx, report.id))
    reader = _reader(ctx, report)
    language = wording.language(say, reader.language)
    chat = chats.private_with(ctx.tx, report.person)
    unreached = chat is None or chat.unreachable is not None
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            say("No. {number}: this is what the resident reads ({language}).", number=report.id, language=language),
            say.plural("It goes to {count} person.", "It goes to {count} people.", concerned)
            if concerned > 1
            else None,
            say("The one who reported it cannot be reached here now. Please ring, or tell them.")
            if unreached
            else None,
        ),
        answer_copies.text(ctx.setup, reader, report.id, parts),
        say("Or write more, speak, or send a photo: I will add it."),
    )


def _reader(ctx: UpdateContext, report: Report) -> Speaker:
    """Somebody who speaks the language of whoever reported it."""
    return ctx.setup.speaker(people.by_id(ctx.tx, report.person).language)


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    number = int(conversation.draft["report"])
    draft = conversation.draft["words"]
    parts = from_draft(draft)
    first = service.answer(ctx.tx, ctx.who, number, parts)
    keep_earlier(ctx.tx, ctx.who, number, earlier_in(draft))
    belong_to(ctx.tx, parts, subject("report", number))
    shown = quote(one_line(words_of(parts), GIST)) if words_of(parts) else None
    text, markup = receipts.begin(ctx, number, first, card=conversation.card, gist=shown)
    engine.end(ctx, conversation, text, markup=markup)


# -- before it is sent: what has happened since it was begun


def _meanwhile(ctx: UpdateContext, draft: Draft) -> tuple[service.Answered | None, State | None]:
    """A colleague's answer, and the state, where they are news to whoever writes."""
    newest = service.newest(ctx.tx, draft["report"])
    if newest is not None and (newest.event <= draft["seen"] or newest.by.id == ctx.who.id):
        newest = None
    state = _report(ctx, draft).state
    return newest, state if outdates(known(draft["state"], State.NEW), state) else None


def _due(ctx: UpdateContext, conversation: Conversation) -> bool:
    return _meanwhile(ctx, conversation.draft) != (None, None)


def _question(ctx: UpdateContext, conversation: Conversation) -> Html:
    say = ctx.say
    newest, state = _meanwhile(ctx, conversation.draft)
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            say("{name} has answered no. {number} meanwhile, {when}:", name=newest.by.name,
                number=conversation.draft["report"], when=say.moment(newest.at, ctx.now)),
            said(say, newest.parts),
        ) if newest else None,
        say("No. {number} has changed since you began: {state}.", number=conversation.draft["report"],
            state=describe.state_for_staff(say, state)) if state else None,
        say("Shall yours be sent all the same?"),
    )  # fmt: skip


def _known(ctx: UpdateContext, draft: Draft) -> str:
    """What whoever presses has been told."""
    newest, state = _meanwhile(ctx, draft)
    return f"{newest.event if newest else 0}.{state or ''}"


def _buttons(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    anyway = f"!anyway:{_known(ctx, conversation.draft)}"
    return [
        Button(ctx.say.label("Send it all the same"), button_data(conversation, anyway)),
        Button(ctx.say.label("Back"), button_data(conversation, "!back")),
        Button(ctx.say.label("Cancel"), button_data(conversation, "!cancel")),
    ]


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    if value != f"!anyway:{_known(ctx, conversation.draft)}":
        return False  # more has happened: it is said before anything is sent
    engine.finish(ctx)
    return True


FLOW = Flow(
    name=NAME,
    steps=(_Say(),),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Send"),
    take_extra=_take_extra,
    before_finish=Check("meanwhile", _due, _question, _buttons, _press),
    touched=drafts.touched,
    permitted=lambda ctx: ctx.may(Action.ANSWER),
    for_others=True,
)
