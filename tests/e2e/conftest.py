"""The real bot, in this process, over HTTP against a sandbox of its own.

Updates come by polling; in modules marked with `both_ways` by webhook, too. `INTAKE=webhook` takes all by webhook.
"""

import functools
import json
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.application import Parts, running
from bot.kit.settings import Settings
from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from sandbox.testing import TOKEN, running_sandbox
from storage.core.database import Transaction
from storage.people import people
from tests.e2e import reading
from tests.e2e.reading import RESOLVE, presses_send, presses_what, shows, until
from tests.support import free_port

Json = dict[str, Any]
Start = Callable[..., AbstractAsyncContextManager[Parts]]
LAMP = "The stairwell light in Building 3 is broken"
WORKDAY = "2026-11-25T10:00:00+08:00"  # a Wednesday morning: staff are there
EVENING = "2026-11-25T22:00:00+08:00"  # nobody is there
PNG = b"\x89PNG\r\n\x1a\n"
OGG = b"OggS"
HEALTH_TOKEN = "let-me-see-how-it-is"


both_ways = pytest.mark.parametrize("intake", ["polling", "webhook"])


@pytest.fixture
def intake() -> str:
    """How updates come: polling or webhook."""
    return os.environ.get("INTAKE", "polling")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """An empty Telegram without flood limits. When the test is over, nothing may have been said against the schema."""
    async with running_sandbox(flood_limits=False) as world:
        yield world
        assert await world.complaints() == []


@pytest.fixture
def start_bot(
    world: World, tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch, intake: str
) -> Start:
    """Start the bot, as often as wanted on the same data; `settings` are added to what every test needs."""
    monkeypatch.chdir(tmp_path)  # no .env and no community file of whoever runs the tests
    data = tmp_path / "data"
    if not data.exists():
        data.mkdir()
        shutil.copyfile(empty_database, data / "bot.db")
    doors: Json = {}
    if intake == "webhook":
        port = free_port()
        doors = {
            "web_port": port,
            "webhook_url": f"http://127.0.0.1:{port}/telegram",
            "health_token": SecretStr(HEALTH_TOKEN),
        }

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[Parts]:
        given = {"bot_token": TOKEN, "bot_api_url": world.url, "data_dir": data, "send_rate": 0, **doors}
        if doors:
            await world.post("webhooks", pace=0.01)
        async with running(Settings(**{**given, **settings})) as parts:
            world.at_rest = functools.partial(reading.settled, world, parts)
            try:
                yield parts
            finally:
                world.at_rest = None

    return start


