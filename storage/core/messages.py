"""Which message is about what, and the cards: messages that are kept true by editing them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.core.stored import Stored
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


class Purpose(Stored, StrEnum, kept_in="messages.purpose"):
    """What a message, sent or received, is for; in `outbox.purpose` too."""

    ALARM = "alarm"
    ANSWER = "answer"
    ASKED = "asked"
    ASKED_DECLINED = "asked:declined"
    ASKED_FIXED = "asked:fixed"
    ASKED_REPAIR_DONE = "asked:repair_done"
    ASKED_RIGHT = "asked:right"
    ASKED_PHOTO = "asked:photo:"
    """Followed by the photo of a resident's of which is asked whether it may be shown."""
    ASLEEP = "asleep"
    BOARD = "board"
    CARD = "card"
    CONSENT = "consent"
    DANGER = "danger"
    DEADLINE = "deadline"
    DIGEST = "digest"
    DUTY = "duty"
    EARLY = "early"
    ESCALATION = "escalation"
    FIND = "find"
    FORGOTTEN = "forgotten"
    """Of what is deleted because somebody was forgotten; and of what they read of it last."""
    GATHERED = "gathered"
    HISTORY = "history"
    INTRODUCTION = "introduction"
    INVITATION = "invitation"
    JOB = "job"
    KEEPER = "keeper"
    LANGUAGE = "language"
    LIST = "list"
    NEIGHBOURS = "neighbours"
    NOTICE = "notice"
    OBJECTION = "objection"
    OFFER_PHOTO = "offer_photo"
    PART = "part"
    PLACE = "place"
    PLEDGE = "pledge"
    PLEDGE_LIST = "pledge_list"
    PLEDGE_PHOTO = "pledge_photo"
    POSSIBLE_DANGER = "possible_danger"
    POSTERS = "posters"
    PRINTED = "printed"
    EXPORTED = "exported"
    OWN_DATA = "own_data"
    PROJECT_PHOTO = "project_photo:"
    """Followed by the project and the moment (before, after) of the photo that is wanted in reply."""
    PROJECT = "project"
    QUARANTINE = "quarantine"
    QUESTION = "question"
    QUEUE = "queue"
    RECEIPT = "receipt"
    RELEASED = "released"
    RELAY = "relay"
    RELAYED = "relayed"
    RENEWED = "renewed"
    REPORT = "report"
    REPORTER = "reporter"
    RING = "ring"
    ROLE = "role"
    ROLES = "roles"
    SETTINGS = "settings"
    SETUP = "setup"
    STAFF = "staff"
    STATUS = "status"
    TAKEN_BACK = "taken_back"
    TALK = "talk"
    TEAM = "team"
    UNFOLDED = "unfolded"
    UNSAFE = "unsafe"
    VOLUNTEER = "volunteer"
    WHO = "who"
    WRITES_A_LOT = "writes_a_lot"
    KEPT = "kept:"
    """Followed by the note that it says is kept."""
    ASK = "ask:"
    """Followed by the name of a question to staff, which a reply answers."""
    BLOCK = "block:"
    """Followed by whom the reply to it blocks."""
    BROADCAST = "broadcast:"
    """Followed by which of the things said to many it is a copy of."""
    THREAD = "thread:"
    """Followed by what it answers (`project:3`); of what staff read of it, also by whose words these are."""
    DEPARTMENT = "department:"
    """Followed by what a reply says for a department: a day, its opinion, or why not; which one, and its version."""


