"""Taking back a report, or that one has the same trouble: asked once, with a word why for those who like.

Where others stand behind a report it stays open for them; who takes it back is told so before.
"""

from domain import events
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Left, Wrong
from handlers.kit.conversation.lapsing import LATER
from handlers.kit.conversation.steps import add_part
from handlers.kit.here import Here, Setup
from handlers.kit.parts import from_draft, media_line, words_of
from handlers.kit.texts import Html, bold, lines, paragraphs, quote, shorten
from handlers.reports import describe, questions, reach, readers
from handlers.reports.resident import reporting, said_afterwards
from handlers.reports.staff.staff_card import refresh_staff
from handlers.reports.staff.staff_notices import report_of, said, some_parts, to_staff
from handlers.reports.status_card import refresh_status, write_left
from services.reports import access, saying_more
from services.reports import taking_back as service
from storage.core import chats, messages
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.reports import reports, supports
from storage.reports.reports import Report

SHOWN_WORDS = 1000


def begin(here: Here, number: int) -> None:
    """The button of a status card: ask whether it is meant."""
    report = access.spoken(here.tx, here.who, number)
    if not service.can_be_taken_back(here.tx, report):
        here.pop_up(here.say_to_person.label("No. {number} is closed already.", number=number), alert=True)
        return
    here.pop_up()
    open_one = here.conversation
    if open_one is not None and open_one.flow == FLOW.name and open_one.draft.get("report") == number:
        engine.show(here, anew=True)
        return
    engine.begin(here, FLOW.name, {"report": number})


def _question(here: Here, conversation: Conversation) -> Html:
    say, number = here.say, int(conversation.draft["report"])
    report = _report(here, number)
    parts = from_draft(conversation.draft.get("words", []))
    words = words_of(parts)
    name = describe.gist(here.setup.community, say, report, reports.parts(here.tx, number), 60, here.who.id)
    if not service.stays_open(here.tx, here.who, report):
        follows = say("The staff then stop working on it.")
    elif report.person == here.who.id:
        follows = say("Others have the same trouble, so it stays open for them. You hear no more of it.")
    else:
        follows = say("It stays open for the others. You hear no more of it.")
    return paragraphs(
        bold(say("Take back no. {number}?", number=number)),
        say("“{words}”", words=name),
        follows,
        lines(say("Why:"), quote(shorten(words, SHOWN_WORDS)) if words else None, media_line(say, parts))
        if parts
        else say("You may write in a few words why. You need not."),
    )


def _report(here: Here, number: int) -> Report:
    report = reports.by_id(here.tx, number)
    assert report is not None
    return report


def _add_reason(here: Here, draft: Draft) -> Wrong | Html | None:
    return add_part(here, draft, "words") or here.say("I have added that.")


def _interrupt(here: Here, conversation: Conversation) -> bool:
    """Words of danger are not kept waiting for a button: they go to the staff, and nothing is taken back."""
    if here.danger is None:
        return False
    number = int(conversation.draft["report"])
    parts = from_draft(conversation.draft.get("words", []))
    saying_more.add(here.tx, here.setup.community, here.who, number, parts, here.danger)
    _now_about(here, conversation, number)
    said = here.say(
        "Because this sounds dangerous, I am telling the staff now. Your report no. {number} is not taken back.",
        number=number,
    )
    asked = said_afterwards.ask(here)
    engine.end(here, conversation, paragraphs(said, asked), below=True)
    drafts.ended(here, conversation)
    if asked is None:
        engine.take_up_parked(here)  # else where it is is asked last
    return True


def _finish(here: Here, conversation: Conversation) -> None:
    number = int(conversation.draft["report"])
    if not service.can_be_taken_back(here.tx, _report(here, number)):
        closed = here.say("No. {number} is closed by now. Nothing was taken back.", number=number)
        engine.end(here, conversation, lines(closed, _what_becomes_of_words(here, conversation)))
        return
    if service.take_back(here.tx, here.who, number, from_draft(conversation.draft.get("words", []))):
        done = reach.known(
            here.tx,
            here.say,
            here.say("You have taken back no. {number}. The staff know.", number=number),
            here.say("You have taken back no. {number}.", number=number),
        )
    else:
        done = here.say(
            "You have taken back no. {number}. It stays open for the others who have the same trouble.", number=number
        )
    _now_about(here, conversation, number)
    engine.end(here, conversation, done)


def _now_about(here: Here, conversation: Conversation, number: int) -> None:
    for part in from_draft(conversation.draft.get("words", [])):
        if part.message is not None:
            messages.set_subject(here.tx, part.message, subject("report", number))


