"""How long the copy takes that somebody asks for of what is kept about them, beside all that is kept about others.

A neighbourhood is written in which one person has far more than anybody has: so many events. The program that makes
copies is run as the bot runs it, once for the list of files and once for the ZIP file.
"""

import asyncio
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.contestants import Broken
from benchmarks.neighbourhood import FIRST_RESIDENT, Neighbourhood
from benchmarks.section import Plan, say
from bot.community.community_file import EXAMPLE, load_community
from storage.core.database import Database, Transaction
from storage.core.instants import to_text

PROGRAM = "bot.exports.own_data"
OPEN_SHARE = 100
REPORTS_SHARE = 10
"""Of so many events one is a report of theirs."""


async def measure(plan: Plan) -> dict[str, Any]:
    """Its keys of the last line: `own_data`. Raises Broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "bot.db"
        say(f"Writing a neighbourhood of {plan.aged:,} reports, and {plan.own_events:,} events of one person ...")
        await Neighbourhood(load_community(EXAMPLE), plan.aged, plan.aged // OPEN_SHARE).write(path)
        database = Database(path, lambda: datetime.now(UTC))
        await database.open()
        try:
            person = await database.run(_much, plan.own_events)
        finally:
            await database.close()
        order = {
            "database": str(path), "community": str(EXAMPLE), "person": person, "language": "en",
            "now": datetime.now(UTC).isoformat(),
        }  # fmt: skip
        began = time.perf_counter()
        await _carry_out(order)
        made = await _carry_out({**order, "folder": name, "fetched": {}})
        seconds = time.perf_counter() - began
        size = (folder / made["zips"][0]).stat().st_size
    say(f"{plan.own_events:,} events, {made['rows']:,} rows: {seconds:.1f} s, {size / 1000:.0f} kB")
    return {
        "own_data": {
            "seconds": round(seconds, 1),
            "events": plan.own_events,
            "rows": made["rows"],
            "zip_kb": round(size / 1000),
            "reports_of_all": plan.aged,
        }
    }


def _much(tx: Transaction, events: int) -> int:
    """Give the first resident so many events, and reports to go with them; returns our number of them."""
    (row,) = tx.query("SELECT id FROM people WHERE telegram_id = ?", (FIRST_RESIDENT,))
    person, now = int(row["id"]), to_text(tx.now)
    first = tx.number("SELECT max(id) + 1 FROM reports")
    numbers = range(first, first + max(1, events // REPORTS_SHARE))
    tx.many(
        "INSERT INTO reports (id, person, state, created_at, changed_at, closed_at) VALUES (?, ?, 'closed', ?, ?, ?)",
        [(number, person, now, now, now) for number in numbers],
    )
    tx.many(
        "INSERT INTO report_parts (report, person, purpose, kind, text, created_at) "
        "VALUES (?, ?, 'report', 'text', 'The lamp in the stairwell is dark', ?)",
        [(number, person, now) for number in numbers],
    )
    tx.many(
        "INSERT INTO events (at, actor, subject, kind, data) VALUES (?, ?, ?, 'report.added', '{}')",
        [(now, person, f"report:{first + place % len(numbers)}") for place in range(events)],
    )
    return person


async def _carry_out(order: dict[str, Any]) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", PROGRAM, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate(json.dumps(order).encode())
    if process.returncode != 0:
        raise Broken(f"{PROGRAM} ended with {process.returncode}")
    answer: dict[str, Any] = json.loads(said)
    return answer
