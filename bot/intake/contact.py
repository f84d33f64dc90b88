"""Whether Telegram is heard, measured by a clock that nobody moves, and kept so that the next start knows."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import structlog

from services.operations import downtime
from storage.core.database import Database
from storage.core.trouble import is_trouble

KEEP_SECONDS = 20.0
LOST_SECONDS = downtime.PRESSES_KEPT.total_seconds()
log = structlog.get_logger()


def seconds_running() -> float:
    """Seconds since some instant, whatever happens to the clock; on Linux they go on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Contact:
    """Told by the intake whenever Telegram was heard and what it brought is stored.

    Within a run a gap is measured by a clock nobody moves, so that a moved clock is none; between two runs there is
    only the time of day, so that of the last contact is kept.
    """

    def __init__(self, database: Database, seconds: Callable[[], float] = seconds_running) -> None:
        self._database = database
        self._seconds = seconds
        self._heard: float | None = None
        self._kept = 0.0
        self._soon: set[asyncio.Task[None]] = set()

    @property
    def is_lost(self) -> bool:
        """Whether presses may be getting lost at present."""
        return self._heard is not None and self._seconds() - self._heard > LOST_SECONDS

    async def heard(self) -> None:
        """Telegram was heard, and nothing it has waits longer than presses are kept. To be said once a minute or more.

        Seldom writes. What follows from a gap is committed together with its end, so it follows once. While storage is
        in trouble the gap counts on: nothing can be taken in then.
        """
        now = self._seconds()
        if self._heard is None:
            kept = await self._run(downtime.began)
        elif now - self._heard > LOST_SECONDS:
            kept = await self._run(downtime.back, timedelta(seconds=now - self._heard))
        elif now - self._kept >= KEEP_SECONDS:
            kept = await self._run(downtime.keep)
        else:
            self._heard = now
            return
        if kept:
            self._heard = self._kept = now

    async def keep(self) -> None:
        """Keep that Telegram is heard until now: the program stops, or the clock was moved."""
        if self._heard is not None and not self.is_lost:
            await self._run(downtime.keep)

    async def _run(self, function: Callable[..., None], *given: timedelta) -> bool:
        try:
            await self._database.run(function, *given)
        except Exception as error:
            if not is_trouble(error):
                raise
            log.error("contact_storage_trouble", error=str(error))
            return False
        return True

    def soon(self) -> None:
        """The clock was moved: what is kept was another time of day."""
        task = asyncio.ensure_future(self.keep())
        self._soon.add(task)
        task.add_done_callback(self._soon.discard)
