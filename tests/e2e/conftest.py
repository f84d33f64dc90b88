"""The real bot, in this process, over HTTP against a sandbox of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.application import Parts, running_bot
from bot.settings import Settings
from sandbox.client import World
from sandbox.testing import TOKEN, running_sandbox

Start = Callable[..., AbstractAsyncContextManager[Parts]]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """An empty Telegram. When the test is over, nothing may have been said against the schema."""
    async with running_sandbox() as world:
        yield world
        assert await world.complaints() == []


@pytest.fixture
def start_bot(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start the bot, as often as wanted on the same data; `settings` are added to what every test needs."""
    monkeypatch.chdir(tmp_path)  # no .env and no community file of whoever runs the tests

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[Parts]:
        given = {"bot_token": TOKEN, "bot_api_url": world.url, "data_dir": tmp_path / "data", **settings}
        async with running_bot(Settings(**given)) as parts:
            yield parts

    return start
