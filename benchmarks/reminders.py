"""Many pledges due at once: how fast their lists are in the outbox, and how long everybody else waits meanwhile.

A program of its own (`python -m benchmarks.reminders`), whose memory nobody else has grown, makes a database of that
many people with a promise each, moves the clock to Monday at nine, and lets the scheduler's own tick do it, while one
update after the other wants the database as well.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import section
from benchmarks.contestants import Broken
from bot.background.scheduler import Scheduler
from bot.community.community_file import load_community
from bot.features import joined
from bot.tasks import chunk_tasks
from domain.calendar.recurrence import weekly
from domain.pledges.pledges import Kind, Plan
from handlers.kit.update_context import Setup
from services.pledges import reminder_schedule
from storage.core import events, outbox
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.outbox import Outgoing

ROOT = Path(__file__).parent.parent
MONDAY = datetime(2026, 11, 30, 1, tzinfo=UTC)  # nine o'clock in Shanghai
PAUSE = 0.01


@dataclass
class Meanwhile:
    """How long each of the others had to wait, in seconds."""

    waited: list[float] = field(default_factory=list)
    over: bool = False


def fill(tx: Transaction, first: int, count: int, zone: str) -> None:
    """People with a private chat and one promise for two evenings of the week each, all reminded on Monday at nine."""
    then = to_text(tx.now)
    plan = json.dumps(Plan(Kind.RECURRING, datetime(2026, 11, 25, 19), weekly(frozenset({5, 6})), 60).as_json())
    numbers = range(first, first + count)
    tx.many(
        "INSERT INTO people (id, telegram_id, name, language, started, created_at) VALUES (?, ?, ?, ?, 1, ?)",
        [(n, n, f"Person {n}", "zh_Hans" if n % 2 else "en", then) for n in numbers],
    )
    tx.many(
        "INSERT INTO chats (id, telegram_id, kind, created_at) VALUES (?, ?, 'private', ?)",
        [(n, n, then) for n in numbers],
    )
    tx.many(
        "INSERT INTO pledges (id, person, keeper, kind, state, words, plan, zone, planned_until, created_at, "
        "changed_at) VALUES (?, ?, ?, 'recurring', 'published', ?, ?, ?, ?, ?, ?)",
        [
            (n, n, n, f"I keep stairwell {n} clean & dry", plan, zone, to_text(MONDAY + timedelta(days=15)), then, then)
            for n in numbers
        ],
    )
    times = [MONDAY + timedelta(days=day, hours=10) for day in (-2, -1, 5, 6)]
    tx.many(
        "INSERT INTO occurrences (key, pledge, starts_at, ends_at) VALUES (?, ?, ?, ?)",
        [(f"pledge:{n}:{at:%Y-%m-%dT%H:%M}", n, to_text(at), to_text(at + timedelta(hours=1)))
         for n in numbers for at in times],
    )  # fmt: skip
    tx.many(
        "INSERT INTO scheduled_tasks (kind, subject, next_due, occurrence) VALUES (?, ?, ?, ?)",
        [
            (reminder_schedule.WEEK_KIND, f"person:{n}", to_text(MONDAY), f"{reminder_schedule.WEEK_KIND}:{n}")
            for n in numbers
        ],
    )


def answer(tx: Transaction, chat: int) -> None:
    """About what handling one update writes: the row it came in, an answer, and what it was about."""
    came = tx.insert(
        "INSERT INTO inbox (update_id, body, state, received_at, done_at) "
        "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM inbox), '{}', 'done', ?, ?)",
        (to_text(tx.now), to_text(tx.now)),
    )
    outbox.add(tx, Outgoing(chat=chat, action="message", content={"text": f"Answer {came}"}, subject=f"report:{came}"))


async def others(database: Database, meanwhile: Meanwhile) -> None:
    """One update after the other, as they would come, until it is over."""
    while not meanwhile.over:
        asked = time.perf_counter()
        await database.run(answer, 1)
        meanwhile.waited.append(time.perf_counter() - asked)
        await asyncio.sleep(PAUSE)


async def remind(people: int, folder: Path) -> dict[str, float]:
    """The figures of one run."""
    now = [MONDAY - timedelta(hours=1)]
    database = Database(folder / "bot.db", lambda: now[0])
    await database.open()
    database.record = events.record
    setup = Setup(load_community(ROOT / "community.example.toml"), 1, "bench_bot", folder, joined())
    for first in range(1, people + 1, 5000):
        await database.run(fill, first, min(5000, people + 1 - first), setup.community.zone.key)
    held: list[float] = []
    scheduler = Scheduler(database, {}, chunk_tasks(setup))
    chunk = scheduler._chunk

    def timed(tx: Transaction) -> int:
        began = time.perf_counter()
        done = chunk(tx)
        held.append(time.perf_counter() - began)
        return done

    scheduler._chunk = timed  # type: ignore[method-assign]
    meanwhile = Meanwhile()
    asking = asyncio.create_task(others(database, meanwhile))
    now[0] = MONDAY
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, busy = time.perf_counter(), time.process_time()
    await scheduler.tick()
    took, busy = time.perf_counter() - began, time.process_time() - busy
    meanwhile.over = True
    await asking
    rows = await database.read(
        lambda tx: tx.one("SELECT count(*) AS n, count(DISTINCT once) AS d FROM outbox WHERE once IS NOT NULL")
    )
    assert rows is not None
    await database.close()
    waited, held = sorted(meanwhile.waited), sorted(held)
    return {
        "people": people,
        "in_outbox": rows["n"],
        "distinct": rows["d"],
        "seconds": round(took, 2),
        "per_second": round(people / took),
        "cpu_seconds": round(busy, 2),
        "lock_held_ms_max": round(held[-1] * 1000, 1),
        "lock_held_ms_p50": round(held[len(held) // 2] * 1000, 1),
        "others": len(waited),
        "others_waited_ms_p99": round(waited[int(len(waited) * 0.99)] * 1000, 1),
        "others_waited_ms_max": round(waited[-1] * 1000, 1),
        "memory_grown_mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024, 1),
    }


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `reminders`. Raises Broken."""
    section.say(f"Reminding {plan.reminded:,} people at once ...")
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.reminders", "--people", str(plan.reminded), cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    if plan.core is not None:
        # It is the only one that works now: both cores are its own.
        os.sched_setaffinity(program.pid, {plan.core, *os.sched_getaffinity(0)})
    said, _ = await program.communicate()
    if program.returncode != 0:
        raise Broken(f"the reminders ended with {program.returncode}")
    found = json.loads(said)
    section.say(
        f"{found['per_second']:,} lists a second, chunks of {found['lock_held_ms_p50']} ms; one in a hundred of the "
        f"others waited longer than {found['others_waited_ms_p99']} ms; memory grew by {found['memory_grown_mb']} MB"
    )
    return {"reminders": found}


def main() -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reminders", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(remind(given.people, Path(folder)))), flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
