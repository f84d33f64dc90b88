"""Telegram was not heard for a while: staff are told from when to when, and open questions are asked once more."""

import asyncio
import signal
from pathlib import Path

import pytest

from sandbox.client import World, buttons, written
from sandbox.testing import TOKEN
from tests.crash import killable
from tests.crash.run import PROCESSES
from tests.e2e.conftest import LAMP, Estate, Json, Start, estate_in, questions_with_buttons, shows
from tests.e2e.reading import IS_FIXED, REPAIRED, TAKES_REPAIR, asked_to_send, presses_what, until
from tests.e2e.repairing import asks, volunteer
from tests.support import ROOT

TOLD = "I could not be reached.\n"
ASKED = "I could not be reached for a while."
QUESTIONS = 6  # seconds after which they are asked, and a little
NIGHT = "2026-11-25T23:00:00+08:00"


async def away(estate: Estate, **gap: float) -> None:
    """Stop the bot, let time go by, start it again."""
    await estate.settled()
    await estate.stop()
    await estate.world.advance(**gap)
    await estate.start()


async def asked_again(estate: Estate) -> None:
    """Wait until everybody was asked who is to be."""
    await estate.settled()
    await estate.world.advance(seconds=QUESTIONS)

    async def all_asked() -> bool:
        return not await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'ask_again'")

    await until(all_asked, "them to be asked")
    await estate.settled()


async def told(estate: Estate, text: str = TOLD) -> list[str]:
    """What staff were told of it."""
    found = [written(each) for each in await estate.world.chat_messages(estate.staff_chat)]
    return [each for each in found if text in each]


async def of_mei(estate: Estate, text: str = ASKED) -> list[Json]:
    return [each for each in await estate.world.chat_messages(estate.resident.id) if text in written(each)]


