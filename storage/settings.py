"""What the program learnt while running, by key."""

from storage.database import Transaction


def get(tx: Transaction, key: str) -> str | None:
    """The value kept under `key`, or None."""
    row = tx.one("SELECT value FROM settings WHERE key = ?", (key,))
    return None if row is None else str(row["value"])


def put(tx: Transaction, key: str, value: str) -> None:
    """Keep `value` under `key`, replacing what was there."""
    tx.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def staff_chat(tx: Transaction) -> int | None:
    """Our id of the chat where staff work, once it was chosen."""
    value = get(tx, "staff_chat")
    return int(value) if value else None
