"""Has the figures counted that staff asked for, beside the bot (`counting.py`): nobody else waits, or waits longer."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta

from bot.background.counting import Counting
from bot.background.worker import Finish, Worker
from domain.people.rights import NotAllowed
from handlers.figures import counting, ordered
from handlers.figures.counting import Order
from handlers.kit.update_context import Setup
from services.core.errors import NotFound
from services.figures import all_figures
from storage.core import scheduled_tasks
from storage.core.database import Database, Transaction

LOOK_SECONDS = 30.0
AN_INSTANT = 0.7
"""What takes longer is said to be counted."""
MOST = 20


class FiguresCounter(Worker):
    """Works until cancelled, one order at a time."""

    kind = ordered.KIND
    tries = 2
    again = timedelta(seconds=10)

    def __init__(self, database: Database, setup: Setup, counting: Counting) -> None:
        super().__init__(database)
        self._setup = setup
        self._counting = counting
        self._said: set[tuple[int, str]] = set()

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        about, told = row["subject"], json.loads(row["data"])
        asked = counting.asked(told)
        work = asyncio.ensure_future(
            self._counting.count(all_figures.for_staff, self._setup.community, told["person"], asked)
        )
        try:
            if not (await asyncio.wait({work}, timeout=AN_INSTANT))[0]:
                await self._database.run(self._say_counting)
            found = await work
        except NotAllowed:
            return lambda tx: self._finish(tx, told, lambda: counting.refused(tx, self._setup, about, told))
        except NotFound:
            return lambda tx: self._finish(tx, told, lambda: counting.gone(tx, self._setup, about, told))
        finally:
            work.cancel()
        return lambda tx: self._finish(tx, told, lambda: counting.show(tx, self._setup, about, told, found))

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        counting.failed(tx, self._setup, row["subject"], json.loads(row["data"]))

    async def _leave(self) -> None:
        await self._counting.close()

    def _say_counting(self, tx: Transaction) -> None:
        """To everybody who waits, once."""
        waiting = {(row["id"], row["data"]): row for row in scheduled_tasks.claim(tx, (self.kind,), MOST)}
        for key, row in waiting.items():
            if key not in self._said:
                counting.say_counting(tx, self._setup, row["subject"], json.loads(row["data"]))
        self._said = set(waiting)

    def _finish(self, tx: Transaction, told: Order, write: Callable[[], None]) -> bool:
        if not counting.is_wanted(tx, told):
            return False  # something else was pressed meanwhile, and is counted next
        write()
        return True
