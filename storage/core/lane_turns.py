"""Whose turn it is in a lane of a chat: many write to it, and one who writes a hundred times delays nobody else.

A row's turn is the turn that is on, plus how many of the same person wait there already. So rows of many persons take
turns, and nobody's queue is walked to find out: the next row is the first of an index.
"""

from dataclasses import dataclass

from storage.core import dialect
from storage.core.chats import ChatKind
from storage.core.database import Transaction

MOST_COUNTED = 500
"""Of whom so many messages wait, who writes one more is far enough behind."""

_HERE = "FROM outbox WHERE state = 'pending' AND lane = :lane AND chat = :chat"
_ON = f"coalesce((SELECT turn {_HERE} ORDER BY turn LIMIT 1), 0)"
NEXT = f"{_ON} + (SELECT count(*) FROM (SELECT 1 {_HERE} AND comes_from = :comes_from LIMIT {MOST_COUNTED}))"
"""SQL: the turn of one more row of whom it comes from (of nobody else, where it is empty: the turn that is on)."""
_OWN_LAST = f"coalesce((SELECT max(turn) {_HERE} AND comes_from = :comes_from), 0)"
_ABOUT_LAST = (
    "coalesce((SELECT max(turn) FROM outbox WHERE state IN ('pending', 'waiting') AND subject = :subject "
    "AND chat = :chat AND lane = :lane), 0)"
)
_BEHIND_OWN = dialect.greatest(NEXT, _OWN_LAST)
_BEHIND_ABOUT = dialect.greatest(NEXT, _ABOUT_LAST)
_BEHIND_BOTH = dialect.greatest(NEXT, _ABOUT_LAST, _OWN_LAST)


@dataclass(frozen=True)
class Place:
    """Where a row comes in: `comes_from` as it is stored, and the SQL of its turn."""

    comes_from: int | None
    in_group: bool
    turn: str


def place(tx: Transaction, chat: int, person: int | None, card: int | None, subject: str | None) -> Place:
    """Where a row for `chat` comes in that a person causes (None: the clock, or the program).

    What is about one thing keeps its order, except that a card on the screen may be changed at any moment. In a private
    chat whatever one person causes keeps its order, too.
    """
    if chat == tx.own_chat:
        return Place(None, False, _ON)
    row = tx.one(
        "SELECT kind, people.id AS reader FROM chats LEFT JOIN people ON people.telegram_id = chats.telegram_id "
        "WHERE chats.id = ?",
        (chat,),
    )
    in_group = row is not None and row["kind"] != ChatKind.PRIVATE
    if not in_group and (person is None or (row is not None and row["reader"] == person)):
        return Place(None, False, _ON)
    keeps_order = subject is not None and (card is None or not _is_on_screen(tx, card))
    if in_group:
        return Place(person or 0, True, _BEHIND_ABOUT if keeps_order else NEXT)
    return Place(person or 0, False, _BEHIND_BOTH if keeps_order else _BEHIND_OWN)


def _is_on_screen(tx: Transaction, card: int) -> bool:
    return tx.one("SELECT 1 FROM cards WHERE id = ? AND message_id IS NOT NULL", (card,)) is not None
