"""How much each person makes a group read: new messages within an hour, and the message in which staff hear of many."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Heard:
    """New messages in the hour that runs, and the card in which staff read that they are many; when it was written."""

    count: int
    card: int | None
    told_at: datetime | None


def count_one(tx: Transaction, person: int, chat: int) -> int:
    """One more new message; returns how many there were within the hour, this one included."""
    rows = tx.query(
        "INSERT INTO heard (person, chat, since, count) VALUES (:person, :chat, :now, 1) "
        "ON CONFLICT (person, chat) DO UPDATE SET "
        "count = CASE WHEN since > :before AND since <= :now THEN count + 1 ELSE 1 END, "
        "since = CASE WHEN since > :before AND since <= :now THEN since ELSE :now END RETURNING count",
        {"person": person, "chat": chat, "now": to_text(tx.now), "before": to_text(tx.now - HOUR)},
    )
    return int(rows[0]["count"])


def of(tx: Transaction, person: int, chat: int) -> Heard | None:
    """What is known of a person in a group."""
    row = tx.one("SELECT count, card, told_at FROM heard WHERE person = ? AND chat = ?", (person, chat))
    return None if row is None else Heard(row["count"], row["card"], from_text_or_none(row["told_at"]))


def note_card(tx: Transaction, person: int, chat: int, card: int) -> None:
    """Staff read now, in that card, that they are many."""
    tx.execute(
        "UPDATE heard SET card = ?, told_at = ? WHERE person = ? AND chat = ?", (card, to_text(tx.now), person, chat)
    )


def forget_quiet(tx: Transaction, before: datetime) -> int:
    """Delete what is known of people whose last hour began before that; returns how many."""
    return tx.execute("DELETE FROM heard WHERE since < ?", (to_text(before),)).rowcount
