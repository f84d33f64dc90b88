"""That staff looked up who reported something, or an address, is on record for some years."""

from datetime import datetime

from domain.events import RepairShown, ReporterShown
from storage.core import events
from storage.core.database import Transaction

KINDS = (ReporterShown.KIND, RepairShown.KIND)


def forget_some(tx: Transaction, before: datetime, limit: int) -> bool:
    """The next looks from before that, `limit` at most; True while more may be left."""
    return any(events.forget(tx, kind, before, limit) == limit for kind in KINDS)
