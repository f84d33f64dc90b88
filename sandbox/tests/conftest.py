"""A sandbox over real HTTP, a bot, and somebody who writes to it."""

from collections.abc import AsyncIterator

import pytest

from sandbox.client import Person, World
from sandbox.testing import running_sandbox
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import LoopClock


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """An empty world. Whatever a test does, the sandbox itself must never break the Bot API's schema."""
    async with running_sandbox() as world:
        yield world
        own = [one for one in await world.complaints() if not one.startswith("call ")]
        assert own == []


@pytest.fixture
def bot(world: World) -> Bot:
    return Bot(world)


@pytest.fixture
async def loop_clock(monkeypatch: pytest.MonkeyPatch) -> LoopClock:
    return LoopClock(monkeypatch)


@pytest.fixture
async def ann(world: World) -> Person:
    """Somebody who has pressed Start."""
    person = await world.person("Ann", username="ann_of_block_3")
    await person.starts()
    world.sandbox.world.first_bot.queue.forget_all()
    return person
