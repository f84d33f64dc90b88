"""What time it is, for all that is due, said or kept with a date. Tests and the demo move it.

The machine's own time is read besides for the names of backups and the age of files.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog

UNANSWERED = (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError, OverflowError)
"""What asking a clock raises when there is none, or something else answers (a TimeoutError is an OSError)."""
log = structlog.get_logger()


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The instant it is now."""
        return datetime.now(UTC)


class FollowedClock:
    """A clock served at `url` (the sandbox's /api/clock), followed as it is moved.

    The answer's `offset` is how many seconds that clock is ahead of the machine's; a call with `after=<version>` waits
    until the clock is moved again.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._version = -1
        self._moved: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The instant it is now, by that clock."""
        return datetime.now(UTC) + self._offset

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the clock was moved."""
        self._moved.append(listener)

    async def read(self) -> None:
        """Ask once, so that the first thing the program does has the right time. Raises one of UNANSWERED."""
        async with aiohttp.ClientSession() as session:
            await self._ask(session, wait=False)

    async def follow(self) -> None:
        """Follow the clock until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    if await self._ask(session, wait=True):
                        for listener in self._moved:
                            listener()
                except UNANSWERED as error:
                    log.warning("clock_unanswered", error=type(error).__name__)
                    await asyncio.sleep(1)
                except Exception:
                    log.exception("clock_not_understood")
                    await asyncio.sleep(1)

    async def _ask(self, session: aiohttp.ClientSession, wait: bool) -> bool:
        query = {"after": str(self._version), "timeout": "20"} if wait else {}
        timeout = aiohttp.ClientTimeout(total=30)
        async with session.get(self._url, params=query, timeout=timeout) as response:
            answer = await response.json()
        offset = timedelta(seconds=answer["offset"])
        moved = bool(answer["version"] != self._version)
        self._version, self._offset = answer["version"], offset
        return moved
