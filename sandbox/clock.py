"""The sandbox's clock: the machine's time and an offset that people can move."""

import asyncio
from datetime import UTC, datetime, timedelta

from sandbox.bell import Bell
from sandbox.shapes import Json


class MovableClock:
    """Real time plus an offset. Every move raises `version` and wakes those who wait for one."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.version = 1
        self.moved = Bell()

    def now(self) -> datetime:
        """The instant it is now, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def timestamp(self) -> int:
        """The same as Telegram writes dates: whole seconds since 1970."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Move the clock by so many seconds."""
        self._move(self.offset + seconds)

    def set_to(self, instant: datetime) -> None:
        """Make it that instant now; one without a zone is UTC."""
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        self._move((aware - datetime.now(UTC)).total_seconds())

    def reset(self) -> None:
        """Back to real time. The version goes on, so that whoever follows the clock notices."""
        self._move(0.0)

    def describe(self) -> Json:
        """What /api/clock answers."""
        return {"now": self.now().isoformat(), "offset": self.offset, "version": self.version}

    async def wait(self, after: int, seconds: float) -> None:
        """Return as soon as the version is another than `after`, at the latest after so many seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while self.version == after and await self.moved.wait(deadline - loop.time()):
            pass

    def wake(self) -> None:
        """Let those who wait go, when the server stops."""
        self.version += 1
        self.moved.ring()

    def _move(self, offset: float) -> None:
        # A date outside of years 1 to 9999 would break every message's date from then on.
        datetime.now(UTC) + timedelta(seconds=offset)
        self.offset = offset
        self.version += 1
        self.moved.ring()
