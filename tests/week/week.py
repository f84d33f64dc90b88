"""A week of a community, hour by hour: the bot as a program of its own, Telegram and the clock beside it."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.neighbourhood import Neighbourhood
from benchmarks.reminders import fill
from benchmarks.stand_in import STAFF_CHAT, TOKEN
from bot.community.community_file import load_community
from sandbox.client import World
from sandbox.testing import running_sandbox
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from tests.storage.test_table_growth import FOR_GOOD, SHRINKS
from tests.support import ROOT
from tests.week.people import FIRST, STAFF, People

DAYTIME = range(8, 21)
LOOK = 0.05
PATIENCE = 180.0
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MOST_GROWTH = 0.05
QUIET_STEP = timedelta(hours=24)
COMMUNITY = ROOT / "community.example.toml"


@dataclass(frozen=True)
class Plan:
    """`people`: so many live there, a tenth of whom keep promises (500 at most). `quiet_days`: nobody writes then, so
    that what is kept for a time goes. `past`: reports there were before, so that what the program keeps of the file in
    memory is full on the first day, as it is in a community of that size."""

    folder: Path
    seed: int
    people: int = 20_000
    days: int = 7
    reports: int = 300
    messages: int = 600
    quiet_days: int = 100
    past: int = 10_000
    hours: int = 1
    say: Callable[[str], None] = lambda _line: None


@dataclass
class Found:
    """Memory in bytes and rows of each table at the end of each day, and what is wrong."""

    memory: list[int] = field(default_factory=list)
    rows: list[dict[str, int]] = field(default_factory=list)
    rested: dict[str, int] = field(default_factory=dict)
    did: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """By which share the memory at the end is more than that after the first day."""
        return self.memory[-1] / self.memory[0] - 1


class Week:
    """One run."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._data = plan.folder / "data"
        self._begin = next_monday(datetime.now(ZoneInfo("Asia/Shanghai")))
        self._people: People
        self._found = Found()

    async def run(self) -> Found:
        """All of it."""
        await self._fill()
        self._people = People(self._plan.people, self._plan.seed)
        address = await self._people.stand_in.start()
        async with running_sandbox(seed=self._plan.seed) as world:
            await world.set_time(self._begin.isoformat())
            process = await self._start(address, world)
            try:
                self._people.begin()
                await self._rests(process, world)
                for day in range(self._plan.days):
                    await self._day(process, world)
                    self._note(process, day)
                for _ in range(self._plan.quiet_days):
                    await world.advance(seconds=QUIET_STEP.total_seconds())
                    await self._rests(process, world)
                self._found.rested = self._rows()
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(signal.SIGTERM)
                code = await process.wait()
                await self._people.stand_in.stop()
        if code:
            self._found.wrong.append(f"it ended with {code}")
        self._found.did = dict(self._people.did)
        self._judge()
        return self._found

    async def _fill(self) -> None:
        self._data.mkdir(parents=True)
        community = load_community(COMMUNITY)
        if self._plan.past:
            await Neighbourhood(community, self._plan.past, 200).write(self._data / "bot.db")
        database = Database(self._data / "bot.db", lambda: self._begin)
        await database.open()
        keep_promises = min(500, self._plan.people // 10)
        await database.run(fill, FIRST, keep_promises, community.zone.key)
        await database.run(_settle, FIRST + keep_promises, self._plan.people - keep_promises)
        await database.close()

    async def _start(self, address: str, world: World) -> asyncio.subprocess.Process:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": address,
            "CLOCK_URL": f"{world.url}/api/clock",
            "DATA_DIR": str(self._data),
            "COMMUNITY": str(COMMUNITY),
            "STAFF_CHAT_ID": str(STAFF_CHAT),
            "ADMIN_IDS": ",".join(map(str, STAFF)),
            "SEND_RATE": "0",
        }
        with (self._plan.folder / "bot.log").open("wb") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--json-logs", env=environment, cwd=self._plan.folder, stdout=log,
                stderr=log,
            )  # fmt: skip

    # -- time goes by

    async def _day(self, process: asyncio.subprocess.Process, world: World) -> None:
        plan = self._plan
        # From four in the morning to four in the morning; people are up for thirteen hours of it.
        hours = [(4 + hour) % 24 for hour in range(0, 24, plan.hours)]
        busy = sum(hour in DAYTIME for hour in hours)
        for hour in hours:
            if hour in DAYTIME:
                for _ in range(-(-plan.reports // busy)):
                    self._people.report()
                for _ in range(-(-plan.messages // busy)):
                    self._people.talk()
                await self._rests(process, world)
            await world.advance(hours=plan.hours)
            await self._rests(process, world)

    async def _rests(self, process: asyncio.subprocess.Process, world: World) -> None:
        """Wait until all that came, and all that is due, is done."""
        deadline, calm = time.monotonic() + PATIENCE, 0
        while calm < 2:
            assert process.returncode is None, f"the bot ended: {process.returncode}"
            if time.monotonic() > deadline:
                self._found.wrong.append("it never came to rest")
                return
            await asyncio.sleep(LOOK)
            ahead = timedelta(seconds=(await world.get("clock"))["offset"])
            left = await asyncio.to_thread(self._left, to_text(datetime.now().astimezone() + ahead))
            calm = calm + 1 if not left and not self._people.stand_in._pending else 0

    def _left(self, now: str) -> int:
        with contextlib.suppress(sqlite3.OperationalError), self._reading() as db:
            return int(db.execute(
                "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') + "
                "(SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')) + "
                "(SELECT count(*) FROM scheduled_tasks WHERE next_due <= ?)", (now,)).fetchone()[0])  # fmt: skip
        return 1

    # -- looking

    def _note(self, process: asyncio.subprocess.Process, day: int) -> None:
        memory = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * PAGE_BYTES
        self._found.memory.append(memory)
        self._found.rows.append(self._rows())
        with self._reading() as db:
            aside = db.execute("SELECT count(*) FROM inbox WHERE state = 'quarantined'").fetchone()[0]
        self._found.set_aside = max(self._found.set_aside, aside)
        self._plan.say(f"day {day + 1}: {memory / 2**20:.1f} MiB, {dict(self._people.did)}")

    def _rows(self) -> dict[str, int]:
        with self._reading() as db:
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables = [name for name in names if not name.startswith(("sqlite_", "report_search_"))]
            return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}

    @contextlib.contextmanager
    def _reading(self) -> Any:
        address = f"{(self._data / 'bot.db').resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            yield connection

    def _judge(self) -> None:
        """What is declared to grow may grow; what shrinks is back when nobody has written for long; nothing else has
        grown beyond what there is of people."""
        found = self._found
        said = found.did.get("reports", 0)
        if found.rows[-1]["reports"] - self._plan.past < said * 0.9:
            found.wrong.append(f"only {found.rows[-1]['reports']} of {said} reports are there")
        if aside := found.set_aside:
            found.wrong.append(f"{aside} updates were set aside")
        if self._plan.quiet_days:
            for table in SHRINKS:
                if found.rested[table] > max(found.rows[0][table], ALWAYS_THERE):
                    found.wrong.append(f"{table} has {found.rested[table]} rows, after a day {found.rows[0][table]}")
        for table, count in found.rows[-1].items():
            known = table in FOR_GOOD or table in SHRINKS or table in OF_WHAT_IS_OPEN
            if not known and count > found.rows[0][table] + found.rows[-1]["people"] // 10 + ALWAYS_THERE:
                found.wrong.append(f"{table} has grown from {found.rows[0][table]} to {count} rows")


OF_WHAT_IS_OPEN = ("nearby_words", "scheduled_tasks")
"""They grow with the reports that are open, of which there are more at the end of the week."""
ALWAYS_THERE = 100
"""So many rows of anything are no growth: the inbox keeps as many in any case."""


def next_monday(after: datetime) -> datetime:
    """The next Monday at four, before anybody is up."""
    day = (after + timedelta(days=7 - after.weekday())).date()
    return datetime(day.year, day.month, day.day, 4, tzinfo=after.tzinfo)


def _settle(tx: Transaction, first: int, count: int) -> None:
    """Those who live there and have pressed Start."""
    then, numbers = to_text(tx.now), range(first, first + count)
    tx.many(
        "INSERT INTO people (id, telegram_id, name, language, started, created_at) VALUES (?, ?, ?, ?, 1, ?)",
        [(n, n, f"Person {n}", "zh_Hans" if n % 2 else "en", then) for n in numbers],
    )
    tx.many(
        "INSERT INTO chats (id, telegram_id, kind, created_at) VALUES (?, ?, 'private', ?)",
        [(n, n, then) for n in numbers],
    )
