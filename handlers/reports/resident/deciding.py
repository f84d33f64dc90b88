"""Whoever spoke about a report says whether it is fixed, why not, and whether they are content with the handling."""

from collections.abc import Callable

from domain.core.subjects import subject
from handlers.kit import wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Words
from handlers.kit.keyboards import column
from handlers.kit.parts import belong_to, from_draft
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe, questions, staff_have_it
from handlers.reports.questions import Answered, AnswerPress
from handlers.reports.recipients import known_by
from handlers.reports.resident import broken_again, dangers, objecting, said_afterwards, same_report
from services.reports import deciding, hearing, reopen_window, reopening, saying_more, taking_back
from storage.core.conversations import Conversation
from storage.reports import reports


def press(ctx: UpdateContext) -> None:
    """An answer to what was asked, or to a reason for declining."""
    pressed = ctx.callback_data(AnswerPress)
    _ANSWERS[pressed.answer](ctx, pressed.report, pressed.mark)


def _yes(ctx: UpdateContext, number: int, round_: int) -> None:
    deciding.decide(ctx.tx, ctx.setup.community, ctx.who, number, round_, fixed=True)
    report = reports.existing(ctx.tx, number)
    known = known_by(ctx.tx, number, ctx.who.id)
    suggestion = describe.is_suggestion(ctx.setup.community, report)
    if report.state.is_open:
        said = ctx.say(
            "Thank you! Somebody else says that report no. {number} is not fixed, so it stays open.", number=known
        )
    elif suggestion:
        said = ctx.say("Thank you! You said that you were answered (no. {number}). It is closed now.", number=known)
    else:
        said = ctx.say("Thank you! You said that report no. {number} is fixed. It is closed now.", number=known)
    text = paragraphs(said, bold(ctx.say("Are you content with how it was handled?")))
    buttons = questions.content_or_not(ctx.say, number, round_)
    if not report.state.is_open:
        buttons.append(questions.not_after_all(ctx.say, number, round_, suggestion))
    ctx.edit_pressed(text, column(*buttons))
    ask_no_more(ctx, number)


def _no(ctx: UpdateContext, number: int, round_: int) -> None:
    try:
        opened = reopening.say_no(ctx.tx, ctx.setup.community, ctx.who, number, round_)
    except reopening.TooLate as refusal:
        ctx.pop_up(broken_again.too_late(ctx, refusal), alert=True)
        return
    report = reports.by_id(ctx.tx, number)
    if report is not None:
        dangers.still(ctx, report)
    known = known_by(ctx.tx, number, ctx.who.id)
    if report is not None and describe.is_suggestion(ctx.setup.community, report):
        read = ctx.say(
            "You said that you were not really answered (no. {number}). It is open again, and the staff know.",
            number=known,
        )
        alone = ctx.say("You said that you were not really answered (no. {number}). It is open again.", number=known)
    else:
        read = ctx.say(
            "You said that report no. {number} is not fixed. It is open again, and the staff know.", number=known
        )
        alone = ctx.say("You said that report no. {number} is not fixed. It is open again.", number=known)
    said = staff_have_it.known(ctx.tx, ctx.say, read, alone)
    if opened != number:
        said = broken_again.opened_again(ctx, number, opened)
    _close_question(ctx, wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, said))
    engine.begin(ctx, REASON.name, {"report": opened, "_why": "no" if opened == number else "new"})


def _right(ctx: UpdateContext, number: int, mark: int) -> None:
    hearing.confirm_heard(ctx.tx, ctx.who, number, True, mark)
    _close_question(ctx, ctx.say("Thank you. So we have it right (no. {number}).", number=number))


def _wrong(ctx: UpdateContext, number: int, mark: int) -> None:
    hearing.confirm_heard(ctx.tx, ctx.who, number, False, mark)
    _close_question(ctx, ctx.say("Thank you for saying so (no. {number}).", number=number))
    engine.begin(ctx, REASON.name, {"report": number, "_why": "wrong"})


def _content(ctx: UpdateContext, number: int, round_: int) -> None:
    deciding.judge(ctx.tx, ctx.who, number, round_, content=True)
    known = known_by(ctx.tx, number, ctx.who.id)
    _keep_way_back(
        ctx, number, round_, ctx.say("Thank you! We are glad that you are content (no. {number}).", number=known)
    )


