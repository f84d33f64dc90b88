"""Handed on to somebody outside, who is asked again on a day."""

from sandbox.client import World, buttons, written
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.reading import TAKE, presses_what
from tests.e2e.reports.test_steering import more


async def test_handed_on_with_a_text_to_copy_and_asked_again_on_the_day(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    status = await estate.report()
    await more(estate, "Hand on …")
    await wei.sees("[Water company", group)
    choice = await estate.card()
    await wei.presses("Water company", group, choice)
    copied = await wei.sees("For Water company, to copy:", group)
    assert "stairwell light" in written(copied) and "96000" in written(copied) and "Mei" not in written(copied)
    told = await mei.sees("is now with Water company")
    assert "9 December" in written(told)
    card = next(m for m in await estate.world.chat_messages(mei.id) if m["message_id"] == status["message_id"])
    assert "With Water company since" in written(card) and "9 December" in written(card)
    press = await wei.forges(await estate.card(), "v:1:handon=p.water:0", group)
    assert "This has changed meanwhile" in (await wei.popup(press))["text"]
    await estate.world.set_time("2026-12-09T23:00:00+08:00")
    await estate.settled()
    await estate.world.set_time("2026-12-10T10:00:00+08:00")
    asked = await wei.sees("please ask Water company again", group)
    await wei.presses("Asked again", group, asked)
    done = await shows(wei, "No. 1: Wei has asked Water company again. Next time: Thursday, 24 December.", chat=group)
    assert done["message_id"] == asked["message_id"] and "[Asked again" not in written(done)
    press = await wei.forges(asked, buttons(asked)[0]["callback_data"], group)
    assert "Nothing is done twice" in (await wei.popup(press))["text"]
    await presses_what(wei, TAKE, group, asked)
    await estate.settled()
    rows = await estate.rows("SELECT state, handed_to, handed_at, ask_again_at FROM reports")
    assert rows == [{"state": "taken", "handed_to": None, "handed_at": None, "ask_again_at": None}]


async def test_handed_on_to_somebody_else_by_name_and_not_when_it_is_closed(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await more(estate, "Hand on …")
    await wei.presses("Somebody else", group)
    await estate.staff_replies("whom is no. 1 handed on to?", "the <b>gardener</b>")
    await mei.sees("is now with the <b>gardener</b>")
    await wei.sees("HANDED ON", group)
    await more(estate, "Hand on …")
    await wei.presses("Somebody else", group)
    await estate.settled()
    asked = await wei.sees("whom is no. 1 handed on to?", group)
    await estate.resolves("Done")
    await wei.replies(asked, "nobody", group)
    await wei.sees("This has changed meanwhile: RESOLVED", group)
    press = await wei.forges(await estate.card(), "v:1:askedagain:0", group)
    assert "not possible any more" in (await wei.popup(press))["text"]


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await li.says("三号楼的路灯坏了")
        await li.sees("还没有发")
        await li.presses("就这样发送")
        await estate.card()
        await more(estate, "Hand on …")
        await estate.staff.presses("Water company", estate.staff_chat)
        await li.sees("自来水公司")
