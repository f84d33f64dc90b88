"""The way out of the outbox: which row is next, that it is being sent, and what became of it."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text
from storage.core.outbox import Lane, RowState

NOTHING: Mapping[int, Collection[str]] = {}
_WITHOUT_ONCE = dialect.read_by("outbox_finished", "outbox")
"""Rows without a `once`, by when they ended: SQLite takes "once IS NULL" for one row, and would look at all of them."""
_INTRODUCES = "(once >= 'introduction:' AND once < 'introduction;')"
_INTRODUCED = dialect.read_by("outbox_introduced", "outbox")


def split_album(tx: Transaction, row: sqlite3.Row, reason: str) -> None:
    """Send the parts of an album one by one instead: it was refused as a whole, perhaps because of one of them."""
    content = json.loads(row["content"])
    for each in content.pop("media"):
        alone = json.dumps({**content, "file_id": each["file_id"]}, ensure_ascii=False)
        tx.execute(
            "INSERT INTO outbox (lane, chat, action, content, topic, thread, card, reply_to, reply_to_card, subject, "
            "purpose, when_uncertain, answers, state, created_at, comes_from, turn) "
            "SELECT lane, chat, ?, ?, topic, thread, ?, reply_to, reply_to_card, subject, "
            # Where a card has a row waiting already, that one has what is newer.
            "purpose, when_uncertain, answers, 'pending', ?, comes_from, turn FROM outbox WHERE id = ? "
            "ON CONFLICT DO NOTHING",
            (each["type"], alone, each.get("card"), to_text(tx.now), row["id"]),
        )
    finish(tx, row["id"], RowState.DROPPED, reason)
    tx.signal("outbox")


def delete_each(tx: Transaction, row: sqlite3.Row, reason: str) -> None:
    """Delete the messages of a row one by one instead: it was refused, perhaps because of one of them."""
    content = json.loads(row["content"])
    for message in content.pop("messages"):
        tx.execute(
            "INSERT INTO outbox (lane, chat, action, content, message, subject, purpose, when_uncertain, state, "
            "created_at, comes_from, turn, once) SELECT lane, chat, 'delete', ?, ?, subject, purpose, when_uncertain, "
            "'pending', ?, comes_from, turn, once || ':' || ? FROM outbox WHERE id = ? ON CONFLICT DO NOTHING",
            (json.dumps(content, ensure_ascii=False), message, to_text(tx.now), message, row["id"]),
        )
    finish(tx, row["id"], RowState.DROPPED, reason)
    tx.signal("outbox")


def words_alone(tx: Transaction, row: sqlite3.Row) -> None:
    """The words that were to stand below a file go out by themselves; the row keeps the file. Nothing without words."""
    text = json.loads(row["content"]).get("text")
    if not text:
        return
    tx.execute(
        "INSERT INTO outbox (lane, chat, action, content, topic, thread, reply_to, reply_to_card, subject, purpose, "
        "when_uncertain, answers, state, created_at, comes_from, turn) SELECT lane, chat, 'message', "
        f"{dialect.without('content', 'file_id', 'path', 'once')}, topic, thread, reply_to, reply_to_card, subject, "
        "purpose, when_uncertain, answers, 'pending', ?, comes_from, turn FROM outbox WHERE id = ?",
        (to_text(tx.now), row["id"]),
    )
    rest = dialect.without("content", "text", "markup")
    tx.execute(f"UPDATE outbox SET content = {rest} WHERE id = ?", (row["id"],))
    tx.signal("outbox")


def hurry(tx: Transaction, chat: int) -> None:
    """What was set aside for a chat, because of how it answered, is tried now."""
    tx.execute(
        "UPDATE outbox SET not_before = ? WHERE state = 'waiting' AND chat = ? AND error IS NOT NULL "
        "AND failures = 0",  # not what could not be worded: that is no matter of the chat
        (to_text(tx.now), chat),
    )


def lanes(tx: Transaction) -> Iterator[int]:
    """The lanes in which something is pending, the most urgent first; each is looked up when the one before is done."""
    lane = min(Lane) - 1
    while row := tx.one("SELECT lane FROM outbox WHERE state = 'pending' AND lane > ? ORDER BY lane LIMIT 1", (lane,)):
        lane = int(row["lane"])
        yield lane


def head(tx: Transaction, lane: int, after_chat: int) -> sqlite3.Row | None:
    """The pending row whose turn it is of the next chat behind `after_chat` in that lane, or None behind the last.

    Walking chat by chat costs one index look-up each, so a chat with a thousand rows hides nobody.
    """
    return tx.one(
        "SELECT * FROM outbox WHERE state = 'pending' AND lane = ? AND chat > ? ORDER BY chat, turn, id LIMIT 1",
        (lane, after_chat),
    )


def heads_of(tx: Transaction, lane: int, chat: int, count: int) -> list[sqlite3.Row]:
    """The pending rows of one chat in that lane whose turn it is next."""
    return tx.query(
        "SELECT * FROM outbox WHERE state = 'pending' AND lane = ? AND chat = ? ORDER BY turn, id LIMIT ?",
        (lane, chat, count),
    )


def claim(tx: Transaction, ids: Collection[int], tells: Mapping[int, Collection[str]] = NOTHING) -> None:
    """These are about to be sent, and tell of that. Once committed, a crash leaves them uncertain."""
    for row_id in ids:
        told = json.dumps(list(tells[row_id])) if tells.get(row_id) else None
        tx.execute("UPDATE outbox SET state = 'sending', tells = ? WHERE id = ?", (told, row_id))


def put_off(tx: Transaction, row_id: int, until: datetime, error: str, failed: bool) -> None:
    """It could not be worded now: it waits until then, and others of its chat pass. `failed` counts that."""
    tx.execute(
        "UPDATE outbox SET state = 'waiting', not_before = ?, error = ?, failures = failures + ? WHERE id = ?",
        (to_text(until), error, int(failed), row_id),
    )


def finish(tx: Transaction, row_id: int, state: str, error: str | None = None) -> None:
    """A row's end: `sent`, `dropped` or `failed`, with the reason where it is not `sent`."""
    tx.execute(
        "UPDATE outbox SET state = ?, finished_at = ?, error = ? WHERE id = ?", (state, to_text(tx.now), error, row_id)
    )


