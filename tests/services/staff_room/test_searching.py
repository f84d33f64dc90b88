"""What is said is found by its words shortly afterwards, however much was said at once."""

from datetime import timedelta

from bot.background.scheduler import Scheduler
from domain.community import Community
from services.reports.submitting import NewReport, submit
from services.staff_room import searching
from storage.core.database import Database, Transaction
from storage.people import people
from storage.reports.reports import SEARCHED_AFTER, NewPart
from storage.staff_room import search
from tests.support import Clock


async def test_more_than_one_tick_can_bear_is_put_in_by_the_next_ones(
    database: Database, community: Community, clock: Clock
) -> None:
    scheduler = Scheduler(database, {search.KIND: lambda tx, _about, _data: searching.put_in(tx, community)})

    def report(tx: Transaction) -> None:
        reporter = people.meet(tx, 1, "Mei", None, "en")
        for number in range(2 * searching.CHUNK + 1):
            submit(tx, community, reporter, NewReport([NewPart("text", text=f"lamp {number}")]))

    await database.run(report)
    for left in (searching.CHUNK + 1, 1, 0):
        clock.at += SEARCHED_AFTER + timedelta(seconds=1)
        await scheduler.tick()
        assert len(await database.read(search.waiting, 1000)) == left
