"""The copies that residents have of an answer: sent, kept true when staff change it, taken back.

Each is a card of its own, so that it is edited in place (storage/reports/answers.py).
"""

from dataclasses import replace
from typing import Any

from domain import events
from domain.core.parts import PartKind
from domain.core.subjects import split, subject
from domain.reports.part_purposes import PartPurpose
from handlers.kit import mailer
from handlers.kit.mailer import Below, How
from handlers.kit.parts import media_line, quoted, quoted_on
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import describe
from handlers.reports.recipients import Recipient, speaker, write
from handlers.reports.staff_card import refresh_staff
from storage.core import messages, outbox, scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Action, Lane
from storage.reports import answers, reports
from storage.reports.answers import Copy
from storage.reports.reports import NewPart, Part, Report

KIND = "answer_copies"
CHUNK = 50
PURPOSE = Purpose.ANSWER


def words(setup: Setup, say: Speaker, parts: list[Part] | list[NewPart]) -> str:
    """The words of an answer; those of a template in the recipient's language."""
    said = []
    for part in parts:
        template = setup.community.answer(part.template) if part.template else None
        said.append(describe.as_sent(say, part.text, template.text if template is not None else None))
    return "\n".join(each for each in said if each)


def text(setup: Setup, say: Speaker, number: int, parts: list[Part] | list[NewPart]) -> Html:
    """How an answer to report no. `number` reads; what has no room comes below it (`_rest`)."""
    return paragraphs(
        lines(
            bold(say("Answer to your report no. {number}", number=number)),
            quoted(_said(setup, say, parts)),
            media_line(say, parts),
        ),
        say("To write back, hold your finger on this message and tap “Reply”."),
    )


def _told(setup: Setup, say: Speaker, number: int, parts: list[Part]) -> Html:
    """The answer as whoever rings back reads it out."""
    answer = quoted(_said(setup, say, parts))
    return lines(bold(say("Answer to your report no. {number}", number=number)), answer, media_line(say, parts))


def _said(setup: Setup, say: Speaker, parts: list[Part] | list[NewPart]) -> list[NewPart]:
    return [NewPart(PartKind.TEXT, text=words(setup, say, parts))]


def _as_it_is_now(setup: Setup, say: Speaker, number: int, parts: list[Part], tx: Transaction) -> Html:
    changes = [part.changed_at for part in parts if part.changed_at is not None]
    changed = say("(changed on {when})", when=say.moment(max(changes), tx.now)) if changes else None
    return paragraphs(changed, text(setup, say, number, parts))


def answered(
    tx: Transaction, setup: Setup, event: events.ReportAnswered, _report: Report, recipient: Recipient
) -> None:
    if event.to not in (None, recipient.person.id):
        return
    first = event.parts[0]
    parts = answers.parts_of(tx, first)
    if parts[0].taken_back_at is not None:
        return  # of many, the last hear of it later: meanwhile it was taken back
    if recipient.chat is None:
        write(tx, setup, recipient, lambda say: _told(setup, say, recipient.report.id, parts), parts=parts)
        return
    about = subject("report", recipient.report.id)
    card = messages.new_card(tx, recipient.chat.id, about, answers.role(first))
    _write(tx, setup, recipient, card, parts)
    _send_files(tx, recipient.chat.id, _below(tx, recipient), first, parts)


def _write(tx: Transaction, setup: Setup, recipient: Recipient, card: int, parts: list[Part]) -> None:
    """Write the words: into their card, and what has no room into further ones below it."""
    assert recipient.chat is not None
    say, below = speaker(setup, recipient), _below(tx, recipient)
    _write_words(tx, setup, say, recipient.chat.id, card, recipient.report.id, parts, below)


def _write_words(
    tx: Transaction,
    setup: Setup,
    say: Speaker,
    chat: int,
    card: int,
    number: int,
    parts: list[Part],
    below: Below | None = None,
) -> None:
    about = subject("report", number)
    own = mailer.below(None, about, PURPOSE)
    words = {"text": _as_it_is_now(setup, say, number, parts, tx)}
    mailer.add(tx, chat, Action.MESSAGE, words, card=card, **(below or own))
    rest = quoted_on(_said(setup, say, parts))
    for count in range(1, answers.FURTHER + 1):
        role = answers.role(parts[0].id, -count)
        known = messages.newest_card_in(tx, about, role, chat)
        if count <= len(rest):
            further = known["id"] if known else messages.new_card(tx, chat, about, role)
            mailer.add(tx, chat, Action.MESSAGE, {"text": rest[count - 1]}, card=further, silent=True, **own)
        elif known is not None:
            mailer.take_back(tx, chat, known["id"], taken_back(say), **own)


