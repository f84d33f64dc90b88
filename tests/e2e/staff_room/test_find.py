"""/find: staff look for what was said, in any language and however it is typed."""

import pytest

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from tests.e2e.conftest import Estate, Start, estate_in


async def reported(estate: Estate, text: str) -> None:
    await estate.report(text)
    await estate.settled()


async def found(estate: Estate, words: str) -> str:
    """What staff read when they look for that."""
    sent = await estate.staff.says(f"/find {words}")
    message = await estate.staff.sees("", after=sent["message_id"])
    return written(message)


async def test_words_numbers_and_two_chinese_characters(estate: Estate) -> None:
    await reported(estate, "The stairwell light in Building 3 is broken")
    await reported(estate, "三号楼的电梯坏了")
    await reported(estate, "Water drips from the ceiling")
    assert "No. 2 (" in await found(estate, "电梯")
    assert "No. 2 (" in await found(estate, "楼的电梯"), "the letters one behind the other"
    assert "No. 2 (" in await found(estate, "坏") and "No. 2 (" in await found(estate, "了")
    assert "nothing" in await found(estate, "梯电")
    assert "No. 3 (" in await found(estate, "ceil wat"), "unfinished words, in any order"
    assert "No. 1 (" in await found(estate, "2") or "No. 2 (" in await found(estate, "#2")
    for as_read_here in ("No. 2", "no.2", "2号", "２号", "第2号"):
        assert "No. 2 (" in await found(estate, as_read_here)
    await estate.answers("An electrician comes on Monday")
    assert "“An electrician comes on Monday”" in await found(estate, "ELECTRICIAN")
    assert "nothing" in await found(estate, "electrician elephant")


@pytest.mark.parametrize(
    "words",
    ['"', '""" OR', "lamp*", "AND", "NEAR(a b)", "a:b", "words : x", "-lamp", "(", "^lamp", "'; DROP TABLE reports",
     "\\", "{a b}", "+", "NOT NOT", "x" * 3000, "1" * 400, "½", "👍🏽", "\u202e\u0301", "a_b"],
)  # fmt: skip
async def test_nothing_that_is_typed_breaks_it(estate: Estate, words: str) -> None:
    await reported(estate, "lamp")
    assert await found(estate, words)
    await estate.nothing_broke()


async def test_pages(estate: Estate) -> None:
    for number in range(1, 8):
        await reported(estate, f"Lamp {number} is broken")
    await estate.staff.says("/find broken lamp")
    first = await estate.staff.sees("Found for")
    assert "No. 7 (" in written(first) and "No. 3 (" in written(first) and "No. 2 (" not in written(first)
    assert any(each.get("url", "").startswith("https://t.me/c/") for each in buttons(first))
    await estate.staff.presses("Further ones", message=first)
    await estate.staff.sees("No. 2 (")
    await estate.staff.presses("From the beginning")
    await estate.staff.sees("No. 7 (")


async def test_it_is_for_staff_alone(estate: Estate) -> None:
    for number in range(1, 8):
        await reported(estate, f"Lamp {number} is broken")
    await estate.resident.says("/find lamp")
    await estate.resident.sees("You cannot do that")
    bo, ada = await estate.colleague("Bo"), await estate.colleague("Ada", Role.LEAD)
    await bo.says("/find lamp")
    message = await bo.sees("Found for")
    await ada.says("/find nobody")
    await ada.sees("Try fewer")
    press = await ada.forges(await ada.sees("Try fewer"), "fi:1:3")
    assert "do not find" in (await ada.popup(press))["text"], "another's search"
    await estate.lose_role(bo)
    press = await bo.presses("Further ones", message=message)
    assert (await bo.popup(press))["show_alert"]


async def test_what_was_there_before_is_put_in_shortly(estate: Estate) -> None:
    await reported(estate, "The gate squeaks")
    await estate.world.advance(seconds=5)
    await estate.settled()
    assert await estate.rows("SELECT * FROM search_waiting") == []
    await estate.bot.database.run(
        lambda tx: (
            tx.execute("DELETE FROM report_search"),
            tx.execute("INSERT INTO search_waiting SELECT id FROM reports"),
        )
    )
    assert "No. 1 (" in await found(estate, "squeak")


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await reported(estate, "三号楼的电梯坏了")
        await estate.staff.says("/language")
        await estate.staff.presses("简体中文")
        await estate.settled()
        await estate.staff.says("/find 电梯")
        await estate.staff.sees("找到的：“电梯”")
        await estate.staff.says("/find")
        await estate.staff.sees("您要找什么")
