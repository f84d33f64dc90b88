"""Waiting for what should happen, and a clock that is put forward instead of waiting."""

import asyncio
from collections.abc import Callable

import pytest

from sandbox.client import World

PATIENCE = 8.0
"""Seconds after which what should have happened is taken for lost."""
LOOK_AGAIN = 0.005


async def until(there: Callable[[], object]) -> None:
    """Look again and again until it is so, for what rings no bell. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while not there():  # noqa: ASYNC110 - a look into the sandbox from outside: nothing tells of a change
            await asyncio.sleep(LOOK_AGAIN)


async def until_poll_waits(world: World, *, besides: object = None) -> object:
    """Until a getUpdates waits at the sandbox, another than `besides`; gives what to know it by."""
    queue = world.sandbox.world.first_bot.queue
    await until(lambda: queue._poll is not None and queue._poll is not besides)
    return queue._poll


class LoopClock:
    """The time of the event loop, by which timeouts and delays end. Put forward, what would be over then is over."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        loop = asyncio.get_running_loop()
        time = loop.time
        monkeypatch.setattr(loop, "time", lambda: time() + self._ahead)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass: fewer than five, for then the server closes a connection that is not used."""
        self._ahead += seconds
