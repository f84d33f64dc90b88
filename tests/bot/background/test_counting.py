"""Counting by a program of its own: the same numbers and errors as here, and it never outlives the bot."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.background.counting import Counting
from bot.background.programs import ProgramFailed
from domain.community import Community
from domain.figures.periods import Length, containing
from domain.people.rights import Action, NotAllowed, Role
from handlers.figures.sent import week_counted
from handlers.kit.texts import Speaker
from services.core.errors import NotFound
from services.figures import all_figures
from services.figures.report_figures import Asked, By
from storage.core.database import Database, Transaction, WroteWhileReading
from tests.bot.background import counted
from tests.services.reporting import submitted
from tests.support import MONDAY, ROOT, person
from tests.waiting import until

MARCH = containing(MONDAY.date(), Length.MONTH)


@pytest.fixture
async def counting(database: Database) -> AsyncIterator[Counting]:
    found = Counting(database)
    yield found
    await found.close()


def runs(number: int) -> bool:
    """Whether that program still runs; one that has ended and that nobody asked about does not."""
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


async def gone(number: int) -> None:
    """Wait until it has ended."""

    async def is_gone() -> bool:
        return not runs(number)

    await until(is_gone, "the program to be gone")


async def test_it_is_the_same_as_counted_here(database: Database, counting: Counting, community: Community) -> None:
    def there(tx: Transaction) -> tuple[int, int]:
        for name in ("Mei", "Bo"):
            submitted(tx, community, person(tx, name))
        return person(tx, "Wei", Role.STAFF).id, person(tx, "Ann").id

    wei, ann = await database.run(there)
    for by in By:
        asked = Asked(MARCH, by)
        here = await database.read(all_figures.for_staff, community, wei, asked)
        assert here is not None and here.reports.total.collected == 2
        assert await counting.count(all_figures.for_staff, community, wei, asked) == here
    say = Speaker("zh_Hans", community.zone)
    week = await counting.count(week_counted.count, community, say, MARCH)
    assert week == await database.read(week_counted.count, community, say, MARCH)
    assert week.charts is not None and "诉求" in str(week.sentences)
    with pytest.raises(NotAllowed) as refused:
        await counting.count(all_figures.for_staff, community, ann, Asked(MARCH))
    assert refused.value.action is Action.LOOK_UP
    with pytest.raises(NotFound):
        await counting.count(all_figures.for_staff, community, wei, Asked(MARCH, area="nowhere"))


async def test_one_program_counts_one_after_the_other_and_gives_way(counting: Counting) -> None:
    found = await asyncio.gather(*(counting.count(counted.where) for _ in range(3)))
    ((number, niceness),) = set(found)
    assert number != os.getpid()
    assert niceness > os.getpriority(os.PRIO_PROCESS, 0)
    assert await counting.count(counted.talks) == 7
    assert (await counting.count(counted.where))[0] == number


async def test_it_is_kept_for_a_while_and_then_started_anew(database: Database) -> None:
    counting = Counting(database, kept_seconds=0.0)
    first, _ = await counting.count(counted.where)
    await gone(first)
    second, _ = await counting.count(counted.where)
    assert second != first
    await counting.close()
    assert not runs(second)


@pytest.mark.parametrize(
    ("function", "error"),
    [(counted.writes, WroteWhileReading), (counted.raises, ProgramFailed), (counted.ends, ProgramFailed)],
)
async def test_what_it_meets_is_raised_and_the_next_one_is_counted(
    counting: Counting, function: Callable[[Transaction], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await counting.count(function)
    assert await counting.count(counted.talks) == 7


async def test_a_database_it_cannot_read_is_said(tmp_path: Path) -> None:
    counting = Counting(Database(tmp_path / "nowhere.db", lambda: MONDAY))
    with pytest.raises(sqlite3.OperationalError):
        await counting.count(counted.where)
    await counting.close()


async def test_what_nobody_waits_for_any_more_is_counted_no_further(counting: Counting) -> None:
    number, _ = await counting.count(counted.where)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(counting.count(counted.forever), 0.01)
    assert not runs(number)
    assert await counting.count(counted.talks) == 7


ASKER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path

from bot.background.counting import Counting
from storage.core.database import Database
from tests.bot.background import counted

async def main():
    counting = Counting(Database(Path(sys.argv[1]), lambda: datetime.now(UTC)))
    number, _ = await counting.count(counted.where)
    print(number, flush=True)
    await counting.count(getattr(counted, sys.argv[2]))

asyncio.run(main())
"""


@pytest.mark.parametrize("busy", ["forever", "forever_in_python"])
async def test_killed_the_bot_leaves_none_behind(database: Database, busy: str) -> None:
    asker: Any = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ASKER, str(database.path), busy, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    number = int(await asker.stdout.readline())
    assert runs(number)
    asker.send_signal(signal.SIGKILL)
    await asker.wait()
    await gone(number)


async def test_it_is_told_no_secret(counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "4242:secret")
    assert "4242:secret" not in (await counting.count(counted.environment)).values()
