"""Deadlines: before and after one whoever is in charge hears of it, once each; and the daily digest."""

from typing import Any

from domain.people.rights import Role
from sandbox.client import Person, World, written
from tests.e2e.conftest import Estate, Start, estate_in
from tests.e2e.moments import time_is
from tests.e2e.reading import TAKE, presses_what

Json = dict[str, Any]
SOON = "is to be done by Friday, 27 November, 18:00"
LATE = "is OVERDUE since Friday, 27 November, 18:00"
FRIDAY = "2026-11-27T09:01:00+08:00"
FRIDAY_EVENING = "2026-11-27T18:01:00+08:00"
MONDAY = "2026-11-30T09:01:00+08:00"


async def told(person: Person, text: str, chat: int | None = None) -> int:
    """How many messages hold `text`."""
    found = await person.world.chat_messages(person.id if chat is None else chat)
    return sum(text in written(each) for each in found)


async def test_the_assignee_then_the_lead_hear_of_it_once_each(estate: Estate) -> None:
    bo, group = await estate.colleague("Bo"), estate.staff_chat
    ling = await estate.colleague("Ling", Role.LEAD)
    await estate.report()
    await presses_what(bo, TAKE, group, await estate.card())
    await time_is(estate, "2026-11-26T18:30:00+08:00")
    assert await told(bo, SOON) == 0, "a day before it nobody is there"
    await time_is(estate, FRIDAY)
    assert (await told(bo, SOON), await told(ling, SOON)) == (1, 0)
    await estate.stop()
    await estate.start()
    await time_is(estate, FRIDAY_EVENING)
    assert "OVERDUE since Friday" in written(await estate.card()), "the card says so at once"
    await estate.resident.sees("That has passed; we are sorry.")
    assert (await told(bo, LATE), await told(ling, LATE)) == (0, 0), "people hear of it when they are there"
    await time_is(estate, MONDAY)
    await time_is(estate, "2026-12-03T09:00:00+08:00")
    assert (await told(bo, SOON), await told(bo, LATE), await told(ling, LATE)) == (1, 1, 1)
    assert await told(bo, "No. 1 is OVERDUE", group) == 0, "and the group is not told what they know"


async def test_whoever_was_a_colleague_once_hears_nothing_of_what_they_had_taken(estate: Estate) -> None:
    bo, group = await estate.colleague("Bo"), estate.staff_chat
    await estate.report()
    await presses_what(bo, TAKE, group, await estate.card())
    await estate.settled()
    await estate.bot.database.run(
        lambda tx: tx.execute("DELETE FROM roles WHERE person IN (SELECT id FROM people WHERE name = 'Bo')")
    )
    await time_is(estate, FRIDAY)
    assert (await told(bo, SOON), await told(estate.staff, SOON, group)) == (0, 1), "the group hears of it instead"
    await time_is(estate, FRIDAY_EVENING)
    await time_is(estate, MONDAY)
    assert await told(bo, LATE) == 0


async def test_with_nobody_in_charge_the_group_hears_of_it(estate: Estate) -> None:
    group = estate.staff_chat
    await estate.report()
    await time_is(estate, FRIDAY)
    await estate.staff.sees("Nobody has taken it yet.", group)
    await time_is(estate, FRIDAY_EVENING)
    await time_is(estate, MONDAY)
    assert await told(estate.staff, LATE, group) == 1
    assert await told(estate.staff, LATE) == 1, "there is no lead: the admin hears of it"


async def test_what_is_done_is_not_warned_of_until_it_is_open_again(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await estate.report()
    await estate.resolves("New lamp")
    await time_is(estate, FRIDAY)
    await time_is(estate, FRIDAY_EVENING)
    await time_is(estate, MONDAY)
    assert await told(estate.staff, "is to be done by") == 0 and await told(estate.staff, LATE) == 0
    assert await told(estate.staff, "OVERDUE", group) == 0
    await mei.presses("No, ")
    await time_is(estate, "2026-11-30T09:05:00+08:00")
    assert await told(estate.staff, LATE) == 1, "its day has passed meanwhile"


async def test_another_kind_is_another_deadline(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await presses_what(wei, TAKE, group, await estate.card())
    await wei.presses("Kind", group, await estate.card())
    await wei.presses("More (1 of 3)", group)
    await wei.presses("Lifts and doors", group)
    await wei.sees("By: Wednesday, 25 November, 16:00", group)
    await time_is(estate, "2026-11-25T14:10:00+08:00")
    assert await told(wei, "is to be done by Wednesday, 25 November, 16:00") == 1
    await time_is(estate, "2026-11-25T16:00:01+08:00")
    assert await told(wei, "is OVERDUE since Wednesday, 25 November, 16:00") == 1
    await time_is(estate, MONDAY)
    assert await told(wei, SOON) == 0 and await told(wei, LATE) == 0


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        bo = await estate.colleague("Bo")
        await bo.says("/language")
        await bo.presses("简体中文")
        await estate.report()
        await presses_what(bo, TAKE, estate.staff_chat, await estate.card())
        await time_is(estate, FRIDAY)
        await bo.sees("1号要在11月27日星期五18:00之前办好。")
        await time_is(estate, MONDAY)
        await bo.sees("1号已超期")


DIGEST = "Good morning. This is what is open:"


async def test_the_digest_comes_on_working_mornings_when_there_is_something(estate: Estate) -> None:
    group = estate.staff_chat
    await time_is(estate, "2026-11-26T08:31:00+08:00")
    assert await told(estate.staff, DIGEST, group) == 0, "never an empty one"
    await estate.report()
    await time_is(estate, "2026-11-27T08:29:00+08:00")
    assert await told(estate.staff, DIGEST, group) == 0
    await time_is(estate, "2026-11-27T08:31:00+08:00")
    message = await estate.staff.sees(DIGEST, group)
    assert "New: 1\n" in message["text"] and "The stairwell light" in message["text"]
    await estate.stop()
    await estate.start()
    await time_is(estate, "2026-11-28T12:00:00+08:00")
    await time_is(estate, "2026-11-29T12:00:00+08:00")
    assert await told(estate.staff, DIGEST, group) == 1, "nobody is there on these days"
    await time_is(estate, "2026-11-30T08:31:00+08:00")
    assert await told(estate.staff, DIGEST, group) == 2
    await estate.stop()
    await estate.world.set_time("2026-12-02T07:00:00+08:00")
    await estate.start()
    await time_is(estate, "2026-12-02T07:01:00+08:00")
    assert await told(estate.staff, DIGEST, group) == 2, "yesterday's is not made up for"


async def test_without_a_staff_group_nothing_goes_wrong(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, staff_chat_id=None) as estate:
        await estate.report()
        await time_is(estate, FRIDAY)
        await time_is(estate, MONDAY)
        assert await told(estate.staff, LATE) == 1
        await estate.nothing_broke()
