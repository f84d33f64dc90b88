"""The copies that residents have of an answer: sent, kept true when staff change it, taken back.

Part of handlers/notices.py. Each is a card of its own, so that it is edited in place (storage/reports/answers.py).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain import events
from domain.core.subjects import split, subject
from domain.reports.parts import PartKind, PartPurpose
from handlers.kit.here import Setup, our_language
from handlers.kit.parts import media_line, quoted, quoted_on, send_media
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.reports import describe
from handlers.reports.readers import Reader, Teller, speaker, write
from handlers.reports.staff.staff_card import refresh_staff
from storage.core import chats, due, messages, outbox
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane, Outgoing
from storage.people import people
from storage.reports import answers, voices
from storage.reports.answers import Copy
from storage.reports.voices import NewPart, Part, Voice

KIND = "answer_copies"
CHUNK = 50
PURPOSE = Purpose.ANSWER


def words(setup: Setup, say: Speaker, parts: list[Part] | list[NewPart]) -> str:
    """The words of an answer; those of a template in the reader's language."""
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


def _answered(tx: Transaction, setup: Setup, event: events.VoiceAnswered, _voice: Voice, reader: Reader) -> None:
    first = event.parts[0]
    parts = answers.parts_of(tx, first)
    if parts[0].taken_back_at is not None:
        return  # of many, the last hear of it later: meanwhile it was taken back
    if reader.chat is None:
        write(tx, setup, reader, lambda say: _told(setup, say, reader.voice.id, parts), parts=parts)
        return
    about = subject("voice", reader.voice.id)
    card = messages.new_card(tx, reader.chat.id, about, answers.role(first))
    _write(tx, setup, reader, card, parts)
    _send_files(tx, _bare(tx, reader), first, parts, Lane.NOTICE)


def _write(tx: Transaction, setup: Setup, reader: Reader, card: int, parts: list[Part]) -> None:
    """Write the words: into their card, and what has no room into further ones below it."""
    say, bare = speaker(setup, reader), _bare(tx, reader)
    _write_words(tx, setup, say, replace(bare, card=card), reader.voice.id, parts)


def _write_words(
    tx: Transaction, setup: Setup, say: Speaker, row: Outgoing, number: int, parts: list[Part]
) -> None:  # fmt: skip
    outbox.add(tx, replace(row, content={"text": _as_it_is_now(setup, say, number, parts, tx)}))
    rest = quoted_on(_said(setup, say, parts))
    about, bare = subject("voice", number), replace(row, reply_to_card=None)
    for count in range(1, answers.FURTHER + 1):
        role = answers.role(parts[0].id, -count)
        known = messages.newest_card_in(tx, about, role, row.chat)
        if count <= len(rest):
            card = known["id"] if known else messages.new_card(tx, row.chat, about, role)
            outbox.add(tx, replace(bare, card=card, content={"text": rest[count - 1], "silent": True}))
        elif known is not None:
            outbox.add(tx, replace(bare, card=known["id"], action=outbox.Action.TAKE_BACK, content=_gone(say, "text")))


def _gone(say: Speaker, kind: str) -> dict[str, Any]:
    return {"text": taken_back(say), "kind": kind}


def _send_files(tx: Transaction, bare: Outgoing, first: int, parts: list[Part], lane: Lane) -> None:
    """Each file of some parts of an answer, as a card of its own or within an album."""

    def card(part: Part) -> int:
        assert bare.subject is not None
        return messages.new_card(tx, bare.chat, bare.subject, answers.role(first, part.id))

    send_media(tx, parts, replace(bare, content={"silent": True}), lane, card)


def _bare(tx: Transaction, reader: Reader) -> Outgoing:
    """A message in reply to the reader's status card."""
    assert reader.chat is not None
    about = subject("voice", reader.voice.id)
    status = messages.newest_card_in(tx, about, CardRole.STATUS, reader.chat.id)
    return Outgoing(
        chat=reader.chat.id, action=outbox.Action.MESSAGE, subject=about, purpose=PURPOSE,
        reply_to_card=status["id"] if status else None,
    )  # fmt: skip


