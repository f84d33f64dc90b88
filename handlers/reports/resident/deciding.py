"""Whoever spoke about a report says whether it is fixed, why not, and whether they are content with the handling."""

from collections.abc import Callable

from domain.core.subjects import subject
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Left
from handlers.kit.conversation.steps import Words
from handlers.kit.here import Here
from handlers.kit.keyboards import column
from handlers.kit.parts import from_draft
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.reports import describe, questions, reach
from handlers.reports.questions import Answered, AnswerPress
from handlers.reports.readers import known_by
from handlers.reports.resident import broken_again, dangers, objecting, said_afterwards
from services.reports import deciding, hearing, reopen_window, reopening, saying_more, taking_back
from storage.core import messages
from storage.core.conversations import Conversation
from storage.reports import reports


def press(here: Here) -> None:
    """An answer to what was asked, or to a reason for declining."""
    pressed = here.callback_data(AnswerPress)
    _ANSWERS[pressed.answer](here, pressed.report, pressed.mark)


def _yes(here: Here, number: int, round_: int) -> None:
    deciding.decide(here.tx, here.setup.community, here.who, number, round_, fixed=True)
    here.pop_up()
    report = reports.by_id(here.tx, number)
    assert report is not None
    known = known_by(here.tx, number, here.who.id)
    suggestion = describe.is_suggestion(here.setup.community, report)
    if report.state.is_open:
        said = here.say(
            "Thank you! Somebody else says that report no. {number} is not fixed, so it stays open.", number=known
        )
    elif suggestion:
        said = here.say("Thank you! You said that you were answered (no. {number}). It is closed now.", number=known)
    else:
        said = here.say("Thank you! You said that report no. {number} is fixed. It is closed now.", number=known)
    text = paragraphs(said, bold(here.say("Are you content with how it was handled?")))
    buttons = questions.content_or_not(here.say, number, round_)
    if not report.state.is_open:
        buttons.append(questions.not_after_all(here.say, number, round_, suggestion))
    here.edit_pressed(text, column(buttons))


def _no(here: Here, number: int, round_: int) -> None:
    try:
        opened = reopening.say_no(here.tx, here.setup.community, here.who, number, round_)
    except reopening.TooLate as refusal:
        here.pop_up(broken_again.too_late(here, refusal), alert=True)
        return
    here.pop_up()
    report = reports.by_id(here.tx, number)
    if report is not None:
        dangers.still(here, report)
    known = known_by(here.tx, number, here.who.id)
    if report is not None and describe.is_suggestion(here.setup.community, report):
        read = here.say("You said that you were not really answered (no. {number}). It is open again, and the staff "
                        "know.", number=known)  # fmt: skip
        alone = here.say("You said that you were not really answered (no. {number}). It is open again.", number=known)
    else:
        read = here.say(
            "You said that report no. {number} is not fixed. It is open again, and the staff know.", number=known
        )
        alone = here.say("You said that report no. {number} is not fixed. It is open again.", number=known)
    said = reach.known(here.tx, here.say, read, alone)
    if opened != number:
        said = broken_again.opened_again(here, number, opened)
    _close_question(here, describe.acknowledged(here.setup.community, here.say, here.now, said))
    engine.begin(here, REASON.name, {"report": opened, "_why": "no" if opened == number else "new"})


def _right(here: Here, number: int, mark: int) -> None:
    hearing.confirm_heard(here.tx, here.who, number, True, mark)
    here.pop_up()
    _close_question(here, here.say("Thank you. So we have it right (no. {number}).", number=number))


def _wrong(here: Here, number: int, mark: int) -> None:
    hearing.confirm_heard(here.tx, here.who, number, False, mark)
    here.pop_up()
    _close_question(here, here.say("Thank you for saying so (no. {number}).", number=number))
    engine.begin(here, REASON.name, {"report": number, "_why": "wrong"})


def _content(here: Here, number: int, round_: int) -> None:
    deciding.judge(here.tx, here.who, number, round_, content=True)
    here.pop_up()
    known = known_by(here.tx, number, here.who.id)
    _keep_way_back(
        here, number, round_, here.say("Thank you! We are glad that you are content (no. {number}).", number=known)
    )