def _send_files(
    tx: Transaction, chat: int, below: Below, first: int, parts: list[Part], lane: Lane = Lane.NOTICE
) -> None:
    """Each file of some parts of an answer, as a card of its own or within an album."""

    def card(part: Part) -> int:
        return messages.new_card(tx, chat, below["subject"], answers.role(first, part.id))

    mailer.send_files(tx, chat, parts, card=card, silent=True, lane=lane, **below)


def _below(tx: Transaction, recipient: Recipient) -> Below:
    """In reply to the recipient's status card."""
    assert recipient.chat is not None
    about = subject("report", recipient.report.id)
    return mailer.below(messages.newest_card_in(tx, about, CardRole.STATUS, recipient.chat.id), about, PURPOSE)


def album_went_on(
    tx: Transaction, setup: Setup, event: events.ReportAlbumWentOn, _report: Report, recipient: Recipient
) -> None:
    """A later part of an album; of the proof that something is fixed it comes by itself."""
    part = reports.part(tx, event.part)
    if part is None or not event.to_resident or recipient.chat is None:
        return
    chat, below = recipient.chat.id, _below(tx, recipient)
    if part.first is None or part.purpose == PartPurpose.RESOLUTION:
        mailer.send_files(tx, chat, [part], silent=True, lane=Lane.INTERACTIVE, **below)
        return
    card = messages.newest_card_in(tx, below["subject"], answers.role(part.first), chat)
    if card is not None:
        _write(tx, setup, recipient, card["id"], answers.parts_of(tx, part.first))
        _send_files(tx, chat, below, part.first, [part], Lane.INTERACTIVE)


# -- changed, or taken back


def on_changed(tx: Transaction, setup: Setup, event: events.ReportAnswerChanged) -> None:
    _refresh(tx, setup, event, {"answer": event.answer, "replaced": event.replaced})


def on_taken_back(tx: Transaction, setup: Setup, event: events.ReportAnswerTakenBack) -> None:
    _refresh(tx, setup, event, {"answer": event.answer})


def _refresh(tx: Transaction, setup: Setup, event: events.ReportEvent, data: dict[str, Any]) -> None:
    make_true(tx, setup, event.subject, {**data, "after": 0})
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)


def make_true(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """Make a chunk of an answer's copies say what is so now; the others follow as a task.

    `data`: answer, after, and `replaced`, the part that has another file now.
    """
    first, after = data["answer"], data["after"]
    parts = answers.parts_of(tx, first)
    replaced = next((each for each in parts if each.id == data.get("replaced")), None)
    found = answers.copies(tx, first, after, CHUNK)
    for copy in found:
        _make_true(tx, setup, copy, parts, replaced)
    if len(found) == CHUNK:
        rest = {**data, "after": found[-1].card}
        scheduled_tasks.plan(tx, KIND, about, tx.now, f"{KIND}:{first}:{found[-1].card}:{data.get('replaced')}", rest)


def _make_true(tx: Transaction, setup: Setup, copy: Copy, parts: list[Part], replaced: Part | None) -> None:
    say, chat, first = mailer.speaker_in(tx, setup, copy.chat), copy.chat, parts[0].id
    part = next((each for each in parts if each.id == copy.part), None)
    if parts[0].taken_back_at is not None:
        kind = part.kind if part else PartKind.TEXT
        mailer.take_back(tx, chat, copy.card, taken_back(say), kind, subject=copy.subject, purpose=PURPOSE)
    elif copy.part is None:
        _, number = split(copy.subject)
        _write_words(tx, setup, say, chat, copy.card, number, parts)
        role = answers.role(first, replaced.id) if replaced else ""
        if replaced is not None and messages.newest_card_in(tx, copy.subject, role, chat) is None:
            # It had words only until now.
            under: Below = {**mailer.below(None, copy.subject, PURPOSE), "reply_to_card": copy.card}
            _send_files(tx, chat, under, first, [replace(replaced, album=None)])
    elif part is not None and part == replaced:
        _replace_file(tx, copy, part)


def _replace_file(tx: Transaction, copy: Copy, part: Part) -> None:
    """Put the other file in the place of the first: in its message, or in the album that waits to be sent."""
    media = {"type": part.kind, "file_id": part.file_id, "card": copy.card}
    if not outbox.replace_in_albums(tx, copy.chat, copy.subject, copy.card, media):
        action, content = outbox.file_action(part.kind), {"file_id": part.file_id}
        how: How = {"subject": copy.subject, "purpose": PURPOSE, "lane": Lane.NOTICE, "silent": True}
        mailer.add(tx, copy.chat, action, content, card=copy.card, **how)


def taken_back(say: Speaker) -> Html:
    """What stands where an answer stood that Telegram did not let us delete."""
    return say("The staff took this answer back.")
