"""The numbers of the reports that are open: for what goes through all of them."""

from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import to_text


def open_ids(tx: Transaction) -> list[int]:
    """The numbers of all reports that are not closed, the oldest first."""
    return tx.ids("SELECT id FROM reports WHERE closed_at IS NULL ORDER BY id")


def not_on_card(tx: Transaction, group: int, limit: int) -> list[int]:
    """The numbers of the newest open reports of which no card was ever sent to that group."""
    return tx.ids(
        "SELECT id FROM reports WHERE closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM cards WHERE "
        "cards.subject = 'report:' || reports.id AND cards.role = 'staff' AND cards.chat = ? "
        "AND cards.message_id IS NOT NULL) ORDER BY id DESC LIMIT ?",
        (group, limit),
    )


def open_or_changed_since(tx: Transaction, since: datetime) -> list[int]:
    """The numbers of all reports that are not closed or have changed since then, the oldest first."""
    return tx.ids("SELECT id FROM reports WHERE closed_at IS NULL OR changed_at >= ? ORDER BY id", (to_text(since),))
