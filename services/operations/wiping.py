"""Making true on the disk that what was deleted is gone: planned by what erases words, done by a worker."""

from domain.community import Community
from services.staff_room import searching
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.settings import SettingKey
from storage.staff_room import search

KIND = "wipe"
PAGES = 64
"""Of the search's index put together in one step: others who write wait for no more than that."""


def plan(tx: Transaction) -> None:
    """Words were erased: once more, also where it is being done just now and began before they were."""
    before = scheduled_tasks.noted(tx, KIND)
    scheduled_tasks.plan(tx, KIND, "program:1", tx.now, KIND, {"time": 1 + (before["time"] if before else 0)})


def index_what_waits(tx: Transaction, community: Community) -> bool:
    """A report whose words were erased is found by what is left; False when none waits for that."""
    searching.put_in(tx, community)
    return bool(search.waiting(tx, 1))


def merge_step(tx: Transaction, first: bool) -> bool:
    """One small step by which erased words leave the search's index; False when none is left to take."""
    return search.merge(tx, PAGES, first)


def done(tx: Transaction, begun: str, data: str) -> bool:
    """Nothing is left of what was deleted before `begun`; False when more was planned since `data` was read."""
    settings.put(tx, SettingKey.WIPED, begun)
    row = tx.one("SELECT data FROM scheduled_tasks WHERE occurrence = ?", (KIND,))
    return row is None or row["data"] == data
