"""What is done once, at the first start with a restored database: it does not know what happened since it was made."""

from domain.events import DatabaseRestored
from services import downtime, drafts
from storage import outbox, restore
from storage.database import Transaction
from storage.instants import to_text

MARGIN = 1000
"""How many numbers are left out: more than are handed out between a backup and the need for it."""


def settle(tx: Transaction) -> None:
    """Nothing, unless this database was restored since the last start."""
    until = restore.restored_at(tx)
    if until is None:
        return
    since = restore.last_known(tx) or until
    restore.leave_gap(tx, MARGIN)
    outbox.drop_uncertain(tx, "it may have been sent before the restore")
    restore.settled(tx)
    # What is said of the restore says it all: when Telegram was last heard, this database does not know.
    downtime.keep(tx)
    drafts.postpone(tx)
    tx.emit(DatabaseRestored(since=to_text(min(since, until)), until=to_text(until)))
