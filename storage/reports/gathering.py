"""New voices whose card waits until the staff group is calm, and the message that names each meanwhile."""

from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import to_text


def add(tx: Transaction, voice: int) -> None:
    """Its card waits; it is in no message yet."""
    tx.execute("INSERT INTO gathered (voice) VALUES (?) ON CONFLICT DO NOTHING", (voice,))


def take(tx: Transaction, voice: int) -> tuple[bool, int | None]:
    """It waits no longer. Whether it did, and which card names it."""
    rows = tx.query("DELETE FROM gathered WHERE voice = ? RETURNING card", (voice,))
    return (True, rows[0]["card"]) if rows else (False, None)


def named_by(tx: Transaction, card: int) -> list[int]:
    """The voices a message names, the oldest first."""
    return [int(row["voice"]) for row in tx.query("SELECT voice FROM gathered WHERE card = ? ORDER BY voice", (card,))]


def not_named(tx: Transaction, limit: int) -> list[int]:
    """Those no message names yet, the oldest first."""
    rows = tx.query("SELECT voice FROM gathered WHERE card IS NULL ORDER BY voice LIMIT ?", (limit,))
    return [int(row["voice"]) for row in rows]


def name(tx: Transaction, voice: int, card: int) -> None:
    """That message names it from now on."""
    tx.execute("UPDATE gathered SET card = ? WHERE voice = ?", (card, voice))


def waiting(tx: Transaction, limit: int) -> list[int]:
    """The oldest that wait, one of each person: who reported twenty times takes turns with the others."""
    rows = tx.query(
        "SELECT min(voices.id) AS voice FROM gathered JOIN voices ON voices.id = gathered.voice "
        "GROUP BY voices.person ORDER BY voice LIMIT ?",
        (limit,),
    )
    return [int(row["voice"]) for row in rows]


def newest_cards(tx: Transaction, chat: int, limit: int, since: datetime) -> list[int]:
    """Who reported what the newest staff cards of a chat are about that were made since then; at most `limit`."""
    rows = tx.query(
        "SELECT voices.person FROM (SELECT subject, created_at FROM cards WHERE role = 'staff' AND chat = ? "
        "ORDER BY id DESC LIMIT ?) AS made JOIN voices ON voices.id = CAST(substr(made.subject, 7) AS INTEGER) "
        "WHERE made.created_at > ? AND made.subject LIKE 'voice:%'",
        (chat, limit, to_text(since)),
    )
    return [int(row["person"]) for row in rows]
