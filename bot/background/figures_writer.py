"""Has counted and drawn what is written to people by itself each week and month, beside the bot. What comes of it is
written in one transaction."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import structlog

from bot.background.counting import Counting
from bot.background.printer import draw
from bot.background.programs import ProgramFailed
from bot.background.worker import Finish, Worker
from domain.figures.periods import Length, Period
from handlers.figures.sent import staff_week, week_counted
from handlers.figures.sent.week_counted import Week
from handlers.kit.update_context import Setup
from services.figures import periodic
from storage.core.database import Database, Transaction

LOOK_SECONDS = 60.0
log = structlog.get_logger()


class FiguresWriter(Worker):
    """Works until cancelled, one period at a time."""

    kind = periodic.COUNT
    tries = 3
    again = timedelta(minutes=5)

    def __init__(self, database: Database, setup: Setup, counting: Counting) -> None:
        super().__init__(database)
        self._setup = setup
        self._counting = counting

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        period = periodic.period_of(json.loads(row["data"]))
        if period.length is Length.WEEK:
            return await self._week(row["id"], period)
        counted = await self._counting.count(periodic.count_projects, self._setup.community, period)

        def finish(tx: Transaction) -> bool:
            periodic.plan_leads(tx, self._setup.community, period, counted)
            return True

        return finish

    async def _week(self, number: int, period: Period) -> Finish:
        say = self._setup.group_speaker
        week = await self._counting.count(week_counted.count, self._setup.community, say, period)
        picture = await self._drawn(number, week)

        def finish(tx: Transaction) -> bool:
            if week.begun:
                staff_week.write(tx, self._setup, period.first, week.sentences, picture)
            return True

        return finish

    async def _drawn(self, number: int, week: Week) -> Path | None:
        """The picture; None where there is none, or it cannot be drawn: then the words go alone."""
        if week.charts is None:
            return None
        folder = staff_week.folder(self._setup, number)
        try:
            told = await draw({"kind": "charts", "order": week.charts, "folder": str(folder.resolve())})
        except (ProgramFailed, OSError, TimeoutError) as error:
            log.error("week_not_drawn", error=type(error).__name__)
            return None
        if not told.get("files"):
            log.warning("week_not_drawn", unwritable=told.get("unwritable"))
            return None
        return folder / Path(told["files"][0]).name

    async def _leave(self) -> None:
        await self._counting.close()
