"""What was deleted is nowhere in the bytes of the file and its log, also where somebody reads meanwhile."""

import asyncio
import os
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.background.wiper import Wiper
from domain.community import Community
from services.operations import wiping
from services.reports.submitting import NewReport, submit
from services.staff_room import searching
from storage.core import left_behind
from storage.core.database import Database, Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.waiting import until

GONE = [f"zq{number}xkwv" for number in range(60)]
STAYS = [f"yj{number}pbmn" for number in range(60)]


def bytes_of(database: Database) -> bytes:
    """All that is in the file and its log, in small letters."""
    files = [database.path, database.path.with_name(f"{database.path.name}-wal")]
    return b"".join(path.read_bytes() for path in files if path.exists()).lower()


def left(database: Database, words: list[str]) -> list[str]:
    """Which of these words the bytes still have. The index keeps a word behind what it has in common with the one
    before, so its beginning is not looked for."""
    found = bytes_of(database)
    return [word for word in words if word[2:].encode() in found]


def report(tx: Transaction, community: Community) -> None:
    reporter = people.meet(tx, 1, "Mei", None, "en")
    for gone, stays in zip(GONE, STAYS, strict=True):
        for word in (gone, stays):
            submit(tx, community, reporter, NewReport([NewPart("text", text=f"the lamp {word} is dark")]))
    while wiping.index_what_waits(tx, community):
        pass


def erase(tx: Transaction) -> None:
    for number in tx.ids("SELECT report AS id FROM report_parts WHERE text LIKE '%zq%'"):
        tx.execute("UPDATE report_parts SET text = '' WHERE report = ?", (number,))
        tx.execute("INSERT INTO search_waiting (report) VALUES (?)", (number,))
    tx.execute("DELETE FROM nearby_words WHERE word LIKE 'zq%'")
    tx.execute("DELETE FROM outbox")
    wiping.plan(tx)


@pytest.fixture
def wiper(database: Database, community: Community, tmp_path: Path) -> Wiper:
    return Wiper(database, community, tmp_path)


async def test_erased_words_are_nowhere_in_the_file(database: Database, wiper: Wiper, community: Community) -> None:
    await database.run(report, community)
    await database.run(erase)
    assert len(left(database, GONE)) > 50, "they are still in the index and the log"
    await wiper.do_due()
    assert left(database, GONE) == []
    assert left(database, STAYS) == STAYS
    assert await database.run(lambda tx: tx.query("SELECT 1 FROM scheduled_tasks WHERE kind = 'wipe'")) == []


async def indexed(database: Database) -> bool:
    return not await database.read(lambda tx: tx.query("SELECT 1 FROM search_waiting"))


async def test_who_reads_is_waited_for(database: Database, wiper: Wiper, community: Community) -> None:
    await database.run(report, community)
    reading = sqlite3.connect(f"{database.path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    with closing(reading):
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM reports").fetchone()
        await database.run(erase)
        wiping_now = asyncio.create_task(wiper.do_due())
        await until(partial(indexed, database), "all is in the index")
        assert not left_behind.empty_log(database.path)
        assert not wiping_now.done()
    await wiping_now
    assert left(database, GONE) == []


async def test_what_is_erased_meanwhile_is_wiped_by_another_round(
    database: Database, wiper: Wiper, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.run(report, community)
    await database.run(wiping.plan)
    put_in, rounds = searching.put_in, []

    def once_begun(tx: Transaction, *args: object) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            erase(tx)
        put_in(tx, community)

    monkeypatch.setattr(searching, "put_in", once_begun)
    await wiper.do_due()
    assert await database.read(lambda tx: tx.query("SELECT 1 FROM scheduled_tasks WHERE kind = 'wipe'")) != []
    await wiper.do_due()
    assert left(database, GONE) == []
    assert await database.read(lambda tx: tx.query("SELECT 1 FROM scheduled_tasks WHERE kind = 'wipe'")) == []


async def test_what_a_killed_program_left_half_made_goes(database: Database, wiper: Wiper, tmp_path: Path) -> None:
    names = ("backups/nightly-{}.partial", "backups/nightly-{}.partial-journal", "bot.db.restoring-{}", "media/{}.ogg",
             "media/board/1-2-{}.part")  # fmt: skip
    for age, seconds in (("old", 7200), ("new", 0)):
        for name in names:
            path = tmp_path / name.format(age)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("words")
            os.utime(path, (time.time() - seconds,) * 2)
    await database.run(wiping.plan)
    await wiper.do_due()
    assert [name for name in names if not (tmp_path / name.format("new")).exists()] == []
    assert [name for name in names if (tmp_path / name.format("old")).exists()] == []
