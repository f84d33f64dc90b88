"""A card goes where staff look: to the bottom when the resident speaks, into another topic with another kind."""

from typing import Any

from sandbox.client import World, buttons, written
from tests.e2e.conftest import EVENING, Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.reports.test_staff import sent_to

Json = dict[str, Any]
MOVED = "No. 1: the card has moved further down."


async def staff_cards(estate: Estate, number: int = 1) -> list[Json]:
    """The messages that are a whole card of that report."""
    found = await estate.world.chat_messages(estate.staff_chat)
    return [each for each in found if each.get("text", "").startswith(f"No. {number} · ")]


async def test_what_the_resident_adds_brings_the_card_to_the_bottom(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    status = await estate.report()
    first = await estate.card()
    await time_passes(estate, minutes=5)
    await mei.replies(status, "It is dark now")
    added = await estate.staff.sees("the resident writes", group)
    await time_passes(estate, seconds=4)
    (second,) = await staff_cards(estate)
    assert first["message_id"] < second["message_id"] < added["message_id"]
    assert added["reply_to_message"]["message_id"] == second["message_id"]
    pointer = await shows(estate.staff, MOVED, chat=group)
    assert pointer["message_id"] == first["message_id"] and not buttons(pointer)
    assert f"/{second['message_id']}" in str(pointer["entities"])
    # Another line at once does not move it again, and one after a while does.
    await mei.replies(status, "and cold")
    await time_passes(estate, seconds=4)
    assert [each["message_id"] for each in await staff_cards(estate)] == [second["message_id"]]
    await time_passes(estate, minutes=2)
    await mei.replies(status, "and wet")
    await time_passes(estate, seconds=4)
    assert (await staff_cards(estate))[0]["message_id"] > second["message_id"]
    # A reply to a pointer is still a note on that report.
    await estate.staff.replies(first, "Bo has the key", group)
    await estate.staff.sees("Kept as a note on no. 1.", group)


async def test_a_reopening_brings_it_to_the_bottom_also_over_a_restart(estate: Estate) -> None:
    await estate.report()
    first = await estate.card()
    question = await estate.resolves("New lamp")
    await time_passes(estate, hours=1)
    await estate.resident.presses("No", message=question)
    await estate.staff.sees("is REOPENED", estate.staff_chat)
    await estate.settled()
    await estate.stop()
    await estate.start()
    await time_passes(estate, seconds=4)
    (card,) = await staff_cards(estate)
    assert card["message_id"] > first["message_id"] and "REOPENED" in written(card)
    await shows(estate.staff, MOVED, chat=estate.staff_chat)


async def test_another_kind_moves_it_into_another_topic(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    first = await estate.card()
    await wei.presses("Kind", group)
    await wei.presses("More (1 of 3)", group)
    await wei.presses("Lifts and doors", group)
    await wei.sees("Kind: Lifts and doors", group)
    await time_passes(estate, seconds=4)
    (second,) = await staff_cards(estate)
    if first["message_thread_id"] == second["message_thread_id"]:
        assert first["message_id"] == second["message_id"], "the same department answers for both"
    await wei.presses("Kind", group)
    await wei.presses("Noise", group)
    await wei.sees("Kind: Noise", group)
    await time_passes(estate, seconds=4)
    (third,) = await staff_cards(estate)
    assert third["message_thread_id"] != first["message_thread_id"]
    await shows(wei, MOVED, chat=group)


async def test_without_topics_another_kind_moves_nothing(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, forum=False) as estate:
        wei, group = estate.staff, estate.staff_chat
        await estate.report()
        first = await estate.card()
        await wei.presses("Kind", group)
        await wei.presses("Noise", group)
        await wei.sees("Kind: Noise", group)
        await time_passes(estate, seconds=4)
        assert [each["message_id"] for each in await staff_cards(estate)] == [first["message_id"]]
        await estate.nothing_broke()


async def test_at_night_it_moves_without_a_sound_unless_there_is_danger(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    status = await estate.report()
    await estate.world.set_time(EVENING)
    await mei.replies(status, "Still dark")
    await estate.staff.sees("the resident writes", group)
    await estate.settled()
    assert (await sent_to(estate, group, "No. 1 · "))["disable_notification"] in (True, "true")
    await mei.replies(status, "and now there is a fire")
    await estate.staff.sees("This speaks of danger.", group)
    await estate.settled()
    assert "disable_notification" not in await sent_to(estate, group, "DANGER: Fire")


async def test_a_deleted_card_leaves_no_pointer(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    status = await estate.report()
    await estate.staff.deletes(await estate.card(), chat=group)
    await time_passes(estate, minutes=5)
    await mei.replies(status, "It is dark now")
    await estate.staff.sees("the resident writes", group)
    await time_passes(estate, seconds=4)
    assert len(await staff_cards(estate)) == 1
    await estate.staff.sees_no(MOVED, group)
