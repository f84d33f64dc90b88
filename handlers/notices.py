"""Notices: what happened becomes messages, each in its reader's language. The one subscriber of events."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telegram import Update

from domain import events
from domain.subjects import subject
from handlers import database_notices, house_notices
from handlers.flow import engine
from handlers.here import Here, Setup, our_language
from handlers.keyboards import Button, Markup, column
from handlers.parts import media_line, send_media, words_of
from handlers.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.voice_cards import post_media, refresh, refresh_staff
from services.voices import mark
from storage import chats, conversations, messages, outbox, people, voices
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.voices import Part, Voice

QUOTED = 1500


class Notices:
    """Publishes events: hang `publish` on the database."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def publish(self, tx: Transaction, event: events.Event) -> None:
        """Write what this event causes to be sent. An event nobody need hear of causes nothing."""
        writer = _WRITERS.get(type(event))
        if writer is not None:
            writer(tx, self._setup, event)


# -- to the resident


def _to_resident(
    tx: Transaction, setup: Setup, voice: Voice, write: Callable[[Speaker], Html],
    buttons: Callable[[Speaker], list[Button]] | None = None, parts: list[Part] | None = None,
) -> None:  # fmt: skip
    """A short message in reply to the status card: Telegram announces no edits."""
    chat = chats.private_with(tx, voice.person)
    if chat is None:
        return
    say = setup.speaker(our_language(people.by_id(tx, voice.person).language))
    card = messages.newest_card(tx, subject("voice", voice.id), "status")
    message = Outgoing(
        chat=chat.id,
        action="message",
        content={"text": write(say), "markup": column(buttons(say)) if buttons else None},
        reply_to_card=card["id"] if card else None,
        subject=subject("voice", voice.id),
        purpose="answer",
    )
    outbox.add(tx, message)
    send_media(tx, parts or [], _bare(message))


def _to_staff(
    tx: Transaction, setup: Setup, voice: Voice, text: Html | None,
    parts: list[Part] | None = None, markup: Markup | None = None, ring: bool = True,
) -> None:  # fmt: skip
    """A message under the staff's card, in its topic; without `text` only the files."""
    card = messages.newest_card(tx, subject("voice", voice.id), "staff")
    if card is None:
        return
    message = Outgoing(
        chat=card["chat"],
        action="message",
        content={"text": text, "markup": markup, "silent": not ring},
        topic=card["topic"],
        reply_to_card=card["id"],
        subject=subject("voice", voice.id),
        purpose="talk",
    )
    if text is not None:
        outbox.add(tx, message)
    send_media(tx, parts or [], _bare(message))


def _bare(message: Outgoing) -> Outgoing:
    return replace(message, content={"silent": True})


def _voice(tx: Transaction, event: events.VoiceEvent) -> Voice:
    voice = voices.by_id(tx, event.voice)
    assert voice is not None
    return voice


def _some(tx: Transaction, voice: int, ids: tuple[int, ...]) -> list[Part]:
    return [part for part in voices.parts(tx, voice) if part.id in ids]


def _said(say: Speaker, parts: list[Part]) -> Html | None:
    words = words_of(parts)
    return lines(quote(shorten(words, QUOTED)) if words else None, media_line(say, parts)) or None


# -- what happened to a voice


def _submitted(tx: Transaction, setup: Setup, event: events.VoiceSubmitted) -> None:
    refresh(tx, setup, event.voice)
    post_media(tx, setup, _voice(tx, event))


def _changed(tx: Transaction, setup: Setup, event: events.VoiceEvent) -> None:
    refresh(tx, setup, event.voice)


def _taken(tx: Transaction, setup: Setup, event: events.VoiceTaken) -> None:
    refresh(tx, setup, event.voice)
    if event.before is None or event.before == event.assignee:
        return
    chat = chats.private_with(tx, event.before)
    if chat is not None:
        say = setup.speaker(our_language(people.by_id(tx, event.before).language))
        name = people.by_id(tx, event.assignee).name
        text = say("No. {number} is now looked after by {name}.", number=event.voice, name=name)
        outbox.add(tx, Outgoing(chat=chat.id, action="message", content={"text": text}, lane=Lane.NOTICE))