def _kept(here: Here, conversation: Conversation) -> Html:
    number = int(conversation.draft["report"])
    kept = here.say("No. {number} stays as it is. Nothing was taken back.", number=number)
    return lines(kept, _what_becomes_of_words(here, conversation))


def _what_becomes_of_words(here: Here, conversation: Conversation) -> Html | None:
    """Said while it was asked and not meant for it, perhaps: they become a draft, which asks what they belong to."""
    if not conversation.draft.get("words"):
        return None
    conversation.draft["left"] = True
    if conversation.draft.get(LATER):
        return here.say("What you wrote then was sent to nobody yet. I will show it to you again.")
    return here.say("What you wrote meanwhile was sent to nobody yet. It is below.")


def _touched(here: Here, conversation: Conversation) -> None:
    """A question alone is let go; with words in it, it is reminded of like any draft."""
    (drafts.touched if conversation.draft.get("words") else drafts.asked)(here, conversation)


def _ended(here: Here, conversation: Conversation) -> None:
    drafts.ended(here, conversation)
    if not conversation.draft.pop("left", None):
        return
    words = conversation.draft["words"]
    if conversation.draft.pop(LATER, None):
        reporting.keep_for_later(here, words)
    else:
        reporting.begin_with(here, words)


def _after_press(here: Here, conversation: Conversation) -> Left:
    """The same button asks it once more. After another one of this report it can still be taken back by its button."""
    family, number, word, *_ = [*here.press.data.split(":"), "", "", ""]
    if family not in ("m", "r") or number != str(conversation.draft["report"]):
        return "nothing"
    return "all" if (family, word) == ("m", "back") else "buttons"


FLOW = Flow(
    name="take_back",
    steps=(),
    finish=_finish,
    summary=_question,
    send_label=lambda here: here.say.label("Yes, take it back"),
    cancel_label=lambda here: here.say.label("No, keep it"),
    spill=_add_reason,
    interrupt=_interrupt,
    may_lapse=True,
    after_press=_after_press,
    touched=_touched,
    ended=_ended,
    cancelled=_kept,
)


# -- who hears of it


def withdrawn(tx: Transaction, setup: Setup, event: events.ReportWithdrawn) -> None:
    report = report_of(tx, event)
    _close_questions(tx, report, event.actor)
    refresh_staff(tx, setup, report)
    say, parts = setup.group_speaker, some_parts(tx, report.id, event.parts)
    head = say("No. {number}: the resident has taken it back. It is closed.", number=report.id)
    to_staff(tx, setup, report, lines(bold(head), said(say, parts)), parts, ring=_ring(tx, setup))


def left(tx: Transaction, setup: Setup, event: events.ReportLeft) -> None:
    report = report_of(tx, event)
    assert event.actor is not None
    _close_questions(tx, report, event.actor)
    write_left(tx, setup, report, event.actor)
    if event.heir is not None:
        _tell_heir(tx, setup, report)
    refresh_staff(tx, setup, report)
    say, parts = setup.group_speaker, some_parts(tx, report.id, event.parts)
    head = say.plural(
        "No. {number}: one resident has taken it back. It stays open for {count} other.",
        "No. {number}: one resident has taken it back. It stays open for {count} others.",
        len(supports.concerned(tx, report.id)),
        number=report.id,
    )
    to_staff(tx, setup, report, lines(bold(head), said(say, parts)), parts, ring=_ring(tx, setup))


def _close_questions(tx: Transaction, report: Report, person: int | None) -> None:
    """What somebody was asked about a report and has not answered is asked no more: its buttons go."""
    chat = chats.private_with(tx, person) if person is not None else None
    if chat is None:
        return
    for purpose in (questions.FIXED, questions.RIGHT):
        mailer.unbutton_newest(tx, chat.id, subject("report", report.id), purpose)


def _tell_heir(tx: Transaction, setup: Setup, report: Report) -> None:
    reader = readers.reporter(tx, report)
    refresh_status(tx, setup, report, reader.person.id)
    readers.write(
        tx, setup, reader,
        lambda say: say(
            "Whoever reported no. {number} first has taken it back. It stays open, because you have the same trouble. "
            "If the staff have a question, they ask you.", number=report.id,
        ),
    )  # fmt: skip


def related(tx: Transaction, setup: Setup, event: events.ReportRelated) -> None:
    refresh_staff(tx, setup, report_of(tx, event))


def _ring(tx: Transaction, setup: Setup) -> bool:
    return setup.community.hours.is_open(tx.now)
