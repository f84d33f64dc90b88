"""Disks that are full, read-only, slow or held by somebody else: nothing is acknowledged that was not stored."""

import asyncio
import contextlib
import functools
import json
import sqlite3
import time
from typing import Any, ClassVar

import pytest

import storage.core.database
from sandbox.client import World
from tests.e2e.conftest import Estate, Start, both_ways, estate_in
from tests.e2e.reading import asked_to_send, presses_send

pytestmark = both_ways

SYNC_SECONDS = 0.005


async def pragma(estate: Estate, words: str) -> None:
    """Say something to the bot's connection."""
    await estate.bot.database.run_in_database_thread(lambda: estate.bot.database.connection.execute(f"PRAGMA {words}"))


class Trouble:
    """Storage in trouble while two people write; then it is over. What must be true of all such trouble is here."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._before = 0
        self._texts: list[str] = []

    async def begins(self) -> None:
        """It begins: from now on nothing may be acknowledged that is not stored."""
        await self._estate.settled()
        self._before = (await self._estate.world.get("updates"))["confirmed"]

    async def people_write(self, texts: list[str]) -> None:
        """The resident writes; the admin is told that something is wrong, past the storage."""
        self._texts = texts
        for text in texts:
            await self._estate.resident.says(text)
        await self._estate.staff.sees("disk")
        told = await self._estate.world.get("updates")
        assert told["pending"] > 0, "the trouble was none"
        assert told["confirmed"] - self._before <= await self._stored(), "acknowledged and not stored"

    async def is_over(self) -> None:
        """Everything goes on by itself, each thing once."""
        await self._estate.settled()
        assert await self._stored() == len(self._texts)
        await presses_send(self._estate.resident)
        await self._estate.resident.sees("No. 1: Received")
        kept = await self._estate.rows("SELECT text FROM report_parts ORDER BY id")
        assert [row["text"] for row in kept] == self._texts
        await self._estate.nothing_broke()

    async def _stored(self) -> int:
        found = await self._estate.rows("SELECT body FROM inbox ORDER BY id")
        said = [json.loads(row["body"]).get("message", {}).get("text") for row in found]
        return sum(text in said for text in self._texts)


@pytest.fixture
async def trouble(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    monkeypatch.setattr("bot.kit.alarm.PATIENCE", 0.05)
    return Trouble(estate)


async def test_a_full_disk(estate: Estate, trouble: Trouble) -> None:
    """The file may not grow: what fits into it still comes, the rest waits at Telegram."""
    await trouble.begins()
    await pragma(estate, "max_page_count=1")
    await trouble.people_write([f"{number}" + " the lamp is dark" * 200 for number in range(12)])
    await pragma(estate, "max_page_count=1000000")
    await trouble.is_over()


async def test_a_read_only_disk(estate: Estate, trouble: Trouble) -> None:
    await trouble.begins()
    await pragma(estate, "query_only=1")
    await trouble.people_write(["The lamp is dark", "since Monday"])
    await pragma(estate, "query_only=0")
    await trouble.is_over()


async def test_a_database_that_somebody_else_has_locked(estate: Estate, trouble: Trouble) -> None:
    await trouble.begins()
    await pragma(estate, "busy_timeout=10")  # not the five seconds one waits otherwise
    with contextlib.closing(sqlite3.connect(estate.bot.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await trouble.people_write(["The lamp is dark", "since Monday"])
        other.execute("ROLLBACK")
    await trouble.is_over()


class SlowDisk(sqlite3.Connection):
    """A connection whose commits take as long as on a disk that needs 5 ms to be sure of what it wrote.

    The time passes where SQLite would wait for the disk: on the connection's thread, within the commit. Each commit
    also waits for the event loop to turn once, which it never would if it had to wait for the commit.
    """

    loop: asyncio.AbstractEventLoop
    commits: ClassVar[int] = 0

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            SlowDisk.commits += 1
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self.loop).result(timeout=5)
            time.sleep(SYNC_SECONDS)
        return super().execute(sql, *values)


async def test_a_disk_that_takes_its_time(world: World, start_bot: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for each other's commit: what comes together is stored, handled and sent together."""
    SlowDisk.loop, SlowDisk.commits = asyncio.get_running_loop(), 0
    connect = functools.partial(storage.core.database.aiosqlite.connect, factory=SlowDisk)
    monkeypatch.setattr("storage.core.database.aiosqlite.connect", connect)
    async with estate_in(world, start_bot) as estate:
        people = [await estate.newcomer(f"Neighbour {number}") for number in range(20)]
        await estate.settled()
        await estate.stop()
        for text in ("The lamp is dark", "since Monday", "at the gate"):
            for person in people:
                await person.says(text)
        before = SlowDisk.commits
        await estate.start()
        await estate.settled()
        for person in people:
            card = await asked_to_send(person)
            assert all(text in card["text"] for text in ("The lamp is dark", "since Monday", "at the gate"))

        await estate.nothing_broke()
        commits = SlowDisk.commits - before
        # Each update handled by itself makes 260; on a busy machine less comes together than on an idle one.
        assert commits < 8 * len(people), "what came together was not stored, handled and sent together"