def _discontent(here: Here, number: int, round_: int) -> None:
    deciding.judge(here.tx, here.who, number, round_, content=False)
    here.pop_up()
    said = here.say("Thank you for telling us that you are not content with how no. {number} was handled.",
                    number=known_by(here.tx, number, here.who.id))  # fmt: skip
    _keep_way_back(here, number, round_, said)


def _keep_way_back(here: Here, number: int, round_: int, said: Html) -> None:
    """What was answered; not content may have meant that it is not fixed, so a slip can still be taken back here."""
    report = reports.by_id(here.tx, number)
    if report is None or not reopen_window.can_be(here.tx, here.setup.community, report):
        _close_question(here, said)
        return
    suggestion = describe.is_suggestion(here.setup.community, report)
    here.edit_pressed(said, column([questions.not_after_all(here.say, number, round_, suggestion)]))


_ANSWERS: dict[Answered, Callable[[Here, int, int], None]] = {
    Answered.YES: _yes,
    Answered.NO: _no,
    Answered.RIGHT: _right,
    Answered.WRONG: _wrong,
    Answered.CONTENT: _content,
    Answered.DISCONTENT: _discontent,
    Answered.OBJECT: objecting.begin,
}


def _close_question(here: Here, text: Html) -> None:
    """The question shows what was answered, and its buttons go."""
    here.edit_pressed(text, None)


def _ask_why(here: Here, draft: Draft) -> Html:
    if draft.get("_why") == "wrong":
        return here.say("Please tell us once more what you meant, in a few words or by voice message.")
    report = reports.by_id(here.tx, int(draft["report"]))
    if report is not None and describe.is_suggestion(here.setup.community, report):
        return here.say("What have we not answered? A few words help. You can also leave this out.")
    return here.say("What is still wrong? A few words or a photo help. You can also leave this out.")


def _give_reason(here: Here, conversation: Conversation) -> None:
    number = int(conversation.draft["report"])
    parts = from_draft(conversation.draft.get("reason", []))
    if taking_back.left(here.tx, here.who, number):
        said = here.say("You have taken back no. {number}, so nothing was added to it.", number=number)
    elif parts:
        if conversation.draft.get("_why") == "no":
            deciding.give_reason(
                here.tx, here.setup.community, here.who, number, parts, here.danger, conversation.draft.get("_for")
            )
        else:
            saying_more.add(here.tx, here.setup.community, here.who, number, parts, here.danger)
        known = known_by(here.tx, number, here.who.id)
        for part in parts:
            if part.message is not None:
                messages.set_subject(here.tx, part.message, subject("report", known))
        thanks = reach.known(
            here.tx,
            here.say,
            here.say("Thank you. The staff can read it (no. {number}).", number=known),
            here.say("Thank you. It is with your report no. {number}.", number=known),
        )
        if conversation.draft.get("_why") == "no" and all(part.file_id is None for part in parts):
            thanks = lines(
                thanks, here.say("To add a photo, hold your finger on this message, tap “Reply”, and send it.")
            )
        said = describe.acknowledged(here.setup.community, here.say, here.now, thanks, said_afterwards.ask(here))
    else:
        said = _left_out(here, conversation)
    engine.end(here, conversation, said, below=bool(parts))


def _left_out(here: Here, conversation: Conversation) -> Html:
    known = known_by(here.tx, int(conversation.draft["report"]), here.who.id)
    return here.say("All right. No. {number} is with the staff.", number=known)


def _after_press(here: Here, conversation: Conversation) -> Left:
    """What is still wrong is asked no more once it is fixed; another button of the same report leaves the question."""
    family, number, word, *_ = [*here.press.data.split(":"), "", "", ""]
    about_it = family in ("m", "r", "rb") and number == str(conversation.draft["report"])
    return "all" if about_it and (family == "m" or word != "yes") else "nothing"


REASON = Flow(
    name="reason",
    steps=(Words("reason", ask=_ask_why, change=lambda here, _draft: here.say.label("Write it again")),),
    finish=_give_reason,
    skippable=frozenset({"reason"}),
    may_lapse=True,
    after_press=_after_press,
    cancelled=_left_out,
    touched=drafts.asked,
    ended=drafts.ended,
)