def _discontent(ctx: UpdateContext, number: int, round_: int) -> None:
    deciding.judge(ctx.tx, ctx.who, number, round_, content=False)
    said = ctx.say(
        "Thank you for telling us that you are not content with how no. {number} was handled.",
        number=known_by(ctx.tx, number, ctx.who.id),
    )
    _keep_way_back(ctx, number, round_, said)


def _keep_way_back(ctx: UpdateContext, number: int, round_: int, said: Html) -> None:
    """What was answered; not content may have meant that it is not fixed, so a slip can still be taken back here."""
    report = reports.by_id(ctx.tx, number)
    if report is None or not reopen_window.can_be(ctx.tx, ctx.setup.community, report):
        _close_question(ctx, said)
        return
    suggestion = describe.is_suggestion(ctx.setup.community, report)
    ctx.edit_pressed(said, column(questions.not_after_all(ctx.say, number, round_, suggestion)))


_ANSWERS: dict[Answered, Callable[[UpdateContext, int, int], None]] = {
    Answered.YES: _yes,
    Answered.NO: _no,
    Answered.RIGHT: _right,
    Answered.WRONG: _wrong,
    Answered.CONTENT: _content,
    Answered.DISCONTENT: _discontent,
    Answered.OBJECT: objecting.begin,
}


def _close_question(ctx: UpdateContext, text: Html) -> None:
    """The question shows what was answered, and its buttons go."""
    ctx.edit_pressed(text, None)


def _ask_why(ctx: UpdateContext, draft: Draft) -> Html:
    if draft.get("_why") == "wrong":
        return ctx.say("Please tell us once more what you meant, in a few words or by voice message.")
    report = reports.by_id(ctx.tx, int(draft["report"]))
    if report is not None and describe.is_suggestion(ctx.setup.community, report):
        return ctx.say("What have we not answered? A few words help. You can also leave this out.")
    return ctx.say("What is still wrong? A few words or a photo help. You can also leave this out.")


def _give_reason(ctx: UpdateContext, conversation: Conversation) -> None:
    number = int(conversation.draft["report"])
    parts = from_draft(conversation.draft.get("reason", []))
    if taking_back.left(ctx.tx, ctx.who, number):
        said = ctx.say("You have taken back no. {number}, so nothing was added to it.", number=number)
    elif parts:
        if conversation.draft.get("_why") == "no":
            deciding.give_reason(
                ctx.tx, ctx.setup.community, ctx.who, number, parts, ctx.danger, conversation.draft.get("_for")
            )
        else:
            saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, parts, ctx.danger)
        known = known_by(ctx.tx, number, ctx.who.id)
        belong_to(ctx.tx, parts, subject("report", known))
        thanks = staff_have_it.known(
            ctx.tx,
            ctx.say,
            ctx.say("Thank you. The staff can read it (no. {number}).", number=known),
            ctx.say("Thank you. It is with your report no. {number}.", number=known),
        )
        if conversation.draft.get("_why") == "no" and all(part.file_id is None for part in parts):
            thanks = lines(
                thanks, ctx.say("To add a photo, hold your finger on this message, tap “Reply”, and send it.")
            )
        said = wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, thanks, said_afterwards.ask(ctx))
    else:
        said = _left_out(ctx, conversation)
    engine.end(ctx, conversation, said, below=bool(parts))


def _left_out(ctx: UpdateContext, conversation: Conversation) -> Html:
    known = known_by(ctx.tx, int(conversation.draft["report"]), ctx.who.id)
    return ctx.say("All right. No. {number} is with the staff.", number=known)


REASON = Flow(
    name="reason",
    steps=(Words("reason", ask=_ask_why, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_give_reason,
    skippable=frozenset({"reason"}),
    may_lapse=True,
    after_press=same_report.after_press,
    cancelled=_left_out,
    touched=drafts.let_lapse,
)


def ask_no_more(ctx: UpdateContext, number: int, person: int | None = None) -> None:
    """What is still wrong is asked no more once it is said to be fixed; staff note both `person` says."""
    asked = ctx.conversation
    if asked is None or asked.flow != REASON.name:
        return
    if (asked.draft["report"], asked.draft.get("_for")) == (number, person):
        engine.lapse(ctx, asked)
        engine.take_up_parked(ctx)
