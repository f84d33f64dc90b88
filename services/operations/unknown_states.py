"""What stands in a state that this version does not know is put into one that it does, and admins hear of it."""

import logging

from domain.events import WorkGivenUp
from storage.core.database import Transaction
from storage.operations import unknown_states

OF, OF_MESSAGES = "unknown_state", "unknown_message_state"
log = logging.getLogger(__name__)


def settle(tx: Transaction) -> None:
    """Reports, repairs, promises and what belongs to them, and what is to be sent.

    See storage/operations/unknown_states.py. Before anything is sent: what is on its way is uncertain.
    """
    found = unknown_states.settle(tx)
    for about in found:
        log.warning("state_unknown %s", about)
    if found:
        tx.emit(WorkGivenUp(work=len(found), of=OF, about=found[0], error=", ".join(found[:20]).replace(":", " ")))
    messages = unknown_states.settle_outbox(tx)
    if messages:
        log.warning("state_unknown outbox %s", messages)
        tx.emit(WorkGivenUp(work=messages, of=OF_MESSAGES, about="outbox", error=""))
