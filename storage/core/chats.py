"""Chats and topics. Our id of a chat stays when Telegram's changes."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from domain.core.stored import Stored
from storage.core import dialect, settings
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.settings import SettingKey


class ChatKind(Stored, StrEnum, kept_in="chats.kind"):
    """What a chat is; Telegram's own words."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Chat:
    """A private chat or a group. `unreachable` says why nothing can be sent there, or is None.

    `refuses` are Telegram's words for why it may not be written to for now, though it is there; or None.
    """

    id: int
    telegram_id: int
    kind: str
    title: str | None
    is_forum: bool
    unreachable: str | None
    refuses: str | None

    @property
    def is_private(self) -> bool:
        """A chat with one person."""
        return self.kind == ChatKind.PRIVATE


_COLUMNS = "id, telegram_id, kind, title, is_forum, unreachable, refuses"


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


def find(tx: Transaction, chat: int) -> Chat | None:
    """The chat with our id `chat`, or None: it may have become one with another."""
    return tx.one_as(_chat, f"SELECT {_COLUMNS} FROM chats WHERE id = ?", (chat,))


def groups(tx: Transaction) -> list[Chat]:
    """Every group and channel we have been in."""
    return tx.query_as(_chat, f"SELECT {_COLUMNS} FROM chats WHERE kind <> 'private' ORDER BY id")


def by_telegram_id(tx: Transaction, telegram_id: int) -> Chat | None:
    """The chat with that Telegram id, or None."""
    return tx.one_as(_chat, f"SELECT {_COLUMNS} FROM chats WHERE telegram_id = ?", (telegram_id,))


def meet(tx: Transaction, telegram_id: int, kind: str, title: str | None, is_forum: bool) -> Chat:
    """The chat with that Telegram id, made or brought up to date (a group gets a new title, turns topics on)."""
    known = by_telegram_id(tx, telegram_id)
    if known is not None and (known.kind, known.title, known.is_forum) == (kind, title, is_forum):
        return known
    if known is None and (moved := settings.get(tx, _moved(telegram_id))) is not None:
        # A straggler from before the group moved: the same chat of ours, and not a new one under its old id.
        return by_id(tx, int(moved))
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
    return tx.one_as(
        _chat,
        "SELECT chats.id, chats.telegram_id, kind, title, is_forum, unreachable, refuses "
        "FROM chats JOIN people ON people.telegram_id = chats.telegram_id WHERE people.id = ? AND people.started",
        (person,),
    )


def set_unreachable(tx: Transaction, chat: int, reason: str | None) -> None:
    """Note why nothing can be sent there (None: it can). Either way it does not count any more that it refused."""
    tx.execute("UPDATE chats SET unreachable = ?, refuses = NULL WHERE id = ?", (reason, chat))


def set_refuses(tx: Transaction, chat: int, reason: str | None) -> None:
    """Note in what words a chat refuses to be written to (None: it does not)."""
    tx.execute("UPDATE chats SET refuses = ? WHERE id = ?", (reason, chat))


def migrate(tx: Transaction, old_telegram_id: int, new_telegram_id: int) -> Chat | None:
    """A group became a supergroup: same chat of ours, new Telegram id. Returns it; None when that was known before.

    Updates from the new id may have come first; what little hangs on that second row moves over. Message and thread
    ids start anew in a supergroup, so cards and topics are to be made again there.
    """
    old = by_telegram_id(tx, old_telegram_id)
    if old is None or old_telegram_id == new_telegram_id:
        return None
    new = by_telegram_id(tx, new_telegram_id)
    tx.execute("UPDATE cards SET message_id = NULL WHERE chat = ?", (old.id,))
    tx.execute("UPDATE topics SET thread_id = NULL WHERE chat = ?", (old.id,))
    tx.execute("UPDATE messages SET message_id = -id WHERE chat = ? AND message_id > 0", (old.id,))
    is_forum, title = old.is_forum, old.title
    if new is not None:
        is_forum, title = new.is_forum, new.title or old.title
        _merge(tx, old.id, new.id)
    tx.execute(
        "UPDATE chats SET telegram_id = ?, kind = 'supergroup', title = ?, is_forum = ?, unreachable = NULL, "
        "refuses = NULL "
        "WHERE id = ?",
        (new_telegram_id, title, int(is_forum), old.id),
    )
    settings.put(tx, _moved(old_telegram_id), str(old.id))
    return by_id(tx, old.id)


