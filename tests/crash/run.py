"""Kill the bot again and again while people talk to it and the network fails; then let it rest, and reckon."""

import asyncio
import contextlib
import multiprocessing
import random
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.client import World
from sandbox.testing import TOKEN, running_sandbox
from storage.core.migrate import MIGRATIONS, newest
from tests.crash import killable
from tests.crash.accounts import Accounts, AtKill, Reckoning, at_kill, reading
from tests.crash.crowd import Crowd
from tests.support import ROOT

Json = dict[str, Any]
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.crash.killable"])
WORKDAY = "2026-11-25T10:00:00+08:00"
LONGEST_LIFE = 2.5
PATIENCE = 90.0
TOO_MUCH = 60
FAULT_SECONDS = 1.5
UNBOUNDED = {f"LIMIT_{each}": "0" for each in ("REPORTS", "REPAIRS", "MESSAGES", "PHOTOS", "PRESSES")}
"""A few people do within minutes what a neighbourhood does in weeks."""
REMINDED_EVERY = 9
MOST_WAITS = 140
"""Of a quarter of an hour each: what was handled is in the inbox for two days, and the books want to find it there."""
EARLY = 0.3
"""Whose life is no longer than that is killed while it starts; any other life is counted from when it serves."""
MOST = 4
ALWAYS = ({"kind": "latency", "seconds": 0.03, "probability": 0.6},)
FAULTS: tuple[Json, ...] = (
    {"kind": "429", "method": "sendMessage", "seconds": 1, "probability": 0.05},
    {"kind": "429", "method": "editMessageText", "seconds": 1, "probability": 0.05},
    {"kind": "429", "method": "getUpdates", "seconds": 1, "probability": 0.2},
    {"kind": "500", "probability": 0.05},
    {"kind": "500", "method": "sendPhoto", "probability": 0.3},
    {"kind": "drop_before", "probability": 0.05},
    {"kind": "drop_before", "method": "getUpdates", "probability": 0.2},
    {"kind": "drop_after", "method": "sendMessage", "probability": 0.06},
    {"kind": "drop_after", "method": "createForumTopic", "probability": 0.3},
    {"kind": "drop_after", "method": "sendPhoto", "probability": 0.2},
    {"kind": "drop_after", "method": "editMessageText", "probability": 0.06},
    {"kind": "drop_after", "method": "getUpdates", "probability": 0.2},
    {"kind": "timeout_after", "method": "sendMessage", "seconds": 0.7, "probability": 0.06},
    {"kind": "timeout_after", "method": "getUpdates", "seconds": 0.5, "probability": 0.2},
    {"kind": "duplicate_update", "probability": 0.15},
    {"kind": "late_update", "seconds": 0.6, "probability": 0.15},
)


@dataclass(frozen=True)
class Plan:
    """One run. `sabotage` takes a promise out of the program (killable.py), and the reckoning should say so.

    `points`: kill at these alone, in turn, instead of at all of them and at random. `limits_until`: so many kills with
    Telegram's limits in force, the rest without. `until`: kill on (up to `MOST` times as often) until so many reports
    are there, with so many parts in words: on a busy machine a few lives may bring none.
    """

    kills: int
    seed: int
    folder: Path
    sabotage: str = ""
    points: tuple[str, ...] = ()
    faults: bool = True
    residents: int = 6
    staff: int = 3
    pause: tuple[float, float] = (0.15, 0.6)
    limits_until: int = 0
    upgrade: bool = True
    longest_life: float = LONGEST_LIFE
    until: tuple[int, int] = (0, 0)
    say: Callable[[str], None] = lambda _line: None


