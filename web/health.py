"""How the bot is: whether all is well to everybody; what waits and for how long, in numbers only, to who has the token.

It is answered from memory and from a read-only connection on a thread of its own: whoever writes does not wait for it,
and it answers also when the database does not.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storage.core import lags
from storage.core.lags import Lags
from web.watching import may_watch

LOOK_SECONDS = 3.0
INBOX_SECONDS = 60.0
OUTBOX_SECONDS = 600.0
"""A group takes 20 messages a minute, so a busy hour may be that far behind."""
TICK_SECONDS = 15.0


@dataclass(frozen=True)
class Health:
    """What was found. `lags` is None when the database could not be read."""

    lags: Lags | None
    inbox_seconds: float
    outbox_seconds: float
    tick_seconds: float
    storage_fails: bool

    @property
    def wrong(self) -> list[str]:
        """What is beyond its limit; empty when all is well."""
        found = {
            "database": self.lags is None,
            "storage": self.storage_fails,
            "inbox": self.inbox_seconds > INBOX_SECONDS,
            "outbox": self.outbox_seconds > OUTBOX_SECONDS,
            "tick": self.tick_seconds > TICK_SECONDS,
        }
        return [name for name, is_wrong in found.items() if is_wrong]

    @property
    def status(self) -> str:
        """All of it in one word."""
        return "failing" if self.wrong else "ok"

    def as_json(self) -> dict[str, Any]:
        """As people and machines read it."""
        waiting = (self.lags.inbox_waiting, self.lags.outbox_waiting) if self.lags else (None, None)
        return {
            "status": self.status,
            "wrong": self.wrong,
            "inbox": {"waiting": waiting[0], "lag_seconds": self._lag(self.inbox_seconds), "limit": INBOX_SECONDS},
            "outbox": {"waiting": waiting[1], "lag_seconds": self._lag(self.outbox_seconds), "limit": OUTBOX_SECONDS},
            "tick": {"lag_seconds": round(self.tick_seconds, 1), "limit": TICK_SECONDS},
        }

    def _lag(self, seconds: float) -> float | None:
        return round(seconds, 1) if self.lags else None


@dataclass
class Doctor:
    """Looks at the running bot: its database file, its clock, its tick, and whether storage fails just now."""

    database: Path
    now: Callable[[], datetime]
    tick_seconds: Callable[[], float]
    storage_fails: Callable[[], bool]
    # One thread: a disk that hangs holds up one look, and not those who resolve names beside it.
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="health"))

    async def check(self) -> Health:
        """How it is now; a few seconds at most."""
        found: Lags | None = None
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                found = await asyncio.get_running_loop().run_in_executor(self._thread, lags.read, self.database)
        except (sqlite3.Error, OSError, TimeoutError):
            pass
        return Health(
            lags=found,
            inbox_seconds=self._ago(found.inbox_since if found else None),
            outbox_seconds=self._ago(found.outbox_since if found else None),
            tick_seconds=self.tick_seconds(),
            storage_fails=self.storage_fails(),
        )

    def _ago(self, since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (self.now() - since).total_seconds())


def route(doctor: Doctor, token: str | None) -> Route:
    """`/healthz`: 200 when all is well, 503 when something is not; and what, to those who show the token."""

    async def healthz(request: Request) -> Response:
        health = await doctor.check()
        said = health.as_json() if may_watch(request, token) else {"status": health.status}
        return JSONResponse(said, 503 if health.wrong else 200)

    return Route("/healthz", healthz)