def content_of(tx: Transaction, message: int) -> dict[str, Any]:
    """What a message that was sent held; empty once its row is gone, a week after it was sent."""
    row = tx.one(
        "SELECT outbox.action, content FROM outbox JOIN messages ON messages.outbox = outbox.id WHERE messages.id = ?",
        (message,),
    )
    return {} if row is None else {**json.loads(row["content"]), "kind": row["action"]}


def is_open(tx: Transaction, row_id: int) -> bool:
    """Whether a row is still to be sent, or on its way."""
    return tx.one("SELECT 1 FROM outbox WHERE id = ? AND finished_at IS NULL", (row_id,)) is not None


def release(
    tx: Transaction, row_id: int, error: str, count_try: bool, *,
    not_before: datetime | None = None, aside: bool = False, unanswered: bool = False,
) -> None:  # fmt: skip
    """Back to pending. When newer content for the same card waits already, this row gives way to it.

    `not_before` is remembered for the next start (see `held`); with `aside` the row waits until then by itself, and
    others of its chat may pass. `unanswered` counts that it may have arrived.
    """
    rows = tx.query(
        "UPDATE outbox SET state = CASE WHEN card IS NOT NULL AND EXISTS (SELECT 1 FROM outbox newer "
        "WHERE newer.card = outbox.card AND newer.state IN ('pending', 'waiting')) THEN 'dropped' "
        "WHEN :aside THEN 'waiting' ELSE 'pending' END, not_before = :not_before, "
        "unanswered = unanswered + :unanswered, tries = tries + :tried, error = :error WHERE id = :id RETURNING state",
        {
            "tried": int(count_try),
            "error": error,
            "id": row_id,
            "aside": int(aside),
            "unanswered": int(unanswered),
            "not_before": to_text(not_before) if not_before else None,
        },
    )
    if rows[0]["state"] == RowState.DROPPED:
        finish(tx, row_id, RowState.DROPPED, error)
    tx.signal("outbox")


def is_taken_back(tx: Transaction, card: int) -> bool:
    """Whether a card is not to be on the screen any more: what would still bring it is not sent."""
    return tx.one("SELECT 1 FROM outbox WHERE action = 'take_back' AND card = ?", (card,)) is not None


def forget_thread(tx: Transaction, row_id: int, reason: str) -> None:
    """The topic of a private chat in which it was to be sent is gone: it comes outside of topics."""
    tx.execute("UPDATE outbox SET thread = NULL WHERE id = ?", (row_id,))
    release(tx, row_id, reason, count_try=False)


def forget_reply(tx: Transaction, row_id: int, reason: str) -> None:
    """What it was to reply to is gone: it comes by itself."""
    tx.execute("UPDATE outbox SET reply_to = NULL, reply_to_card = NULL WHERE id = ?", (row_id,))
    release(tx, row_id, reason, count_try=False)


def cannot_be_deleted(tx: Transaction, row_id: int, reason: str, stage: int = 1) -> None:
    """A message was to be deleted and Telegram refuses: it says instead that it was taken back.

    `stage`: how it is changed (bot/sending/row_to_call.py).
    """
    content = dialect.with_member("content", "too_late", "?")
    tx.execute(f"UPDATE outbox SET content = {content} WHERE id = ?", (stage, row_id))
    release(tx, row_id, reason, count_try=False)


