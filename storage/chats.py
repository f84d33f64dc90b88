"""Chats and topics. Our id of a chat stays when Telegram's changes."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.instants import to_text


@dataclass(frozen=True)
class Chat:
    """A private chat or a group. `unreachable` says why nothing can be sent there, or is None."""

    id: int
    telegram_id: int
    kind: str
    title: str | None
    is_forum: bool
    unreachable: str | None

    @property
    def is_private(self) -> bool:
        """A chat with one person."""
        return self.kind == "private"


_COLUMNS = "id, telegram_id, kind, title, is_forum, unreachable"


def _chat(row: object) -> Chat:
    values = dict(row)  # type: ignore[call-overload]
    values["is_forum"] = bool(values["is_forum"])
    return Chat(**values)


def by_id(tx: Transaction, chat: int) -> Chat:
    """The chat with our id `chat`; it must exist."""
    row = tx.one(f"SELECT {_COLUMNS} FROM chats WHERE id = ?", (chat,))
    if row is None:
        raise LookupError(f"no chat {chat}")
    return _chat(row)


def by_telegram_id(tx: Transaction, telegram_id: int) -> Chat | None:
    """The chat with that Telegram id, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM chats WHERE telegram_id = ?", (telegram_id,))
    return None if row is None else _chat(row)


def meet(tx: Transaction, telegram_id: int, kind: str, title: str | None, is_forum: bool) -> Chat:
    """The chat with that Telegram id, made or brought up to date (a group gets a new title, turns topics on)."""
    known = by_telegram_id(tx, telegram_id)
    if known is not None and (known.kind, known.title, known.is_forum) == (kind, title, is_forum):
        return known
    tx.execute(
        "INSERT INTO chats (telegram_id, kind, title, is_forum, created_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (telegram_id) DO UPDATE SET kind = excluded.kind, title = excluded.title, "
        "is_forum = excluded.is_forum",
        (telegram_id, kind, title, int(is_forum), to_text(tx.now)),
    )
    met = by_telegram_id(tx, telegram_id)
    assert met is not None
    return met


def private_with(tx: Transaction, person: int) -> Chat | None:
    """The private chat with a person, or None when they never opened one."""
    row = tx.one(
        "SELECT chats.id, chats.telegram_id, kind, title, is_forum, unreachable FROM chats "
        "JOIN people ON people.telegram_id = chats.telegram_id WHERE people.id = ? AND people.started",
        (person,),
    )
    return None if row is None else _chat(row)


def set_unreachable(tx: Transaction, chat: int, reason: str | None) -> None:
    """Note why nothing can be sent there (None: it can)."""
    tx.execute("UPDATE chats SET unreachable = ? WHERE id = ?", (reason, chat))


def migrate(tx: Transaction, old_telegram_id: int, new_telegram_id: int) -> None:
    """A group became a supergroup: same chat of ours, new Telegram id.

    Updates from the new id may have come first; what little hangs on that second row moves over. Message and thread
    ids start anew in a supergroup, so cards and topics are to be made again there.
    """
    old = by_telegram_id(tx, old_telegram_id)
    new = by_telegram_id(tx, new_telegram_id)
    if old is None:
        return
    tx.execute("UPDATE cards SET message_id = NULL WHERE chat = ?", (old.id,))
    tx.execute("UPDATE topics SET thread_id = NULL WHERE chat = ?", (old.id,))
    tx.execute("UPDATE messages SET message_id = -id WHERE chat = ? AND message_id > 0", (old.id,))
    if new is not None:
        for table in ("messages", "cards", "outbox", "conversations"):
            tx.execute(f"UPDATE {table} SET chat = ? WHERE chat = ?", (old.id, new.id))
        tx.execute("DELETE FROM topics WHERE chat = ?", (new.id,))
        tx.execute("UPDATE settings SET value = ? WHERE key = 'staff_chat' AND value = ?", (str(old.id), str(new.id)))
        tx.execute("DELETE FROM chats WHERE id = ?", (new.id,))
    tx.execute("UPDATE chats SET telegram_id = ?, kind = 'supergroup' WHERE id = ?", (new_telegram_id, old.id))


def topic(tx: Transaction, chat: int, key: str, name: str) -> int:
    """Our id of the topic `key` in a chat, made when absent; delivery creates it in Telegram when it is first used."""
    tx.execute("INSERT INTO topics (chat, key, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (chat, key, name))
    row = tx.one("SELECT id FROM topics WHERE chat = ? AND key = ?", (chat, key))
    assert row is not None
    return int(row["id"])


def set_thread(tx: Transaction, topic_id: int, thread_id: int | None) -> None:
    """Note Telegram's id of a topic; None when it is gone."""
    tx.execute("UPDATE topics SET thread_id = ? WHERE id = ?", (thread_id, topic_id))
