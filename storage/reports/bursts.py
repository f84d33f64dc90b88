"""New reports whose card waits until the staff group is calm, and the message that names each meanwhile."""

from datetime import datetime

from storage.core.database import Transaction
from storage.core.dialect import IN_THIS_ORDER
from storage.core.instants import to_text


def add(tx: Transaction, report: int) -> None:
    """Its card waits; it is in no message yet."""
    tx.execute("INSERT INTO gathered (report) VALUES (?) ON CONFLICT DO NOTHING", (report,))


def take(tx: Transaction, report: int) -> tuple[bool, int | None]:
    """It waits no longer. Whether it did, and which card names it."""
    rows = tx.query("DELETE FROM gathered WHERE report = ? RETURNING card", (report,))
    return (True, rows[0]["card"]) if rows else (False, None)


def named_by(tx: Transaction, card: int) -> list[int]:
    """The reports a message names, the oldest first."""
    return [
        int(row["report"]) for row in tx.query("SELECT report FROM gathered WHERE card = ? ORDER BY report", (card,))
    ]


def not_named(tx: Transaction, limit: int) -> list[int]:
    """Those no message names yet, the oldest first."""
    rows = tx.query("SELECT report FROM gathered WHERE card IS NULL ORDER BY report LIMIT ?", (limit,))
    return [int(row["report"]) for row in rows]


def name(tx: Transaction, report: int, card: int) -> None:
    """That message names it from now on."""
    tx.execute("UPDATE gathered SET card = ? WHERE report = ?", (card, report))


def waiting(tx: Transaction, limit: int) -> list[tuple[int, int]]:
    """The oldest that wait, one of each person, and who reported them: many of one person take turns with others'."""
    rows = tx.query(
        f"SELECT min(reports.id) AS report, person FROM gathered {IN_THIS_ORDER} reports "
        "ON reports.id = gathered.report GROUP BY reports.person ORDER BY report LIMIT ?",
        (limit,),
    )
    return [(int(row["report"]), int(row["person"])) for row in rows]


def newest_cards(tx: Transaction, chat: int, limit: int, since: datetime) -> list[int]:
    """Who reported what the newest staff cards of a chat are about that were made since then; at most `limit`."""
    rows = tx.query(
        "SELECT reports.person FROM (SELECT subject, created_at FROM cards WHERE role = 'staff' AND chat = ? "
        "ORDER BY id DESC LIMIT ?) AS made "
        "JOIN reports ON reports.id = CAST(substr(made.subject, length('report:') + 1) AS INTEGER) "
        "WHERE made.created_at > ? AND made.subject LIKE 'report:%'",
        (chat, limit, to_text(since)),
    )
    return [int(row["person"]) for row in rows]
