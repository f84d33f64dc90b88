"""A word of a project's lead to everybody with a report in it: what it costs until it is in the outbox, and for how
long a piece of that keeps the database from everybody else.

The scheduler's own tick does it, a chunk a second, on a database of that many reports, each of somebody else; between
two ticks Telegram takes what is in the outbox, which is not counted.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import section
from benchmarks.contestants import Broken
from bot.background.scheduler import Scheduler
from bot.community.community_file import EXAMPLE, load_community
from bot.features import joined
from bot.tasks import chunk_tasks, tasks
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from services.broadcasts import broadcasting
from services.projects import making, words
from services.projects.words import NewWord
from services.staff_room import staff_chat
from storage.core import events, messages, sends
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.outbox import RowState
from storage.people import people

R = TypeVar("R")
DAY = datetime(2026, 11, 25, 2, tzinfo=UTC)  # ten in the morning where the example's estate is
STAFF, GROUP = 900_001, -1_000_000_000_900
FIRST = 101
"""The number of the first report, of who made it, and of their chat."""
PATIENCE = 3
"""So many times as many ticks as there are chunks of a hundred; then something must be wrong."""


class Timed(Database):
    """Measures transactions from the lock to the commit, where somebody asks for it."""

    held: list[float]
    cpu: float
    counts: bool

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        super().__init__(path, now)
        self.held, self.cpu, self.counts = [], 0.0, False

    def _transact(self, tx: Transaction, function: Callable[[], R]) -> R:
        began, busy = time.perf_counter(), time.thread_time()
        self.counts = False
        result = super()._transact(tx, function)
        if self.counts:
            self.held.append(time.perf_counter() - began)
            self.cpu += time.thread_time() - busy
        return result


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `project_word`. Raises Broken."""
    section.say(f"A word to a project of {plan.bundled:,} reports ...")
    with tempfile.TemporaryDirectory() as name:
        found = await _say(Path(name), plan.bundled)
    section.say(
        f"in the outbox after {found['cpu_s']} s of CPU, in {found['chunks']} chunks; one in a hundred held the lock "
        f"longer than {found['lock_p99_ms']} ms, the longest {found['longest_lock_ms']} ms"
    )
    return {"project_word": found}


async def _say(folder: Path, reports: int) -> dict[str, Any]:
    now = [DAY]
    database = Timed(folder / "bot.db", lambda: now[0])
    setup = Setup(load_community(EXAMPLE), 1, "bench_bot", folder, joined())
    await database.open()
    database.record, database.publisher = events.record, setup.publish
    try:
        await database.run(_staff)
        await database.run(_fill, reports)
        number = await database.run(_word, setup, reports)
        scheduler = Scheduler(database, tasks(setup), chunk_tasks(setup))
        chunk = scheduler._chunk

        def counted(tx: Transaction) -> int:
            done = chunk(tx)
            database.counts = done > 0
            return done

        scheduler._chunk = counted  # type: ignore[method-assign]
        for _ in range(PATIENCE * reports // 100 + 10):
            await scheduler.tick()
            await database.run(_taken)
            now[0] += timedelta(seconds=1)
            counts = await database.read(broadcasting.counts, number)
            if counts.sent == reports:
                break
        else:
            raise Broken(f"the word came to no end: {counts}")
    finally:
        await database.close()
    held = sorted(database.held)
    return {
        "reports": reports,
        "cpu_s": round(database.cpu, 2),
        "lock_p99_ms": round(held[int(len(held) * 0.99)] * 1000, 1),
        "longest_lock_ms": round(held[-1] * 1000, 1),
        "lock_p50_ms": round(held[len(held) // 2] * 1000, 1),
        "chunks": len(held),
    }


def _staff(tx: Transaction) -> None:
    """A group, before there is a report whose card would have to come into it, and one of staff."""
    staff_chat.choose_by_setting(tx, GROUP, staff_chat.meet(tx, GROUP, "supergroup", "Staff", True))
    wei = people.meet(tx, STAFF, "Wei", None, "en")
    people.set_started(tx, wei.id)
    people.grant(tx, wei.id, Role.STAFF, None)
    tx.insert("INSERT INTO chats (telegram_id, kind, created_at) VALUES (?, 'private', ?)", (STAFF, to_text(tx.now)))


def _fill(tx: Transaction, count: int) -> None:
    """People with a report each, in no project yet, and the card of it on their screens."""
    now = to_text(tx.now)
    numbers = range(FIRST, FIRST + count)
    tx.many(
        "INSERT INTO people (id, telegram_id, name, language, started, created_at) VALUES (?, ?, ?, ?, 1, ?)",
        [(n, n, f"Person {n}", "en" if n % 2 else "zh_Hans", now) for n in numbers],
    )
    tx.many(
        "INSERT INTO chats (id, telegram_id, kind, created_at) VALUES (?, ?, 'private', ?)",
        [(n, n, now) for n in numbers],
    )
    tx.many(
        "INSERT INTO reports (id, person, state, category, created_at, changed_at) "
        "VALUES (?, ?, 'new', 'repairs', ?, ?)",
        [(n, n, now, now) for n in numbers],
    )
    tx.many(
        "INSERT INTO report_parts (report, person, purpose, kind, text, created_at) "
        "VALUES (?, ?, 'report', 'text', ?, ?)",
        [(n, n, f"The lift of stairwell {n} is broken", now) for n in numbers],
    )
    tx.many(
        "INSERT INTO cards (chat, subject, role, message_id, created_at) VALUES (?, ?, 'status', 100, ?)",
        [(n, f"report:{n}", now) for n in numbers],
    )


def _word(tx: Transaction, setup: Setup, count: int) -> int:
    """All of them in one project, and a word to it that is to go out; the broadcast's id."""
    wei = people.by_telegram_id(tx, STAFF)
    assert wei is not None
    project = making.make(tx, setup.community, wei, "The lifts", "All lifts run", [wei.id])
    tx.many("UPDATE reports SET project = ? WHERE id = ?", [(project.id, n) for n in range(FIRST, FIRST + count)])
    said = [("en", "The new lifts come in May."), ("zh_Hans", "新电梯五月到货。")]
    return words.say(tx, wei, project.id, NewWord(said)).id


def _taken(tx: Transaction) -> None:
    """Telegram takes all that is in the outbox."""
    for row in tx.query("SELECT id, chat, card, purpose FROM outbox WHERE state = 'pending'"):
        sends.finish(tx, row["id"], RowState.SENT)
        place = messages.card_place(tx, row["card"]) if row["card"] is not None else None
        if place is not None and place["message_id"] is None:
            messages.keep(tx, row["chat"], 10_000 + row["id"], incoming=False, purpose=row["purpose"], card=row["card"])
            messages.set_card_message(tx, row["card"], 10_000 + row["id"])