def _heard(tx: Transaction, setup: Setup, event: events.VoiceHeard) -> None:
    refresh(tx, setup, event.voice)
    _to_resident(
        tx, setup, _voice(tx, event),
        lambda say: paragraphs(
            say("We have listened to your voice message (no. {number}). We understood:", number=event.voice),
            quote(event.heard),
            say("Is that right?"),
        ),
        lambda say: [
            Button(say.label("Yes, that is right"), f"r:{event.voice}:right:{mark(event.heard)}"),
            Button(say.label("No, not quite"), f"r:{event.voice}:wrong:{mark(event.heard)}"),
        ],
    )  # fmt: skip


def _heard_drafted(tx: Transaction, setup: Setup, event: events.VoiceHeardDrafted) -> None:
    say = setup.group_speaker
    part = voices.part(tx, event.part)
    assert part is not None
    _to_staff(
        tx, setup, _voice(tx, event),
        paragraphs(
            lines(say("A program heard in no. {number}:", number=event.voice), quote(shorten(part.text or "", QUOTED))),
            say("Please listen. If it is right, use it; else write what you heard."),
        ),
        markup=column([Button(say.label("Use this line"), f"n:{event.part}:heard")]), ring=False,
    )  # fmt: skip


def _heard_confirmed(tx: Transaction, setup: Setup, event: events.VoiceHeardConfirmed) -> None:
    refresh_staff(tx, setup, _voice(tx, event))
    if not event.right:
        say = setup.group_speaker
        text = say("No. {number}: what you heard is not quite right, the resident says.", number=event.voice)
        _to_staff(tx, setup, _voice(tx, event), text)


def _added(tx: Transaction, setup: Setup, event: events.VoiceAdded) -> None:
    voice = _voice(tx, event)
    refresh_staff(tx, setup, voice)
    say = setup.group_speaker
    parts = _some(tx, voice.id, event.parts)
    if event.more and not words_of(parts):
        _to_staff(tx, setup, voice, None, parts)
        return
    why = parts and parts[0].purpose == "reason"
    head = (
        say("No. {number}: why it is not fixed", number=voice.id)
        if why
        else say("No. {number}: the resident writes", number=voice.id)
    )
    danger = bold(say("This speaks of danger.")) if event.danger else None
    # Staff may be asleep; somebody in danger may not wait for them.
    ring = event.danger is not None or setup.community.hours.is_open(tx.now)
    _to_staff(tx, setup, voice, lines(danger, bold(head), _said(say, parts)), parts, ring=ring)


def _answered(tx: Transaction, setup: Setup, event: events.VoiceAnswered) -> None:
    voice = _voice(tx, event)
    parts = _some(tx, voice.id, event.parts)
    refresh(tx, setup, voice.id)
    _to_resident(
        tx, setup, voice,
        lambda say: paragraphs(
            lines(bold(say("Answer to your report no. {number}", number=voice.id)), _said(say, parts)),
            say("To write back, hold your finger on this message and tap “Reply”."),
        ),
        parts=parts,
    )  # fmt: skip


def _album_went_on(tx: Transaction, setup: Setup, event: events.VoiceAlbumWentOn) -> None:
    voice = _voice(tx, event)
    chat = chats.private_with(tx, voice.person)
    if not event.to_resident or chat is None:
        return
    card = messages.newest_card(tx, subject("voice", voice.id), "status")
    bare = Outgoing(
        chat=chat.id, action="message", content={"silent": True}, subject=subject("voice", voice.id), purpose="answer",
        reply_to_card=card["id"] if card else None,
    )  # fmt: skip
    send_media(tx, _some(tx, voice.id, (event.part,)), bare, Lane.INTERACTIVE)


