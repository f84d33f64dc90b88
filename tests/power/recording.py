"""The bot at work among people, and all it does to its files recorded, in one order with what the world sees of it."""

import asyncio
import contextlib
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.client import Person, World
from sandbox.testing import TOKEN, running_sandbox
from tests.crash.accounts import at_kill
from tests.crash.crowd import Crowd
from tests.crash.run import next_version, note_updates
from tests.power import shim
from tests.power.tape import Notes
from tests.support import ROOT

Json = dict[str, Any]
WORKDAY = "2026-11-25T10:00:00+08:00"
PATIENCE = 60.0
TOO_MUCH = 15
TAKE_AWAY = "Take it away"


@dataclass(frozen=True)
class Plan:
    """One run. `updates`: so many are confirmed in each life before it is ended, the first by a kill.

    `day_passes`: in the second life, so that there is a nightly backup; it begins with a migration of a next version.
    """

    cuts: int
    seed: int
    folder: Path
    updates: tuple[int, ...] = (60, 150, 60, 150)
    day_passes: bool = True
    starts_each: int = 1  # of so many cuts the bot is started after one
    sabotage: str = ""
    say: Callable[[str], None] = lambda _line: None


class Calls(list[Json]):
    """The sandbox's list of calls; each is noted on the tape when it arrives."""

    def __init__(self, note: Callable[[int], None]) -> None:
        super().__init__()
        self._note = note

    def append(self, call: Json) -> None:
        """A call has arrived, and nothing was done about it yet."""
        super().append(call)
        self._note(len(self))


@dataclass
class Recording:
    """What was recorded, and the world in which it was."""

    world: World
    crowd: Crowd
    tape: Path
    environment: dict[str, str]
    migrations: Path
    made: dict[int, Json] = field(default_factory=dict)
    sending: dict[int, dict[tuple[int, int], int]] = field(default_factory=dict)
    """What was on its way at each kill."""
    ended: list[str] = field(default_factory=list)


@contextlib.asynccontextmanager
async def recorded(plan: Plan) -> AsyncIterator[Recording]:
    """Let the bot live as often as planned. The sandbox stands still then and can be used further in the block."""
    library = shim.make(plan.folder)
    disk, tape = plan.folder / "disk", plan.folder / "tape"
    disk.mkdir()
    notes = Notes(tape)
    async with running_sandbox(seed=plan.seed, check_answers=False, flood_limits=False) as world:
        crowd = Crowd(world, random.Random(plan.seed + 1))
        # Who writes on and on while nobody answers comes to more words than a draft holds, which are refused.
        crowd.waits = lambda: world.sandbox.world.bot(None).queue.pending > TOO_MUCH
        migrations = next_version(plan.folder)
        made: dict[int, Json] = {}

        def noted(number: int, content: Json) -> None:
            made[number] = content
            notes.add(update=number)

        note_updates(world, noted)
        world.sandbox.world.calls = Calls(lambda count: notes.add(calls=count))
        await world.set_time(WORKDAY)
        await crowd.gather(6, 2)
        environment = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": world.url,
            "CLOCK_URL": f"{world.url}/api/clock",
            "DATA_DIR": str(disk / "data"),
            "STAFF_CHAT_ID": str(crowd.staff_chat),
            "ADMIN_IDS": ",".join(str(person.id) for person in crowd.staff),
            "SEND_RATE": "0",
        }
        recording = Recording(world, crowd, tape, environment, migrations, made)
        recorder = {**shim.environment(library, disk, tape), "SABOTAGE": plan.sabotage}
        lives = _Lives(plan, recording, {**os.environ, **environment, **recorder, "PYTHONPATH": str(ROOT)}, notes)
        await lives.live()
        notes.close()
        yield recording


class _Lives:
    """The program's lives, one after the other."""

    def __init__(self, plan: Plan, recording: Recording, environment: dict[str, str], notes: Notes) -> None:
        self._plan = plan
        self._recording = recording
        self._environment = environment
        self._notes = notes
        self._database = Path(environment["DATA_DIR"]) / "bot.db"

    async def live(self) -> None:
        """All of them."""
        crowd, world = self._recording.crowd, self._recording.world
        crowd.begin((0.05, 0.3))
        roles = asyncio.create_task(_give_and_take(crowd))
        for number, updates in enumerate(self._plan.updates):
            await self._one(number, updates)
        roles.cancel()
        await crowd.end()
        await asyncio.gather(roles, return_exceptions=True)
        if not roles.cancelled() and (error := roles.exception()) is not None:
            raise error
        await world.faults()

    async def _one(self, number: int, updates: int) -> None:
        world, is_last = self._recording.world, number == len(self._plan.updates) - 1
        environment = dict(self._environment)
        if number >= 1:
            environment["MIGRATIONS"] = str(self._recording.migrations)
        with (self._plan.folder / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.power.recorded", env=environment, stdout=log, stderr=log
            )
        queue = world.sandbox.world.bot(None).queue
        enough = queue.confirmed + updates
        deadline = time.monotonic() + PATIENCE
        day_passes = self._plan.day_passes and number == 1
        while queue.confirmed < enough and process.returncode is None:
            if time.monotonic() > deadline:
                self._recording.ended.append(f"life {number} confirmed too little")
                break
            await asyncio.sleep(0.05)
            if day_passes and queue.confirmed > enough - updates // 2:
                day_passes = False
                await world.advance(hours=18)
        process.send_signal(signal.SIGTERM if is_last else signal.SIGKILL) if process.returncode is None else None
        code = await asyncio.wait_for(process.wait(), PATIENCE)
        if code != (0 if is_last else -signal.SIGKILL):
            self._recording.ended.append(f"life {number} ended with {code}: {_last(self._plan.folder / 'bot.log')}")
        self._recording.sending[number] = (await asyncio.to_thread(at_kill, self._database)).sending
        self._notes.add(kill=number)
        self._plan.say(f"life {number + 1} is over; {queue.confirmed} updates are confirmed")


async def _give_and_take(crowd: Crowd) -> None:
    """Again and again the first of the staff gives somebody a role and takes it away: what must not come back."""
    world, giver = crowd.world, crowd.staff[0]
    helper: Person = await world.person("Helper")
    await world.post("group/add", chat=crowd.staff_chat, user=helper.id)
    await helper.starts()
    while True:
        said = await helper.says("Good morning", crowd.staff_chat)
        await giver.says("/role staff", crowd.staff_chat, reply_to=said["message_id"])
        for _ in range(20):
            await asyncio.sleep(0.15)
            shown = [each for each in await world.chat_messages(giver.id) if TAKE_AWAY in str(each.get("reply_markup"))]
            if shown:
                with contextlib.suppress(AssertionError):  # somebody else was quicker
                    await giver._press(None, shown[-1], label=TAKE_AWAY)
                    break


def _last(log: Path) -> str:
    return "  ".join(log.read_text("utf-8", "replace").splitlines()[-3:])


def reading(path: Path) -> sqlite3.Connection:
    """A database that a cut has left, opened as a start opens it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection
