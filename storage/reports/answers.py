"""Answers and notes of staff: what was said together, and the copies that residents have.

A copy is a card in the role `answer:<first part>` (its words) or `answer:<first part>:<part>` (a file; a part below
zero: further words), so that it can be changed in place and taken back.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text
from storage.core.messages import CardRole
from storage.reports.reports import Part, parts_where

RECEIPT = "receipt"
"""The kind of row in `scheduled_tasks` that keeps true what stands where an answer was sent from."""
FURTHER = 8
"""So many further messages long words take at most."""


@dataclass(frozen=True)
class Copy:
    """A message a resident has of an answer: the part whose file it is; None for its words, below zero for the rest."""

    card: int
    chat: int
    subject: str
    part: int | None


def role(first: int, part: int | None = None) -> str:
    """The role of the card that is a copy of an answer."""
    return f"{CardRole.ANSWER_TO}{first}" if part is None else f"{CardRole.ANSWER_TO}{first}:{part}"


def parts_of(tx: Transaction, first: int) -> list[Part]:
    """What was said together, the first part first."""
    return parts_where(tx, "report_parts.id = ? OR report_parts.first = ?", first, first)


def release(tx: Transaction, first: int) -> bool:
    """Mark a note, with all that was said together with it, as sent to the residents; False when it was before."""
    done = tx.execute(
        "UPDATE report_parts SET released = 1 WHERE (id = :first OR first = :first) AND NOT released", {"first": first}
    )
    return done.rowcount > 0


def take_back(tx: Transaction, first: int) -> bool:
    """Note that the residents have it no more; False when it was taken back before."""
    done = tx.execute(
        "UPDATE report_parts SET taken_back_at = :now WHERE (id = :first OR first = :first) AND taken_back_at IS NULL",
        {"now": to_text(tx.now), "first": first},
    )
    return done.rowcount > 0


def copies(tx: Transaction, first: int, after: int, limit: int) -> list[Copy]:
    """The copies of an answer, by card behind `after`."""
    parts = [*(part.id for part in parts_of(tx, first)), *range(-FURTHER, 0)]
    roles = [role(first), *(role(first, part) for part in parts)]
    rows = tx.query(
        # The fixed bounds let SQLite use the index of answers.
        "SELECT id, chat, subject, role FROM cards WHERE role >= 'answer:' AND role < 'answer;' "
        f"AND role IN ({', '.join('?' * len(roles))}) AND id > ? ORDER BY id LIMIT ?",
        (*roles, after, limit),
    )
    return [Copy(row["id"], row["chat"], row["subject"], _part_in(row["role"])) for row in rows]


def count_copies(tx: Transaction, first: int) -> int:
    """How many residents an answer went to."""
    return tx.number(
        "SELECT count(DISTINCT chat) FROM cards WHERE role >= 'answer:' AND role < 'answer;' AND role = ?",
        (role(first),),
    )


def receipt(first: int) -> str:
    """The occurrence of the row that keeps an answer's receipt true."""
    return f"{RECEIPT}:{first}"


def first_of(tx: Transaction, card: int) -> int | None:
    """The first part of the answer of which a card is a copy, in words; None for any other card."""
    row = tx.one("SELECT role FROM cards WHERE id = ?", (card,))
    kind, _, first = row["role"].partition(":") if row is not None else ("", "", "")
    return int(first) if kind == "answer" and first.isdecimal() else None


def count_arrived(tx: Transaction, first: int) -> int:
    """How many residents have an answer: Telegram has taken their copy of its words."""
    return tx.number(
        "SELECT count(DISTINCT chat) FROM cards WHERE role >= 'answer:' AND role < 'answer;' AND role = ? "
        "AND message_id IS NOT NULL",
        (role(first),),
    )


def sent_at(tx: Transaction, first: int) -> datetime | None:
    """When the first resident's copy of an answer was written; None when nobody has one."""
    row = tx.one(
        "SELECT min(created_at) AS at FROM cards WHERE role >= 'answer:' AND role < 'answer;' AND role = ?",
        (role(first),),
    )
    return from_text_or_none(row["at"] if row else None)


def _part_in(role: str) -> int | None:
    _, _, part = role.removeprefix(CardRole.ANSWER_TO).partition(":")
    return int(part) if part else None