@dataclass
class Estate:
    """A neighbourhood at work: a resident, a member of staff who is admin too, and the staff group with topics."""

    world: World
    start_bot: Start
    resident: Person
    staff: Person
    staff_chat: int
    settings: Json = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)
    _parts: Parts | None = None

    @property
    def bot(self) -> Parts:
        """The running bot."""
        assert self._parts is not None, "the bot is stopped"
        return self._parts

    async def start(self) -> None:
        """Start the bot, again on the same data."""
        self._parts = await self._running.enter_async_context(self.start_bot(**self.settings))

    async def stop(self) -> None:
        """Stop the bot. Messages wait at Telegram meanwhile."""
        await self._running.aclose()
        self._running, self._parts = AsyncExitStack(), None

    async def newcomer(self, name: str, language: str = "en", **more: Any) -> Person:
        """Another resident who has pressed Start."""
        person = await self.world.person(name, language, **more)
        await person.starts()
        await shows(person, "")
        return person

    async def colleague(self, name: str, role: Role | None = Role.STAFF, *, started: bool = True) -> Person:
        """Another person in the staff group, with a role or without."""
        person = await self.world.person(name)
        await self.world.post("group/add", chat=self.staff_chat, user=person.id)
        if started:
            await person.starts()
            await shows(person, "")

        def make(tx: Transaction) -> None:
            met = people.meet(tx, person.id, name, None, "en")
            if role is not None:
                people.grant(tx, met.id, role, None)

        await self.bot.database.run(make)
        return person

    async def lose_role(self, person: Person, role: Role = Role.STAFF) -> None:
        """Take a role away."""

        def take(tx: Transaction) -> None:
            known = people.by_telegram_id(tx, person.id)
            assert known is not None
            people.revoke(tx, known.id, role)

        await self.bot.database.run(take)

    async def report(self, text: str = LAMP, by: Person | None = None) -> Json:
        """Send a report with these words; returns the status card."""
        person = by or self.resident
        await person.says(text)
        await presses_send(person)
        return await person.sees("Received")

    async def card(self, number: int = 1) -> Json:
        """The staff's card of a report."""
        return await self.staff.sees(f"No. {number} · ", self.staff_chat)

    async def staff_replies(self, question: str, text: str) -> None:
        """Reply to the bot's newest question in the staff group that holds `question`."""
        asked = await self.staff.sees(question, self.staff_chat)
        await self.staff.replies(asked, text, self.staff_chat)

    async def begins_answer(self, number: int = 1, by: Person | None = None) -> Json:
        """Staff press Answer under a card, which opens their private chat; returns the question there."""
        who = by or self.staff
        pressed = await who.presses("Answer", self.staff_chat, await self.card(number))
        return await who.sees(f"Answer to no. {number} · ", after=pressed["message"]["message_id"])

    async def answers(self, text: str, number: int = 1, by: Person | None = None) -> Json:
        """Staff answer a report; returns what the resident gets."""
        await self.sends_answer(text, number, by)
        return await self.resident.sees(text)

    async def sends_answer(self, text: str, number: int = 1, by: Person | None = None) -> None:
        """Staff answer a report, whoever hears of it."""
        who = by or self.staff
        asked = await self.begins_answer(number, who)
        await who.says(text)
        preview = await who.sees(f"No. {number}: this is what the resident reads", after=asked["message_id"])
        await presses_send(who, preview)

    async def resolves(self, text: str, number: int = 1) -> Json:
        """Staff say it is fixed; returns the question the resident gets."""
        await presses_what(self.staff, RESOLVE, self.staff_chat, await self.card(number))
        await self.staff_replies(f"done about no. {number}?", text)
        return await self.resident.sees(text)

    async def rows(self, sql: str, *values: Any) -> list[Json]:
        """What the database says."""
        return await self.bot.database.read(lambda tx: [dict(row) for row in tx.query(sql, values)])

    async def settled(self) -> None:
        """Wait until everything that came was handled, and everything to be sent is sent."""
        await reading.settled(self.world, self.bot)

    async def hears_the_clock(self) -> None:
        """The clock was moved: wait until the bot, if it runs, knows it and has done what was due by then."""
        if self._parts is None:
            return
        ahead = timedelta(seconds=(await self.world.get("clock"))["offset"])

        async def heard() -> bool:
            return abs(self.bot.database.now() - datetime.now(UTC) - ahead) <= timedelta(seconds=0.5)

        await until(heard, "the bot to hear that the clock was moved")
        await self.bot.scheduler.tick()

    async def nothing_broke(self) -> None:
        """No update was set aside and no message refused."""
        await self.settled()
        assert await self.rows("SELECT error, body FROM inbox WHERE state = 'quarantined'") == []
        assert await self.rows("SELECT error, content FROM outbox WHERE state = 'failed'") == []


@asynccontextmanager
async def estate_in(world: World, start_bot: Start, *, forum: bool = True, **settings: Any) -> AsyncIterator[Estate]:
    """The bot at work in a neighbourhood that is set up, on a working morning."""
    await world.set_time(WORKDAY)
    mei, wei = await world.person("Mei"), await world.person("Wei")
    group = await world.group("Staff", [wei, mei], forum=forum)
    given = {"admin_ids": (wei.id,), "staff_chat_id": group, "clock_url": f"{world.url}/api/clock", **settings}
    estate = Estate(world, start_bot, mei, wei, group, given)
    await estate.start()
    world.clock_moved = estate.hears_the_clock
    try:
        await mei.starts()
        await wei.starts()
        await wei.sees("Your role: admin")
        await mei.sees("Hello!")
        yield estate
    finally:
        world.clock_moved = None
        await estate.stop()


@pytest.fixture
async def estate(world: World, start_bot: Start) -> AsyncIterator[Estate]:
    """The bot at work in a neighbourhood that is set up. When the test is over, nothing may have gone wrong."""
    async with estate_in(world, start_bot) as estate:
        yield estate
        if estate._parts is not None:
            await estate.nothing_broke()


async def questions_with_buttons(person: Person) -> list[str]:
    """What stands in somebody's private chat with buttons to press, oldest first; not what is kept true of a report."""
    found = await person.world.chat_messages(person.id)
    return [written(each) for each in found if any(not _of_status_card(button) for button in buttons(each))]


def _of_status_card(button: Json) -> bool:
    return str(button.get("callback_data", "")).startswith("m:")


async def news(person: Person, after: Json, chat: int | None = None) -> list[str]:
    """The bot's messages to somebody (or in a group) since `after`, oldest first."""
    found = await person.world.chat_messages(person.id if chat is None else chat)
    return [
        written(each)
        for each in found
        if each["message_id"] > after["message_id"] and each["from"]["id"] == person.world.bot_id
    ]


def keyboard(calls: list[Json]) -> list[str]:
    """The labels of the reply keyboard that was sent last."""
    for call in reversed(calls):
        markup = call["params"].get("reply_markup")
        markup = json.loads(markup) if isinstance(markup, str) else markup
        if markup and "keyboard" in markup:
            return [button["text"] for row in markup["keyboard"] for button in row]
    return []
