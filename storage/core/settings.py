"""What the program learnt while running, by key."""

from enum import StrEnum

from domain.core.stored import Stored
from storage.core.database import Transaction

PUT = "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class SettingKey(Stored, StrEnum, kept_in="settings.key"):
    """Under what something is kept; those with a colon are followed by what it is of."""

    BACKUP_MISSED = "backup_missed"
    BOT_ID = "bot_id"
    BOT_USERNAME = "bot_username"
    COMMAND_LISTS = "command_lists"
    LAST_CONTACT = "last_contact"
    MOVED = "moved:"
    QUEUE_PINNED = "queue_pinned:"
    RESTORED_AT = "restored_at"
    RESTORED_LINK = "restored_link"
    RIGHTS = "rights:"
    RUNNING = "running"
    STAFF_CHAT = "staff_chat"
    STAFF_CHAT_LEFT = "staff_chat_left"
    STAFF_CHAT_SETTING = "staff_chat_setting"
    TAKEN_AWAY_KEY = "taken_away_key"
    TAKEN_AWAY_NEEDED = "taken_away_needed"
    WIPED = "wiped"


def get(tx: Transaction, key: str) -> str | None:
    """The value kept under `key`, or None."""
    row = tx.one("SELECT value FROM settings WHERE key = ?", (key,))
    return None if row is None else str(row["value"])


def put(tx: Transaction, key: str, value: str) -> None:
    """Keep `value` under `key`, replacing what was there."""
    tx.execute(PUT, (key, value))


def staff_chat(tx: Transaction) -> int | None:
    """Our id of the chat where staff work, once it was chosen."""
    value = get(tx, SettingKey.STAFF_CHAT)
    return int(value) if value else None
