"""The mark "pressing" (急难愁盼): a button behind "More", read on the card, in lists, in the history and in figures."""

from sandbox.client import World, written
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.reading import presses_what
from tests.e2e.reports.test_steering import more


async def test_marked_by_a_button_and_counted_once_it_is_solved(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await more(estate, "Pressing")
    card = await shows(wei, "No. 1 · NEW", "PRESSING: marked by staff", chat=group)
    said = await wei.says("/queue")
    await presses_what(wei, "qu:open*", message=await wei.sees("What is to be done", after=said["message_id"]))
    await wei.sees("PRESSING · ")
    await wei.says("/history 1")
    await shows(wei, "Wei said whether it is pressing.", "It is pressing.")
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if "ressing" in written(each)]
    await estate.resolves("New lamp")
    await wei.says("/figures")
    overview = await shows(wei, "Pressing problems solved: 1")
    await presses_what(wei, "fg:month:*:reports", message=overview)
    await shows(wei, "Pressing: 1", "Pressing problems solved: 1")
    await wei.presses("More", group, card)
    await shows(wei, "No. 1 · ", "[Not pressing", chat=group)
    await presses_what(wei, "v:1:pressing:*", group)
    said = await wei.says("/figures")
    assert "ressing" not in written(await wei.sees("Figures from", after=said["message_id"]))


async def test_a_resident_cannot_mark_it(estate: Estate) -> None:
    await estate.report()
    await estate.card()
    press = await estate.resident.forges(await estate.resident.sees("Hello!"), "v:1:pressing:1")
    assert "You cannot do that" in (await estate.resident.popup(press))["text"]
    assert await estate.rows("SELECT pressing FROM reports") == [{"pressing": 0}]


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        wei = estate.staff
        await estate.report()
        await more(estate, "Pressing")
        await wei.says("/language")
        await wei.presses("简体中文")
        said = await wei.says("/queue")
        await presses_what(wei, "qu:open*", message=await wei.sees("要做的事", after=said["message_id"]))
        await wei.sees("急难愁盼 · ")
        await estate.nothing_broke()
