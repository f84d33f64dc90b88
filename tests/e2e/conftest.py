"""The real bot, in this process, over HTTP against a sandbox of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.application import Parts, running
from bot.settings import Settings
from sandbox.client import Person, World
from sandbox.testing import TOKEN, running_sandbox

Start = Callable[..., AbstractAsyncContextManager[Parts]]
LAMP = "The stairwell light in Building 3 is broken"


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
        async with running(Settings(**given)) as parts:
            yield parts

    return start


@dataclass
class Estate:
    """A neighbourhood at work: a resident, a member of staff who is admin too, and the staff group with topics."""

    world: World
    bot: Parts
    resident: Person
    staff: Person
    staff_chat: int

    async def staff_replies(self, question: str, text: str) -> None:
        """Reply to the bot's newest question in the staff group that holds `question`."""
        asked = await self.staff.sees(question, self.staff_chat)
        await self.staff.replies(asked, text, self.staff_chat)


@pytest.fixture
async def estate(world: World, start_bot: Start) -> AsyncIterator[Estate]:
    """The bot at work in a neighbourhood that is set up."""
    mei, wei = await world.person("Mei"), await world.person("Wei")
    group = await world.group("Staff", [wei, mei])
    # Twenty messages a minute are not enough for a whole story told in two seconds.
    world.sandbox.flood.limits = False
    async with start_bot(
        admin_ids=(wei.id,), staff_chat_id=group, clock_url=f"{world.url}/api/clock", send_rate=0
    ) as bot:
        await mei.starts()
        await wei.starts()
        await wei.sees("Your role: admin")
        yield Estate(world, bot, mei, wei, group)