class CardRole(Stored, StrEnum, kept_in="cards.role"):
    """What a card is to its subject."""

    ALARM = "alarm"
    FIGURES = "figures"
    GATHERED = "gathered"
    NAME = "name"
    NOTICE = "notice"
    OFFER = "offer"
    PROGRESS = "progress"
    QUESTION = "question"
    QUEUE = "queue"
    REOPENING = "reopening"
    STAFF = "staff"
    STATUS = "status"
    UNSAFE = "unsafe"
    WRITES_A_LOT = "writes_a_lot"
    PROJECT_PHOTO = "project_photo"
    OWN_DATA = "own_data"
    PHOTO_COPY = "photo_copy:"
    """Followed by the project's photo that it is a copy of."""
    ANSWER_TO = "answer:"
    """Followed by the first part of the answer that it is a copy of, and by its own part where that is another."""
    BROADCAST = "broadcast:"
    """Followed by which of the things said to many it is a copy of, and by its own part where it is a file."""
    THREAD = "thread:"
    """Followed by what is answered (`project:3`): below it staff read what is said of a report in answer to that."""
    NOT_FIXED = "not_fixed:"
    """Followed by the event of a project that was delivered: how many say that it is not fixed, as its lead reads."""
    SAID = "said:"
    """Followed by the words about a danger that it shows."""
    UNSAFE_GROUP = "unsafe:"
    """Followed by the danger it tells the staff of."""
    UNSAFE_PRIVATE = "unsafe_private:"
    """The same for one person."""


@dataclass(frozen=True)
class Message:
    """A message sent or received, by our id; `message_id` is Telegram's within the chat."""

    id: int
    chat: int
    message_id: int
    incoming: bool
    subject: str | None
    purpose: str
    card: int | None


# A card may pass from one subject to another (a draft's question becomes the status of the report it became), so what
# it is about now is asked of the card.
_SELECT = """SELECT messages.id, messages.chat, messages.message_id, incoming, coalesce(cards.subject, messages.subject)
    AS subject, purpose, card FROM messages LEFT JOIN cards ON cards.id = messages.card"""


def _message(row: sqlite3.Row) -> Message:
    values = dict(row)
    values["incoming"] = bool(values["incoming"])
    return Message(**values)


def find(tx: Transaction, chat: int, message_id: int) -> Message | None:
    """What a message with Telegram's id in that chat is about, or None when we keep nothing of it."""
    return tx.one_as(_message, f"{_SELECT} WHERE messages.chat = ? AND messages.message_id = ?", (chat, message_id))


def by_id(tx: Transaction, number: int) -> Message | None:
    """A kept message by our id, or None."""
    return tx.one_as(_message, f"{_SELECT} WHERE messages.id = ?", (number,))


def keep(
    tx: Transaction,
    chat: int,
    message_id: int,
    *,
    incoming: bool,
    purpose: str,
    subject: str | None = None,
    card: int | None = None,
    outbox: int | None = None,
    album: str | None = None,
) -> int:
    """Keep what a message is about; returns our id. Said again, the newer word counts."""
    rows = tx.query(
        "INSERT INTO messages (chat, message_id, incoming, subject, purpose, card, outbox, album) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (chat, message_id) DO UPDATE SET subject = excluded.subject, purpose = excluded.purpose, "
        "card = excluded.card, outbox = excluded.outbox, album = excluded.album RETURNING id",
        (chat, message_id, int(incoming), subject, purpose, card, outbox, album),
    )
    return int(rows[0]["id"])


def of_album(tx: Transaction, chat: int, album: str) -> Message | None:
    """The first kept part of an album, or None: what the later parts belong to."""
    return tx.one_as(
        _message,
        f"{_SELECT} WHERE messages.chat = ? AND messages.album = ? ORDER BY messages.id LIMIT 1",
        (chat, album),
    )


