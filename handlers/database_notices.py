"""Notices of the database: backups, and what a restored one does not know. Part of handlers/notices.py."""

from collections.abc import Callable
from typing import Any

from domain import events
from handlers.here import Setup
from handlers.house_notices import to_admins
from storage.database import Transaction


def _backup_missed(tx: Transaction, setup: Setup, event: events.BackupMissed) -> None:
    to_admins(
        tx, setup,
        lambda say: say("The nightly backup could not be made: {error}. I try again every hour and tell you when it "
                        "works. Please see whether the disk has room and whether I may write to it.",
                        error=event.error),
    )  # fmt: skip


def _backup_made_again(tx: Transaction, setup: Setup, _event: events.BackupMadeAgain) -> None:
    to_admins(tx, setup, lambda say: say("The backup works again; one was made just now."))


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.BackupMissed: _backup_missed,
    events.BackupMadeAgain: _backup_made_again,
}
