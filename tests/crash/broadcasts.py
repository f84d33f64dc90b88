"""Kill the bot again and again while notices and words to a project go out, are stopped, go on and are corrected.

While it is down the next one is written, so that at each kill a notice and a word are on their way; a member of staff
stops them and lets them go on in the chat.
"""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.community.community_file import EXAMPLE, load_community
from domain.broadcasts.broadcasts import State
from domain.notices.audience import Audience
from domain.notices.notices import NoticeKind
from handlers.kit.update_context import Setup
from sandbox.client import Person, World
from sandbox.testing import running_sandbox
from services.broadcasts import broadcasting
from services.notices import notices
from services.notices.notices import NewNotice
from services.projects import making, words
from services.projects.words import NewWord
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person as Known
from tests.crash.accounts import reading
from tests.crash.broadcast_accounts import BroadcastFigures, Said, reckon
from tests.crash.crowd import Crowd, _labels
from tests.crash.down import while_down
from tests.crash.run import WORKDAY, CrashTest, Plan
from tests.support import FEATURES

R = TypeVar("R")
POINTS = (
    "", "_chunk.before_commit:2", "_chunk.after_commit:2", "_mark_and_claim.before_commit:4", "send.before:9", "",
    "_mark_and_claim.after_commit:6", "send.after:20", "_chunk.after_commit:1", "_handle_and_claim.after_commit:1", "",
    "_mark_and_claim.after_commit:20", "broadcast.done.before_commit:1", "send.after:35", "_chunk.before_commit:3", "",
    "broadcast.done.after_commit:1", "send.before:30", "_recover.after_commit:1", "_mark_and_claim.before_commit:15",
)  # fmt: skip
TICKED_EVERY, TICKED_BY = 0.3, 1
"""The clock goes on by itself, too: a moved one makes the bot tick at once."""
EVENING, NIGHT = 20, 14
"""In the evening it becomes the next morning, so many hours later: nobody gets anything in their quiet hours."""
CORRECTED = 0.12
ENDS = 3


def plan(
    kills: int, seed: int, folder: Path, sabotage: str = "", say: Callable[[str], None] = lambda _line: None,
    residents: int = 120, points: tuple[str, ...] = POINTS, **more: Any,
) -> Plan:  # fmt: skip
    """Thirty messages a second, as in earnest, so that each of them takes some lives; the sandbox has no limits."""
    return Plan(
        kills, seed, folder, sabotage, points, residents=residents, pause=(0.3, 0.9), limits_until=kills,
        **{"longest_life": 1.5, **more}, say=say,
    )  # fmt: skip


class BroadcastCrowd(Crowd):
    """One member of staff, who stops what goes out and lets it go on; and those who get it."""

    def begin(self, pause: tuple[float, float]) -> None:
        """Steer from now on."""
        self._tasks = [asyncio.create_task(self._live(self.staff[0], self._steers, pause))]

    async def _steers(self, person: Person) -> None:
        shown = [each for each in self._of_bot(person.id) if {"Stop", "Go on"} & set(_labels(each))]
        if not shown:
            return
        message = self._chance.choice(shown)
        label = "Go on" if "Go on" in _labels(message) else "Stop"
        if label == "Go on" or self._chance.random() < 0.3:
            await self._press(person, message, label)


