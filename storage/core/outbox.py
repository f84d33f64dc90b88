"""Door two: everything to be sent, as rows committed with what caused them.

A row names our own things (chat, topic, card, message); delivery finds Telegram's ids when it sends.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from domain.core.parts import PartKind
from domain.core.stored import Stored
from storage.core import dialect, lane_turns
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.messages import Purpose
from storage.core.taken_away import HELD_UNTIL


class Action(Stored, StrEnum, kept_in="outbox.action"):
    """What is done with a row (bot/sending/row_to_call.py)."""

    MESSAGE = "message"
    CARD = "card"
    WORDED = "worded"
    """A message that is worded only when it is sent, by a renderer (`Feature.renderers`)."""
    PHOTO = PartKind.PHOTO
    VOICE = PartKind.VOICE
    VIDEO = PartKind.VIDEO
    VIDEO_NOTE = PartKind.VIDEO_NOTE
    AUDIO = PartKind.AUDIO
    DOCUMENT = PartKind.DOCUMENT
    ALBUM = "album"
    UNBUTTON = "unbutton"
    DELETE = "delete"
    DELETE_MANY = "delete_many"
    """Several messages of a chat in which the bot may delete any; where it may not, they are deleted one by one."""
    EDIT = "edit"
    REACT = "react"
    TAKE_BACK = "take_back"
    COMMANDS = "commands"
    PIN = "pin"
    LEAVE = "leave"


class RowState(Stored, StrEnum, kept_in="outbox.state"):
    """Where a row is on its way out."""

    WAITING = "waiting"
    """For its `not_before`."""
    PENDING = "pending"
    FOLDED = "folded"
    """Until staff want to read it."""
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class WhenUncertain(Stored, StrEnum, kept_in="outbox.when_uncertain"):
    """What becomes of a row that was sent and got no answer."""

    AGAIN = "again"
    """It may come twice."""
    DROP = "drop"
    """It may not come."""


def file_action(kind: str) -> Action:
    """How a file of a part's kind is sent; one of a kind that is none any more goes as a document, where it can."""
    return Action(kind) if kind in FILES else Action.DOCUMENT


FILES = frozenset(Action(kind) for kind in PartKind if kind is not PartKind.TEXT)
NEW = FILES | {Action.MESSAGE, Action.ALBUM}
"""What is a new message, and nothing done to one that is there."""
UNFOLDED = Purpose.UNFOLDED
"""The purpose of what staff asked to read."""
UNTIL_KNOWN = "until_known"
"""In the content of a card: what it says as a new message. One that was sent and not answered may be on the screen
unknown to us, for good; so what may have to be taken out again is only written into a message that is known."""
ALBUM_LIMIT = 10
"""So many parts an album has at most."""


class Lane(Stored, IntEnum, kept_in="outbox.lane"):
    """What goes first when several things wait for one chat, or for Telegram's overall limit."""

    URGENT = -1
    """Somebody may be in danger: before all others, and of a group's messages a minute a few are kept for it."""
    INTERACTIVE = 0
    NOTICE = 1
    BROADCAST = 2


@dataclass(frozen=True)
class Outgoing:
    """One thing to send. `content`: what its call needs; `once`: the occurrence it is about."""

    chat: int
    action: Action
    content: dict[str, Any] = field(default_factory=dict)
    lane: Lane = Lane.INTERACTIVE
    topic: int | None = None
    card: int | None = None
    message: int | None = None
    reply_to: int | None = None
    reply_to_card: int | None = None
    subject: str | None = None
    purpose: str = Purpose.NOTICE
    when_uncertain: WhenUncertain = WhenUncertain.AGAIN
    not_before: datetime | None = None
    once: str | None = None
    album: str | None = None
    """Of an action `album`: what it is part of, so that the parts that come next join it while it waits."""


_INTO_WAITING = (
    "UPDATE outbox SET action = :action, content = :content, topic = :topic, "
    f"lane = {dialect.least('lane', ':lane')}, reply_to = coalesce(:reply_to, reply_to), "
    "answers = coalesce(:answers, answers), thread = coalesce(:thread, thread), "
    "comes_from = coalesce(:comes_from, comes_from), "
    f"turn = CASE WHEN :lane < lane THEN {lane_turns.NEXT} ELSE {dialect.least('turn', lane_turns.NEXT)} END, "
    "not_before = CASE WHEN not_before = :held THEN :held "
    "ELSE coalesce(:not_before, CASE state WHEN 'pending' THEN not_before END) END, "
    "state = CASE WHEN not_before = :held THEN 'waiting' ELSE :state END "
    "WHERE card = :card AND state IN ('pending', 'waiting') RETURNING id"
)