def held(tx: Transaction) -> list[sqlite3.Row]:
    """Chats that are to be left alone for a while, and until when: what Telegram asked for outlives the program."""
    return tx.query(
        "SELECT chat, max(not_before) AS until FROM outbox WHERE state = 'pending' AND not_before > ? GROUP BY chat",
        (to_text(tx.now),),
    )


def in_sending(tx: Transaction) -> list[sqlite3.Row]:
    """Rows that were being sent when the program ended: nobody knows whether they arrived."""
    return tx.query("SELECT * FROM outbox WHERE state = 'sending' ORDER BY id")


def promote(tx: Transaction) -> int:
    """Rows whose time has come become pending; returns how many."""
    count = tx.execute(
        "UPDATE outbox SET state = 'pending' WHERE state = 'waiting' AND not_before <= ?", (to_text(tx.now),)
    ).rowcount
    if count:
        tx.signal("outbox")
    return count


def drop_all(tx: Transaction, chat: int, reason: str) -> None:
    """Nothing can be sent to that chat: what is pending for it is put away with the reason."""
    tx.execute(
        "UPDATE outbox SET state = 'dropped', finished_at = ?, error = ? WHERE chat = ? AND state = 'pending'",
        (to_text(tx.now), reason, chat),
    )


def sent_since(tx: Transaction, since: datetime) -> list[sqlite3.Row]:
    """What went out lately: our ids of the chats, when, and what it was (an album is several messages)."""
    columns = "SELECT chat, finished_at, action, content, comes_from, lane FROM"
    # Two, for each has an index of its own.
    return tx.query(
        f"{columns} {_WITHOUT_ONCE} WHERE finished_at >= :since AND once IS NULL AND state = 'sent' UNION ALL "
        f"{columns} outbox WHERE finished_at >= :since AND once IS NOT NULL AND state = 'sent' ORDER BY finished_at",
        {"since": to_text(since)},
    )


def forget_finished(tx: Transaction, older_than: timedelta, limit: int) -> int:
    """Delete rows that ended long ago, or in a future that a moved clock has taken back; returns how many, at most
    `limit`.

    Those with a `once` stay, without their words: they keep occurrences from coming twice.
    """
    past, future = to_text(tx.now - older_than), to_text(tx.now + older_than)
    gone = 0
    for is_old in ("finished_at < :past", "finished_at > :future"):
        values = {"past": past, "future": future, "limit": limit - gone}
        gone += tx.execute(
            "DELETE FROM outbox WHERE id IN "
            f"(SELECT id FROM {_WITHOUT_ONCE} WHERE {is_old} AND once IS NULL LIMIT :limit)",
            values,
        ).rowcount
        gone += tx.execute(
            "UPDATE outbox SET content = '{}' WHERE id IN (SELECT id FROM outbox WHERE "
            f"{is_old} AND once IS NOT NULL AND content <> '{{}}' LIMIT :limit)",
            {**values, "limit": limit - gone},
        ).rowcount
    return gone


def oldest_occurrence(tx: Transaction) -> datetime | None:
    """When the oldest of the rows with a `once` ended; None when there is none."""
    row = tx.one("SELECT min(finished_at) AS at FROM outbox WHERE finished_at IS NOT NULL AND once IS NOT NULL")
    return from_text_or_none(row["at"] if row else None)


def forget_occurrences(tx: Transaction, before: datetime, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """Delete rows with a `once` that ended before that instant: what they tell of is over, and does not come again.

    A neighbour's introduction stays (`forget_introductions`). Looks at `limit` rows behind `after` (when the last one
    ended, and its number) and returns these.
    """
    rows = tx.query(
        f"SELECT id, finished_at, {_INTRODUCES} AS stays FROM outbox WHERE once IS NOT NULL "
        "AND (finished_at, id) > (:at, :id) AND finished_at < :before ORDER BY finished_at, id LIMIT :limit",
        {"at": after[0], "id": after[1], "before": to_text(before), "limit": limit},
    )
    tx.many("DELETE FROM outbox WHERE id = ?", [(row["id"],) for row in rows if not row["stays"]])
    return [(row["finished_at"], row["id"]) for row in rows]


def forget_introductions(tx: Transaction, before: datetime, limit: int) -> int:
    """Delete what keeps a neighbour from being introduced again, of introductions before that; returns how many."""
    return tx.execute(
        f"DELETE FROM outbox WHERE id IN (SELECT id FROM {_INTRODUCED} WHERE {_INTRODUCES} AND finished_at < ? "
        "LIMIT ?)",
        (to_text(before), limit),
    ).rowcount
