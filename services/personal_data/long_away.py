"""Who was not here for long, and of whom nothing else is kept, is forgotten as if they had asked for it; silently.

What they wrote goes before, when its own time is over. Who has a role, made a promise or is blocked stays.
"""

from datetime import datetime

from services.personal_data import forgetting
from storage.core.database import Transaction
from storage.people import away

AT_ONCE = 8
"""So many are begun to be forgotten in one transaction."""
A_NIGHT = 500
"""And so many in a night: what of theirs is in Telegram is seen to message by message."""


class LongAway:
    """Goes through all of them again each night, some at a time."""

    def __init__(self) -> None:
        self._after = away.START
        self._forgotten = 0

    def forget_some(self, tx: Transaction, before: datetime, limit: int) -> bool:
        """Look at the next, `limit` of them at most; True while there may be more to do in this night."""
        found = away.next_ones(tx, before.date().isoformat(), self._after, limit)
        gone = away.with_nothing(tx, [number for _, number in found])
        chosen = [each for each in found if each[1] in gone][:AT_ONCE]
        for _, person in chosen:
            forgetting.begin_quietly(tx, person)
        self._forgotten += len(chosen)
        if len(gone) > AT_ONCE:
            self._after = chosen[-1]
        else:
            self._after = found[-1] if len(found) == limit else away.START
        goes_on = self._after != away.START and self._forgotten < A_NIGHT
        if not goes_on:
            self._forgotten = 0
        return goes_on
