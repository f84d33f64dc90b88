"""The record of everything that happened."""

import json

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
