"""Who presses and writes without end is asked to wait, kindly; nothing of theirs is lost, and danger passes."""

from collections.abc import AsyncIterator

import pytest

from sandbox.client import World, buttons
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import asked_to_send, until

MESSAGES, PRESSES = 5, 12


@pytest.fixture
async def estate(world: World, start_bot: Start) -> AsyncIterator[Estate]:
    """A community in which little is much."""
    async with estate_in(world, start_bot, limit_messages=MESSAGES, limit_presses=PRESSES) as estate:
        yield estate


async def test_messages_wait_in_their_order_and_danger_does_not(estate: Estate) -> None:
    mei = await estate.newcomer("Mei Lin")
    for number in range(MESSAGES + 4):
        await mei.says(f"The lamp is dark, word {number}")
    await shows(mei, f"You have sent {MESSAGES} messages within ten minutes", "nothing of it is lost")
    await estate.settled()
    assert len(await estate.rows("SELECT id FROM inbox WHERE state = 'held'")) == 4
    await mei.says("I smell gas in the cellar")
    await estate.staff.sees("I smell gas in the cellar", estate.staff_chat)
    # While they are asked where it is, what they wrote before is not taken for the answer.
    await time_passes(estate, minutes=11)
    assert len(await estate.rows("SELECT id FROM inbox WHERE state = 'held'")) == 4
    await time_passes(estate, minutes=6)

    async def all_are_handled() -> bool:
        return await estate.rows("SELECT id FROM inbox WHERE state <> 'done'") == []

    await until(all_are_handled, "what was held to be handled")
    # What was held begins a draft of its own; what was written before it went with the danger, as ever.
    drafts = await estate.rows("SELECT draft AS words FROM conversations WHERE state = 'open'")
    sent = await estate.rows("SELECT text AS words FROM report_parts")
    for rows, numbers in ((drafts, range(MESSAGES, MESSAGES + 4)), (sent, range(MESSAGES))):
        words = " ".join(each["words"] or "" for each in rows)
        assert [number for number in range(MESSAGES + 4) if f"word {number}" in words] == list(numbers)
    await estate.nothing_broke()


async def test_presses_past_the_limit_are_answered_with_until_when(estate: Estate) -> None:
    mei = await estate.newcomer("Mei Lin", "zh-hans")
    await mei.says("路灯坏了")
    draft = await asked_to_send(mei)
    data = buttons(draft)[-1]["callback_data"]
    said = [(await mei.popup(await mei.forges(draft, f"{data}x"))).get("text", "") for _ in range(PRESSES + 2)]
    assert "十分钟" in said[-1] and "十分钟" not in said[PRESSES - 1]
    assert await estate.rows("SELECT count FROM counts_of_people WHERE what = 'press'") == [{"count": PRESSES + 2}]
    await time_passes(estate, minutes=11)
    press = await mei.forges(draft, f"{data}x")
    assert "十分钟" not in (await mei.popup(press)).get("text", "")
