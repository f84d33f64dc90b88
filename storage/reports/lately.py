"""How much of one person came lately: for what bounds them."""

from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text

LOOKED_AT = 60


def nth_newest(tx: Transaction, person: int, nth: int) -> datetime | None:
    """When the `nth` newest of somebody's reports came that speak of no danger; None when there are not so many."""
    row = tx.one(
        "SELECT created_at FROM reports WHERE person = ? AND danger IS NULL AND recorded_by IS NULL "
        "ORDER BY id DESC LIMIT 1 OFFSET ?",
        (person, nth - 1),
    )
    return from_text_or_none(row["created_at"] if row else None)


def cards(tx: Transaction, chat: int, person: int, since: datetime) -> int:
    """How many cards of their newest reports were made in that chat since then; those of danger do not count."""
    return tx.number(
        "SELECT count(*) FROM (SELECT id FROM reports WHERE person = ? AND danger IS NULL ORDER BY id DESC LIMIT ?) "
        "AS newest CROSS JOIN cards ON cards.subject = 'report:' || newest.id AND cards.role = 'staff' "
        "WHERE cards.chat = ? AND cards.created_at > ?",
        (person, LOOKED_AT, chat, to_text(since)),
    )