async def test_after_more_than_a_day_staff_are_told_and_the_draft_is_asked_about_once_more(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    first = await asked_to_send(mei)
    await away(estate, hours=26)
    notice = await shows(estate.staff, TOLD, chat=estate.staff_chat)
    assert "From Wednesday, 25 November, 10:00 to Thursday, 26 November, 12:00 I could" in written(notice)
    assert "written to me before Wednesday, 25 November, 12:00 may be lost" in written(notice)
    await asked_again(estate)
    again = await asked_to_send(mei, ASKED, LAMP, after=first)
    assert len(await questions_with_buttons(mei)) == 1, "the old question has no buttons any more"
    assert await of_mei(estate, "You began this report") == [], "one question, not two"
    # The old button, from a phone that has not seen it go, does what the new one does; nothing is sent twice.
    data = next(each["callback_data"] for each in buttons(first) if "Send" in each["text"])
    press = await mei.forges(first, data)
    await shows(mei, "No. 1: Received")
    late = await mei.forges(again, data)
    assert "Nothing is sent twice" in (await mei.popup(late))["text"]
    assert press["id"] != late["id"]
    await estate.settled()
    assert len(await estate.rows("SELECT * FROM reports")) == 1
    assert len(await told(estate)) == 1


async def test_in_chinese_and_with_the_new_button(world: World, start_bot: Start) -> None:
    community = ROOT / "communities" / "village.toml"
    async with estate_in(world, start_bot, community=community) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await li.says("三号楼的灯坏了")
        await shows(li, "还没有发送")
        await away(estate, hours=26)
        notice = await shows(estate.staff, "我收不到任何消息", chat=estate.staff_chat)
        assert "11月25日星期三10:00到11月26日星期四12:00之间" in written(notice)
        assert "11月25日星期三12:00之前写给我的内容可能丢了" in written(notice)
        await asked_again(estate)
        await shows(li, "有一段时间我收不到消息", "三号楼的灯坏了")
        await li.presses("就这样发送")
        await shows(li, "1号：已收到")


async def test_is_it_fixed_is_asked_once_more_with_what_staff_said(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    question = await estate.resolves("A new lamp is in")
    await away(estate, hours=3)
    await asked_again(estate)
    again = await shows(mei, ASKED, "A new lamp is in", "Is it fixed?", after=question)
    with_buttons = [each for each in await estate.world.chat_messages(mei.id) if buttons(each)]
    assert [each["message_id"] for each in with_buttons] == [again["message_id"]]
    assert len(await told(estate)) == 1
    assert not await told(estate, "24 hours"), "messages of three hours are all here"
    # The old one is still about the report.
    await mei.replies(question, "Thank you for coming")
    await shows(mei, "Added to your report no. 1")
    # Answered once, it is not asked a third time.
    await presses_what(mei, IS_FIXED, message=again)
    await shows(mei, "It is closed now")
    await away(estate, hours=30)
    await asked_again(estate)
    assert len(await of_mei(estate)) == 0, "the question shows the answer in its place"


async def test_whether_a_repair_is_done_is_asked_once_more_with_what_the_volunteer_said(estate: Estate) -> None:
    mei, zhou = estate.resident, await volunteer(estate, "Zhou")
    await asks(estate)
    await presses_what(zhou, TAKES_REPAIR, message=await shows(zhou, "Plumbing"))
    await shows(zhou, "you have taken it", "[In 30 minutes]")
    await zhou.presses("In 30 minutes")
    await presses_what(zhou, REPAIRED, message=await shows(zhou, "You come:"))
    await shows(mei, "Is it done?")
    await zhou.says("A new washer is in")
    await zhou.presses("Leave this out", message=await shows(zhou, "About how long"))
    question = await shows(mei, "A new washer is in", "Is it done?")
    await away(estate, hours=3)
    await asked_again(estate)
    again = await shows(mei, ASKED, "Zhou says it is done", "A new washer is in", "Is it done?", after=question)
    asked = [each for each in await of_mei(estate, "Is it done?") if buttons(each)]
    assert [each["message_id"] for each in asked] == [again["message_id"]], "the old one has no buttons any more"
    await mei.presses("Yes, it is done", message=again)
    await shows(zhou, "they say it is done")
    await away(estate, hours=30)
    await asked_again(estate)
    assert await of_mei(estate) == [], "what is answered is not asked again"


async def test_a_few_minutes_at_night_wake_nobody(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await estate.resolves("A new lamp is in")
    await estate.world.set_time(NIGHT)
    await mei.says("The lift is slow")
    await asked_to_send(mei, "The lift is slow")
    before = len(await estate.world.calls("sendMessage"))
    await away(estate, seconds=200)
    await asked_again(estate)
    sent = (await estate.world.calls("sendMessage"))[before:]
    assert len(sent) == 2 and all(call["params"].get("disable_notification") in (True, "true") for call in sent)
    assert await told(estate) == []
    # A network that comes and goes does not pester them.
    await away(estate, seconds=200)
    await asked_again(estate)
    assert len(await of_mei(estate)) == 2


async def test_what_is_old_is_left_alone(estate: Estate) -> None:
    await estate.report()
    await estate.resolves("A new lamp is in")
    await estate.world.advance(days=2)
    await estate.settled()
    await away(estate, minutes=10)
    await asked_again(estate)
    assert await of_mei(estate) == []
    await away(estate, hours=2)
    await asked_again(estate)
    assert len(await of_mei(estate)) == 1, "in a long gap people come back to it"


async def test_a_minute_and_a_half_is_nothing(estate: Estate) -> None:
    await estate.resident.says(LAMP)
    await asked_to_send(estate.resident)
    await away(estate, seconds=100)
    await estate.settled()
    assert await estate.rows("SELECT * FROM events WHERE kind = 'program.out_of_reach'") == []
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'ask_again'") == []


async def test_whoever_went_on_meanwhile_is_not_asked_again(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await asked_to_send(mei)
    await estate.settled()
    await estate.stop()
    await estate.world.advance(minutes=10)
    await mei.says("since Monday")
    await estate.start()
    await shows(mei, "I have added that.")
    await asked_again(estate)
    assert await of_mei(estate) == []


async def test_a_clock_that_is_moved_is_no_gap(estate: Estate) -> None:
    await estate.report()
    await estate.resolves("A new lamp is in")
    await estate.world.advance(days=21)
    kept = "SELECT value FROM settings WHERE key = 'last_contact' AND value LIKE '2026-12-16%'"
    await until(lambda: estate.rows(kept), "it to be kept; killed before, it would be taken for a gap")
    await away(estate, seconds=10)  # nor is it one for the next start
    await estate.world.advance(days=-21)
    await away(estate, seconds=10)
    await estate.settled()
    assert await estate.rows("SELECT * FROM events WHERE kind = 'program.out_of_reach'") == []


async def test_without_a_staff_group_the_admins_are_told(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, staff_chat_id=None) as estate:
        await away(estate, hours=26)
        await shows(estate.staff, "From Wednesday, 25 November, 10:00", TOLD)
        assert await told(estate) == []


@pytest.mark.parametrize(
    "point",
    [
        "program.out_of_reach.before_commit:1",
        "program.out_of_reach.after_commit:1",
        "ask_again.inside:1",
        "send.before:3",
    ],
)
async def test_killed_while_it_comes_back_everything_is_said_once(estate: Estate, tmp_path: Path, point: str) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await asked_to_send(mei)
    await estate.settled()
    await estate.stop()
    await estate.world.advance(hours=26)
    environment = {
        "BOT_TOKEN": TOKEN, "BOT_API_URL": estate.world.url, "CLOCK_URL": f"{estate.world.url}/api/clock",
        "DATA_DIR": str(tmp_path / "data"), "ADMIN_IDS": str(estate.staff.id),
        "STAFF_CHAT_ID": str(estate.staff_chat), "CRASH_AT": point,
    }  # fmt: skip
    process = PROCESSES.Process(
        target=killable.main, args=(environment, str(tmp_path), str(tmp_path / "log")), daemon=True
    )
    process.start()
    try:
        for _ in range(200):
            if process.exitcode is not None:
                break
            await asyncio.to_thread(process.join, 0.1)
            if await told(estate):  # what a kill finds on its way may come twice
                await estate.world.advance(seconds=1)
    finally:
        process.kill()
    assert process.exitcode == -signal.SIGKILL, (tmp_path / "log").read_text()[-2000:]
    await estate.start()
    await shows(estate.staff, "From Wednesday, 25 November, 10:00", TOLD, chat=estate.staff_chat)
    await asked_again(estate)
    assert len(await told(estate)) == 1
    assert len(await of_mei(estate)) == 1
    assert len(await questions_with_buttons(mei)) == 1
