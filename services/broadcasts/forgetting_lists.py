"""Who got something that was said to many is known for a time; how many it were stays."""

from datetime import datetime

from services.broadcasts.broadcasting import get
from storage.broadcasts import broadcasts, recipients
from storage.core.database import Transaction


def forget_some(tx: Transaction, before: datetime, limit: int) -> bool:
    """The next of a list, `limit` at most, of what was done or withdrawn before that; True while more may be left.

    From the first of them on it can be neither corrected nor withdrawn: not everybody's copy could follow.
    """
    number = broadcasts.listed_before(tx, before)
    if number is None:
        return False
    if get(tx, number).counts is None:
        broadcasts.set_counts(tx, number, recipients.as_text(recipients.counts(tx, number)))
    if recipients.forget(tx, number, limit) < limit:
        broadcasts.set_unlisted(tx, number)
    return True
