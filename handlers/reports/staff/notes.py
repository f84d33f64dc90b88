"""Notes of staff, and what becomes of them, of answers and of proofs afterwards: sent after all, changed, taken back.

A reply to a card is a note, marked by a reaction; nothing leaves the staff group but by two presses.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.core.subjects import subject
from handlers.kit import can_be_written_to, mailer
from handlers.kit.callback_data import InvalidCallbackData, number_from
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import file_in, media_line, part_of, quoted_shortly, words_in, words_of
from handlers.kit.staff_action import StaffAction, StaffWork
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports import staff_actions
from handlers.reports.staff import answer_copies, receipts
from handlers.reports.staff.buttons import NotePress, OfNote
from handlers.reports.staff_card import refresh_staff
from services.core.errors import AlreadyDone
from services.core.line_marks import mark
from services.reports import answering as service
from services.reports.hearing import use_draft
from storage.core import messages
from storage.core.messages import CardRole, Message, Purpose
from storage.core.outbox import Action
from storage.reports import answers, reports, supports
from storage.reports.reports import NewPart, Part, Report

KEPT = "✍"
"""The bot's reaction to a note; one of those that Telegram has."""
QUOTED = 1500
DELETABLE = timedelta(hours=48)
"""So long Telegram lets a bot delete its messages."""


def keep(ctx: UpdateContext, number: int) -> None:
    """A reply to a card: only staff read it. Under the first note of each report stands what that means."""
    part = part_of(ctx, Purpose.STAFF, subject("report", number))
    if part is None:
        ctx.send(ctx.say("I can keep words, photos, videos and voice messages as a note. This I cannot."), reply=True)
        return
    note = service.note(ctx.tx, ctx.who, number, part)
    about = subject("report", number)
    mailer.add(ctx.tx, ctx.where.id, Action.REACT, {"emoji": KEPT}, message=part.message, subject=about)
    if len([each for each in reports.parts(ctx.tx, number) if _is_note(each)]) == 1:
        ctx.send(*_kept(ctx.say, number, note), subject=about, purpose=f"{Purpose.KEPT}{note}", reply=True)


def _kept(say: Speaker, number: int, note: int) -> tuple[Html, Markup]:
    text = say("Kept as a note on no. {number}. Only staff see it.", number=number)
    return text, column(Button(say.label("Send this to the resident"), NotePress(note, OfNote.SEND).pack()))


# -- the card's button


def unsent(parts: Sequence[Part]) -> list[Part]:
    """The notes that only staff have, the newest first."""
    return [part for part in reversed(parts) if _is_note(part) and not part.released]


def _is_note(part: Part) -> bool:
    return part.purpose == service.NOTE and part.first is None


def _notes(ctx: UpdateContext, report: Report, page: str) -> None:
    """One note is shown as it would be sent; of several one is chosen first."""
    found = unsent(reports.parts(ctx.tx, report.id))
    if not found:
        raise AlreadyDone
    if len(found) == 1:
        _note(ctx, report, str(found[0].id))
        return
    named = [one_line(words_of([part]), 30) or str(media_line(ctx.say, [part])) for part in found]
    if len(set(named)) < len(named):  # such as two photos without a word: by the order in which they came
        named = [f"{at}. {name}" for at, name in enumerate(named, 1)]
    options = [(name, str(part.id)) for name, part in zip(named, found, strict=True)]
    markup = staff_actions.choices(ctx.say, report, options, page, "note")
    refresh_staff(ctx.tx, ctx.setup, report, markup)


def _note(ctx: UpdateContext, report: Report, value: str) -> None:
    parts = service.a_note(ctx.tx, ctx.who, number_from(value))
    if parts[0].report != report.id:
        raise InvalidCallbackData
    refresh_staff(ctx.tx, ctx.setup, report)
    about = subject("report", report.id)
    card = messages.newest_card(ctx.tx, about, CardRole.STAFF)
    ctx.send(
        *_preview(ctx, parts),
        subject=about,
        topic=card["topic"] if card else None,
        reply_to=parts[0].message,
        purpose=Purpose.RECEIPT,
    )
    ctx.pop_up(ctx.say_to_person.label("Look at it below before it is sent."))


