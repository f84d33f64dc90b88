"""What one person says of danger is bounded by person: the first rings, what follows is written onto its card."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.client import World, written
from sandbox.testing import running_sandbox
from storage.core import blocks
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import EVENING, LAMP, PNG, Estate, Start, estate_in, shows, start_bot
from tests.e2e.moments import time_passes
from tests.e2e.reading import presses_send, until
from tests.e2e.repairing import asks, volunteer

Json = dict[str, Any]
__all__ = ["start_bot"]
FIRES = [f"fire number {number} on the stairs" for number in range(60)]


@pytest.fixture
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A Telegram without its limits, unless it is asked for with them."""
    async with running_sandbox(flood_limits=getattr(request, "param", False)) as world:
        yield world
        assert await world.complaints() == []


@pytest.fixture
async def estate(world: World, start_bot: Start) -> AsyncIterator[Estate]:
    """The bot at work. When the test is over, nothing may have gone wrong."""
    async with estate_in(world, start_bot) as estate:
        yield estate
        await estate.nothing_broke()


async def to_group(estate: Estate, method: str = "") -> list[Json]:
    """The bot's calls that put something into the staff group; `method`: of these only."""
    return [
        call["params"]
        for call in await estate.world.calls(method or None)
        if str(call["params"].get("chat_id")) == str(estate.staff_chat) and call["method"] != "createForumTopic"
    ]


def loud(calls: list[Json]) -> list[Json]:
    """Those that make a sound, but for the greeting."""
    return [
        call
        for call in calls
        if call.get("disable_notification") not in (True, "true") and "come here from now on" not in call["text"]
    ]