def _merge(tx: Transaction, into: int, away: int) -> None:
    """Everything of the chat `away` becomes the chat `into`'s, where one of the same kind is not there already."""
    for theirs in tx.query("SELECT id, key, thread_id FROM topics WHERE chat = ?", (away,)):
        ours = tx.one("SELECT id FROM topics WHERE chat = ? AND key = ?", (into, theirs["key"]))
        if ours is None:
            tx.execute("UPDATE topics SET chat = ? WHERE id = ?", (into, theirs["id"]))
        else:
            _replace_topic(tx, theirs, int(ours["id"]))
    # A person is in one conversation per chat: the one from before is put aside, the newer one stays open.
    tx.execute(
        "UPDATE conversations SET state = 'parked' WHERE chat = ? AND state = 'open' AND person IN "
        "(SELECT person FROM conversations WHERE chat = ? AND state = 'open')",
        (into, away),
    )
    for table in ("messages", "cards", "outbox", "conversations"):
        tx.execute(f"UPDATE {table} SET chat = ? WHERE chat = ?", (into, away))
    tx.execute("UPDATE settings SET value = ? WHERE key = 'staff_chat' AND value = ?", (str(into), str(away)))
    rights = settings.get(tx, _rights(away))
    if rights is not None:
        settings.put(tx, _rights(into), rights)
    tx.execute("DELETE FROM chats WHERE id = ?", (away,))


def _replace_topic(tx: Transaction, theirs: sqlite3.Row, ours: int) -> None:
    tx.execute("UPDATE topics SET thread_id = ? WHERE id = ?", (theirs["thread_id"], ours))
    for table in ("cards", "outbox"):
        tx.execute(f"UPDATE {table} SET topic = ? WHERE topic = ?", (ours, theirs["id"]))
    tx.execute("DELETE FROM topics WHERE id = ?", (theirs["id"],))


def rights(tx: Transaction, chat: int) -> frozenset[str] | None:
    """The administrator's rights the bot has in a group (`manage_topics` …); None while nobody has told us."""
    kept = settings.get(tx, _rights(chat))
    return None if kept is None else frozenset(kept.split()) - {""}


def set_rights(tx: Transaction, chat: int, names: frozenset[str]) -> None:
    """Note which administrator's rights the bot has in a group."""
    settings.put(tx, _rights(chat), " ".join(sorted(names)))


def _rights(chat: int) -> str:
    return f"{SettingKey.RIGHTS}{chat}"


def _moved(telegram_id: int) -> str:
    return f"{SettingKey.MOVED}{telegram_id}"


def topic(tx: Transaction, chat: int, key: str, name: str) -> int:
    """Our id of the topic `key` in a chat, made when absent; delivery creates it in Telegram when it is first used."""
    tx.execute("INSERT INTO topics (chat, key, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (chat, key, name))
    return tx.number("SELECT id FROM topics WHERE chat = ? AND key = ?", (chat, key))


def topic_by_id(tx: Transaction, topic_id: int) -> sqlite3.Row | None:
    """A topic's name and thread_id (None until Telegram has made it), or None."""
    return tx.one("SELECT name, thread_id FROM topics WHERE id = ?", (topic_id,))


def set_thread(tx: Transaction, topic_id: int, thread_id: int | None) -> None:
    """Note Telegram's id of a topic; None when it is gone."""
    tx.execute("UPDATE topics SET thread_id = ? WHERE id = ?", (thread_id, topic_id))


def forget_thread(tx: Transaction, topic_id: int, thread_id: int | None) -> None:
    """That topic is gone; nothing is forgotten of one that was made anew meanwhile."""
    tx.execute(
        f"UPDATE topics SET thread_id = NULL WHERE id = ? AND {dialect.same('thread_id', '?')}", (topic_id, thread_id)
    )