def unanswered(tx: Transaction, fixed: str, right: str, after: int, limit: int) -> list[Message]:
    """The newest question with the purpose `fixed` or `right` to each resident who may still answer it, behind `after`.

    Of a merged report as well, whose question stands or falls with another.
    """
    return tx.query_as(
        _message,
        f"{_SELECT} JOIN reports ON messages.subject = 'report:' || reports.id "
        "WHERE NOT incoming AND messages.id > :after "
        "AND ((purpose = :fixed AND reports.state IN ('resolved', 'merged')) "
        "OR (purpose = :right AND heard IS NOT NULL AND heard_right IS NULL)) "
        "AND NOT EXISTS (SELECT 1 FROM messages newer WHERE newer.subject = messages.subject "
        "AND newer.chat = messages.chat AND newer.purpose = messages.purpose AND newer.id > messages.id) "
        "ORDER BY messages.id LIMIT :limit",
        {"fixed": fixed, "right": right, "after": after, "limit": limit},
    )


def newest_with_purpose(tx: Transaction, chat: int, subject: str, purpose: str) -> Message | None:
    """The newest message with that purpose that was sent to a chat about a subject, or None."""
    return tx.one_as(
        _message,
        f"{_SELECT} WHERE messages.chat = ? AND messages.subject = ? AND purpose = ? AND NOT incoming "
        "ORDER BY messages.id DESC LIMIT 1",
        (chat, subject, purpose),
    )


def newest_to(tx: Transaction, chat: int) -> Message | None:
    """The newest message that was sent to a chat, or None."""
    return tx.one_as(
        _message,
        f"{_SELECT} WHERE messages.chat = ? AND NOT incoming ORDER BY messages.message_id DESC LIMIT 1",
        (chat,),
    )


def asked_since(tx: Transaction, chat: int, since: datetime, purposes: Sequence[str], besides: str) -> bool:
    """Whether somebody was sent a question after `since` about anything else than the subject `besides`.

    A question is what has one of these purposes or `asked:…`, or opens the reply bar. Looked for in the last messages.
    """
    marks = ", ".join("?" for _ in purposes)
    row = tx.one(
        "SELECT 1 FROM (SELECT subject, purpose, outbox FROM messages WHERE chat = ? AND NOT incoming "
        "ORDER BY message_id DESC LIMIT 50) AS lately JOIN outbox ON outbox.id = lately.outbox "
        f"WHERE outbox.created_at > ? AND {dialect.differs('lately.subject', '?')} "
        f"AND (lately.purpose IN ({marks}) OR lately.purpose LIKE 'asked:%' OR outbox.content LIKE '%force_reply%')",
        (chat, to_text(since), besides, *purposes),
    )
    return row is not None


def sent_with_purpose(tx: Transaction, chat: int, subject: str, purpose: str) -> list[int]:
    """Our ids of all messages with that purpose that were sent to a chat about a subject."""
    return tx.ids(
        "SELECT id FROM messages WHERE chat = ? AND subject = ? AND purpose = ? AND NOT incoming ORDER BY id",
        (chat, subject, purpose),
    )


def note_change(tx: Transaction, message: int, at: int) -> bool:
    """A message was changed at that second of Unix time; False when a newer change of it has been handled before."""
    done = tx.execute(
        "UPDATE messages SET changed = :at WHERE id = :id AND coalesce(changed, 0) <= :at", {"id": message, "at": at}
    )
    return done.rowcount > 0


def set_subject(tx: Transaction, message: int, subject: str) -> None:
    """A kept message is about something else from now on: a draft's part became a report's."""
    tx.execute("UPDATE messages SET subject = ? WHERE id = ?", (subject, message))


def new_card(tx: Transaction, chat: int, subject: str, role: str, topic: int | None = None) -> int:
    """A card not sent yet; returns its id. Delivery sends it when a row of the outbox first names it."""
    return tx.insert(
        "INSERT INTO cards (chat, topic, subject, role, created_at) VALUES (?, ?, ?, ?, ?)",
        (chat, topic, subject, role, to_text(tx.now)),
    )


def newest_card(tx: Transaction, subject: str, role: str) -> sqlite3.Row | None:
    """The card in that role for a subject (id, chat, topic, message_id), the newest when there are several."""
    return tx.one(
        "SELECT id, chat, topic, message_id FROM cards WHERE subject = ? AND role = ? ORDER BY id DESC LIMIT 1",
        (subject, role),
    )