async def cards(estate: Estate) -> list[str]:
    """The staff cards of reports on the screen, as they read now."""
    found = await estate.world.chat_messages(estate.staff_chat)
    return [written(each) for each in found if "In charge:" in written(each)]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "there is fire on the stairs, no."), ("zh-hans", "楼道着火了，快来人，第")]
)
async def test_sixty_words_of_danger_ring_once_and_none_is_dropped(
    world: World, start_bot: Start, language: str, words: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        ann = await estate.newcomer("Ann", language)
        await world.set_time(EVENING)
        said = [f"{words} {number} " + "x" * 60 for number in range(60)]
        for each in said:
            await ann.says(each)
        await estate.settled()
        first = await to_group(estate, "sendMessage")
        assert len(loud(first)) == 1 and sum(words in each["text"] for each in first) == 1, "one card, which rings"
        assert len(await to_group(estate, "editMessageText")) <= 3, "the first at once, the others a minute later"
        assert len(await estate.rows("SELECT * FROM reports")) == 1
        kept = [row["text"] for row in await estate.rows("SELECT text FROM report_parts ORDER BY id")]
        assert kept == said, "every word is kept"
        edits = len(await to_group(estate, "editMessageText"))
        for _ in range(16):
            await time_passes(estate, seconds=61)
        shown = "\n".join(map(written, await world.chat_messages(estate.staff_chat)))
        assert [each for each in said if each not in shown] == [], "staff can read every word"
        assert len(await to_group(estate, "editMessageText")) - edits <= 3 * 16, "with the queue's own"
        again = [each for each in loud(await to_group(estate, "sendMessage")) if "is to be done by" not in each["text"]]
        assert len(again) == 1, "but for the deadline"
        await estate.nothing_broke()


async def test_the_person_reads_that_it_was_added_to_what_staff_have(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Fire in building 3")
    await mei.sees("No. 1: Received")
    said = await mei.says("the fire is on the fifth floor now")
    await shows(mei, "Call 119 now", after=said)
    await shows(mei, "added this to your report no. 1 about the danger", after=said)
    await shows(estate.staff, "Said afterwards:", "the fire is on the fifth floor now", chat=estate.staff_chat)
    assert len(await cards(estate)) == 1


async def test_another_kind_of_danger_is_named_on_the_card(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Fire in building 3")
    await estate.card(1)
    await mei.says("and somebody is being attacked at the gate")
    await shows(estate.staff, "DANGER: Fire, Violence", "being attacked at the gate", chat=estate.staff_chat)


async def test_it_rings_again_after_half_an_hour_and_once_staff_have_closed_it(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Fire in building 3")
    await estate.card(1)
    await mei.says("fire fire")
    await estate.settled()
    assert len(await cards(estate)) == 1
    await time_passes(estate, minutes=31)
    await mei.says("There is fire again")
    await estate.card(2)
    await estate.resolves("The fire brigade has put it out", 2)
    await mei.says("It burns, fire in the cellar")
    await estate.card(3)
    await estate.settled()
    rows = await estate.rows("SELECT subject FROM outbox WHERE lane = -1 AND action = 'card' ORDER BY id")
    assert [row["subject"] for row in rows] == ["report:1", "report:2", "report:3"]


async def test_what_was_said_is_folded_after_a_restart_too(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        mei = estate.resident
        await mei.says("Fire in building 3")
        await mei.says("there is fire, second word")
        await mei.says("there is fire, third word")
        await estate.settled()
        await estate.stop()
        await estate.start()
        await mei.says("there is fire, after the restart")
        await time_passes(estate, seconds=61)
        card = await shows(
            estate.staff, "there is fire, third word", "there is fire, after the restart", chat=estate.staff_chat
        )
        assert "Fire in building 3" in written(card)
        assert len(await cards(estate)) == 1 and len(loud(await to_group(estate, "sendMessage"))) == 1
        await estate.nothing_broke()


async def test_every_other_way_to_speak_of_danger_is_folded_as_well(estate: Estate) -> None:
    """A reply to an ordinary report, to a closed one, an edit, a reason, a request for a repair, a take-back."""
    mei, wei = estate.resident, estate.staff
    lamp = await estate.report(LAMP)
    await estate.report("The bench in the park is broken")
    tap = await mei.says("The tap drips in building 2")
    await presses_send(mei, await shows(mei, "The tap drips", after=tap))
    await mei.sees("No. 3: Received")
    question = await estate.resolves("Fixed", 2)
    await mei.presses("Yes", message=question)
    await mei.says("Fire in building 3")
    await estate.card(4)
    await estate.settled()
    before = len(await to_group(estate, "sendMessage"))
    closed = await shows(mei, "No. 2:")
    for number in range(5):
        await mei.replies(lamp, f"fire and smoke {number}")
        await mei.replies(closed, f"fire at the bench {number}")
        await mei.edits(tap, f"The tap is on fire {number}")
    await mei.says("/repair The socket is on fire")
    await mei.says("/cancel")
    await mei.presses("Take back my report", message=await shows(mei, "No. 3:"))
    await mei.says("no, there is fire")
    await estate.settled()
    sent = (await to_group(estate, "sendMessage"))[before:]
    assert [each for each in sent if "fire" in each["text"]] == [], "nothing but edits"
    for _ in range(4):
        await time_passes(estate, seconds=61)
    shown = "\n".join(map(written, await estate.world.chat_messages(estate.staff_chat)))
    for number in range(5):
        assert f"fire and smoke {number}" in shown and f"fire at the bench {number}" in shown
        assert f"The tap is on fire {number}" in shown, "as it read before a change, too"
    assert "The socket is on fire" in shown and "no, there is fire" in shown
    rows = await estate.rows("SELECT subject FROM outbox WHERE lane = -1 AND action IN ('card', 'message')")
    assert {row["subject"] for row in rows} == {"report:4"}
    assert [row["danger"] for row in await estate.rows("SELECT danger FROM reports WHERE id = 1")] == ["fire"]
    await wei.sees("No. 1 · ", estate.staff_chat)


async def test_replies_to_a_closed_report_ring_once(estate: Estate) -> None:
    mei = estate.resident
    await estate.report(LAMP)
    await mei.presses("Yes", message=await estate.resolves("Fixed"))
    closed = await shows(mei, "No. 1:")
    for number in range(6):
        await mei.replies(closed, f"the lamp is on fire {number}")
    await estate.settled()
    assert len([each for each in await to_group(estate, "sendMessage") if "on fire" in each["text"]]) == 1
    await time_passes(estate, seconds=61)
    await shows(estate.staff, *(f"the lamp is on fire {number}" for number in range(6)), chat=estate.staff_chat)


async def test_a_blocked_persons_danger_rings_and_says_so(estate: Estate) -> None:
    mei = estate.resident

    def block(tx: Transaction) -> None:
        who, wei = people.by_telegram_id(tx, mei.id), people.by_telegram_id(tx, estate.staff.id)
        assert who is not None and wei is not None
        blocks.put(tx, who.id, wei.id, "Nonsense", tx.now.replace(year=tx.now.year + 1))

    await estate.bot.database.run(block)
    await estate.world.set_time(EVENING)
    await mei.says("fire in building 3")
    card = await estate.card()
    assert "is blocked until" in written(card) and "Mei" not in written(card)
    assert len(loud(await to_group(estate, "sendMessage"))) == 1
    said = await mei.says("hello you")
    await shows(mei, "You cannot send anything", after=said)


async def test_taking_it_back_again_and_again_does_not_ring_for_ever(estate: Estate) -> None:
    mei = estate.resident
    await estate.world.set_time(EVENING)
    for number in range(1, 8):
        await mei.says("fire in building 3")
        await mei.presses("Take back my report", message=await shows(mei, f"No. {number}: Received"))
        await mei.presses("Yes, take it back", message=await shows(mei, f"Take back no. {number}?"))
        await mei.sees(f"You have taken back no. {number}")
    await estate.settled()
    assert len(await cards(estate)) == 7, "each is a report"
    assert len(loud(await to_group(estate, "sendMessage"))) == 3
    bo = await estate.newcomer("Bo")
    await bo.says("fire in building 4")
    await estate.card(8)
    assert len(loud(await to_group(estate, "sendMessage"))) == 4


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_i_feel_unsafe_pressed_fifteen_times_rings_once(world: World, start_bot: Start, language: str) -> None:
    async with estate_in(world, start_bot) as estate:
        mei = estate.resident
        lao = await volunteer(estate, "Lao", language)
        await asks(estate)
        offer = await shows(lao, "")
        await lao.forges(offer, "ro:1:take")
        await shows(mei, "Repair 1: Somebody will come")
        job = await shows(lao, "")
        for _ in range(15):
            await lao.forges(job, "rt:1:unsafe")
        await estate.settled()
        (question,) = await estate.rows("SELECT * FROM outbox WHERE lane = -1")
        assert question["purpose"] == "unsafe", "one question, however often it is pressed"
        for _ in range(15):
            await lao.forges(job, "rt:1:unsafe!")
        press = await lao.forges(job, "rt:1:unsafe")
        assert "110" in (await lao.popup(press))["text"]
        await estate.settled()
        sent = [each for each in await to_group(estate, "sendMessage") if "UNSAFE: repair 1" in each["text"]]
        assert len(sent) == 1
        urgent = await estate.rows("SELECT * FROM outbox WHERE lane = -1 AND id <> ?", question["id"])
        assert len(urgent) == 2, "the group, and the admin in private"
        await time_passes(estate, seconds=61)
        await shows(estate.staff, "UNSAFE: repair 1", "Said 15 more times", chat=estate.staff_chat)
        assert len([e for e in await to_group(estate, "editMessageText") if "UNSAFE" in e["text"]]) == 1
        await time_passes(estate, minutes=31)
        await lao.forges(job, "rt:1:unsafe!")
        await estate.settled()
        sent = [each for each in await to_group(estate, "sendMessage") if "UNSAFE: repair 1" in each["text"]]
        assert len(sent) == 2
        await estate.nothing_broke()


@pytest.mark.parametrize("world", [True], indirect=True)
async def test_sixty_false_ones_keep_nobody_elses_danger_waiting(world: World, start_bot: Start) -> None:
    """With Telegram's limits, in real seconds."""
    async with estate_in(world, start_bot, send_rate=30) as estate:
        mei, bo = estate.resident, await estate.newcomer("Bo")
        for words in FIRES:
            await mei.says(words)
        # What they cause is before the other's: of a crowd the newest may be handled first.
        all_handled = f"SELECT 1 WHERE (SELECT count(*) FROM inbox WHERE state = 'done') >= {len(FIRES) + 2}"
        await until(lambda: estate.rows(all_handled), "the sixty to be handled", patience=60)
        words = "There is a real fire in building 4, stairwell 1, on the second floor"  # too long for the pinned list
        await bo.says(words)
        await estate.staff.sees(words, estate.staff_chat, patience=25)
        refused = [call for call in await world.calls() if call.get("error_code") == 429]
        assert refused == []


async def test_photos_of_a_danger_come_below_its_card_a_few_a_minute(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await mei.says("Fire in building 3")
    await estate.card(1)
    for number in range(9):
        await mei.sends("photo", PNG + bytes([number]), caption=f"fire {number}")
    await estate.settled()
    assert sum("photo" in each for each in await estate.world.chat_messages(group)) <= 4
    for _ in range(4):
        await time_passes(estate, seconds=61)
    assert sum("photo" in each for each in await estate.world.chat_messages(group)) == 9
    shown = "\n".join(map(written, await estate.world.chat_messages(group)))
    assert all(f"fire {number}" in shown for number in range(9))