def _resolved(tx: Transaction, setup: Setup, event: events.VoiceResolved) -> None:
    voice = _voice(tx, event)
    parts = _some(tx, voice.id, event.parts)
    refresh(tx, setup, voice.id)
    card = messages.newest_card(tx, subject("voice", voice.id), "status")
    chat = chats.private_with(tx, voice.person)
    if chat is not None:
        # The proof comes before the question, so that the question is the last thing on the screen.
        bare = Outgoing(
            chat=chat.id, action="message", content={"silent": True}, subject=subject("voice", voice.id),
            purpose="answer", reply_to_card=card["id"] if card else None,
        )  # fmt: skip
        send_media(tx, parts, bare, Lane.INTERACTIVE)
    _to_resident(
        tx, setup, voice,
        lambda say: paragraphs(
            lines(bold(say("No. {number}: the staff say it is fixed", number=voice.id)), _said(say, parts)),
            bold(say("Is it fixed?")),
        ),
        lambda say: [
            Button(say.label("Yes, it is fixed"), f"r:{voice.id}:yes:{event.round}"),
            Button(say.label("No, not yet"), f"r:{voice.id}:no:{event.round}"),
        ],
    )  # fmt: skip


def _confirmed(tx: Transaction, setup: Setup, event: events.VoiceConfirmed) -> None:
    refresh(tx, setup, event.voice)
    say = setup.group_speaker
    text = say("No. {number}: the resident says it is fixed. Closed.", number=event.voice)
    _to_staff(tx, setup, _voice(tx, event), text, ring=False)


def _reopened(tx: Transaction, setup: Setup, event: events.VoiceReopened) -> None:
    refresh(tx, setup, event.voice)
    say = setup.group_speaker
    text = bold(say("No. {number} is REOPENED: the resident says it is not fixed.", number=event.voice))
    _to_staff(tx, setup, _voice(tx, event), text, ring=setup.community.hours.is_open(tx.now))


# -- drafts


def _at(tx: Transaction, setup: Setup, conversation: int) -> Here:
    """A `Here` for a conversation nobody has just spoken in."""
    found = conversations.by_id(tx, conversation)
    assert found is not None
    here = Here(tx, setup, Update(0))
    here.chat, here.person = chats.by_id(tx, found.chat), people.by_id(tx, found.person)
    here.conversation = found
    return here


def _draft_reminded(tx: Transaction, setup: Setup, event: events.DraftReminded) -> None:
    here = _at(tx, setup, event.conversation)
    if here.conversation is None or here.conversation.state != "open":
        return  # put aside for something else: it comes back by itself when that is done
    if event.final:
        lead = here.say(
            "You began this report and have not sent it. If you do not send it, I will throw it away tomorrow morning."
        )
    else:
        lead = here.say("You began this report and have not sent it.")
    engine.show(here, anew=True, lead=lead)


def _draft_expired(tx: Transaction, setup: Setup, event: events.DraftExpired) -> None:
    here = _at(tx, setup, event.conversation)
    conversation = here.conversation
    assert conversation is not None
    engine.end(
        here, conversation,
        here.say("This report was never sent, and I have thrown it away. To send it after all, please write it again."),
        below=True,
    )  # fmt: skip
    _next_question(here)


def _question_lapsed(tx: Transaction, setup: Setup, event: events.QuestionLapsed) -> None:
    here = _at(tx, setup, event.conversation)
    assert here.conversation is not None
    engine.lapse(here, here.conversation)
    _next_question(here)


def _next_question(here: Here) -> None:
    if conversations.open_one(here.tx, here.where.id, here.who.id) is None:
        engine.take_up_parked(here)


_WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.VoiceSubmitted: _submitted,
    events.VoiceTaken: _taken,
    events.VoiceStarted: _changed,
    events.VoiceTitled: _changed,
    events.VoiceCompleted: _changed,
    events.VoiceNoted: _changed,
    events.VoiceHeard: _heard,
    events.VoiceHeardDrafted: _heard_drafted,
    events.VoiceHeardConfirmed: _heard_confirmed,
    events.VoiceAdded: _added,
    events.VoiceAnswered: _answered,
    events.VoiceAlbumWentOn: _album_went_on,
    events.VoiceResolved: _resolved,
    events.VoiceConfirmed: _confirmed,
    events.VoiceReopened: _reopened,
    events.DraftReminded: _draft_reminded,
    events.DraftExpired: _draft_expired,
    events.QuestionLapsed: _question_lapsed,
    **house_notices.WRITERS,
    **database_notices.WRITERS,
}
