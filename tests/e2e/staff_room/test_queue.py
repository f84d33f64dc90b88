"""What is to be done: the pinned message of the staff group, and /queue in private."""

from typing import Any

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import TAKE, asked_to_send, presses_what

Json = dict[str, Any]
HEAD = "What is to be done\n"


async def live(estate: Estate, *texts: str, chat: int | None = None) -> Json:
    """The pinned message, once it says all that; the clock is moved so that it is brought up to date."""
    found: list[Json] = []
    for _ in range(100):
        await estate.settled()
        if not await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'live_queue'"):
            await estate.settled()
            found = await estate.world.chat_messages(chat or estate.staff_chat)
            found = [each for each in found if each.get("text", "").startswith(HEAD)]
            break
        await estate.world.advance(seconds=21)
    assert found and all(text in written(found[-1]) for text in texts), "\n".join(map(written, found[-1:]))
    return found[-1]


async def reported(estate: Estate, text: str) -> None:
    """One of several reports of one person: the next begins when this one is done."""
    await estate.report(text)
    await estate.settled()


async def pinned(estate: Estate) -> list[Json]:
    """The calls that pinned something."""
    return [call["params"] for call in await estate.world.calls() if call["method"] == "pinChatMessage"]


async def waits_for_pins(estate: Estate, count: int) -> list[Json]:
    """Move the clock until so many pins were made."""
    for _ in range(6):
        await estate.world.advance(seconds=6)
        await estate.settled()
        found = await pinned(estate)
        if len(found) >= count:
            return found
    raise AssertionError(f"pinned only {await pinned(estate)}")


