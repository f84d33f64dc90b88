"""All public pages while the bot works: how soon the first byte of each comes, and who waits for it.

As the section `board`, with every kind of page in turns: the first one, the board and a promise, projects and one of
them, figures of a month and of a year, as CSV, and what they mean, the list of reports, of one kind and of one state,
one of them, the feed, and the plan. 10,000 promises, 40 projects, two years of figures, 100,000 reports.
"""

import asyncio
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks import board, released, section
from benchmarks.board import People, Took, free_port, visited
from benchmarks.contestants import Broken, started
from bot.community.community_file import EXAMPLE, load_community
from domain.community import Community
from domain.figures.closed_periods import closing, name
from domain.figures.disclosure import FEWEST
from domain.figures.public_tables import PublicTable, counts_of_all, counts_of_groups, is_grouped
from domain.figures.report_measures import ReportMeasures
from domain.people.rights import Role
from services.projects import making
from storage.core.database import Database, Transaction
from storage.figures import public_figures
from storage.people import people

PAGES = ("/", "/board", "/board/7", "/projects", "/projects/1", "/figures", "/figures?period=2025", "/figures.csv",
         "/figures/how", "/reports", "/reports?category=lighting", "/reports?state=open",
         f"/reports/{released.code(7)}", "/reports.atom", "/plan")  # fmt: skip
PROJECTS = 40
STILL_SECONDS = 5
FIRST, TODAY = date(2024, 1, 1), date(2026, 1, 1)


def fill(tx: Transaction, community: Community) -> None:
    """Projects, and figures of which every number is large."""
    people.grant(tx, 1, Role.STAFF, None)
    wei, areas = people.by_id(tx, 1), [area.code for area in community.areas]
    for number in range(PROJECTS):
        making.make(tx, community, wei, f"Project {number}", "It runs again", [wei.id], [areas[0]], public=True)
    random = Random(1)
    for periods in closing(FIRST, TODAY):
        for period in periods:
            one = ReportMeasures(collected=random.randint(50, 99), handled=random.randint(20, 45))
            kinds = {each.code: one for each in community.categories}
            counts, inside = counts_of_all(one), dict[str, str]()
            if is_grouped(period):
                groups, inside = counts_of_groups(community, kinds, dict.fromkeys(areas, one))
                counts |= groups
            shown = frozenset(of for of, count in counts.items() if count >= FEWEST)
            public_figures.publish(tx, PublicTable(name(period), counts, inside, shown=shown))


async def write(path: Path) -> None:
    """What the section `board` has written, and more."""
    database = Database(path, lambda: datetime.now(UTC))
    await database.open()
    await database.run(fill, load_community(EXAMPLE))
    await database.close()


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `pages`. Raises Broken."""
    section.say(
        f"Writing {plan.promises:,} promises, {PROJECTS} projects, the figures of two years, and {plan.released:,} "
        "reports that everybody may see ..."
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        await board.write(folder / "data" / "bot.db", plan.promises)
        await write(folder / "data" / "bot.db")
        await released.write(folder / "data" / "bot.db", load_community(EXAMPLE), plan.released)
        port = free_port()
        (folder / ".env").write_text(f"WEB_PORT={port}\n")
        asking, took = People(), Took()
        url = await asking.stand_in.start()
        waited: list[float] = []
        with started("ours", url, folder, plan.core) as bot:
            async with asyncio.timeout(120 + 4 * plan.rounds * plan.board_seconds):
                await asking.stand_in.polled.wait()
                await _drawn(folder / "data" / "media" / "figures")
                async with visited(port, Took(), PAGES, b""):
                    await asking.ask(2.0)  # each page is written once before it is measured, as for a first visitor
                for _ in range(plan.rounds):
                    async with visited(port, took, PAGES, b""):
                        waited += await asking.ask(plan.board_seconds)
            if bot.process.poll() is not None:
                raise Broken(bot.words())
        await asking.stand_in.stop()
    return {"pages": _figures(took, sorted(waited), plan.released)}


async def _drawn(folder: Path) -> None:
    """Wait until the charts are there, which are drawn once, by a program of its own."""
    seen, still = -1, 0
    while still < STILL_SECONDS:
        await asyncio.sleep(1.0)
        found = len(list(folder.glob("*.svg"))) if folder.is_dir() else 0  # noqa: ASYNC240 - nothing is measured yet
        still = still + 1 if found == seen and found else 0
        seen = found


def _figures(took: Took, waited: list[float], reports: int) -> dict[str, Any]:
    every = sorted(first for each in took.values() for first in each)
    worst = {path: _ms(_p99(sorted(took[path]))) for path in PAGES if path in took}
    for path, found in worst.items():
        section.say(f"  {path:<24} first byte, of a hundred one: {found} ms")
    return {
        "requests": len(every),
        "reports": reports,
        "first_byte_ms_p50": _ms(median(every)),
        "first_byte_ms_p99": _ms(_p99(every)),
        "first_byte_ms_max": _ms(every[-1]),
        "first_byte_ms_p99_by_page": worst,
        "reply_ms_p50": _ms(median(waited)),
        "reply_ms_p99": _ms(_p99(waited)),
    }


def _p99(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.99)]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
