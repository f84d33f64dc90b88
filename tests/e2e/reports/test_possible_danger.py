"""Words that may speak of danger: the number, one question, three minutes; and what each answer leaves."""

import pytest

from sandbox.client import Person, World, written
from tests.e2e.conftest import EVENING, Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import asked_to_send, presses_send, presses_what

YES, NO = "dq:*:yes", "dq:*:no"
YES_NOW, NO_AFTERWARDS = "ds:*:yes", "ds:*:no"
MAYBE = {
    "en": "Somewhere in our hallway it smells a bit odd, perhaps gas, perhaps paint",
    "zh-hans": "楼道里有股怪味，说不上来是什么",
}
CALL = {"en": "Call 119 now", "zh-hans": "请马上拨打 119"}
NOT_CONFIRMED = "POSSIBLE DANGER, NOT CONFIRMED"


async def asks(estate: Estate, person: Person, language: str = "en") -> None:
    """Somebody writes it, and is asked below the number to call."""
    await person.says(MAYBE[language])
    await asked_to_send(person)
    told = [written(each) for each in await estate.world.chat_messages(person.id)]
    number = next(at for at, text in enumerate(told) if text.startswith(CALL[language]))
    question = next(at for at, text in enumerate(told) if "3 minutes" in text or "3分钟" in text)
    assert number < question


@pytest.mark.parametrize("language", list(MAYBE))
async def test_without_an_answer_it_rings_once_at_night_and_is_marked(
    world: World, start_bot: Start, language: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        ann = await estate.newcomer("Ann", language)
        await world.set_time(EVENING)
        await asks(estate, ann, language)
        await estate.stop()
        await estate.start()
        await time_passes(estate, minutes=4)
        card = await estate.card()
        assert NOT_CONFIRMED in card["text"] and MAYBE[language] in card["text"]
        await shows(ann, "not confirmed" if language == "en" else "未经确认")
        await time_passes(estate, minutes=10)
        assert len(await estate.rows("SELECT id FROM reports")) == 1
        assert len(await estate.rows("SELECT id FROM dangers")) == 1
        await estate.nothing_broke()


async def test_no_in_time_leaves_a_draft_and_nothing_else(estate: Estate) -> None:
    await asks(estate, estate.resident)
    await presses_what(estate.resident, NO)
    await time_passes(estate, minutes=10)
    assert await estate.rows("SELECT id FROM reports") == []
    assert await estate.rows("SELECT id FROM dangers") == []
    await presses_send(estate.resident)
    card = await estate.card()
    assert "DANGER" not in card["text"]


async def test_yes_rings_as_danger(estate: Estate) -> None:
    await asks(estate, estate.resident)
    await presses_what(estate.resident, YES)
    card = await estate.card()
    assert "DANGER: Gas" in card["text"] and NOT_CONFIRMED not in card["text"]


async def test_no_afterwards_is_on_the_card_and_the_words_are_a_draft_again(estate: Estate) -> None:
    await asks(estate, estate.resident)
    await presses_send(estate.resident)
    await shows(estate.resident, NOT_CONFIRMED, chat=estate.staff_chat)
    await presses_what(estate.resident, NO_AFTERWARDS)
    await shows(estate.resident, "NOT A DANGER", chat=estate.staff_chat)
    assert await estate.rows("SELECT state FROM reports") == [{"state": "withdrawn"}]
    await estate.settled()
    assert len(await estate.rows("SELECT id FROM conversations WHERE state = 'open'")) == 1


async def test_yes_afterwards_rings_below_the_card(estate: Estate) -> None:
    await asks(estate, estate.resident)
    await presses_send(estate.resident)
    await shows(estate.resident, NOT_CONFIRMED, chat=estate.staff_chat)
    await presses_what(estate.resident, YES_NOW)
    await shows(estate.resident, "confirmed, somebody is in danger now", chat=estate.staff_chat)
    await shows(estate.resident, "DANGER: Gas", chat=estate.staff_chat)
