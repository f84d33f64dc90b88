"""The road's parts, on a real file and against a server that misbehaves to order."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.community.community_file import load_community
from bot.kit.request import Request
from handlers.kit.update_context import Setup
from tests.bot.stand_in import TOKEN, StandIn
from tests.support import FEATURES


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    telegram = await StandIn().start()
    yield telegram
    await telegram.stop()


@pytest.fixture
async def request_(telegram: StandIn) -> AsyncIterator[Request]:
    request = Request(telegram.url, TOKEN)
    yield request
    await request.shutdown()


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(load_community(tmp_path / "community.toml"), 42, "stand_in_bot", tmp_path / "media", FEATURES)