def _preview(ctx: UpdateContext, parts: list[Part]) -> tuple[Html, Markup]:
    say, number = ctx.say, parts[0].report
    text = paragraphs(
        lines(
            bold(say("Send this note to everybody who reported or joined no. {number}?", number=number)),
            say.plural("{count} person", "{count} people", len(supports.concerned(ctx.tx, number))),
        ),
        said(say, parts),
    )
    send = Button(say.label("Yes, send it"), NotePress(parts[0].id, OfNote.SEND_SURE, _mark(parts)).pack())
    leave = Button(say.label("No, only staff"), NotePress(parts[0].id, OfNote.KEEP).pack())
    return text, column(send, leave)


def said(say: Speaker, parts: list[Part]) -> Html | None:
    """What a note or an answer says."""
    return lines(quoted_shortly(parts, QUOTED), media_line(say, parts)) or None


def _mark(parts: list[Part]) -> int:
    """A number for what was read before a press."""
    return mark("\n".join(f"{part.id} {part.text or ''} {part.file_unique_id or ''}" for part in parts))


_ACTIONS = (
    StaffAction("notes", lambda say, _report: say.label("Send this to the resident"), _notes,
                lambda _report, parts: bool(unsent(parts)), front=True, wide=True),
    StaffAction("note", lambda say, _report: say.label("Send this to the resident"), _note,
                lambda _report, _parts: False),
)  # fmt: skip
WORK = StaffWork(_ACTIONS)


# -- buttons under what the bot said of it


def press(ctx: UpdateContext) -> None:
    """A note is sent or not, an answer taken back or not, a program's draft used."""
    pressed = ctx.callback_data(NotePress)
    _PRESSES[pressed.what](ctx, pressed.part)


def _send(ctx: UpdateContext, part: int) -> None:
    ctx.edit_pressed(*_preview(ctx, service.a_note(ctx.tx, ctx.who, part)))


def _yes(ctx: UpdateContext, part: int) -> None:
    parts = service.a_note(ctx.tx, ctx.who, part)
    if ctx.callback_data(NotePress).seen != _mark(parts):
        ctx.edit_pressed(*_preview(ctx, parts))
        ctx.pop_up(ctx.say_to_person.label("The note was changed meanwhile. Look at it once more."), alert=True)
        return
    number = service.release_note(ctx.tx, ctx.who, part)
    _no_longer_kept(ctx, number, part)
    _receipt(ctx, number, part)
    ctx.pop_up(ctx.say_to_person.label("On its way to the resident of no. {number}.", number=number))


def _no_longer_kept(ctx: UpdateContext, number: int, note: int) -> None:
    """What said that only staff see it must not go on saying so, where another message was pressed."""
    about, pressed = subject("report", number), ctx.pressed()
    kept = messages.newest_with_purpose(ctx.tx, ctx.where.id, about, f"{Purpose.KEPT}{note}")
    if kept is not None and (pressed is None or pressed.id != kept.id):
        text = ctx.say("This is going to the resident of no. {number}.", number=number)
        mailer.edit(ctx.tx, ctx.where.id, kept.id, text, subject=about)


def _keep(ctx: UpdateContext, part: int) -> None:
    parts = service.a_note(ctx.tx, ctx.who, part)
    ctx.edit_pressed(*_kept(ctx.say, parts[0].report, part))


def _receipt(ctx: UpdateContext, number: int, first: int) -> None:
    """What was pressed says from now on how many have it."""
    pressed = ctx.pressed()
    ctx.edit_pressed(*receipts.begin(ctx, number, first, message=pressed.id if pressed is not None else None))


def _back(ctx: UpdateContext, first: int) -> None:
    parts = service.sent(ctx.tx, ctx.who, first)
    say = ctx.say
    count = answers.count_arrived(ctx.tx, first)
    receipts.hold(ctx.tx, first)
    text = paragraphs(
        bold(say("Take back this answer to no. {number}?", number=parts[0].report)),
        said(say, parts),
        say.plural("{count} person has it.", "{count} people have it.", count) if count else say("Nobody has it yet."),
        _too_old(ctx, first) or say("It is deleted from their chats. Who has read it already may remember it."),
    )
    take_back = Button(say.label("Yes, take it back"), NotePress(first, OfNote.BACK_SURE).pack())
    leave = Button(say.label("No, leave it"), NotePress(first, OfNote.STAY).pack())
    ctx.edit_pressed(text, column(take_back, leave))


