"""Sending a message once more and deleting the older copy, so that it can still be deleted when it has to be."""

from collections.abc import Sequence
from datetime import datetime

from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.outbox import Lane

_OF = """FROM messages JOIN outbox ON outbox.id = messages.outbox
    WHERE messages.subject = :subject AND messages.chat = :chat AND NOT messages.incoming
    AND messages.purpose IN ({purposes})"""
_SILENT = dialect.with_member("content", "silent", dialect.JSON_TRUE)


def send_again(tx: Transaction, chat: int, subject: str, purposes: Sequence[str], sent_before: datetime) -> int:
    """Write every message about a subject anew that was sent before then; returns how many rows there are to send.

    Each is written once (`renew:<row>`), without a sound, in the lane of notices.
    """
    rows = tx.query(
        f"SELECT DISTINCT outbox.id {_of(purposes)} AND outbox.state = 'sent' AND outbox.finished_at < :before "
        "AND outbox.content <> '{}' ORDER BY outbox.id",
        {"subject": subject, "chat": chat, "before": to_text(sent_before)},
    )
    for row in rows:
        tx.execute(
            "INSERT INTO outbox (lane, chat, action, content, reply_to_card, subject, purpose, when_uncertain, state, "
            f"once, created_at) SELECT :lane, chat, action, {_SILENT}, reply_to_card, "
            "subject, purpose, 'again', 'pending', :once, :now FROM outbox WHERE id = :id "
            "ON CONFLICT (once) DO NOTHING",
            {"lane": int(Lane.NOTICE), "once": _once(row["id"]), "now": to_text(tx.now), "id": row["id"]},
        )
    if rows:
        tx.signal("outbox")
    return len(rows)


def delete_renewed(tx: Transaction, chat: int, subject: str, purposes: Sequence[str]) -> None:
    """Delete the older copies whose newer ones have arrived."""
    rows = tx.query(
        f"SELECT messages.id {_of(purposes)} AND EXISTS (SELECT 1 FROM outbox newer "
        "WHERE newer.once = 'renew:' || outbox.id AND newer.state = 'sent') ORDER BY messages.id",
        {"subject": subject, "chat": chat},
    )
    for row in rows:
        tx.execute(
            "INSERT INTO outbox (lane, chat, action, content, message, subject, purpose, state, created_at) "
            "VALUES (?, ?, 'delete', '{}', ?, ?, 'renewed', 'pending', ?)",
            (int(Lane.NOTICE), chat, row["id"], subject, to_text(tx.now)),
        )
        # It is about nothing any more: what is deleted is not looked at again.
        tx.execute("UPDATE messages SET purpose = 'renewed' WHERE id = ?", (row["id"],))
    if rows:
        tx.signal("outbox")


def _of(purposes: Sequence[str]) -> str:
    return _OF.format(purposes=", ".join(f"'{purpose}'" for purpose in purposes))


def _once(row: int) -> str:
    return f"renew:{row}"
