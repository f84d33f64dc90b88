"""The copies that residents have of an answer: sent, kept true when staff change it, taken back.

Part of handlers/notices.py. Each is a card of its own, so that it is edited in place (storage/answers.py).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain import events
from domain.subjects import split, subject
from handlers.desk.staff_card import refresh_staff
from handlers.here import Setup, our_language
from handlers.parts import media_line, quoted, quoted_on, send_media
from handlers.reporting.readers import Reader, Teller, speaker, write
from handlers.texts import Html, Speaker, bold, lines, paragraphs
from storage import answers, chats, due, messages, outbox, people, voices
from storage.answers import Copy
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.voices import NewPart, Part, Voice

KIND = "answer_copies"
CHUNK = 50
PURPOSE = "answer"


def words(setup: Setup, say: Speaker, parts: list[Part] | list[NewPart]) -> str:
    """The words of an answer; those of a template in the reader's language."""
    said = []
    for part in parts:
        template = setup.community.answer(part.template) if part.template else None
        said.append(say.words(template.text) if template is not None else part.text)
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
    return [NewPart("text", text=words(setup, say, parts))]


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
    _send_files(tx, reader, first, parts, Lane.NOTICE)


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
            outbox.add(tx, replace(bare, card=known["id"], action="take_back", content=_gone(say, "text")))


def _gone(say: Speaker, kind: str) -> dict[str, Any]:
    return {"text": taken_back(say), "kind": kind}


def _send_files(tx: Transaction, reader: Reader, first: int, parts: list[Part], lane: Lane) -> None:
    assert reader.chat is not None
    chat, about = reader.chat.id, subject("voice", reader.voice.id)

    def card(part: Part) -> int:
        return messages.new_card(tx, chat, about, answers.role(first, part.id))

    send_media(tx, parts, replace(_bare(tx, reader), content={"silent": True}), lane, card)


def _bare(tx: Transaction, reader: Reader) -> Outgoing:
    """A message in reply to the reader's status card."""
    assert reader.chat is not None
    about = subject("voice", reader.voice.id)
    status = messages.newest_card_in(tx, about, "status", reader.chat.id)
    return Outgoing(
        chat=reader.chat.id, action="message", subject=about, purpose=PURPOSE,
        reply_to_card=status["id"] if status else None,
    )  # fmt: skip


def _album_went_on(
    tx: Transaction, setup: Setup, event: events.VoiceAlbumWentOn, _voice: Voice, reader: Reader
) -> None:
    """A later part of an album; of the proof that something is fixed it comes by itself."""
    part = voices.part(tx, event.part)
    if part is None or not event.to_resident or reader.chat is None:
        return
    if part.first is None or part.purpose == "resolution":
        send_media(tx, [part], replace(_bare(tx, reader), content={"silent": True}), Lane.INTERACTIVE)
        return
    about = subject("voice", reader.voice.id)
    card = messages.newest_card_in(tx, about, answers.role(part.first), reader.chat.id)
    if card is not None:
        _write(tx, setup, reader, card["id"], answers.parts_of(tx, part.first))
        _send_files(tx, reader, part.first, [part], Lane.INTERACTIVE)


# -- changed, or taken back


def _refresh(tx: Transaction, setup: Setup, event: events.VoiceAnswerChanged | events.VoiceAnswerTakenBack) -> None:
    make_true(tx, setup, event.subject, {"answer": event.answer, "after": 0})
    voice = voices.by_id(tx, event.voice)
    assert voice is not None
    refresh_staff(tx, setup, voice)


def make_true(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """Make a chunk of an answer's copies say what is so now; the others follow as a duty (`data`: answer, after)."""
    first, after = data["answer"], data["after"]
    parts = answers.parts_of(tx, first)
    found = answers.copies(tx, first, after, CHUNK)
    for copy in found:
        _make_true(tx, setup, copy, parts)
    if len(found) == CHUNK:
        rest = {"answer": first, "after": found[-1].card}
        due.plan(tx, KIND, about, tx.now, f"{KIND}:{first}:{found[-1].card}", rest)


def _make_true(tx: Transaction, setup: Setup, copy: Copy, parts: list[Part]) -> None:
    person = people.by_telegram_id(tx, chats.by_id(tx, copy.chat).telegram_id)
    say = setup.speaker(our_language(person.language if person else None))
    row = Outgoing(chat=copy.chat, action="message", card=copy.card, subject=copy.subject, purpose=PURPOSE)
    part = next((each for each in parts if each.id == copy.part), None)
    if parts[0].taken_back_at is not None:
        outbox.add(tx, replace(row, action="take_back", content=_gone(say, part.kind if part else "text")))
    elif copy.part is None:
        _, number = split(copy.subject)
        _write_words(tx, setup, say, row, number, parts)


def taken_back(say: Speaker) -> Html:
    """What stands where an answer stood that Telegram did not let us delete."""
    return say("The staff took this answer back.")


def _note_changed(tx: Transaction, setup: Setup, event: events.VoiceNoteChanged) -> None:
    voice = voices.by_id(tx, event.voice)
    assert voice is not None
    refresh_staff(tx, setup, voice)


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.VoiceAnswerChanged: _refresh,
    events.VoiceAnswerTakenBack: _refresh,
    events.VoiceNoteChanged: _note_changed,
}
TELLERS: dict[type[events.Event], Teller | None] = {
    events.VoiceAnswered: _answered,
    events.VoiceAlbumWentOn: _album_went_on,
}
