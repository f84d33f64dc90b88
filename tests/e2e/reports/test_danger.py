"""Words of danger: the number to call comes first, then a card that rings at any hour."""

import pytest

from sandbox.client import World, written
from tests.e2e.conftest import EVENING, LAMP, PNG, Estate, Start, estate_in, news, shows
from tests.e2e.reading import NOT_FIXED, asked_to_send, presses_what
from tests.e2e.reports.test_staff import sent_to


@pytest.mark.parametrize(
    ("language", "words", "number", "name"),
    [
        ("en", "There is a strong smell of gas on the stairs", "Call 119 now", "Gas"),
        ("en", "I do not want to live any more", "Call 12356 now", "A life in danger"),
        ("en", "Somebody is being attacked at the gate", "Call 110 now", "Violence"),
        ("zh-hans", "楼道里有煤气味", "119", "Gas"),
        ("zh-hans", "有人触电了", "120", "Electric shock"),
        ("fr", "il y a du 着火 ici", "Call 119 now", "Fire"),
        ("en", "stuck in the lift", "Call 119 now", "Somebody is trapped"),
        ("en", "old man fell and cannot get up", "Call 120 now", "Somebody needs a doctor"),
        ("zh-hans", "家里煤气好像漏了", "119", "Gas"),
        ("zh-hans", "小孩被狗咬了", "120", "Somebody needs a doctor"),
    ],
)
async def test_the_number_comes_first_and_staff_are_rung_at_night(
    world: World, start_bot: Start, language: str, words: str, number: str, name: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        ann = await estate.newcomer("Ann", language)
        await world.set_time(EVENING)
        said = await ann.says(words)
        card = await estate.card()
        assert f"DANGER: {name}" in card["text"] and words in card["text"]
        params = await sent_to(estate, estate.staff_chat, "No. 1 · NEW")
        assert "disable_notification" not in params
        await estate.settled()
        told = await news(ann, said)
        assert number in told[0].splitlines()[0], "the number is the first line of the first message"
        assert "1" in told[1] and len(told) == 2, "and the report is sent without a button"
        await estate.nothing_broke()


@pytest.mark.parametrize(
    "words",
    [
        "The fire door in building 2 does not close", "The lamp opposite the fire station is dark",
        "the drain collapsed",
        "住户每晚打架子鼓", "我的申请又被打回来了", "看着火车站那边", "这是救命钱，请退给我",
    ],
)  # fmt: skip
async def test_harmless_words_are_no_danger(estate: Estate, words: str) -> None:
    await estate.resident.says(words)
    await asked_to_send(estate.resident)
    await estate.settled()
    assert await estate.rows("SELECT id FROM reports") == []
    assert not any("now:" in written(each) for each in await estate.world.chat_messages(estate.resident.id))


async def test_danger_in_a_caption_sends_the_whole_album(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    for number in range(3):
        await mei.sends("photo", PNG + bytes([number]), album="a", caption="Fire in the bin" if number == 0 else "")
    await mei.sees("Call 119 now")
    await mei.sees("No. 1: Received")
    await estate.settled()
    assert len(await estate.rows("SELECT * FROM reports")) == 1
    assert sum("photo" in each for each in await estate.world.chat_messages(group)) == 3
    assert await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'") == []


async def test_danger_while_a_draft_is_open_sends_it_with_all_that_was_said(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("The socket in the hall is broken")
    await mei.presses("Say where it is")
    await mei.sees("Where is it?")
    said = await mei.says("in building 2, and now sparks are flying out of it")
    card = await estate.card()
    assert "The socket in the hall" in card["text"] and "sparks" in card["text"] and "DANGER" in card["text"]
    await estate.settled()
    told = await news(mei, said)
    assert "Call 120 now" in told[0] and "No. 1: Received" in told[1], "below, where the person is looking"


async def test_danger_in_an_edit_and_behind_a_command(estate: Estate) -> None:
    mei = estate.resident
    sent = await mei.says("There is smok in the cellar")
    await asked_to_send(mei)
    await mei.edits(sent, "There is thick smoke in the cellar")
    await mei.sees("Call 119 now")
    await shows(mei, "No. 1: Received", "thick smoke")
    await mei.says("/report somebody is unconscious")
    await mei.sees("Call 120 now")
    await mei.sees("added this to your report no. 1 about the danger")
    assert "somebody is unconscious" in (await estate.card())["text"]
    said = await mei.says("/hilfe fire fire")
    await shows(mei, "Call 119 now", after=said)


async def test_danger_in_a_reply_and_in_a_reason_rings_out_of_hours(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report(LAMP)
    await estate.world.set_time(EVENING)
    await mei.replies(status, "it is still dark")
    quiet = await wei.sees("it is still dark", group)
    assert (await sent_to(estate, group, "it is still dark"))["disable_notification"] in (True, "true")
    said = await mei.replies(status, "now sparks come out of it")
    await shows(mei, "Call 120 now", after=said)
    loud = await shows(wei, "This speaks of danger.", "sparks", chat=group, after=quiet)
    assert "disable_notification" not in await sent_to(estate, group, "sparks come out")
    assert "DANGER: Electric shock" in (await estate.card())["text"]
    question = await estate.resolves("Fixed")
    await presses_what(mei, NOT_FIXED, message=question)
    said = await mei.says("smoke is coming out of the lamp")
    await shows(mei, "Call 119 now", after=said)
    reason = await shows(wei, "why it is not fixed", "smoke", chat=group, after=loud)
    assert "This speaks of danger." in written(reason)


@pytest.mark.parametrize(("language", "words", "all_numbers"), [
    ("en", "There is smok in the cellar", "If anybody is in danger, call at once: 110 (Police), 119"),
    ("zh-hans", "大厅有人倒了", "如果有人有危险，请马上拨打：110（报警）、119"),
])  # fmt: skip
async def test_where_the_danger_is_only_guessed_all_numbers_are_told(
    world: World, start_bot: Start, language: str, words: str, all_numbers: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        ann = await estate.newcomer("Ann", language)
        said = await ann.says(words)
        await estate.settled()
        told = await news(ann, said)
        assert all_numbers in told[0].splitlines()[0]
        assert len(told[0].splitlines()) <= 3, "no advice for a danger that may be another"
        await estate.nothing_broke()
