"""What is said is found by its words shortly afterwards, however much was said at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.community_file import EXAMPLE, load_community
from bot.scheduler import Scheduler
from services import searching
from services.voices import Report, submit
from storage import people, search
from storage.database import Database, Transaction
from storage.voices import SEARCHED_AFTER, NewPart


async def test_more_than_one_tick_can_bear_is_put_in_by_the_next_ones(tmp_path: Path) -> None:
    community, now = load_community(EXAMPLE), datetime(2026, 11, 25, 2, tzinfo=UTC)
    database = Database(tmp_path / "bot.db", lambda: now)
    await database.open()
    scheduler = Scheduler(database, {search.KIND: lambda tx, _about, _data: searching.put_in(tx, community)})

    def report(tx: Transaction) -> None:
        reporter = people.meet(tx, 1, "Mei", None, "en")
        for number in range(2 * searching.CHUNK + 1):
            submit(tx, community, reporter, Report([NewPart("text", text=f"lamp {number}")]))

    await database.run(report)
    for left in (searching.CHUNK + 1, 1, 0):
        now += SEARCHED_AFTER + timedelta(seconds=1)
        await scheduler.tick()
        assert len(await database.look(search.waiting, 1000)) == left
    await database.close()
