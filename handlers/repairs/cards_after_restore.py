"""After a restore the cards of repairs say again what the database knows: some now, the others as tasks."""

from datetime import timedelta
from typing import Any

from domain import events
from handlers.kit.update_context import Setup
from handlers.repairs import asker_card, repair_desk, volunteer_card
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair

KIND = "restored_repairs"
CHUNK = 50
PAUSE = timedelta(seconds=1)
BEFORE = timedelta(days=14)
"""Closed ones may have been opened again after the backup."""


def restored(tx: Transaction, setup: Setup, event: events.DatabaseRestored) -> None:
    """The first cards now."""
    refresh_next(tx, setup, event.subject, {"since": event.since, "after": 0})


def refresh_next(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the cards of the next repairs. An address is shown only to whom the database knows to have it."""
    found = repairs.open_or_changed_since(tx, from_text(data["since"]) - BEFORE, data["after"], CHUNK)
    for repair in found:
        _write(tx, setup, repair)
    if len(found) == CHUNK:
        scheduled_tasks.plan(tx, KIND, about, tx.now + PAUSE, KIND, {**data, "after": found[-1].id})


def write_anew(tx: Transaction, setup: Setup, number: int) -> None:
    """All cards of one repair say what is so now."""
    repair = repairs.by_id(tx, number)
    if repair is not None:
        _write(tx, setup, repair)


def _write(tx: Transaction, setup: Setup, repair: Repair) -> None:
    asker_card.refresh(tx, setup, repair)
    repair_desk.refresh(tx, setup, repair)
    for offer in offers.of_repair(tx, repair.id):
        if offer.card is not None:
            volunteer_card.refresh(tx, setup, repair, offer.person)
