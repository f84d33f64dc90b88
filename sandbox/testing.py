"""A sandbox inside a test's own process, over real HTTP on a port the system picks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.client import World
from sandbox.schema import check_update
from sandbox.server import DEFAULT_NAME, DEFAULT_TOKEN, DEFAULT_USERNAME, Sandbox
from sandbox.serving import listen, serving
from sandbox.things import Chat, Message
from sandbox.updates import Entry

__all__ = ["TOKEN", "Chat", "Entry", "Message", "check_update", "running_sandbox"]

TOKEN = DEFAULT_TOKEN


@asynccontextmanager
async def running_sandbox(
    *,
    seed: int | None = 7,
    token: str = TOKEN,
    username: str = DEFAULT_USERNAME,
    name: str = DEFAULT_NAME,
    check_answers: bool = True,
    flood_limits: bool = True,
) -> AsyncIterator[World]:
    """Serve a sandbox and give its client. Its answers are held against the schema."""
    sandbox = Sandbox([(token, username, name)], seed=seed, checks_answers=check_answers)
    sandbox.world.flood.limits = flood_limits
    async with (
        serving(sandbox.application, sandbox.close, listen("127.0.0.1", 0)) as address,
        World(address, token=token, sandbox=sandbox) as world,
    ):
        yield world
