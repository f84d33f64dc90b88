"""The one way to write to somebody: each thing to be sent becomes a row of the outbox, in its reader's language.

`to_person`, `to_admins` and `to_staff` find the chat and the language; the others are told the chat. How a message goes
(`How`) is said by keywords; what is not said is as in `Outgoing`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row
from typing import Any, Protocol, TypedDict, TypeVar, Unpack

from domain.core.parts import PartKind
from domain.people.rights import Role
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, Speaker
from storage.core import chats, messages, outbox, settings
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action, Lane, Outgoing, WhenUncertain
from storage.people import people

ALBUM_PAUSE = timedelta(seconds=1)
_TOGETHER = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}

Words = Html | tuple[Html, Markup | None]
"""What a message says, and its buttons where it has some."""


class Below(TypedDict):
    """In reply to a card and in its topic, about the same thing."""

    topic: int | None
    reply_to_card: int | None
    subject: str
    purpose: str


class How(TypedDict, total=False):
    """How something is sent: as in `Outgoing`, and what of its content every message may have."""

    lane: Lane
    topic: int | None
    reply_to: int | None
    reply_to_card: int | None
    subject: str | None
    purpose: str
    when_uncertain: WhenUncertain
    not_before: datetime | None
    once: str | None
    silent: bool
    protected: bool
    """It cannot be forwarded."""
    kept: dict[str, Any]
    """What the row says beside what is sent."""


class Speakers(Protocol):
    """Who speaks all languages: the set-up."""

    def speaker(self, language: str) -> Speaker: ...

    @property
    def group_speaker(self) -> Speaker: ...


class Filed(Protocol):
    """A part of what was said, which may be a file."""

    @property
    def kind(self) -> str: ...
    @property
    def file_id(self) -> str | None: ...
    @property
    def album(self) -> str | None: ...


F = TypeVar("F", bound=Filed)


# -- to whom


@dataclass(frozen=True)
class Private:
    """Somebody's chat with the bot, and who speaks their language."""

    chat: Chat
    say: Speaker


def private(tx: Transaction, setup: Speakers, person: int, *, in_reach: bool = False) -> Private | None:
    """Where to write to a person; None when they never opened a chat or, with `in_reach`, nothing can be sent there."""
    chat = chats.private_with(tx, person)
    if chat is None or (in_reach and chat.unreachable is not None):
        return None
    return Private(chat, setup.speaker(people.by_id(tx, person).language))


def to_person(
    tx: Transaction,
    setup: Speakers,
    person: int,
    write: Callable[[Speaker], Words],
    *,
    in_reach: bool = False,
    **how: Unpack[How],
) -> int | None:
    """Write to a person in private, as a notice unless `lane` says otherwise; returns the row, or None (`private`)."""
    to = private(tx, setup, person, in_reach=in_reach)
    how.setdefault("lane", Lane.NOTICE)
    return _say(tx, to.chat.id, write(to.say), **how) if to is not None else None


def to_admins(tx: Transaction, setup: Speakers, write: Callable[[Speaker], Words], once: str | None = None) -> None:
    """A line to every admin in private; with `once` no second one of that key."""
    for admin in people.with_role(tx, Role.ADMIN):
        key = f"{once}:{admin.id}" if once else None
        to_person(tx, setup, admin.id, write, purpose=Purpose.REPORT, once=key)


def to_staff(tx: Transaction, setup: Speakers, write: Callable[[Speaker], Words], **how: Unpack[How]) -> int | None:
    """Write to the staff group; returns the row, or None while there is no group."""
    staff = settings.staff_chat(tx)
    return _say(tx, staff, write(setup.group_speaker), **how) if staff is not None else None


def speaker_in(tx: Transaction, setup: Speakers, chat: int) -> Speaker:
    """Somebody who speaks the language in which a chat is written to."""
    where = chats.by_id(tx, chat)
    person = people.by_telegram_id(tx, where.telegram_id) if where.is_private else None
    return setup.speaker(person.language) if person is not None else setup.group_speaker


# -- new messages


def send(tx: Transaction, chat: int, text: Html, markup: Markup | None = None, **how: Unpack[How]) -> int | None:
    """A new message; returns the row, or None when `once` was written before."""
    return add(tx, chat, Action.MESSAGE, _content(text, markup), **how)


def card(tx: Transaction, chat: int, number: int, text: Html, markup: Markup | None = None, **how: Unpack[How]) -> None:
    """What a card reads from now on; one that was never sent is sent, into the topic it was made for."""
    if "topic" not in how:
        how["topic"] = messages.card_topic(tx, number)
    add(tx, chat, Action.CARD, _content(text, markup), card=number, **how)


def below(card: Row | None, about: str, purpose: str = Purpose.TALK) -> Below:
    """The place below a card, where there is one."""
    topic, number = (card["topic"], card["id"]) if card is not None else (None, None)
    return {"topic": topic, "reply_to_card": number, "subject": about, "purpose": purpose}


def send_file(
    tx: Transaction, chat: int, kind: str, content: dict[str, Any], text: Html | None = None, **how: Unpack[How]
) -> None:
    """A file of a part's kind, which `content` names (`file_id`, `path`, `qr`), over `text`."""
    add(tx, chat, outbox.file_action(kind), content if text is None else {**content, "text": text}, **how)


