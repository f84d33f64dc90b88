"""Reading beside the writer."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest

from storage.core.database import Database, Transaction
from storage.core.reading import Reader, TooSlow
from storage.people import people
from tests.support import person
from tests.waiting import somebody_writes

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[Reader]:
    made = Reader(database, "test")
    yield made
    made.close()


def names(tx: Transaction) -> list[str]:
    return [row["name"] for row in tx.query("SELECT name FROM people ORDER BY id")]


async def test_it_sees_what_is_committed_and_waits_for_no_writer(database: Database, reader: Reader) -> None:
    await database.run(person, "Mei")
    async with somebody_writes(database, lambda tx: person(tx, "Bo")):
        async with asyncio.timeout(2):
            assert await reader.run(names) == ["Mei"]
    assert await reader.run(names) == ["Mei", "Bo"]


async def test_one_function_sees_one_moment(database: Database, reader: Reader) -> None:
    loop = asyncio.get_running_loop()
    await database.run(person, "Mei")

    def twice(tx: Transaction) -> tuple[list[str], list[str]]:
        before = names(tx)
        asyncio.run_coroutine_threadsafe(database.run(person, "Bo"), loop).result(2)
        return before, names(tx)

    assert await reader.run(twice) == (["Mei"], ["Mei"])


async def test_it_cannot_write(database: Database, reader: Reader) -> None:
    made = await database.run(person, "Mei")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await reader.run(people.set_started, made.id)
    assert await reader.run(names) == ["Mei"], "and goes on reading"


async def test_nothing_is_read_for_longer_than_a_second(reader: Reader) -> None:
    async with asyncio.timeout(5):
        with pytest.raises(TooSlow):
            await reader.run(lambda tx: tx.query(ENDLESS))
    assert await reader.run(names) == []


async def test_nothing_is_left_open(database: Database, reader: Reader) -> None:
    await reader.run(names)
    await database.run(person, "Mei")
    # A reader that held its moment would keep the log from being emptied.
    busy, _, _ = await database.run_in_database_thread(
        lambda: database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    )
    assert busy == 0
