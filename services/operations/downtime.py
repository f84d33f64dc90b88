"""When Telegram was last heard, and what follows when that is long ago.

Telegram keeps a message nobody fetches for 24 hours and a press for 150 seconds. After a longer gap nobody knows what
was pressed, so what waits for an answer is asked once more, and staff are told of a gap that they may have noticed.
"""

from datetime import datetime, timedelta

from domain.events import OutOfReach
from services import drafts
from services.pledges import reminder_schedule
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text
from storage.core.settings import SettingKey

PRESSES_KEPT = timedelta(seconds=150)
MESSAGES_KEPT = timedelta(hours=24)
TOLD = timedelta(hours=1)
"""Staff hear of longer gaps: a shorter one costs a press or two, and each notice costs everybody's attention."""
CATCH_UP = timedelta(minutes=1)
LATELY = timedelta(days=1)
LATELY_LONG = timedelta(days=7)
_KEY = SettingKey.LAST_CONTACT


def keep(tx: Transaction) -> None:
    """Telegram is heard now."""
    settings.put(tx, _KEY, to_text(tx.now))


def began(tx: Transaction) -> None:
    """Telegram is heard now, for the first time since the program was started: how long was it not?"""
    last = from_text_or_none(settings.get(tx, _KEY) or None)
    if last is not None:
        back(tx, tx.now - last)
    keep(tx)


def back(tx: Transaction, gap: timedelta) -> None:
    """Telegram is heard again after `gap`. A longer one than presses are kept for is an event; all in one transaction.

    A clock that was set back makes `gap` negative: nothing is known then, and nothing said.
    """
    keep(tx)
    if gap <= PRESSES_KEPT:
        return
    drafts.postpone(tx)
    # Who has said meanwhile what became of a promise is heard before the list of what was not said is written.
    scheduled_tasks.postpone(tx, reminder_schedule.WEEK_KIND, tx.now + CATCH_UP)
    tx.emit(OutOfReach(since=to_text(tx.now - gap), until=to_text(tx.now)))


def asked_lately(since: datetime, until: datetime) -> datetime:
    """The instant since when something must have been asked or worked on to be asked once more after that gap.

    Of a short gap only what was at hand may have been pressed; in a long one people come back to what is older.
    """
    return since - (LATELY if until - since <= TOLD else LATELY_LONG)