def add(tx: Transaction, out: Outgoing) -> int | None:
    """Write a row; returns its id, or None when `once` was written before.

    A card that has a row waiting gets its newest content into that row: several edits become one, sent when the newest
    is to be.
    """
    tx.signal("outbox")
    if out.album is not None and (growing := _join_album(tx, out)) is not None:
        return growing
    values = _values(tx, out)
    place = lane_turns.place(tx, out.chat, tx.answering or tx.on_behalf, out.card, out.subject)
    values["comes_from"] = place.comes_from
    if place.in_group and place.comes_from and _may_fold(out) and tx.folds(out.chat, place.comes_from):
        values |= {"state": RowState.FOLDED, "not_before": None}
    if out.card is not None:
        merged = tx.query(_INTO_WAITING, {**values, "held": HELD_UNTIL})
        if merged:
            return int(merged[0]["id"])
    columns = ", ".join(values)
    names = ", ".join(f":{column}" for column in values)
    rows = tx.query(
        f"INSERT INTO outbox ({columns}, turn) VALUES ({names}, {place.turn}) ON CONFLICT (once) DO NOTHING "
        "RETURNING id",
        values,
    )
    return int(rows[0]["id"]) if rows else None


def is_there(tx: Transaction, row_id: int | None) -> bool:
    """Whether there is a row with that id: what wrote it may have been undone."""
    return row_id is not None and tx.one("SELECT 1 FROM outbox WHERE id = ?", (row_id,)) is not None


def add_to_many(tx: Transaction, out: Outgoing, to: Sequence[tuple[int, str, str]]) -> None:
    """The same row for many: (chat, subject, once) of each. What was written before (`once`) is not written again.

    One statement for all of them: a hundred thousand people may be due in the same minute.
    """
    if not to:
        return
    tx.signal("outbox")
    values = _values(tx, out)
    columns = ", ".join(values)
    each = ("chat", "subject", "once")
    rows = ", ".join(
        f"({', '.join(f':{name}{number}' if name in each else f':{name}' for name in values)})"
        for number in range(len(to))
    )
    for number, (chat, subject, once) in enumerate(to):
        values[f"chat{number}"], values[f"subject{number}"], values[f"once{number}"] = chat, subject, once
    tx.execute(f"INSERT INTO outbox ({columns}) VALUES {rows} ON CONFLICT (once) DO NOTHING", values)


def add_copies(tx: Transaction, copies: Sequence[Outgoing]) -> dict[int, int]:
    """What many cards, each in a private chat of its own, read from now on; returns the rows by card.

    One statement for all of them. A card that has a row waiting keeps that one: what is worded when it is sent is the
    newest anyway.
    """
    if not copies:
        return {}
    tx.signal("outbox")
    rows = [_values(tx, each) for each in copies]
    columns = ", ".join(rows[0])
    marks = f"({', '.join('?' for _ in rows[0])})"
    found = tx.query(
        f"INSERT INTO outbox ({columns}) VALUES {', '.join(marks for _ in rows)} ON CONFLICT DO NOTHING "
        "RETURNING id, card",
        tuple(value for row in rows for value in row.values()),
    )
    return {int(row["card"]): int(row["id"]) for row in found}


def known(tx: Transaction, once: Collection[str]) -> frozenset[str]:
    """Which of these occurrences were written before."""
    marks = ", ".join("?" for _ in once)
    rows = tx.query(f"SELECT once FROM outbox WHERE once IN ({marks})", tuple(once))
    return frozenset(row["once"] for row in rows)


def move_once(tx: Transaction, row_id: int, to: str) -> None:
    """That row came in place of another occurrence, which is not written any more."""
    tx.execute("UPDATE OR IGNORE outbox SET once = ? WHERE id = ?", (to, row_id))


def worded_waiting(tx: Transaction, chats: Collection[int]) -> frozenset[int]:
    """In which of these chats something waits that is worded when it is sent, or is on its way."""
    marks = ", ".join("?" for _ in chats)
    of_chats = f"lane = ? AND chat IN ({marks}) AND action = 'worded'"
    # Three, for each state has an index of its own.
    states = (RowState.PENDING, RowState.SENDING, RowState.WAITING)
    rows = tx.query(
        " UNION ALL ".join(f"SELECT chat FROM outbox WHERE state = '{state}' AND {of_chats}" for state in states),
        (int(Lane.BROADCAST), *chats) * len(states),
    )
    return frozenset(row["chat"] for row in rows)


def being_told(tx: Transaction, purpose: str, but: int | None) -> frozenset[str]:
    """What messages of that purpose tell of that are on their way, or may have arrived; except the row `but`."""
    rows = tx.query(
        "SELECT id, tells FROM outbox WHERE tells IS NOT NULL AND finished_at IS NULL AND purpose = ?", (purpose,)
    )
    return frozenset(each for row in rows if row["id"] != but for each in json.loads(row["tells"]))