class CrashTest:
    """One run of it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._chance = random.Random(plan.seed)
        self._data = plan.folder / "data"
        self._database = self._data / "bot.db"
        self._log = plan.folder / "bot.log"
        self._made: dict[int, Json] = {}
        self._sending: dict[tuple[int, int], int] = {}
        self._in_flight = 0
        self._serving = 0
        self._serving_in_flight = 0
        self._killed_at: Counter[str] = Counter()
        self._backlog = 0
        self._ended: list[str] = []
        self._points = self._deck(killable.POINTS)
        self._migrations: Path | None = None
        self._crowd: Crowd | None = None

    async def run(self) -> Reckoning:
        """All of it."""
        plan = self._plan
        self._data.mkdir(parents=True)
        async with running_sandbox(seed=plan.seed, check_answers=False, flood_limits=bool(plan.limits_until)) as world:
            self._watch(world)
            await world.set_time(WORKDAY)
            crowd = Crowd(world, random.Random(plan.seed + 1))
            crowd.waits = lambda: self._backlog + _pending(world) > TOO_MUCH
            await crowd.gather(plan.residents, plan.staff)
            environment = self._environment(world, crowd) | {"COMMUNITY": str(self._community())}
            self._crowd = crowd
            crowd.begin(plan.pause)
            trouble = asyncio.create_task(self._trouble(world))
            number = 0
            while number < plan.kills or (number < MOST * plan.kills and not await asyncio.to_thread(self._enough)):
                await self._one(number, environment, world)
                number += 1
            await crowd.end()
            trouble.cancel()
            await world.faults()
            await world.post("flood", limits=False)
            await asyncio.sleep(1.0)  # what is late is on its way
            rested = await self._rest(environment, world)
            return await self._reckon(world, rested)

    def _enough(self) -> bool:
        """Whether there is as much as `Plan.until` wants."""
        with contextlib.suppress(sqlite3.OperationalError), reading(self._database) as db:
            reports = db.execute("SELECT count(*) FROM reports").fetchone()[0]
            parts = db.execute("SELECT count(*) FROM report_parts WHERE text IS NOT NULL").fetchone()[0]
            return bool(reports >= self._plan.until[0] and parts >= self._plan.until[1])
        return False

    def _community(self) -> Path:
        """The example, where three messages an hour are a lot: what these residents write on top of them is folded."""
        text = (ROOT / "community.example.toml").read_text("utf-8")
        file = self._plan.folder / "community.toml"
        file.write_text(text.replace("writes_a_lot = 40", "writes_a_lot = 3"), "utf-8")
        return file

    # -- the world

    def _watch(self, world: World) -> None:
        """Note each update by the number it got."""
        note_updates(world, self._made.__setitem__)

    async def _trouble(self, world: World) -> None:
        while True:
            await world.faults(*ALWAYS, *self._chance.sample(FAULTS, 4 if self._plan.faults else 0))
            await asyncio.sleep(FAULT_SECONDS)

    def _environment(self, world: World, crowd: Crowd) -> dict[str, str]:
        return {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": world.url,
            "CLOCK_URL": f"{world.url}/api/clock",
            "DATA_DIR": str(self._data),
            "STAFF_CHAT_ID": str(crowd.staff_chat),
            "ADMIN_IDS": ",".join(str(person.id) for person in crowd.staff),
            "SABOTAGE": self._plan.sabotage,
            **UNBOUNDED,
        }

    # -- killing

    def _deck(self, points: dict[str, int]) -> list[str]:
        deck = [f"{point}:{self._chance.randint(1, passages)}" for point, passages in points.items()]
        self._chance.shuffle(deck)
        return deck

    def _next_point(self, number: int) -> str:
        """Where the next process is to end; empty for a random moment. An upgrade comes in the middle."""
        kills = self._plan.kills
        if self._plan.points:
            return self._plan.points[number % len(self._plan.points)]
        if self._plan.upgrade and number == kills // 2:
            self._migrations = next_version(self._plan.folder)
        stopped = self._plan.upgrade and (number < 2 or kills // 2 <= number < kills // 2 + 4)
        if stopped:
            return ("migration.statement:2", "migration.applied:1", "backup.made:1", "migration.statement:1")[
                number % 4
            ]
        if self._chance.random() < 0.4:
            return ""
        if not self._points:
            self._points = self._deck(killable.POINTS)
        return self._points.pop()

    def _start(self, environment: dict[str, str], point: str, number: int) -> Any:
        limited = number < self._plan.limits_until
        more = {"CRASH_AT": point, "SEND_RATE": "30" if limited else "0"}
        if self._migrations is not None:
            more["MIGRATIONS"] = str(self._migrations)
        given = {**environment, **more}
        process = PROCESSES.Process(target=killable.main, args=(given, str(self._data), str(self._log)), daemon=True)
        process.start()
        return process

    async def _one(self, number: int, environment: dict[str, str], world: World) -> None:
        if number == self._plan.limits_until:
            await world.post("flood", limits=False)
        every = max(REMINDED_EVERY, 2 * self._plan.kills // MOST_WAITS)
        if number % every == every - 1:
            await world.advance(minutes=16)  # it was out of reach: open questions are asked once more
        point = self._next_point(number)
        life = (
            self._plan.longest_life if point else self._chance.choice((0.15, 0.8, 1.6)) * self._chance.uniform(0.5, 1.3)
        )
        before = len(world.sandbox.world.calls)
        process = self._start(environment, point, number)
        time_goes_by = number % every == every // 2
        if (life > EARLY or time_goes_by) and await _serves(process, world, before) and time_goes_by:
            await world.advance(minutes=16)  # who has an open draft is reminded: there is something due
        died = await _ends(process, life)
        if died and process.exitcode != -signal.SIGKILL:
            self._ended.append(
                f"the bot ended by itself with {process.exitcode} (at {point or 'no point'}): {self._last()}"
            )
        process.kill()
        await _ends(process, 5)
        found = await asyncio.to_thread(at_kill, self._database)
        self._note(point.partition(":")[0] if died else "", found)
        if (number + 1) % 20 == 0:
            self._plan.say(
                f"{number + 1} kills, {self._in_flight} in flight, {len(self._made)} updates, backlog {found.backlog}"
            )

    def _note(self, point: str, found: AtKill) -> None:
        self._killed_at[point or "at random"] += 1
        self._in_flight += found.in_flight
        if point not in killable.MIGRATION_POINTS:
            self._serving += 1
            self._serving_in_flight += found.in_flight
        self._backlog = found.backlog
        self._sending |= found.sending

    def _last(self) -> str:
        """The program's last words."""
        return "  ".join(self._log.read_text("utf-8", "replace").splitlines()[-3:])

    # -- resting

    async def _rest(self, environment: dict[str, str], world: World) -> bool:
        """Start it once more, without trouble, until all is done; stop it kindly. False: it never came to rest.

        A task may come due in the moment it is stopped, and what that wrote waits for the next start, as it should:
        started again, with the clock standing still, nothing may be left.
        """
        rested = await self._one_rest(environment, world, seconds=1)
        for _ in range(2):
            if not rested or not await asyncio.to_thread(self._left):
                break
            rested = await self._one_rest(environment, world, seconds=0)
        return rested

    async def _one_rest(self, environment: dict[str, str], world: World, seconds: int) -> bool:
        before = len(world.sandbox.world.calls)
        process = self._start(environment, "", self._plan.kills)
        # With nothing left it looks calm from the first moment; until it serves, it does not hear a kind stop either.
        await _serves(process, world, before)
        deadline = time.monotonic() + PATIENCE
        calm = 0
        while calm < 3 and time.monotonic() < deadline and process.exitcode is None:
            await asyncio.sleep(0.15)
            if seconds:
                await world.advance(seconds=seconds)
            left = await asyncio.to_thread(self._left)
            calm = 0 if left or _pending(world) else calm + 1
            if left and self._crowd is not None:
                await self._crowd.read_on()
        process.terminate()
        if not await _ends(process, 8) or process.exitcode != 0:
            self._ended.append(f"the last stop was not clean: {process.exitcode}")
        process.kill()
        return calm == 3

    def _left(self) -> int:
        """How much is still to be done; of both doors, the rows."""
        return _left(self._database)

    async def _reckon(self, world: World, rested: bool) -> Reckoning:
        calls = world.sandbox.world.calls
        told = await world.get("updates")
        accounts = Accounts(self._database, calls, self._made, self._sending)
        found = await asyncio.to_thread(accounts.reckon)
        figures = found.figures
        figures.kills = self._killed_at.total()
        figures.kills_in_flight = self._in_flight
        found.serving, found.serving_in_flight = self._serving, self._serving_in_flight
        if told["made"] != len(self._made) or told["confirmed"] != told["made"]:
            found.wrong.append(f"updates: the sandbox says {told}")
        if not rested:
            found.wrong.append("it never came to rest")
        found.wrong += self._ended
        found.wrong += [f"against the schema: {each}" for each in (await world.complaints())[:5]]
        found.counted |= {f"killed: {point}": times for point, times in sorted(self._killed_at.items())}
        found.counted["calls of the bot"] = len(calls)
        return found


