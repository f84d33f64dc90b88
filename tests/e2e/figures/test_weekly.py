"""Figures that come by themselves: to the staff group on Monday, to project leads each month; each exactly once."""

import json
from typing import Any

from bot.background.figures_writer import FiguresWriter
from sandbox.client import Json, Person, World, written
from services.figures import periodic
from tests.e2e.calling_in import lead, led
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_is
from tests.e2e.reports.test_steering import more
from tests.waiting import until

MONDAY, WEEK_LATER = "2026-11-30T08:31:00+08:00", "2026-12-07T08:31:00+08:00"
NOT_DONE = "SELECT 1 FROM scheduled_tasks WHERE kind IN (?, ?)"


async def done(estate: Estate) -> None:
    """All that was due is counted, drawn and sent."""

    async def nothing_left() -> bool:
        rows = await estate.rows(
            "SELECT 1 FROM scheduled_tasks WHERE kind IN "
            f"('{periodic.COUNT}', '{periodic.LEAD}') AND next_due <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+2 years')"
        )
        return not rows

    await until(nothing_left, "figures to be counted and drawn", 60)
    await estate.settled()


async def weekly(who: Person, group: int, text: str) -> list[Json]:
    """The messages of the group that say so, oldest first."""
    return [each for each in await who.world.chat_messages(group) if text in written(each)]


async def test_on_monday_one_picture_five_sentences_and_what_is_stuck(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await more(estate, "Pressing")
    await shows(wei, "No. 1 · NEW", "PRESSING: marked by staff", chat=group)
    await estate.resolves("New lamp")
    await estate.report("Rubbish everywhere", by=await estate.newcomer("Bo"))
    await estate.settled()
    assert await weekly(wei, group, "Last week") == []
    await time_is(estate, MONDAY)
    await done(estate)
    (told,) = await weekly(wei, group, "Last week")
    assert told.get("photo"), "one picture"
    said = written(told)
    for sentence in (
        "2 reports came in last week; in the week before: 0.",
        "Handled of these by the end of the week: 1 of 2.",
        "Staff said once that something is fixed; residents say yes: 0, no: 0, no reply so far: 1.",
        "1 first answer was given, within",
        "Pressing problems solved: 1; reopened: 0; deadlines missed: 0.",
    ):
        assert sentence in said
    await estate.stop()
    await estate.start()
    await time_is(estate, "2026-12-03T12:00:00+08:00")
    await done(estate)
    assert len(await weekly(wei, group, "Last week")) == 1, "once a week"
    await time_is(estate, WEEK_LATER)
    await done(estate)
    assert len(await weekly(wei, group, "Last week")) == 2
    stuck = (await weekly(wei, group, "What is stuck"))[-1]
    assert "No. 2" in written(stuck) and "OVERDUE" in written(stuck)
    await estate.nothing_broke()


async def test_killed_in_between_it_comes_once(estate: Estate) -> None:
    """The row is the order: what was counted and not yet written is counted again, what was written is not."""
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await estate.stop()
    await estate.world.set_time(MONDAY)
    await estate.start()
    await time_is(estate, MONDAY)
    await done(estate)
    await estate.stop()
    await estate.start()
    await estate.settled()
    assert len(await weekly(wei, group, "Last week")) == 1


async def test_before_the_first_report_nothing_is_said_and_later_an_empty_week_in_one_line(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await time_is(estate, MONDAY)
    await done(estate)
    assert await weekly(wei, group, "Last week") == []
    await estate.report()
    await estate.resolves("New lamp")
    await time_is(estate, WEEK_LATER)
    await done(estate)
    await time_is(estate, "2026-12-14T08:31:00+08:00")
    await done(estate)
    await time_is(estate, "2026-12-21T08:31:00+08:00")
    await done(estate)
    last = (await weekly(wei, group, "Last week"))[-1]
    assert written(last).strip() == "Last week\n\nLast week nothing was reported, and nothing waits."


async def test_each_month_a_lead_reads_of_their_own_projects_alone(estate: Estate) -> None:
    lin, bo = await lead(estate), await lead(estate, "Bo")
    await led(estate, "The lifts", lin)
    await led(estate, "The bins", bo)
    await time_is(estate, "2026-12-01T08:31:00+08:00")
    await done(estate)
    said = await shows(lin, "Your projects in November 2026", "No. 1: The lifts")
    assert "The bins" not in written(said)
    said = await shows(bo, "Your projects in November 2026", "No. 2: The bins")
    assert "The lifts" not in written(said)
    await time_is(estate, "2026-12-10T08:31:00+08:00")
    await done(estate)
    for each in (lin, bo):
        assert len([one for one in await each.world.chat_messages(each.id) if "Your projects in" in written(one)]) == 1


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await lead(estate, "Li", "zh-hans")
        await led(estate, "电梯", li)
        await time_is(estate, "2026-12-01T08:31:00+08:00")
        await done(estate)
        await shows(li, "2026年11月您牵头的项目", "第1号：电梯")
        await estate.nothing_broke()


async def test_counted_twice_it_is_written_once(estate: Estate) -> None:
    """As after a kill in the transaction that ends the row, or just behind it."""
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await time_is(estate, MONDAY)
    await done(estate)
    row: Any = {"id": 99, "data": json.dumps({"length": "week", "first": "2026-11-23"})}
    worker = next(each for each in estate.bot.beside if isinstance(each, FiguresWriter))
    for _ in range(2):
        finish = await worker._do(row)
        assert await estate.bot.database.run(finish)
    await estate.settled()
    assert len(await weekly(wei, group, "Last week")) == 1
    assert len(await weekly(wei, group, "What is stuck")) <= 1
