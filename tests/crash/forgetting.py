"""Kill the bot again and again while people have their data deleted: gone all the same, and nobody else's with it."""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.community.community_file import EXAMPLE, load_community
from domain.operations.taken_away import Taken
from handlers.kit.update_context import Setup
from sandbox.testing import running_sandbox
from services.personal_data import forgetting
from storage.core import taken_away_file
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from tests.crash.accounts import reading
from tests.crash.broadcasts import BroadcastCrashTest, BroadcastCrowd, _goes_on
from tests.crash.run import WORKDAY, Plan
from tests.support import FEATURES

POINTS = (
    "_chunk.before_commit:1", "_chunk.after_commit:1", "", "_chunk.after_commit:2", "_chunk.before_commit:3",
    "_mark_and_claim.before_commit:1", "_chunk.after_commit:3", "", "_mark_and_claim.after_commit:2",
    "_chunk.before_commit:2",
)  # fmt: skip
REPORTS = 24
"""So many has each person, every other one open: more than end in one chunk."""
STAY = 2


@dataclass
class ForgettingFigures:
    """What `make crash-test` prints under `forgetting`; `wrong`, with a sentence for each, it prints above."""

    kills: int = 0
    kills_in_flight: int = 0
    forgotten: int = 0
    left: int = 0
    """Things of theirs that any table still has."""
    missing: int = 0
    """Things of others that are not there any more."""
    counted: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, int]:
        """Those that are numbers."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}


def plan(kills: int, seed: int, folder: Path, say: Callable[[str], None] = lambda _line: None, **more: Any) -> Plan:
    """One more person before each kill, and more of theirs than one life gets through."""
    return Plan(
        kills, seed, folder, points=POINTS, residents=kills, pause=(0.3, 0.9), limits_until=0,
        **{"longest_life": 1.5, **more}, say=say,
    )  # fmt: skip


class ForgettingCrashTest(BroadcastCrashTest):
    """One run of it. Plan.residents is how many have their data deleted."""

    async def run_forgetting(self) -> ForgettingFigures:
        """All of it."""
        plan = self._plan
        self._data.mkdir(parents=True)
        self._setup = Setup(load_community(EXAMPLE), 1, "crash_bot", self._data, FEATURES)
        async with running_sandbox(seed=plan.seed, check_answers=False, flood_limits=False) as world:
            self._watch(world)
            await world.set_time(WORKDAY)
            crowd = BroadcastCrowd(world, random.Random(plan.seed + 1))
            await crowd.gather(0, 1)
            environment = self._environment(world, crowd) | {"COMMUNITY": str(EXAMPLE)}
            await self._rest(environment, world)
            await self._move_in(world, plan.residents + STAY)
            everybody = list(world.sandbox.world.private)
            own = [person for person, _ in everybody if person != crowd.staff[0].id]
            leaves = await self._down(world, self._write_down, own)
            helpers = [asyncio.create_task(self._trouble(world)), asyncio.create_task(_goes_on(world))]
            for number in range(plan.kills):
                await self._down(world, forgetting.begin, leaves[number])
                await self._one(number, environment, world)
            for helper in helpers:
                helper.cancel()
            await world.faults()
            rested = await self._rest(environment, world)
        found = await asyncio.to_thread(self._count_forgotten, leaves)
        found.wrong += self._ended + ([] if rested else ["it never came to rest"])
        return found

    def _write_down(self, tx: Transaction, own: list[int]) -> list[int]:
        """All of them in the database, each with reports in words of their own; our numbers of those who leave."""
        now = to_text(tx.now)
        numbers = []
        for place, telegram_id in enumerate(own):
            mark = "stays" if place < STAY else "leaves"
            known = people.meet(tx, telegram_id, f"Canary {mark} {place}", None, "en")
            for each in range(REPORTS):
                closed = None if each % 2 else now
                report = tx.insert(
                    "INSERT INTO reports (person, state, place, created_at, changed_at, closed_at) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (known.id, "confirmed" if closed else "new", f"canary {mark}", now, now, closed),
                )
                tx.execute(
                    "INSERT INTO report_parts (report, person, purpose, kind, text, created_at) "
                    "VALUES (?, ?, 'report', 'text', ?, ?)",
                    (report, known.id, f"canary {mark} {each}", now),
                )
            if place >= STAY:
                numbers.append(known.id)
        return numbers

    def _left(self) -> int:
        """What is still to be forgotten, too."""
        with contextlib.suppress(sqlite3.OperationalError), reading(self._database) as db:  # there may be none yet
            tasks = db.execute("SELECT count(*) FROM scheduled_tasks WHERE kind = ?", (forgetting.KIND,)).fetchone()[0]
            return super()._left() + int(tasks)
        return 1

    def _count_forgotten(self, leaves: list[int]) -> ForgettingFigures:
        found = ForgettingFigures(kills=self._killed_at.total(), kills_in_flight=self._in_flight)
        with reading(self._database) as db:
            begun = {row["person"] for row in db.execute("SELECT person FROM forgetting").fetchall()}
            found.forgotten = len(begun)
            for table, column in (("people", "name"), ("reports", "place"), ("report_parts", "text")):
                for mark in ("leaves", "stays"):
                    count = db.execute(
                        f"SELECT count(*) FROM {table} WHERE lower({column}) LIKE ?", (f"canary {mark}%",)
                    ).fetchone()[0]
                    found.counted[f"{table} {mark}"] = int(count)
        stay = STAY * (1 + 2 * REPORTS)
        stays = sum(number for name, number in found.counted.items() if name.endswith("stays"))
        found.left = sum(number for name, number in found.counted.items() if name.endswith("leaves"))
        found.left -= (len(leaves) - len(begun)) * (1 + 2 * REPORTS)
        found.missing = stay - stays
        file = taken_away_file.read(taken_away_file.beside(self._database))
        lines = [line for line in file if line.kind == Taken.FORGOTTEN]
        if len(lines) != len(begun):
            found.wrong.append(f"tombstones: {len(lines)} for {len(begun)} people")
        if found.left:
            found.wrong.append(f"left: {found.left} things of people who were forgotten")
        if found.missing:
            found.wrong.append(f"missing: {found.missing} things of others")
        found.counted |= {f"killed: {point}": times for point, times in sorted(self._killed_at.items())}
        return found
