"""Public figures, once a month: counted beside, decided and published; then charts of them, in every language.

They are counted and drawn beside the bot, each by a program of its own, so nobody waits. Without charts (no font, say)
the pages have their tables.
"""

import sqlite3
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.background.counting import Counting
from bot.background.printer import draw
from bot.background.programs import ProgramFailed
from bot.background.worker import Finish, Worker
from services.figures import public_figures as service
from storage.core.database import Database, Transaction
from storage.figures import public_figures
from web.figures import all_charts, charts
from web.figures.charts import Order
from web.figures.figures_writing import FiguresSite

LOOK_SECONDS = 60.0
LOOK_THROUGH_SECONDS = 24 * 3600.0
TRIES = 6
AGAIN = timedelta(minutes=10)
AT_ONCE = 20
"""So many charts one program draws."""
log = structlog.get_logger()


class PublicFigures(Worker):
    """Works until cancelled. `site` is that of the pages, which say what is to be drawn."""

    kind = service.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, site: FiguresSite, counting: Counting) -> None:
        super().__init__(database)
        self._site = site
        self._counting = counting
        self._looked: float | None = None

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        if self._looked is None or time.monotonic() - self._looked > LOOK_THROUGH_SECONDS:
            self._looked = time.monotonic()
            await self._database.run(service.plan, self._site.community)
            await self._draw_all()

    async def _do(self, row: sqlite3.Row) -> Finish:
        while periods := await self._database.read(service.due, self._site.community, self._database.now()):
            tables = await self._counting.count(service.counted, self._site.community, periods)
            await self._database.run(service.publish, periods, tables)
        await self._draw_all()
        return self._planned

    def _planned(self, tx: Transaction) -> bool:
        service.plan_next(tx, self._site.community)
        return True

    async def _draw_all(self) -> None:
        """Draw what is missing, and remove what no page shows any more."""
        folder = self._site.photos
        wanted = {str(order["name"]): order for order in await self._wanted()}
        missing = [order for name, order in wanted.items() if not (folder / f"{name}.svg").is_file()]
        for language in self._site.languages:
            of_one = [order for order in missing if order["language"] == language]
            for at in range(0, len(of_one), AT_ONCE):
                await self._draw(of_one[at : at + AT_ONCE], folder)
        charts.remove_others(folder, set(wanted))
        if missing:
            await self._database.run(lambda tx: tx.signal(public_figures.CHANGED))

    async def _draw(self, orders: list[Order], folder: Path) -> None:
        told: dict[str, Any] = {"kind": "charts", "order": charts.together(orders), "folder": str(folder)}
        try:
            answer = await draw(told)
        except (ProgramFailed, OSError, TimeoutError) as error:
            log.warning("charts_not_drawn", error=type(error).__name__)
        else:
            if "unwritable" in answer:
                log.warning("charts_not_drawn", error="no font")

    async def _wanted(self) -> list[Order]:
        """All charts of all pages."""
        if not await self._database.read(public_figures.names):
            return []  # as at most starts: nothing is started for it
        return await self._counting.count(all_charts.orders, self._site.community, self._site.languages)

    async def _leave(self) -> None:
        await self._counting.close()