def cards_of(tx: Transaction, subject: str, role: str) -> list[sqlite3.Row]:
    """All cards in that role for a subject (id, chat, topic, message_id), the oldest first."""
    return tx.query(
        "SELECT id, chat, topic, message_id FROM cards WHERE subject = ? AND role = ? ORDER BY id", (subject, role)
    )


def newest_card_in(tx: Transaction, subject: str, role: str, chat: int) -> sqlite3.Row | None:
    """As `newest_card`, in one chat: a report has a status card with each of those who spoke about it."""
    return tx.one(
        "SELECT id, chat, topic, message_id FROM cards WHERE subject = ? AND role = ? AND chat = ? "
        "ORDER BY id DESC LIMIT 1",
        (subject, role, chat),
    )


def cards_in_role(tx: Transaction, subject: str, role: str, chat: int) -> list[int]:
    """All cards in that role for a subject in one chat."""
    return tx.ids("SELECT id FROM cards WHERE subject = ? AND role = ? AND chat = ? ORDER BY id", (subject, role, chat))


def card_message(tx: Transaction, card: int) -> int | None:
    """Our id of the message a card is at present, or None when it was not sent yet."""
    row = tx.one(
        "SELECT messages.id FROM cards JOIN messages ON messages.chat = cards.chat "
        "AND messages.message_id = cards.message_id WHERE cards.id = ?",
        (card,),
    )
    return None if row is None else int(row["id"])


def pass_card(tx: Transaction, card: int, subject: str, role: str) -> None:
    """Let a card be about something else from now on; it stays where it is on the screen."""
    tx.execute("UPDATE cards SET subject = ?, role = ? WHERE id = ?", (subject, role, card))


def is_sent(tx: Transaction, card: int) -> bool:
    """Whether a card is on the screen already; else what is written into it now is what will be sent."""
    row = card_place(tx, card)
    return row is not None and row["message_id"] is not None


def place(tx: Transaction, message: int) -> sqlite3.Row | None:
    """Where a kept message is (our chat, Telegram's message_id), or None."""
    return tx.one("SELECT chat, message_id FROM messages WHERE id = ?", (message,))


def card_topic(tx: Transaction, card: int) -> int | None:
    """The topic a card was made for; None for one that has none."""
    row = tx.one("SELECT topic FROM cards WHERE id = ?", (card,))
    return int(row["topic"]) if row is not None and row["topic"] is not None else None


def card_place(tx: Transaction, card: int) -> sqlite3.Row | None:
    """Where a card is (our chat, Telegram's message_id or None while it is not sent), or None."""
    return tx.one("SELECT chat, message_id FROM cards WHERE id = ?", (card,))


def made_at(tx: Transaction, card: int) -> datetime:
    """When a card was made; it must exist."""
    row = tx.one("SELECT created_at FROM cards WHERE id = ?", (card,))
    assert row is not None
    return from_text(row["created_at"])


def nth_newest_staff_card(tx: Transaction, chat: int, count: int) -> datetime | None:
    """When the `count`-th newest staff card of a chat was made; None when there are fewer."""
    row = tx.one(
        "SELECT created_at FROM cards WHERE role = 'staff' AND chat = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
        (chat, count - 1),
    )
    return from_text_or_none(row["created_at"] if row else None)


def set_card_topic(tx: Transaction, card: int, topic: int) -> None:
    """A card belongs into another topic: where it is made anew, it is made there."""
    tx.execute(f"UPDATE cards SET topic = ? WHERE id = ? AND {dialect.differs('topic', '?')}", (topic, card, topic))


def set_card_message(tx: Transaction, card: int, message_id: int | None) -> None:
    """Note Telegram's id of the message that a card is; None when that message is gone."""
    tx.execute("UPDATE cards SET message_id = ? WHERE id = ?", (message_id, card))