def _album_went_on(
    tx: Transaction, setup: Setup, event: events.VoiceAlbumWentOn, _voice: Voice, reader: Reader
) -> None:
    """A later part of an album; of the proof that something is fixed it comes by itself."""
    part = voices.part(tx, event.part)
    if part is None or not event.to_resident or reader.chat is None:
        return
    if part.first is None or part.purpose == PartPurpose.RESOLUTION:
        send_media(tx, [part], replace(_bare(tx, reader), content={"silent": True}), Lane.INTERACTIVE)
        return
    about = subject("voice", reader.voice.id)
    card = messages.newest_card_in(tx, about, answers.role(part.first), reader.chat.id)
    if card is not None:
        _write(tx, setup, reader, card["id"], answers.parts_of(tx, part.first))
        _send_files(tx, _bare(tx, reader), part.first, [part], Lane.INTERACTIVE)


# -- changed, or taken back


def _changed(tx: Transaction, setup: Setup, event: events.VoiceAnswerChanged) -> None:
    _refresh(tx, setup, event, {"answer": event.answer, "replaced": event.replaced})


def _taken_back(tx: Transaction, setup: Setup, event: events.VoiceAnswerTakenBack) -> None:
    _refresh(tx, setup, event, {"answer": event.answer})


def _refresh(tx: Transaction, setup: Setup, event: events.VoiceEvent, data: dict[str, Any]) -> None:
    make_true(tx, setup, event.subject, {**data, "after": 0})
    voice = voices.by_id(tx, event.voice)
    assert voice is not None
    refresh_staff(tx, setup, voice)


def make_true(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """Make a chunk of an answer's copies say what is so now; the others follow as a duty.

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
        due.plan(tx, KIND, about, tx.now, f"{KIND}:{first}:{found[-1].card}:{data.get('replaced')}", rest)


def _make_true(tx: Transaction, setup: Setup, copy: Copy, parts: list[Part], replaced: Part | None) -> None:
    person = people.by_telegram_id(tx, chats.by_id(tx, copy.chat).telegram_id)
    say = setup.speaker(our_language(person.language if person else None))
    row = Outgoing(chat=copy.chat, action=outbox.Action.MESSAGE, card=copy.card, subject=copy.subject, purpose=PURPOSE)
    part = next((each for each in parts if each.id == copy.part), None)
    if parts[0].taken_back_at is not None:
        outbox.add(tx, replace(row, action=outbox.Action.TAKE_BACK, content=_gone(say, part.kind if part else "text")))
    elif copy.part is None:
        _, number = split(copy.subject)
        _write_words(tx, setup, say, row, number, parts)
        role = answers.role(parts[0].id, replaced.id) if replaced else ""
        if replaced is not None and messages.newest_card_in(tx, copy.subject, role, copy.chat) is None:
            # It had words only until now.
            bare = replace(row, card=None, reply_to_card=copy.card)
            _send_files(tx, bare, parts[0].id, [replace(replaced, album=None)], Lane.NOTICE)
    elif part is not None and part == replaced:
        _replace_file(tx, row, part)


def _replace_file(tx: Transaction, row: Outgoing, part: Part) -> None:
    """Put the other file in the place of the first: in its message, or in the album that waits to be sent."""
    assert row.card is not None and row.subject is not None
    media = {"type": part.kind, "file_id": part.file_id, "card": row.card}
    if not outbox.replace_in_albums(tx, row.chat, row.subject, row.card, media):
        content = {"file_id": part.file_id, "silent": True}
        outbox.add(tx, replace(row, action=outbox.file_action(part.kind), content=content, lane=Lane.NOTICE))


def taken_back(say: Speaker) -> Html:
    """What stands where an answer stood that Telegram did not let us delete."""
    return say("The staff took this answer back.")


def _note_changed(tx: Transaction, setup: Setup, event: events.VoiceNoteChanged) -> None:
    voice = voices.by_id(tx, event.voice)
    assert voice is not None
    refresh_staff(tx, setup, voice)


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.VoiceAnswerChanged: _changed,
    events.VoiceAnswerTakenBack: _taken_back,
    events.VoiceNoteChanged: _note_changed,
}
TELLERS: dict[type[events.Event], Teller | None] = {
    events.VoiceAnswered: _answered,
    events.VoiceAlbumWentOn: _album_went_on,
}