def _too_old(ctx: UpdateContext, first: int) -> Html | None:
    at = answers.sent_at(ctx.tx, first)
    if at is None or ctx.now - at < DELETABLE:
        return None
    return ctx.say(
        "Telegram lets me delete a message for 48 hours only, and it is older. So it will read “{words}” instead; "
        "photos and other files stay, with these words below.",
        words=answer_copies.taken_back(ctx.say),
    )


def _really(ctx: UpdateContext, first: int) -> None:
    old = _too_old(ctx, first)
    number = service.take_back(ctx.tx, ctx.who, first)
    say = ctx.say
    done = say("The answer to no. {number} is taken back. That is kept in its history.", number=number)
    ctx.edit_pressed(lines(done, None if old is None else say("Its text was replaced; it could not be deleted.")), None)
    ctx.pop_up(ctx.say_to_person.label("Taken back."))


def _stay(ctx: UpdateContext, first: int) -> None:
    parts = service.sent(ctx.tx, ctx.who, first)
    _receipt(ctx, parts[0].report, first)


def _heard(ctx: UpdateContext, part: int) -> None:
    number = use_draft(ctx.tx, ctx.who, part)
    report = reports.existing(ctx.tx, number)
    # What the message said before is true no longer: it says what was done.
    said = ctx.say("The resident of no. {number} is asked whether that is right.", number=number)
    ctx.edit_pressed(can_be_written_to.if_in_reach(ctx.tx, ctx.say, report, said), None)


_PRESSES = {
    OfNote.SEND: _send,
    OfNote.SEND_SURE: _yes,
    OfNote.KEEP: _keep,
    OfNote.BACK: _back,
    OfNote.BACK_SURE: _really,
    OfNote.STAY: _stay,
    OfNote.HEARD: _heard,
}


# -- changed

_CHANGEABLE = (service.ANSWER, service.ALONE, service.NOTE, service.PROOF)


def of_message(ctx: UpdateContext, kept: Message) -> Part | None:
    """The note, answer or proof that a message of staff became; None when it became none of them."""
    part = reports.part_of_message(ctx.tx, kept.id) if kept.incoming else None
    return part if part is not None and part.purpose in _CHANGEABLE else None


def edited(ctx: UpdateContext, part: Part, newest: bool) -> None:
    """Staff changed the message of a note, an answer or a proof: the note reads so now, or what residents have does."""
    found = file_in(ctx)
    file = NewPart(**found) if found and found["file_unique_id"] != part.file_unique_id else None
    if part.purpose == service.PROOF:
        _proof_edited(ctx, part, file is not None, newest)
        return
    out = part.purpose in (service.ANSWER, service.ALONE) or part.released
    if not service.change(ctx.tx, ctx.who, part, words_in(ctx), file, newest) or not out:
        return
    if not answers.count_copies(ctx.tx, part.first or part.id):
        text = ctx.say("Changed in the history. There is no copy at a resident's that I could change.")
    elif part.purpose == service.ALONE:
        text = ctx.say("Changed: they read it so now (no. {number}).", number=part.report)
    elif receipts.somebody_waits(ctx.tx, part.report, part.first or part.id):
        text = ctx.say(
            "Changed: the residents of no. {number} read it so now, or when it reaches them.", number=part.report
        )
    elif file is not None:
        text = ctx.say("Changed: the residents of no. {number} see the other photo or file now.", number=part.report)
    else:
        text = ctx.say("Changed: the residents of no. {number} read it so now.", number=part.report)
    ctx.send(text, reply=True, subject=subject("report", part.report), purpose=Purpose.RECEIPT)


def _proof_edited(ctx: UpdateContext, part: Part, other_file: bool, newest: bool) -> None:
    said = []
    if service.change(ctx.tx, ctx.who, part, words_in(ctx), newest_change=newest):
        said.append(
            ctx.say("Changed: whoever has not answered yet reads it so now (no. {number}).", number=part.report)
        )
    if other_file:
        said.append(
            ctx.say("The photo or file at the residents stays as it was. The right one you can send by “Answer”.")
        )
    if said:
        ctx.send(lines(*said), reply=True, subject=subject("report", part.report), purpose=Purpose.RECEIPT)