def note_updates(world: World, note: Callable[[int, Json], None]) -> None:
    """Tell of each update by the number it got, before anybody is handed it."""
    queue = world.sandbox.world.bot(None).queue
    push = queue.push

    def noted(content: Json, **more: Any) -> int:
        number: int = push(content, **more)
        note(number, content)
        return number

    queue.push = noted


def next_version(folder: Path) -> Path:
    """The migrations of a next version, which changes little; they lie in the folder."""
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    table = "CREATE TABLE of_the_next_version (report INTEGER REFERENCES reports(id), state TEXT);\n"
    rows = "INSERT INTO of_the_next_version SELECT id, state FROM reports;\n"
    index = "CREATE INDEX of_the_next_version_report ON of_the_next_version(report);\n"
    (migrations / f"{newest() + 1:04}_next_version.sql").write_text(table + rows + index, "utf-8")
    return migrations


def _left(path: Path) -> int:
    """How many rows of both doors are still to be done."""
    with contextlib.suppress(sqlite3.OperationalError), reading(path) as db:
        new = db.execute("SELECT count(*) FROM inbox WHERE state = 'new'").fetchone()[0]
        out = db.execute("SELECT count(*) FROM outbox WHERE finished_at IS NULL").fetchone()[0]
        return int(new + out)
    return 1


def _pending(world: World) -> int:
    return int(world.sandbox.world.bot(None).queue.pending)


async def _serves(process: Any, world: World, before: int) -> bool:
    """Wait until it asks for updates, in a call behind the first `before`; False when it has ended without."""
    deadline = time.monotonic() + PATIENCE
    while process.exitcode is None and time.monotonic() < deadline:
        if any(call["method"] == "getUpdates" for call in world.sandbox.world.calls[before:]):
            return True
        await asyncio.sleep(0.02)
    return False


async def _ends(process: Any, seconds: float) -> bool:
    """Wait for a process to end; False when it still runs after so long."""
    deadline = time.monotonic() + seconds
    while process.exitcode is None:
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.005)
    return True
