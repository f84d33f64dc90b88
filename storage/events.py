"""The record of everything that happened."""

import json
import sqlite3

from domain.events import Event
from storage.database import Transaction
from storage.instants import to_text


def record(tx: Transaction, event: Event) -> None:
    """Keep an event with its time and actor."""
    tx.execute(
        "INSERT INTO events (at, actor, subject, kind, data) VALUES (?, ?, ?, ?, ?)",
        (
            to_text(tx.now),
            event.actor,
            event.subject,
            event.kind,
            json.dumps(event.data(), ensure_ascii=False),
        ),
    )


def of_subject(tx: Transaction, subject: str) -> list[sqlite3.Row]:
    """Everything that happened to one thing, oldest first."""
    return tx.query("SELECT * FROM events WHERE subject = ? ORDER BY id", (subject,))
