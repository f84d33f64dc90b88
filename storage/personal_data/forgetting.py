"""Who is being forgotten, and how far that is.

`ending` and `erasing` are steps within the database; then follows what is `outside`, such as messages in Telegram.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.core.stored import Stored, known
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text

SIGNAL = "forgetting"
"""Signalled when the database holds nothing of somebody any more, and what is outside is to be seen to."""


class Step(Stored, StrEnum, kept_in="forgetting.step"):
    """How far it is."""

    ENDING = "ending"  # what of theirs is open comes to an end
    ERASING = "erasing"  # the rows go
    OUTSIDE = "outside"  # messages, files, the search's table, free pages
    DONE = "done"


@dataclass(frozen=True)
class Forgetting:
    """Somebody who is being forgotten. `chat` and `telegram_id` are there until all is done.

    What is theirs in that chat has numbers up to `last_message`, `last_card` and `last_outbox`; what they sent, up to
    `last_update` in the inbox. What is newer is of who has come back. `tells`: they read it when all is done.
    """

    id: int
    person: int
    asked_by: int | None
    asked_at: datetime
    step: Step
    chat: int | None
    telegram_id: int | None
    last_message: int
    last_card: int
    last_outbox: int
    last_update: int
    tells: bool
    done_at: datetime | None


def _forgetting(row: sqlite3.Row) -> Forgetting:
    values: dict[str, Any] = dict(row)
    values["step"] = known(values["step"], Step.ENDING)
    values["tells"] = bool(values["tells"])
    values["asked_at"] = from_text(values["asked_at"])
    values["done_at"] = from_text_or_none(values["done_at"])
    return Forgetting(**values)


def add(
    tx: Transaction, person: int, asked_by: int | None, chat: int | None, telegram_id: int | None, *, tells: bool
) -> Forgetting:
    """Begin it: what is in the chat by now is theirs, and so is what they have sent."""
    last = [dialect.last_number(tx, table) for table in ("messages", "cards", "outbox", "inbox")]
    number = tx.insert(
        "INSERT INTO forgetting (person, asked_by, asked_at, step, chat, telegram_id, last_message, last_card, "
        "last_outbox, last_update, tells) VALUES (?, ?, ?, 'ending', ?, ?, ?, ?, ?, ?, ?)",
        (person, asked_by, to_text(tx.now), chat, telegram_id, *last, int(tells)),
    )
    found = by_id(tx, number)
    assert found is not None
    return found


def by_id(tx: Transaction, number: int) -> Forgetting | None:
    """One of them, or None."""
    return tx.one_as(_forgetting, "SELECT * FROM forgetting WHERE id = ?", (number,))


def of_person(tx: Transaction, person: int) -> Forgetting | None:
    """How far it is with somebody; None where nobody forgets them."""
    return tx.one_as(_forgetting, "SELECT * FROM forgetting WHERE person = ?", (person,))


def waiting(tx: Transaction, step: Step, limit: int) -> list[Forgetting]:
    """Those at that step, who asked first first."""
    return tx.query_as(
        _forgetting,
        "SELECT * FROM forgetting WHERE step = ? AND done_at IS NULL ORDER BY id LIMIT ?",
        (step, limit),
    )


def set_step(tx: Transaction, number: int, step: Step) -> None:
    """It is that far now; what was done before and has more to do is open again."""
    tx.execute("UPDATE forgetting SET step = ?, done_at = NULL WHERE id = ?", (step, number))
    if step is Step.OUTSIDE:
        tx.signal(SIGNAL)