class BroadcastCrashTest(CrashTest):
    """One run of it. Plan.residents is how many get each of them."""

    async def run_broadcasts(self) -> BroadcastFigures:
        """All of it."""
        plan = self._plan
        self._data.mkdir(parents=True)
        self._said: list[Said] = []
        self._setup = Setup(load_community(EXAMPLE), 1, "crash_bot", self._data, FEATURES)
        async with running_sandbox(seed=plan.seed, check_answers=False, flood_limits=False) as world:
            self._watch(world)
            await world.set_time(WORKDAY)
            crowd = BroadcastCrowd(world, random.Random(plan.seed + 1))
            await crowd.gather(0, 1)
            environment = self._environment(world, crowd) | {"COMMUNITY": str(EXAMPLE)}
            await self._rest(environment, world)
            own = await self._move_in(world, plan.residents)
            self._wei = crowd.staff[0].id
            self._project = await self._down(world, self._bundle, own)
            crowd.begin(plan.pause)
            helpers = [asyncio.create_task(self._trouble(world)), asyncio.create_task(_goes_on(world))]
            for number in range(plan.kills):
                await self._say_more(world)
                await self._one(number, environment, world)
            await crowd.end()
            for helper in helpers:
                helper.cancel()
            await world.faults()
            await asyncio.sleep(1.0)
            rested = await self._to_the_end(environment, world)
            shown: dict[int, list[str]] = {
                person: [
                    str(message.content.get("text", ""))
                    for message in world.sandbox.world.private[person, world.bot_id].messages.values()
                    if message.author == world.bot_id
                ]
                for person in own
            }
            found = reckon(self._database, self._said, own, world.sandbox.world.calls, shown, self._sending)
        found.kills = self._killed_at.total()
        found.kills_in_flight = self._in_flight
        found.wrong += self._ended + ([] if rested else ["it never came to rest"])
        found.counted |= {f"killed: {point}": times for point, times in sorted(self._killed_at.items())}
        return found

    async def _move_in(self, world: World, count: int) -> dict[int, int]:
        """So many residents, whose Start nobody answers; each with the message that is their report's card."""
        everybody = [{"first_name": f"Resident{n}", "start": True} for n in range(count)]
        made = await world.post("scene", people=everybody)
        queue = world.sandbox.world.bot(None).queue
        queue.forget_all()
        self._made.clear()
        own = {}
        for person in made["people"].values():
            own[person] = next(iter(world.sandbox.world.private[person, world.bot_id].messages))
        return own

    def _bundle(self, tx: Transaction, own: dict[int, int]) -> int:
        """All of them in the database, each with a report in one project; the project's number."""
        now = to_text(tx.now)
        for person, message in own.items():
            known = people.meet(tx, person, f"Resident {person}", None, "en")
            people.set_started(tx, known.id)
            chat = tx.insert(
                "INSERT INTO chats (telegram_id, kind, created_at) VALUES (?, 'private', ?)", (person, now)
            )
            report = tx.insert(
                "INSERT INTO reports (person, state, category, created_at, changed_at) "
                "VALUES (?, 'new', 'repairs', ?, ?)",
                (known.id, now, now),
            )
            tx.execute(
                "INSERT INTO cards (chat, subject, role, message_id, created_at) VALUES (?, ?, 'status', ?, ?)",
                (chat, f"report:{report}", message, now),
            )
        wei = self._staff(tx)
        project = making.make(tx, self._setup.community, wei, "The lifts", "All lifts run", [wei.id])
        tx.execute("UPDATE reports SET project = ?", (project.id,))
        return project.id

    def _staff(self, tx: Transaction) -> Known:
        found = people.by_telegram_id(tx, self._wei)
        assert found is not None
        return found

    async def _down(self, world: World, function: Callable[..., R], *args: Any) -> R:
        """Do something while the bot is down."""
        clock = world.sandbox.world.clock
        return await while_down(self._database, clock.now, function, *args, notices=self._setup)

    async def _say_more(self, world: World) -> None:
        """A notice and a word are on their way, and now and then one of them is corrected."""
        local = world.sandbox.world.clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
        if local.hour >= EVENING:
            await world.advance(hours=NIGHT)
        corrects = self._chance.random() < CORRECTED
        if corrects or len(await asyncio.to_thread(self._unfinished)) < 2:
            await self._down(world, self._write_more, corrects)

    def _unfinished(self) -> list[int]:
        """The broadcasts that are on their way or were stopped."""
        with reading(self._database) as db:
            rows = db.execute(
                "SELECT id FROM broadcasts WHERE state IN (?, ?)", (State.SENDING, State.STOPPED)
            ).fetchall()
        return [int(row["id"]) for row in rows]

    def _write_more(self, tx: Transaction, corrects: bool) -> None:
        wei = self._staff(tx)
        on_their_way = [each for each in self._said if broadcasting.get(tx, each.broadcast).finished_at is None]
        for is_notice in {True, False} - {each.is_notice for each in on_their_way}:
            self._said.append(self._write(tx, wei, is_notice))
        if corrects and on_their_way:
            said = self._chance.choice(on_their_way)
            said.version += 1
            if said.is_notice:
                notices.correct(tx, wei, said.number, None, said.text)
            else:
                words.correct(tx, wei, said.broadcast, None, said.text)

    def _write(self, tx: Transaction, wei: Known, is_notice: bool) -> Said:
        said = Said(mark=len(self._said) + 1, is_notice=is_notice)
        if is_notice:
            new = NewNotice(NoticeKind.NEWS, Audience(), [(None, said.text)])
            said.number = notices.write(tx, self._setup.community, wei, new)
            said.broadcast = notices.broadcast_of(notices.get(tx, said.number))
        else:
            said.number = self._project
            said.broadcast = words.say(tx, wei, self._project, NewWord([(None, said.text)])).id
        return said

    async def _to_the_end(self, environment: dict[str, str], world: World) -> bool:
        """Let it run until everybody has everything, and let go on what was stopped; the last press may come only now.
        False: it never came to rest."""
        await self._down(world, self._write_more, False)
        rested = True
        for _ in range(ENDS):
            await self._down(world, self._let_go_on)
            rested = await self._rest(environment, world)
            if not rested or not await asyncio.to_thread(self._unfinished):
                break
        return rested

    def _left(self) -> int:
        """Those that go out, too, and those whose copies are still corrected."""
        with contextlib.suppress(sqlite3.OperationalError), reading(self._database) as db:  # there may be none yet
            tasks = db.execute("SELECT count(*) FROM scheduled_tasks WHERE kind LIKE 'broadcast%'").fetchone()[0]
            return super()._left() + int(tasks)
        return 1

    def _let_go_on(self, tx: Transaction) -> None:
        for number in self._unfinished():
            broadcast = broadcasting.get(tx, number)
            if broadcast.state is State.STOPPED:
                may_steer = notices.may_steer if broadcast.subject.startswith("notice:") else words.may_steer
                broadcasting.go_on(tx, self._staff(tx), number, may_steer)


async def _goes_on(world: World) -> None:
    """A step each time the clock moves."""
    while True:
        await asyncio.sleep(TICKED_EVERY)
        await world.advance(seconds=TICKED_BY)
