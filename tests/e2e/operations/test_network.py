"""No network, another bot on the same token, a person who writes a hundred times: nothing is lost, others go on."""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from sandbox.client import World
from tests.e2e.conftest import LAMP, Start, both_ways, estate_in, shows
from tests.e2e.reading import TAKE, asked_to_send, presses_send, presses_what, until


class Wire:
    """The way to Telegram: a port that hands everything on, until it is cut. A cut one refuses connections."""

    def __init__(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self._to = (host, int(port))
        self._port = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """The address by which the bot reaches Telegram."""
        return f"http://127.0.0.1:{self._port}"

    async def join(self) -> None:
        """There is a network, at the same address each time."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """There is none: open connections end, new ones are refused."""
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection(*self._to)
        self._writers |= {writer, back}
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(self._hand_on(reader, back), self._hand_on(onward, writer))
        self._writers -= {writer, back}

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()


@pytest.fixture
async def wire(world: World) -> AsyncIterator[Wire]:
    wire = Wire(world.url)
    await wire.join()
    yield wire
    wire.cut()


def sent(calls: list[dict[str, Any]], chat: int) -> Counter[str]:
    """The texts sent (not edited) to a chat, and how often."""
    return Counter(
        call["params"]["text"]
        for call in calls
        if call["method"] == "sendMessage" and str(call["params"]["chat_id"]) == str(chat) and call["ok"]
    )


@both_ways
async def test_no_network_for_an_hour(world: World, start_bot: Start, wire: Wire) -> None:
    """What people write and press waits at Telegram; what falls due meanwhile waits with us; then all of it comes."""
    async with estate_in(world, start_bot, bot_api_url=wire.url) as estate:
        mei, wei, group = estate.resident, estate.staff, estate.staff_chat
        bo, cem = await estate.newcomer("Bo"), await estate.newcomer("Cem")
        await estate.report()
        await bo.says("The lift is slow")
        begun = await asked_to_send(bo)
        card = await estate.card()
        await estate.settled()
        calls = len(await world.calls())
        wire.cut()
        await mei.says("still dark")
        await presses_what(wei, TAKE, group, card)
        await cem.says("The gate is stuck")
        await world.advance(hours=1)  # and the reminder of Bo's draft is due
        await until(lambda: estate.rows("SELECT 1 FROM outbox WHERE state = 'pending'"), "what waits to be sent")
        assert len(await world.calls()) == calls, "nothing got through"
        await wire.join()
        await shows(bo, "You began this report and have not sent it.", after=begun)
        await cem.sees("The gate is stuck")
        await wei.sees("In charge: Wei", group)
        await shows(mei, "still dark")
        await estate.nothing_broke()
        after = (await world.calls())[calls:]
        for chat in (mei.id, bo.id, cem.id, group):
            assert max(sent(after, chat).values(), default=0) <= 1, "sent twice"


@contextlib.contextmanager
def logged() -> Iterator[list[Any]]:
    """What is logged, as it comes."""
    with structlog.testing.capture_logs() as logs:
        yield logs


@pytest.mark.parametrize("intake", ["polling"])
async def test_two_bots_on_one_token(world: World, start_bot: Start, tmp_path: Path) -> None:
    """Each says so and goes on trying; whatever one of them took it has answered."""
    async with estate_in(world, start_bot) as estate:
        people = [await estate.newcomer(name) for name in ("Bo", "Cem", "Dai")]
        with logged() as logs:
            async with start_bot(data_dir=tmp_path / "other") as other:
                for person in people:
                    await person.says(f"{person.user['first_name']} speaks")
                for person in people:
                    await asked_to_send(person, "speaks")

                async def said_twice() -> bool:
                    return sum(line["event"] == "another_bot_polls" for line in logs) >= 2

                await until(said_twice, "it to be said twice")
                said = [line for line in logs if line["event"] == "another_bot_polls"]
                assert said and all("only one bot instance" in line["said"] for line in said)
                theirs = await other.database.read(
                    lambda tx: [row["body"] for row in tx.query("SELECT body FROM inbox")]
                )
        # The other one is gone: this one goes on by itself, and tells of no conflict any more.
        await estate.settled()
        ours = [row["body"] for row in await estate.rows("SELECT body FROM inbox")]
        taken = [json.loads(body).get("message", {}).get("text", "") for body in ours + theirs]
        assert {f"{person.user['first_name']} speaks" for person in people} <= set(taken)
        await estate.report()
        await estate.nothing_broke()


async def test_a_hundred_messages_of_one_person(world: World, start_bot: Start) -> None:
    """With Telegram's limits in force: who writes in the middle of them is answered while most of the hundred wait."""
    await world.post("flood", limits=True)
    async with estate_in(world, start_bot, send_rate=30) as estate:
        mei, bo = estate.resident, await estate.newcomer("Bo")
        await estate.settled()
        calls = len(await world.calls())
        await asyncio.gather(*(mei.says("/help") for _ in range(60)))
        await bo.says(LAMP)
        await asyncio.gather(*(mei.says("/help") for _ in range(40)))
        await asked_to_send(bo, LAMP)
        await presses_send(bo)
        await shows(bo, "No. 1: Received")
        answered = sent((await world.calls())[calls:], mei.id).total()
        assert 1 <= answered <= 30, "a hundred answers to one person take more than a minute and a half"

        async def all_handled() -> bool:
            return len(await estate.rows("SELECT 1 FROM inbox WHERE state = 'done' AND body LIKE '%/help%'")) == 100

        await until(all_handled, "the hundred to be handled")
        await world.quiet()  # the small burst that a chat takes at once has gone out
        (waiting,) = await estate.rows("SELECT count(*) AS n FROM outbox WHERE state IN ('pending', 'sending')")
        assert waiting["n"] >= 50, "none of the hundred answers is left out"
        assert [call for call in await world.calls() if call.get("error_code") == 429] == []
