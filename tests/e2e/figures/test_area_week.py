"""News of one's building, once a week, for those who ask for it: released titles of that place, and nothing else."""

from sandbox.client import Person, World, written
from services.public_reports import releasing
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_is
from tests.e2e.public_reports.test_public_reports import releases
from tests.e2e.reading import presses_what

MONDAY, WEEK_LATER = "2026-11-30T08:31:00+08:00", "2026-12-07T08:31:00+08:00"
NEWS = "Last week where you live"


async def asks_for_it(who: Person, place: str = "Building 3") -> None:
    """Somebody turns it on in /settings, and says where they live."""
    said = await who.says("/settings")
    menu = await who.sees("News of your building: off", after=said["message_id"])
    await presses_what(who, "s:building:", message=menu)
    await shows(who, "nothing comes before", "[Yes, once a week")
    await presses_what(who, "s:building:on", message=menu)
    await shows(who, "News of your building: once a week", "[Turn it off")
    await presses_what(who, "s:lives:", message=menu)
    await who.sees("[Say where I live")
    await presses_what(who, "s:lives:in-0", message=menu)
    await who.sees("Where do you live?")
    await who.says(place)
    await who.sees("You live here")


async def news(who: Person) -> list[str]:
    return [written(each) for each in await who.world.chat_messages(who.id) if NEWS in written(each)]


async def test_released_titles_of_the_place_and_nothing_else(estate: Estate) -> None:
    bo, far, silent = [await estate.newcomer(name) for name in ("Bo", "Far", "Silent")]
    await asks_for_it(bo)
    await asks_for_it(far, "Building 5")
    await estate.report()
    await estate.report("Old Wang of flat 302 has rats in Building 3", by=silent)
    await releases(estate)
    await time_is(estate, MONDAY)
    (told,) = await news(bo)
    assert "No light in a stairwell: Open" in told and "Building 3" in told
    assert "Wang" not in told and "stairwell light" not in told, "not what a resident wrote"
    assert await news(far) == [] and await news(silent) == [] and await news(estate.resident) == []
    await time_is(estate, "2026-12-02T12:00:00+08:00")
    await estate.stop()
    await estate.start()
    await time_is(estate, WEEK_LATER)
    assert len(await news(bo)) == 1, "nothing became known in that week"
    await estate.nothing_broke()


async def test_what_was_taken_off_is_not_in_it(estate: Estate) -> None:
    bo = await estate.newcomer("Bo")
    await asks_for_it(bo)
    await estate.report()
    await releases(estate)

    def take_off(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        releasing.take_off(tx, wei, 1)

    await estate.bot.database.run(take_off)
    await time_is(estate, MONDAY)
    assert await news(bo) == []
    await estate.nothing_broke()


async def test_turned_off_nothing_is_planned_any_more(estate: Estate) -> None:
    bo = await estate.newcomer("Bo")
    await asks_for_it(bo)
    await estate.report()
    await releases(estate)
    await estate.settled()
    assert await estate.rows("SELECT count(*) AS n FROM scheduled_tasks WHERE kind = 'area_week'") == [{"n": 1}]
    said = await bo.says("/settings")
    menu = await bo.sees("News of your building: once a week", after=said["message_id"])
    await presses_what(bo, "s:building:", message=menu)
    await bo.sees("[Turn it off")
    await presses_what(bo, "s:building:off", message=menu)
    await shows(bo, "News of your building: off")
    await time_is(estate, MONDAY)
    assert await news(bo) == []
    assert await estate.rows("SELECT count(*) AS n FROM scheduled_tasks WHERE kind = 'area_week'") == [{"n": 0}]


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        said = await li.says("/settings")
        menu = await li.sees("楼里的新消息：未开启", after=said["message_id"])
        await presses_what(li, "s:building:", message=menu)
        await li.sees("[好，每周一次")
        await presses_what(li, "s:building:on", message=menu)
        await shows(li, "楼里的新消息：每周一次")
        await estate.nothing_broke()