async def test_one_message_is_pinned_and_follows_what_happens(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    message = await live(estate, "New: 1", "The stairwell light")
    assert f"https://t.me/c/{str(group).removeprefix('-100')}/" in str(message["entities"])
    (pin,) = await waits_for_pins(estate, 1)
    assert str(pin["message_id"]) == str(message["message_id"]) and pin["disable_notification"] in (True, "true")
    await presses_what(wei, TAKE, group, await estate.card())
    now = await live(estate, "New: 0", "In work: 1")
    assert now["message_id"] == message["message_id"], "edited in place"
    # Several changes together are one edit.
    before = len(await edits_of(estate, message))
    for number in (2, 3, 4):
        await reported(estate, f"The tap in the yard drips {number}")
    await live(estate, "New: 3")
    assert len(await edits_of(estate, message)) == before + 1
    await estate.stop()
    await estate.start()
    await estate.report("The gate squeaks")
    assert (await live(estate, "New: 4"))["message_id"] == message["message_id"], "after a restart as well"
    assert len(await pinned(estate)) == 1, "and pinned once"


async def edits_of(estate: Estate, message: Json) -> list[Json]:
    calls = [call for call in await estate.world.calls() if call["method"] == "editMessageText"]
    return [call for call in calls if str(call["params"].get("message_id")) == str(message["message_id"])]


async def test_deleted_it_is_made_and_pinned_again(estate: Estate) -> None:
    group = estate.staff_chat
    await estate.report()
    first = await live(estate, "New: 1")
    await waits_for_pins(estate, 1)
    await estate.staff.deletes(first, chat=group)
    await estate.report("The gate squeaks")
    second = await live(estate, "New: 2")
    assert second["message_id"] > first["message_id"]
    await estate.report("The tap drips")
    await live(estate, "New: 3")
    assert len(await waits_for_pins(estate, 2)) == 2


async def test_without_the_right_to_pin_admins_hear_of_it_once(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, forum=False) as estate:
        rights = {"can_delete_messages": True, "can_manage_topics": False}
        await world.post("group/promote", chat=estate.staff_chat, user=world.bot_id, rights=rights)
        for number in (1, 2):
            await estate.report(f"Lamp {number} is broken")
            await live(estate, f"New: {number}")
            await world.advance(seconds=6)
        await estate.settled()
        told = [written(each) for each in await world.chat_messages(estate.staff.id)]
        assert sum("I may not pin messages" in each for each in told) == 1
        assert await pinned(estate) == []
        await estate.nothing_broke()


async def test_another_group_gets_its_own(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await estate.report()
        old = await live(estate, "New: 1")
        await estate.stop()
        other = await world.group("New staff", [estate.staff])
        estate.settings["staff_chat_id"] = other
        await estate.start()
        await live(estate, "New: 1", chat=other)
        await shows(estate.staff, "The staff work in another group now.", chat=estate.staff_chat)
        left = [
            each for each in await world.chat_messages(estate.staff_chat) if each["message_id"] == old["message_id"]
        ]
        assert not buttons(left[0])


async def test_its_buttons_open_the_queue_in_private(estate: Estate) -> None:
    wei = estate.staff
    for number in range(1, 9):
        await reported(estate, f"Lamp {number} is broken")
    message = await live(estate, "New: 8")
    urls = {each["text"]: each["url"] for each in buttons(message)}
    await wei.starts(urls["New ones"].partition("start=")[2])
    first = await wei.sees("New ones (8)")
    assert "No. 1 (NEW, " in written(first) and "No. 6" not in written(first)
    await wei.presses("Further ones", message=first)
    second = await wei.sees("No. 8 (NEW, ")
    assert "No. 5 (" not in written(second) and second["message_id"] == first["message_id"]
    await wei.presses("From the beginning", message=second)
    await wei.sees("No. 1 (NEW, ")
    assert any(each.get("url", "").endswith("start=v1") for each in buttons(await wei.sees("No. 1 (NEW, ")))


async def test_queue_by_how_it_stands_place_and_department(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await reported(estate, "The lift in building 5 is stuck")
    await reported(estate, "Lamp out in building 3")
    await presses_what(wei, TAKE, group, await estate.card(2))
    await wei.presses("Kind", group, await estate.card(1))
    await wei.presses("More (1 of 3)", group)
    await wei.presses("Lifts and doors", group)
    await wei.sees("Kind: Lifts and doors", group)
    await wei.says("/queue")
    menu = await wei.sees("What is to be done")
    labels = [each["text"] for each in buttons(menu)]
    assert labels[:6] == [
        "New ones (1)",
        "Mine (1)",
        "Overdue (0)",
        "Opened again (0)",
        "Handed on (0)",
        "All open (2)",
    ]
    await wei.presses("Mine", message=menu)
    assert "No. 1" not in written(await wei.sees("No. 2 (TAKEN, "))
    await wei.presses("Back")
    await wei.presses("By department")
    await wei.sees("Which department?")
    await time_passes(estate, days=30)
    await wei.says("/queue")
    menu = await wei.sees("[Overdue (2)]")
    await wei.presses("Overdue (2)", message=menu)
    await wei.sees("Overdue (2)\n")
    late = await wei.sees("30 days")
    assert "OVERDUE since" in written(late)


async def test_it_is_for_staff_alone(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await mei.says("/queue")
    await mei.sees("not")
    await mei.starts("q-new")
    await estate.settled()
    assert not any("New ones" in written(each) for each in await estate.world.chat_messages(mei.id))
    bo = await estate.colleague("Bo", Role.STAFF)
    await bo.says("/queue")
    message = await bo.sees("New ones (1)")
    await estate.lose_role(bo)
    press = await bo.presses("New ones", message=message)
    assert (await bo.popup(press))["show_alert"]


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await estate.report()
        await estate.staff.says("/language")
        await estate.staff.presses("简体中文")
        await estate.settled()
        await estate.staff.says("/queue")
        menu = await estate.staff.sees("要做的事")
        await estate.staff.presses("新的（1）", message=menu)
        await estate.staff.sees("1号（新")


async def test_danger_is_marked_in_the_lists_and_named_by_the_words_that_speak_of_it(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    await mei.says("Hello?")
    await asked_to_send(mei, "Hello?")
    await mei.says("There is a fire in building 3")
    await mei.sees("No. 1: Received")
    await estate.settled()
    await wei.says("/queue")
    await wei.presses("All open")
    listed = await shows(wei, "All open (1)", "DANGER · There is a fire", "[No. 1: There is a fire")
    assert "Hello?" not in written(listed)