def _values(tx: Transaction, out: Outgoing) -> dict[str, Any]:
    waits = out.not_before is not None and out.not_before > tx.now
    not_before = to_text(out.not_before) if waits and out.not_before else None
    if tx.holds and not waits and out.lane is not Lane.URGENT:  # danger waits for no file
        waits, not_before = True, HELD_UNTIL
    return {
        "lane": int(out.lane),
        "chat": out.chat,
        "action": out.action,
        "content": json.dumps(out.content, ensure_ascii=False),
        "topic": out.topic,
        "card": out.card,
        "message": out.message,
        "reply_to": out.reply_to,
        "reply_to_card": out.reply_to_card,
        "subject": out.subject,
        "purpose": out.purpose,
        "when_uncertain": out.when_uncertain,
        "answers": tx.answering,
        "thread": tx.thread[1] if tx.thread is not None and tx.thread[0] == out.chat else None,
        "state": RowState.WAITING if waits else RowState.PENDING,
        "not_before": not_before,
        "once": out.once,
        "album": out.album,
        "created_at": to_text(tx.now),
    }


def _may_fold(out: Outgoing) -> bool:
    """Whether it may wait until staff want to read it: a message of its own, and of no danger."""
    return out.card is None and out.action in NEW and out.lane is not Lane.URGENT and out.purpose != UNFOLDED


def _join_album(tx: Transaction, out: Outgoing) -> int | None:
    """Put the media of a further part to those that still wait; None when there are none, or they are a full album."""
    row = tx.one(
        "SELECT id, content FROM outbox WHERE chat = ? AND album = ? AND state IN ('pending', 'waiting') "
        "ORDER BY id DESC LIMIT 1",
        (out.chat, out.album),
    )
    if row is None:
        return None
    content = json.loads(row["content"])
    media = [*content["media"], *out.content["media"]]
    if len(media) > ALBUM_LIMIT:
        return None
    content["media"] = media
    tx.execute(
        "UPDATE outbox SET content = :content, state = CASE WHEN :until IS NULL THEN state ELSE 'waiting' END, "
        "not_before = coalesce(:until, not_before) WHERE id = :id",
        {
            "content": json.dumps(content, ensure_ascii=False),
            "until": to_text(out.not_before) if out.not_before else None,
            "id": row["id"],
        },
    )
    return int(row["id"])


def replace_in_albums(tx: Transaction, chat: int, subject: str, card: int, media: dict[str, Any]) -> bool:
    """Put another file in the place of a card's in an album that was not sent yet; False when there is none."""
    rows = tx.query(
        "SELECT id, content FROM outbox WHERE chat = :chat AND subject = :subject AND action = 'album' "
        "AND state IN ('pending', 'waiting') "
        "UNION ALL SELECT id, content FROM outbox WHERE chat = :chat AND subject = :subject AND action = 'album' "
        "AND state = 'dropped'",
        {"chat": chat, "subject": subject},
    )
    for row in rows:
        content = json.loads(row["content"])
        if any(each.get("card") == card for each in content.get("media", ())):
            content["media"] = [media if each.get("card") == card else each for each in content["media"]]
            tx.execute(
                "UPDATE outbox SET content = ? WHERE id = ?", (json.dumps(content, ensure_ascii=False), row["id"])
            )
            return True
    return False


def has_open(tx: Transaction, purpose: str) -> bool:
    """Whether anything with that purpose is still to be sent."""
    row = tx.one("SELECT 1 FROM outbox WHERE purpose = ? AND finished_at IS NULL LIMIT 1", (purpose,))
    return row is not None


def by_id(tx: Transaction, row_id: int) -> sqlite3.Row | None:
    """One row, or None."""
    return tx.one("SELECT * FROM outbox WHERE id = ?", (row_id,))


def card_waits(tx: Transaction, card: int) -> bool:
    """Whether something is to be written into a card."""
    return tx.one("SELECT 1 FROM outbox WHERE card = ? AND state IN ('pending', 'waiting')", (card,)) is not None


def rings(tx: Transaction, card: int) -> bool:
    """Whether a card that rings is still on its way: what is written into it until then rings as well."""
    rows = tx.query(
        "SELECT 1 FROM outbox WHERE card = :card AND state IN ('pending', 'waiting') AND lane = :lane "
        "UNION ALL SELECT 1 FROM outbox WHERE card = :card AND state = 'sending' AND lane = :lane LIMIT 1",
        {"card": card, "lane": int(Lane.URGENT)},
    )
    return bool(rows)
