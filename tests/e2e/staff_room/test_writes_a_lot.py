"""Who writes a great deal to the staff: past a bound it waits; staff read one line of it, may read on, may block."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import PNG, Estate, Start, estate_in, shows
from tests.support import ROOT

COMMUNITY = ROOT / "community.example.toml"
MOST = 5


@pytest.fixture
def community(tmp_path: Path) -> Path:
    """A community in which five messages an hour are many."""
    text = COMMUNITY.read_text("utf-8")
    assert "writes_a_lot = 40" in text
    file = tmp_path / "few.toml"
    file.write_text(text.replace("writes_a_lot = 40", f"writes_a_lot = {MOST}"), "utf-8")
    return file


async def group_says(estate: Estate, words: str) -> list[str]:
    """The messages in the staff group that hold these words, oldest first."""
    found = await estate.world.chat_messages(estate.staff_chat)
    return [written(each) for each in found if words in written(each)]


async def tells(estate: Estate) -> list[str]:
    """What stands in the staff group of people who write a lot; brought up to date."""
    await estate.settled()
    await estate.bot.scheduler.tick()
    await estate.settled()
    return await group_says(estate, "Somebody writes a lot: block them?")


async def add_words(estate: Estate, number: int) -> None:
    await estate.resident.replies(await estate.resident.sees("Received"), f"word {number}")


async def add_photos(estate: Estate, number: int) -> None:
    receipt = await estate.resident.sees("Received")
    await estate.resident.sends(
        "photo", PNG + bytes([number]), reply_to=receipt["message_id"], caption=f"word {number}"
    )


async def change_words(estate: Estate, number: int) -> None:
    mine = [each for each in await estate.world.chat_messages(estate.resident.id) if each["from"]["id"] != 1]
    said = next(each for each in mine if each["from"]["id"] == estate.resident.id and "broken" in each.get("text", ""))
    await estate.resident.edits(said, f"It is broken, word {number}")


WAYS: dict[str, Callable[[Estate, int], Awaitable[None]]] = {
    "additions": add_words,
    "photos": add_photos,
    "changed words": change_words,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_past_the_bound_it_waits_and_is_read_at_staffs_wish(
    world: World, start_bot: Start, community: Path, way: Callable[[Estate, int], Awaitable[None]]
) -> None:
    async with estate_in(world, start_bot, community=community) as estate:
        wei, group = estate.staff, estate.staff_chat
        await estate.report("The lamp is broken")
        for number in range(10, 10 + MOST + 13):
            await way(estate, number)
            await estate.settled()
        (told,) = await tells(estate)
        assert "The newest is about no. 1." in told and "of them wait" in told
        waiting = await estate.rows("SELECT id FROM outbox WHERE state = 'folded'")
        sent = await estate.rows("SELECT id FROM outbox WHERE chat = (SELECT id FROM chats WHERE telegram_id = ?) "
                                 "AND purpose = 'talk' AND state = 'sent'", group)  # fmt: skip
        assert len(sent) == MOST and len(waiting) >= 10
        while await estate.rows("SELECT 1 FROM outbox WHERE state = 'folded'"):
            before = len(await estate.rows("SELECT 1 FROM outbox WHERE state = 'folded'"))
            await wei.presses("Read the next", group)
            await estate.settled()
            assert len(await estate.rows("SELECT 1 FROM outbox WHERE state = 'folded'")) == max(0, before - 10)
        (told,) = await tells(estate)
        assert "None of them waits" in told
        for number in range(10, 10 + MOST + 13):
            assert await group_says(estate, f"word {number}"), "nothing of it is lost"
        await estate.nothing_broke()


async def test_the_button_blocks(world: World, start_bot: Start, community: Path) -> None:
    async with estate_in(world, start_bot, community=community) as estate:
        mei, wei, group = estate.resident, estate.staff, estate.staff_chat
        await estate.report()
        for number in range(MOST + 2):
            await add_words(estate, number)
        await tells(estate)
        (card,) = [each for each in await world.chat_messages(group) if "writes a lot" in written(each)]
        assert "Mei" not in written(card), "nobody learns by it who they are"
        await wei.presses("Block", group, card)
        await wei.presses("For 7 days", group)
        await estate.staff_replies("why are they blocked?", "Please write less")
        blocked = await mei.sees("The staff have decided that you can send nothing until")
        assert "Please write less" in written(blocked) and "(Very many messages)" in written(blocked)
        await mei.says("The gate is stuck")
        await shows(mei, "You cannot send anything until", after=blocked)
        await estate.nothing_broke()


async def test_only_staff_may_and_only_where_it_stands(world: World, start_bot: Start, community: Path) -> None:
    async with estate_in(world, start_bot, community=community) as estate:
        stranger = await estate.colleague("Cem", None)
        await estate.report()
        for number in range(MOST + 2):
            await add_words(estate, number)
        await tells(estate)
        (card,) = [each for each in await world.chat_messages(estate.staff_chat) if "writes a lot" in written(each)]
        for button in buttons(card):
            await stranger.presses(data=button["callback_data"], chat=estate.staff_chat, message=card)
        await estate.settled()
        assert await estate.rows("SELECT 1 FROM blocks") == []
        assert len(await estate.rows("SELECT 1 FROM outbox WHERE state = 'folded'")) == 2


async def test_staff_may_write_as_much_as_they_like(world: World, start_bot: Start, community: Path) -> None:
    async with estate_in(world, start_bot, community=community) as estate:
        await estate.bot.database.run(_make_staff, estate.resident.id)
        await estate.report()
        for number in range(MOST + 5):
            await add_words(estate, number)
        assert await tells(estate) == []
        assert len(await group_says(estate, "word")) == MOST + 5


def _make_staff(tx: Transaction, telegram_id: int) -> None:
    known = people.by_telegram_id(tx, telegram_id)
    assert known is not None
    people.grant(tx, known.id, Role.STAFF, None)
