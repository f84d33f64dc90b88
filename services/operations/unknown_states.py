"""What stands in a state that this version does not know is put into one that it does, and admins hear of it."""

import logging

from domain.events import WorkGivenUp
from storage.core.database import Transaction
from storage.operations import unknown_states

OF = "unknown_state"
log = logging.getLogger(__name__)


def settle(tx: Transaction) -> None:
    """Reports, repairs, promises and what belongs to them; see storage/operations/unknown_states.py."""
    found = unknown_states.settle(tx)
    for about in found:
        log.warning("state_unknown %s", about)
    if found:
        tx.emit(WorkGivenUp(work=len(found), of=OF, about=found[0], error=", ".join(found[:20]).replace(":", " ")))
