"""Waiting for what should happen: the one place where a test looks again and again, and sleeps in between."""

import asyncio
import inspect
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest

from storage.core.database import Database, Transaction

T = TypeVar("T")
PATIENCE = 8.0
"""Seconds after which what should have happened is taken for lost."""
LOOK_AGAIN = 0.01


async def until(
    look: Callable[[], T | Awaitable[T]], what: str | Callable[[], object] = "it", patience: float = PATIENCE
) -> T:
    """What `look` finds, once it finds something; `what` names it, or says what is there instead, if it never comes."""
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        found = look()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return found
        if asyncio.get_running_loop().time() >= deadline:
            raise AssertionError(f"waited {patience} s for {what if isinstance(what, str) else what()}")
        await asyncio.sleep(LOOK_AGAIN)


async def somebody_waits_for(database: Database) -> None:
    """Wait until somebody wants to write while another transaction is open."""
    await until(lambda: database._turn._waiters, "somebody to wait for their turn")


@asynccontextmanager
async def somebody_writes(
    database: Database, write: Callable[[Transaction], object] | None = None
) -> AsyncIterator[None]:
    """Inside, somebody holds the turn at the database: `write` has run, and nothing of it is committed."""
    gate = Gate()

    def work(tx: Transaction) -> None:
        if write is not None:
            write(tx)
        gate.wait()

    writing = asyncio.create_task(database.run(work))
    try:
        await gate.reached()
        yield
    finally:
        gate.open()
        await writing


class Gate:
    """Where a function on the database's thread waits until the test lets it go on."""

    def __init__(self) -> None:
        self._reached, self._open = threading.Event(), threading.Event()

    def wait(self) -> None:
        """On the other thread: stop here."""
        self._reached.set()
        assert self._open.wait(PATIENCE), "nobody has opened the gate"

    async def reached(self) -> None:
        """Wait until somebody stands here."""
        assert await asyncio.to_thread(self._reached.wait, PATIENCE), "nobody came to the gate"

    def open(self) -> None:
        """Let what stands here go on, and all that comes later."""
        self._open.set()


class LoopClock:
    """The time of the event loop, by which timeouts and delays end. Put forward, what would be over then is over."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        loop = asyncio.get_running_loop()
        time = loop.time
        monkeypatch.setattr(loop, "time", lambda: time() + self._ahead)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._ahead += seconds
