"""The first night on which old reports lose words and names: how long it takes, and how long others wait meanwhile.

A neighbourhood of two and a half years is written, in which a fifth of the reports was closed more than 24 months ago.
All that is done in that night is done, by the bot's own worker's steps, while somebody asks the database for something
small every few milliseconds.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any, TypeVar

from benchmarks.contestants import Broken
from benchmarks.neighbourhood import Neighbourhood
from benchmarks.section import Plan, say
from bot.background.retention import go_through, steps
from bot.community.community_file import EXAMPLE, load_community
from domain.operations.retention import KeptDays
from storage.core import events, tidying
from storage.core.database import Database, Transaction
from storage.core.tidying import Tidied

SPAN = timedelta(days=913)
OPEN_SHARE = 100
LOOKS_SECONDS = 0.005
R = TypeVar("R")


class Watched(Database):
    """Notes how long each transaction of retention had the database, from its turn to its commit; in seconds."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, lambda: datetime.now(UTC))
        self.held: list[float] = []

    async def run_held(self, function: Callable[[Transaction], R]) -> R:
        """As `run`, where nobody else waits for a turn."""
        began = time.perf_counter()
        result = await self.run(function)
        self.held.append(time.perf_counter() - began)
        return result


async def measure(plan: Plan) -> dict[str, Any]:
    """Its keys of the last line: `retention`. Raises Broken."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bot.db"
        say(f"Writing a neighbourhood of {plan.aged:,} reports ...")
        await Neighbourhood(
            load_community(EXAMPLE), plan.aged, plan.aged // OPEN_SHARE, interval=SPAN / plan.aged
        ).write(path)
        size = path.stat().st_size
        say(f"One night in it: {size / 1_000_000:.0f} MB ...")
        database = Watched(path)
        database.record = events.record
        await database.open()
        try:
            before = await database.read(_counts)
            waited: list[float] = []
            looking = asyncio.create_task(_look(database, waited))
            began = time.perf_counter()
            await _night(database)
            seconds = time.perf_counter() - began
            looking.cancel()
            after = await database.read(_counts)
        finally:
            await database.close()
    if after["due"] or not after["nameless"]:
        raise Broken(f"{after['due']} old reports have names still")
    held, waits = [each * 1000 for each in database.held], [each * 1000 for each in waited]
    return {
        "retention": {
            "seconds": round(seconds, 1),
            "reports": before["reports"],
            "made_nameless": after["nameless"],
            "lists_gone": before["listed"] - after["listed"],
            "pieces": len(held),
            "lock_ms_p50": round(median(held), 1),
            "lock_ms_p99": round(_p99(held), 1),
            "lock_ms_max": round(max(held), 1),
            "others_wait_ms_p99": round(_p99(waits), 1),
            "others_wait_ms_max": round(max(waits), 1),
            "file_mb": round(size / 1_000_000),
        }
    }


async def _night(database: Watched) -> None:
    await database.run(lambda tx: tidying.keep(tx, Tidied(tx.now, ("", 0))))
    sure = await database.run(tidying.sure)
    assert sure is not None
    for step in steps(KeptDays()):
        await go_through(database.run_held, step, sure - timedelta(days=step.days))


async def _look(database: Database, waited: list[float]) -> None:
    """Somebody wants something small again and again; how long they wait for it, in seconds."""
    while True:
        began = time.perf_counter()
        await database.run(lambda tx: tx.number("SELECT count(*) FROM settings"))
        waited.append(time.perf_counter() - began)
        await asyncio.sleep(LOOKS_SECONDS)


def _counts(tx: Transaction) -> dict[str, int]:
    sure = tidying.sure(tx)
    before = (sure or tx.now) - timedelta(days=KeptDays().reports)
    alone = "closed_at < ? AND merged_into IS NULL AND nameless_at IS NULL"
    return {
        "reports": tx.number("SELECT count(*) FROM reports"),
        "nameless": tx.number("SELECT count(*) FROM reports WHERE nameless_at IS NOT NULL"),
        "listed": tx.number("SELECT count(*) FROM broadcast_recipients"),
        "due": tx.number(f"SELECT count(*) FROM reports WHERE {alone}", (before.isoformat(),)),
    }


def _p99(found: list[float]) -> float:
    return quantiles(found, n=100)[98] if len(found) > 1 else found[0]