def send_files(
    tx: Transaction, chat: int, parts: Iterable[F], *, card: Callable[[F], int] | None = None, **how: Unpack[How]
) -> None:
    """Send the files of some parts on, as notices unless `lane` says otherwise.

    What Telegram shows together becomes albums. A single part of an album waits a second for those that follow. With
    `card` each message is a card, so that it can be taken back.
    """
    how.setdefault("lane", Lane.NOTICE)
    files = [part for part in parts if part.kind != PartKind.TEXT and part.file_id is not None]
    for together in _albums(files):
        cards = [card(part) if card else None for part in together]
        media = [
            {"type": part.kind, "file_id": part.file_id, **({"card": number} if number is not None else {})}
            for part, number in zip(together, cards, strict=True)
        ]
        first = together[0]
        if len(files) == 1 and first.album is not None:
            how["not_before"] = tx.now + ALBUM_PAUSE
            add(tx, chat, Action.ALBUM, {"media": media}, album=first.album, **how)
        elif len(media) > 1:
            add(tx, chat, Action.ALBUM, {"media": media}, **how)
        else:
            add(tx, chat, outbox.file_action(first.kind), {"file_id": first.file_id}, card=cards[0], **how)


def _albums(files: list[F]) -> list[list[F]]:
    """What goes out in one message or album: photos with videos, files with files, music with music; ten at most."""
    growing: dict[str, list[F]] = {}
    found: list[list[F]] = []
    for part in files:
        kind = _TOGETHER.get(part.kind, "")
        if kind and len(growing.get(kind, ())) in range(1, outbox.ALBUM_LIMIT):
            growing[kind].append(part)
        else:
            growing[kind] = [part]
            found.append(growing[kind])
    return found


# -- what is done to messages that are there


def edit(
    tx: Transaction, chat: int, message: int, text: Html, markup: Markup | None = None, **how: Unpack[How]
) -> None:
    """What a message that is no card reads from now on."""
    add(tx, chat, Action.EDIT, _content(text, markup), message=message, **how)


def unbutton(tx: Transaction, chat: int, message: int, lane: Lane = Lane.NOTICE) -> None:
    """Take the buttons off a message."""
    add(tx, chat, Action.UNBUTTON, {}, message=message, lane=lane)


def unbutton_newest(tx: Transaction, chat: int, about: str, purpose: str, lane: Lane = Lane.NOTICE) -> None:
    """Take the buttons off the newest message about a thing with that purpose, where there is one."""
    asked = messages.newest_with_purpose(tx, chat, about, purpose)
    if asked is not None:
        unbutton(tx, chat, asked.id, lane)


def delete(tx: Transaction, chat: int, message: int, otherwise: Html | None = None, **how: Unpack[How]) -> None:
    """Delete a message; one that Telegram does not let us delete any more says `otherwise`."""
    add(tx, chat, Action.DELETE, {} if otherwise is None else {"otherwise": otherwise}, message=message, **how)


def take_back(
    tx: Transaction, chat: int, card: int, otherwise: Html, kind: str = PartKind.TEXT, **how: Unpack[How]
) -> None:
    """Delete a card of a part's `kind`; one that Telegram does not let us delete any more says `otherwise`."""
    add(tx, chat, Action.TAKE_BACK, {"text": otherwise, "kind": kind}, card=card, **how)


def add(
    tx: Transaction,
    chat: int,
    action: Action,
    content: dict[str, Any],
    *,
    card: int | None = None,
    message: int | None = None,
    album: str | None = None,
    **how: Unpack[How],
) -> int | None:
    """What has no function of its own: `content` is what the action needs. Returns as `outbox.add`."""
    row: dict[str, Any] = dict(how)
    content = {**row.pop("kept", {}), **content}
    content |= {each: row.pop(each) for each in ("silent", "protected") if each in row}
    return outbox.add(tx, Outgoing(chat, action, content, card=card, message=message, album=album, **row))


def to_many(
    tx: Transaction,
    action: Action,
    content: dict[str, Any],
    to: Sequence[tuple[int, str, str]],
    *,
    purpose: str,
    lane: Lane,
) -> None:
    """The same for many, in one statement: (chat, subject, once) of each."""
    outbox.add_to_many(tx, Outgoing(0, action, content, purpose=purpose, lane=lane), to)


def take_back_many(tx: Transaction, copies: Iterable[tuple[int, int, str, str, Html]], **how: Unpack[How]) -> None:
    """`take_back` of many cards, each in a private chat of its own, in one statement: (chat, card, subject, kind of
    part, what it says where it cannot be deleted) of each."""
    rows: dict[str, Any] = dict(how)
    outbox.add_copies(
        tx,
        [
            Outgoing(chat, Action.TAKE_BACK, {"text": otherwise, "kind": kind}, card=card, subject=about, **rows)
            for chat, card, about, kind, otherwise in copies
        ],
    )


def _say(tx: Transaction, chat: int, words: Words, **how: Unpack[How]) -> int | None:
    text, markup = words if isinstance(words, tuple) else (words, None)
    return send(tx, chat, text, markup, **how)


def _content(text: Html, markup: Markup | None) -> dict[str, Any]:
    return {"text": text} if markup is None else {"text": text, "markup": markup}
