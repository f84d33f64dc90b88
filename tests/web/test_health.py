"""Health and metrics: what they say when all is well, and that each kind of trouble shows."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from storage.core import chats, inbox, outbox, sends
from storage.core.database import Database, Transaction
from storage.core.outbox import Lane, Outgoing
from tests.support import Clock, free_port
from tests.waiting import somebody_writes
from web import health, metrics
from web.health import INBOX_SECONDS, OUTBOX_SECONDS, TICK_SECONDS, Doctor
from web.metrics import Metrics
from web.server import WebServer

Json = dict[str, Any]
WORDS = "MARKERWORDS"
TOKEN = "0123456789abcdef-X"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


class Bot:
    """The bot as it is seen from the web: its database, its clock, and what is asked of it."""

    def __init__(self, database: Database, clock: Clock, session: aiohttp.ClientSession, port: int) -> None:
        self.database = database
        self.clock = clock
        self.metrics = Metrics()
        self.tick = 0.5
        self.storage_fails = False
        self._session = session
        self.root = f"http://127.0.0.1:{port}"

    async def health(self) -> tuple[int, Json]:
        async with self._session.get(f"{self.root}/healthz", headers=SHOWN) as response:
            return response.status, await response.json()

    async def figures(self) -> dict[str, float]:
        async with self._session.get(f"{self.root}/metrics", headers=SHOWN) as response:
            assert response.status == 200 and response.content_type == "text/plain"
            lines = (await response.text()).splitlines()
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}

    async def writes(self, *outgoing: Json) -> None:
        """An update waits, and these rows do."""

        def write(tx: Transaction) -> None:
            inbox.store(tx, [{"update_id": 1, "message": {"text": WORDS}}])
            chat = chats.meet(tx, 501, "private", None, False)
            for each in outgoing:
                outbox.add(tx, Outgoing(chat.id, "message", {"text": WORDS}, **each))

        await self.database.run(write)


@pytest.fixture
async def bot(database: Database, clock: Clock) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        port = free_port()
        bot = Bot(database, clock, session, port)
        doctor = Doctor(database.path, clock.now, lambda: bot.tick, lambda: bot.storage_fails)
        server = WebServer([health.route(doctor, TOKEN), metrics.route(bot.metrics, doctor, TOKEN)], "127.0.0.1", port)
        server.open()
        task = asyncio.create_task(server.run())
        yield bot
        server.end()
        await task


async def wrong(bot: Bot) -> list[str]:
    """What /healthz says is wrong; and that its status, and the gauge, say so too."""
    status, said = await bot.health()
    assert status == (503 if said["wrong"] else 200)
    assert said["status"] == ("failing" if said["wrong"] else "ok")
    assert (await bot.figures())["resident_voices_healthy"] == (not said["wrong"])
    found: list[str] = said["wrong"]
    return found


async def test_all_is_well(bot: Bot) -> None:
    status, said = await bot.health()
    assert status == 200
    assert said == {
        "status": "ok",
        "wrong": [],
        "inbox": {"waiting": 0, "lag_seconds": 0.0, "limit": INBOX_SECONDS},
        "outbox": {"waiting": 0, "lag_seconds": 0.0, "limit": OUTBOX_SECONDS},
        "tick": {"lag_seconds": 0.5, "limit": TICK_SECONDS},
    }


async def test_an_update_that_waits(bot: Bot) -> None:
    await bot.writes()
    bot.clock.advance(seconds=INBOX_SECONDS)
    assert await wrong(bot) == []
    bot.clock.advance(seconds=1)
    assert await wrong(bot) == ["inbox"]
    assert (await bot.health())[1]["inbox"] == {"waiting": 1, "lag_seconds": INBOX_SECONDS + 1, "limit": INBOX_SECONDS}
    await bot.database.run(inbox.done, 1)
    assert await wrong(bot) == []


async def test_a_message_that_waits(bot: Bot) -> None:
    await bot.writes({})
    await bot.database.run(inbox.done, 1)
    bot.clock.advance(seconds=OUTBOX_SECONDS + 1)
    assert await wrong(bot) == ["outbox"]
    await bot.database.run(sends.claim, [1])
    assert await wrong(bot) == ["outbox"], "on its way it is not there yet"
    await bot.database.run(sends.finish, 1, "sent")
    assert await wrong(bot) == []


async def test_what_is_not_due_and_what_takes_its_time_is_no_lag(bot: Bot) -> None:
    tomorrow = bot.clock.at + timedelta(days=1)
    await bot.writes({"not_before": tomorrow}, {"lane": Lane.BROADCAST})
    await bot.database.run(inbox.done, 1)
    bot.clock.advance(hours=23)
    assert await wrong(bot) == []
    bot.clock.advance(hours=1, seconds=OUTBOX_SECONDS / 2)
    await bot.database.run(sends.promote)
    said = (await bot.health())[1]
    assert (said["outbox"]["waiting"], said["outbox"]["lag_seconds"]) == (2, OUTBOX_SECONDS / 2)


async def test_a_tick_that_stands_still(bot: Bot) -> None:
    bot.tick = TICK_SECONDS + 1
    assert await wrong(bot) == ["tick"]


async def test_a_clock_put_back_is_no_lag(bot: Bot) -> None:
    await bot.writes({})
    bot.clock.advance(days=-2)
    assert (await bot.health())[1]["inbox"]["lag_seconds"] == 0


async def test_storage_that_fails(bot: Bot) -> None:
    bot.storage_fails = True
    assert await wrong(bot) == ["storage"]
    assert (await bot.figures())["resident_voices_storage_fails"] == 1


async def test_a_database_that_cannot_be_read(bot: Bot) -> None:
    bot.database.path.rename(bot.database.path.with_name("away.db"))
    assert await wrong(bot) == ["database"]
    said = (await bot.health())[1]
    assert said["inbox"]["lag_seconds"] is None and said["outbox"]["waiting"] is None
    figures = await bot.figures()
    assert str(figures["resident_voices_inbox_waiting"]) == "nan"
    bot.database.path.with_name("away.db").rename(bot.database.path)
    assert await wrong(bot) == []


async def test_a_database_somebody_keeps_to_themselves(bot: Bot) -> None:
    await bot.writes()
    with closing(sqlite3.connect(bot.database.path.with_name("other.db"), isolation_level=None)) as other:
        # In the file's older form a writer keeps readers out, too.
        other.execute("CREATE TABLE inbox (id)")
        other.execute("BEGIN EXCLUSIVE")
        doctor = Doctor(bot.database.path.with_name("other.db"), bot.clock.now, lambda: 0.0, lambda: False)
        async with asyncio.timeout(5):
            assert (await doctor.check()).wrong == ["database"]


async def test_it_answers_while_somebody_writes(bot: Bot) -> None:
    async with somebody_writes(bot.database, lambda tx: inbox.store(tx, [{"update_id": 1}])):
        async with asyncio.timeout(2):
            assert (await bot.health())[1]["inbox"]["waiting"] == 0, "what is not committed is not seen"
    assert (await bot.health())[1]["inbox"]["waiting"] == 1


async def test_figures(bot: Bot) -> None:
    bot.metrics.received(5, 3)
    bot.metrics.handled(0.004, quarantined=False)
    bot.metrics.handled(0.2, quarantined=True)
    for outcome in ("sent", "sent", "refused"):
        bot.metrics.delivered(outcome)
    bot.metrics.answered(401)
    await bot.writes({})
    await bot.database.run(inbox.quarantine, 1, "LookupError")
    figures = await bot.figures()
    assert {
        'updates_received_total{kind="new"}': 3,
        'updates_received_total{kind="repeated"}': 2,
        'updates_handled_total{outcome="done"}': 1,
        'updates_handled_total{outcome="quarantined"}': 1,
        'update_seconds_bucket{le="0.005"}': 1,
        "update_seconds_count": 2,
        'deliveries_total{outcome="sent"}': 2,
        'deliveries_total{outcome="refused"}': 1,
        'webhook_posts_total{status="401"}': 1,
        "quarantined": 1,
        "inbox_waiting": 0,
        "outbox_waiting": 1,
        "healthy": 1,
    }.items() <= {name.removeprefix("resident_voices_"): value for name, value in figures.items()}.items()
    assert "process_resident_memory_bytes" in figures


async def test_two_bots_in_one_process_count_for_themselves(bot: Bot) -> None:
    Metrics().received(9, 9)
    assert (await bot.figures())['resident_voices_updates_received_total{kind="new"}'] == 0


async def test_nobodys_words_are_told(bot: Bot) -> None:
    await bot.writes({})
    assert WORDS not in str(await bot.health()) and WORDS not in str(await bot.figures())


@pytest.mark.parametrize(
    "shown",
    [{}, {"Authorization": TOKEN}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"},
     {"Authorization": f"Basic {TOKEN}"}, {"Authorization": "Bearer \xe9\xe9"}],
)  # fmt: skip
async def test_who_does_not_show_the_token_reads_only_whether_all_is_well(bot: Bot, shown: dict[str, str]) -> None:
    bot.tick = TICK_SECONDS + 1
    async with aiohttp.ClientSession(headers=shown) as stranger:
        async with stranger.get(f"{bot.root}/healthz") as response:
            assert (response.status, await response.json()) == (503, {"status": "failing"})
        async with stranger.get(f"{bot.root}/metrics") as response:
            assert response.status == 401 and "resident_voices" not in await response.text()


async def test_without_a_token_nobody_reads_more(database: Database, clock: Clock) -> None:
    port = free_port()
    doctor = Doctor(database.path, clock.now, lambda: 0.0, lambda: False)
    server = WebServer([health.route(doctor, None), metrics.route(Metrics(), doctor, None)], "127.0.0.1", port)
    server.open()
    task = asyncio.create_task(server.run())
    async with aiohttp.ClientSession(headers={"Authorization": "Bearer "}) as stranger:
        async with stranger.get(f"http://127.0.0.1:{port}/healthz") as response:
            assert (response.status, await response.json()) == (200, {"status": "ok"})
        async with stranger.get(f"http://127.0.0.1:{port}/metrics") as response:
            assert response.status == 404
    server.end()
    await task
