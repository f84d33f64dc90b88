"""Waiting for what should happen: the one place where a test looks again and again, and sleeps in between."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage.core.database import Database

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
