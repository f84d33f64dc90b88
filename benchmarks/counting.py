"""Figures among a million reports: how long staff wait for them, and how much longer everybody else does meanwhile.

A record of two years is written, its days are closed by the bot's own program, and the bot is started with both. A
member of staff asks for a week, and for a year by area and by category, and waits until it is shown. Then people ask
the bot things: for some seconds undisturbed, for some while the year is counted again and again, and so on in turns.
"""

import asyncio
import contextlib
import os
import random
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.contestants import community_in, database_in
from benchmarks.neighbourhood import FIRST_RESIDENT, FIRST_STAFF
from benchmarks.recorded_events import Record
from benchmarks.section import Plan, say
from benchmarks.visitors import Visitors
from bot.background import day_closer
from bot.community.community_file import EXAMPLE, load_community
from services.figures import closing
from storage.core import facts_file
from storage.core.instants import to_text

ASKERS = 20
QUESTIONS_A_SECOND = 40
LOOK_SECONDS = 0.005
COUNTING = "I am counting"


async def measure(plan: Plan) -> dict[str, Any]:
    """Its keys of the last line: `figures`. Raises Broken."""
    with tempfile.TemporaryDirectory() as name, both_cores(plan.core):
        folder = Path(name)
        database = database_in(folder)
        say(f"Writing the record of {plan.counted:,} reports ...")
        events = await Record(load_community(EXAMPLE), plan.counted).write(database)
        say(f"Closing its days: {events:,} events ...")
        closed = await _close(folder)
        say(f"{closed['facts_mb']} MB of facts beside {closed['file_mb']} MB, made in {closed['build_s']} s")
        visitors = Visitors()
        began = time.perf_counter()
        async with visitors.with_bot(folder, None):
            started_in = time.perf_counter() - began
            waits = await _waits(visitors)
            say("shown after, s: " + ", ".join(f"{each} {seconds:.2f}" for each, seconds in waits.items()))
            replies: dict[str, list[float]] = {"alone": [], "meanwhile": []}
            await _ask(visitors, 2.0)
            for _ in range(plan.rounds):
                for how, found in replies.items():
                    counting = _counted_again(visitors) if how == "meanwhile" else contextlib.nullcontext()
                    async with counting:
                        found.append(median(await _ask(visitors, plan.board_seconds)))
    return {
        "figures": {
            "weekly_s": round(max(waits["week"], waits["week_before"]), 3),
            "year_s": round(max(waits["year_by_category"], waits["year_by_area"]), 3),
            "reply_slowdown": round(median(replies["meanwhile"]) / median(replies["alone"]), 3),
            "reports": plan.counted,
            "events": events,
            "each_s": {each: round(seconds, 3) for each, seconds in waits.items()},
            "reply_ms_p50": {how: round(median(found) * 1000, 2) for how, found in replies.items()},
            "start_s": round(started_in, 2),
            **closed,
        }
    }


@contextlib.contextmanager
def both_cores(core: int | None) -> Iterator[None]:
    """The bot may use the core of what measures, which asks little: counting is done beside, as on any machine."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core, *before})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


async def _close(folder: Path) -> dict[str, float]:
    """Have all days closed but today, as the bot does at its start, with the hours it is started with."""
    database, hours = database_in(folder), load_community(community_in(folder)).hours
    until = closing.over(datetime.now(UTC), hours.zone)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
    await day_closer.close({"database": str(database), "hours": closing.as_text(hours), "until": to_text(until)})
    return {
        "build_s": round(time.perf_counter() - began, 1),
        "build_cpu_s": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 1),
        "facts_mb": round(facts_file.beside(database).stat().st_size / 1_000_000, 1),
        "file_mb": round(database.stat().st_size / 1_000_000, 1),
    }


async def _waits(visitors: Visitors) -> dict[str, float]:
    """How long a member of staff waits for each, from the press to the figures; the median of three."""
    presses = (
        ("week", "Week"), ("week_before", "‹ Earlier"), ("year", "Year"), ("year_by_category", "By category"),
        ("year_by_area", "By area"),
    )  # fmt: skip
    found: dict[str, list[float]] = {name: [] for name, _ in presses}
    for _ in range(3):
        await _shown(visitors, visitors.says(FIRST_STAFF, "/figures"))
        for name, button in presses:
            found[name].append(await _shown(visitors, visitors.presses(FIRST_STAFF, button)))
    return {name: median(each) for name, each in found.items()}


async def _shown(visitors: Visitors, asks: Awaitable[float]) -> float:
    """Seconds until the figures are there, and not only that they are being counted."""
    began = time.perf_counter()
    await asks
    while str(visitors.screens[FIRST_STAFF]["text"]).startswith(COUNTING):  # noqa: ASYNC110
        await asyncio.sleep(LOOK_SECONDS)
    return time.perf_counter() - began


@contextlib.asynccontextmanager
async def _counted_again(visitors: Visitors) -> AsyncIterator[None]:
    """While the block runs, a year is counted again and again."""

    async def again() -> None:
        while True:
            # The one that is shown is marked.
            shown = str(visitors.screens[FIRST_STAFF]["reply_markup"])
            button = "By area" if "• By category" in shown else "By category"
            await _shown(visitors, visitors.presses(FIRST_STAFF, button))

    task = asyncio.create_task(again())
    try:
        yield
        if task.done():
            task.result()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _ask(visitors: Visitors, seconds: float) -> list[float]:
    """Let people ask for so long; how long each answer took, in seconds."""
    ends = time.perf_counter() + seconds
    waited: list[float] = []

    async def asks(person: int) -> None:
        pause, chance = ASKERS / QUESTIONS_A_SECOND, random.Random(person)
        await asyncio.sleep(pause * chance.random())
        while time.perf_counter() < ends:
            waited.append(await visitors.says(person, "/help"))
            await asyncio.sleep(max(0.0, pause * chance.uniform(0.5, 1.5) - waited[-1]))

    await asyncio.gather(*(asks(FIRST_RESIDENT + number) for number in range(ASKERS)))
    return waited
