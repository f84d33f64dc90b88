"""getUpdates: nothing lost, nothing twice, and the real server's peculiarities."""

import asyncio
from contextlib import suppress

from sandbox.client import Person, World
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import PATIENCE, LoopClock, until_poll_waits


async def test_updates_stay_until_a_later_offset_confirms_them(ann: Person, bot: Bot) -> None:
    for text in ("one", "two", "three"):
        await ann.says(text)
    first = await bot.ok("getUpdates", offset=0, limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    again = await bot.ok("getUpdates", offset=first[0]["update_id"])
    assert [update["message"]["text"] for update in again] == ["one", "two", "three"]
    assert [update["update_id"] for update in again] == list(range(again[0]["update_id"], again[0]["update_id"] + 3))
    rest = await bot.ok("getUpdates", offset=again[1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    # Offset 0 forgets nothing, and what was confirmed never comes back.
    assert [update["message"]["text"] for update in await bot.ok("getUpdates")] == ["three"]


async def test_a_waiting_poll_is_answered_as_soon_as_something_comes(world: World, ann: Person, bot: Bot) -> None:
    poll = asyncio.create_task(bot.ok("getUpdates", offset=-5, timeout=20))
    await until_poll_waits(world)
    await ann.says("hello")
    found = await asyncio.wait_for(poll, PATIENCE)
    assert [update["message"]["text"] for update in found] == ["hello"]


async def test_a_poll_without_updates_is_answered_empty_when_its_time_is_over(
    world: World, ann: Person, bot: Bot, loop_clock: LoopClock
) -> None:
    poll = asyncio.create_task(bot.ok("getUpdates", offset=-7, timeout=4))
    await until_poll_waits(world)
    loop_clock.advance(1)
    await bot.ok("getMe")
    assert not poll.done(), "its time is not over"
    loop_clock.advance(3)
    assert await asyncio.wait_for(poll, PATIENCE) == []


async def test_a_negative_offset_forgets_all_but_the_last(ann: Person, bot: Bot) -> None:
    for text in ("one", "two", "three"):
        await ann.says(text)
    assert [update["message"]["text"] for update in await bot.ok("getUpdates", offset=-1)] == ["three"]
    assert [update["message"]["text"] for update in await bot.ok("getUpdates", offset=1)] == ["three"]


async def test_an_offset_far_ahead_brings_everything_again(ann: Person, bot: Bot) -> None:
    await ann.says("one")
    (update,) = await bot.ok("getUpdates", offset=-9)
    assert await bot.ok("getUpdates", offset=update["update_id"] + 1000) == [update]


async def test_asking_the_same_again_at_once_brings_one_update(ann: Person, bot: Bot) -> None:
    await ann.says("one")
    await ann.says("two")
    assert len(await bot.ok("getUpdates", offset=3)) == 2
    assert len(await bot.ok("getUpdates", offset=3)) == 1


async def test_kinds_are_chosen_when_an_update_is_made(world: World, ann: Person, bot: Bot) -> None:
    await ann.says("before")
    fetched = await bot.ok("getUpdates", offset=-1, allowed_updates=["CALLBACK_QUERY", "nonsense"])
    assert [update["message"]["text"] for update in fetched] == ["before"], "made before the list changed"
    await ann.says("not wanted")
    assert (await bot.ok("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    # Left out, the list stays; an empty one means the default again.
    after = fetched[-1]["update_id"] + 1
    assert await bot.ok("getUpdates", offset=after) == []
    poll = asyncio.create_task(bot.ok("getUpdates", offset=after, allowed_updates=[], timeout=5))
    await until_poll_waits(world)
    await ann.says("wanted")
    assert [update["message"]["text"] for update in await poll] == ["wanted"]
    assert [update["message"]["text"] for update in await bot.ok("getUpdates", offset=after)] == ["wanted"]
    assert "allowed_updates" not in await bot.ok("getWebhookInfo")


async def test_of_two_polls_the_older_is_ended(world: World, ann: Person, bot: Bot) -> None:
    older = asyncio.create_task(bot.raw("getUpdates", offset=-5, timeout=20))
    await until_poll_waits(world)
    newer = asyncio.create_task(bot.raw("getUpdates", offset=-6, timeout=20))
    refused = await asyncio.wait_for(older, PATIENCE)
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await ann.says("for the newer")
    assert [update["message"]["text"] for update in (await newer)["result"]] == ["for the newer"]


async def test_a_poll_given_up_loses_nothing_and_disturbs_nobody(world: World, ann: Person, bot: Bot) -> None:
    left = asyncio.create_task(bot.ok("getUpdates", offset=-5, timeout=20))
    given_up = await until_poll_waits(world)
    left.cancel()
    with suppress(asyncio.CancelledError):
        await left
    waiting = asyncio.create_task(bot.ok("getUpdates", offset=-6, timeout=20))
    await until_poll_waits(world, besides=given_up)
    await ann.says("still there")
    assert [update["message"]["text"] for update in await waiting] == ["still there"]


async def test_pending_updates_can_be_dropped(ann: Person, bot: Bot) -> None:
    await ann.says("one")
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 1
    assert await bot.ok("deleteWebhook") is True
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 1
    await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_counters_tell_what_was_made_handed_over_and_confirmed(world: World, ann: Person, bot: Bot) -> None:
    before = await world.get("updates")
    await ann.says("one")
    await ann.says("two")
    updates = await bot.ok("getUpdates", offset=bot.offset)
    await bot.ok("getUpdates", offset=updates[0]["update_id"] + 1)
    after = await world.get("updates")
    gained = {name: after[name] - before[name] for name in ("made", "handed_over")}
    assert gained == {"made": 2, "handed_over": 2}
    assert after["pending"] == 1
    assert after["confirmed"] == before["confirmed"] + 1


async def test_any_json_can_be_handed_over_as_an_update(world: World, ann: Person, bot: Bot) -> None:
    await world.post("raw_update", update={"update_id": 1, "message": {"broken": True}})
    (update,) = await bot.ok("getUpdates", offset=-3)
    assert update["message"] == {"broken": True}
    assert update["update_id"] > 1000


async def test_an_unconfirmed_press_is_given_up_after_its_time(world: World, ann: Person, bot: Bot) -> None:
    queue = world.sandbox.world.first_bot.queue
    await ann.says("a message lives a day")
    message = await bot.says(ann.id, "press", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    await ann.presses("A", message=message)
    assert queue.pending == 2
    # Time in the queue is real time; the entries are made older instead of waiting.
    queue._entries = type(queue._entries)(
        type(entry)(entry.update_id, entry.update, entry.made - 151, entry.life) for entry in queue._entries
    )
    assert queue.pending == 1
