"""Misbehaviour: flood limits as Telegram has them, and faults on demand."""

import asyncio
import time

import aiohttp
import pytest

from sandbox.client import Person, World
from sandbox.flood import FloodLimits
from sandbox.refusals import Refusal
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import PATIENCE, LoopClock, until, until_poll_waits


async def test_a_private_chat_takes_a_small_burst_and_then_one_a_second(world: World, ann: Person, bot: Bot) -> None:
    await world.post("flood", private_burst=3)
    for number in range(3):
        await bot.says(ann.id, str(number))
    url = f"{world.url}/bot{world.token}/sendMessage"
    async with world.session.post(url, json={"chat_id": ann.id, "text": "too much"}) as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "1"
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
    assert [message["text"] for message in await world.chat_messages(ann.id)] == ["/start", "0", "1", "2"]
    await world.post("flood", limits=False)
    for _ in range(20):
        await bot.says(ann.id, "x")


def seconds_to_wait(limits: FloodLimits, chat: int, *, is_group: bool, count: int = 1) -> int:
    try:
        limits.take(1, chat, is_group=is_group, count=count)
    except Refusal as error:
        assert error.parameters is not None
        return int(error.parameters["retry_after"])
    return 0


def test_a_group_takes_twenty_a_minute_and_edits_and_album_parts_count(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limits = FloodLimits()
    for _ in range(18):
        assert seconds_to_wait(limits, -5, is_group=True) == 0
        now[0] += 1
    assert seconds_to_wait(limits, -5, is_group=True, count=3) == 41, "one too many: until the first is a minute old"
    assert seconds_to_wait(limits, -5, is_group=True, count=2) == 0
    assert seconds_to_wait(limits, -5, is_group=True) == 41
    assert seconds_to_wait(limits, -6, is_group=True) == 0, "another group is not concerned"
    now[0] += 41
    assert seconds_to_wait(limits, -5, is_group=True) == 0


def test_all_chats_together_take_thirty_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limits = FloodLimits()
    sent = 0
    while seconds_to_wait(limits, sent, is_group=False) == 0:
        sent += 1
    assert sent == 45, "thirty, and the patience for what bunches up on its way"
    now[0] += 1
    more = 0
    while seconds_to_wait(limits, 1000 + more, is_group=False) == 0:
        more += 1
    assert more == 30


async def test_an_edit_counts_like_a_message(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False)
    card = await bot.says(group, "0")
    where = {"chat_id": group, "message_id": card["message_id"]}
    for number in range(1, 20):
        await bot.ok("editMessageText", **where, text=str(number))
    assert (await bot.raw("editMessageText", **where, text="20"))["error_code"] == 429


async def test_refusals_strike_as_often_as_told_and_send_nothing(world: World, ann: Person, bot: Bot) -> None:
    await world.faults(
        {"kind": "429", "method": "sendMessage", "times": 1, "seconds": 7},
        {"kind": "500", "method": "sendMessage", "times": 1},
    )
    answer = await bot.raw("sendMessage", chat_id=ann.id, text="first")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    assert (await bot.raw("sendMessage", chat_id=ann.id, text="second"))["error_code"] == 502
    await bot.says(ann.id, "third")
    assert [message["text"] for message in await world.chat_messages(ann.id)] == ["/start", "third"]


async def test_a_refusal_in_any_words_and_what_a_group_forbids(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], bot=())
    await world.faults({"kind": "refuse", "words": "CHAT_WRITE_FORBIDDEN", "method": "sendMessage", "times": 1})
    assert await bot.no("sendMessage", chat_id=group, text="x") == "Bad Request: CHAT_WRITE_FORBIDDEN"
    await bot.says(group, "x")
    await world.post("group/forbid", chat=group, what=["text"])
    said = await bot.no("sendMessage", chat_id=group, text="x")
    assert said == "Bad Request: not enough rights to send text messages to the chat"
    await world.post("group/promote", chat=group, user=world.bot_id)
    await bot.says(group, "an administrator may")


async def test_a_fault_concerns_its_method_and_chat_only(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo")
    await bo.starts()
    await world.faults({"kind": "500", "method": "SendMessage", "chat": bo.id})
    await bot.says(ann.id, "x")
    await bot.ok("sendLocation", chat_id=bo.id, latitude=1, longitude=1)
    assert (await bot.raw("sendMessage", chat_id=bo.id, text="x"))["error_code"] == 502
    await world.faults()
    await bot.says(bo.id, "x")


async def test_a_seed_makes_chance_the_same_each_time(world: World, ann: Person, bot: Bot) -> None:
    async def struck() -> list[bool]:
        await world.faults({"kind": "500", "probability": 0.5, "seed": 3})
        return [(await bot.raw("getMe"))["ok"] for _ in range(12)]

    first = await struck()
    assert first == await struck()
    assert 0 < sum(first) < 12


@pytest.mark.parametrize(("kind", "arrives"), [("drop_before", False), ("drop_after", True), ("timeout_after", True)])
async def test_connections_break_before_or_after_the_message_was_accepted(
    world: World, ann: Person, bot: Bot, kind: str, arrives: bool
) -> None:
    await world.faults({"kind": kind, "method": "sendMessage", "times": 1, "seconds": 0.2})
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await bot.raw("sendMessage", chat_id=ann.id, text="fragile")
    texts = [message["text"] for message in await world.chat_messages(ann.id)]
    assert ("fragile" in texts) is arrives
    assert len((await world.get("calls?method=sendMessage"))["sends"]) == int(arrives)
    await bot.says(ann.id, "the next one passes")


async def test_latency_comes_before_the_answer(world: World, ann: Person, bot: Bot, loop_clock: LoopClock) -> None:
    await world.faults({"kind": "latency", "seconds": 4, "times": 1})
    late = asyncio.create_task(bot.ok("getMe"))
    (fault,) = world.sandbox.world.faults._faults
    await until(lambda: fault.times == 0)
    loop_clock.advance(1)
    await bot.ok("getMe")
    assert not late.done()
    loop_clock.advance(3)
    await asyncio.wait_for(late, PATIENCE)


async def test_updates_come_twice_or_late(world: World, ann: Person, bot: Bot, loop_clock: LoopClock) -> None:
    await world.faults({"kind": "duplicate_update", "times": 1})
    await ann.says("twice")
    first, second = await bot.ok("getUpdates", offset=-9)
    assert first == second
    bot.offset = first["update_id"] + 1
    await world.faults({"kind": "late_update", "seconds": 2, "times": 1})
    poll = asyncio.create_task(bot.ok("getUpdates", offset=bot.offset, timeout=20))
    await until_poll_waits(world)
    await ann.says("late")
    await ann.says("in time")
    assert [update["message"]["text"] for update in await poll] == ["in time"]
    loop_clock.advance(2)
    assert [update["message"]["text"] for update in await bot.ok("getUpdates", offset=bot.offset + 1)] == ["late"]
