"""What fails is tried again, with waits that grow, until its time is over."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import web

from sandbox.client import Person, World
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import until
from sandbox.tests.webhooks.address import Address, confirmed


async def test_what_fails_is_tried_again_and_holds_up_its_own_chat_only(
    world: World, ann: Person, bot: Bot, address: Address
) -> None:
    bo = await world.person("Bo")
    await bo.starts()
    await bot.ok("setWebhook", url=address.url, drop_pending_updates=True)
    await ann.says("first")
    await address.until(lambda: address.texts() == ["first"])
    before = (await world.get("updates"))["confirmed"]
    address.held, address.passes = asyncio.Event(), ("from Bo",)
    address.answers = [web.Response(), web.Response(status=500), web.Response(status=302)]
    await ann.says("fails")
    await ann.says("waits")
    await bo.says("from Bo")
    await address.until(lambda: "from Bo" in address.texts())
    assert address.texts() == ["first", "fails", "from Bo"], "a chat's next message waits for the one before"
    address.held.set()
    await address.until(lambda: address.texts()[-1] == "waits")
    assert address.texts() == ["first", "fails", "from Bo", "fails", "fails", "waits"]
    await confirmed(world, before + 3)
    counts = await world.get("updates")
    assert counts["pending"] == 0
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert abs(info["last_error_date"] - (await ann.says("now"))["date"]) < 60


async def test_the_wait_grows_and_retry_after_is_obeyed(
    world: World, ann: Person, bot: Bot, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.ok("setWebhook", url=address.url)
    webhook = world.sandbox.world.first_bot.webhook
    waits: list[float] = []
    failed = webhook._failed

    def note(entry: Any, attempt: Any, error: str, retry_after: int) -> None:
        now = time.monotonic()
        with monkeypatch.context() as stopped:
            stopped.setattr(time, "monotonic", lambda: now)
            failed(entry, attempt, error, retry_after)
        waits.append(round((attempt.at - now) * 100))

    monkeypatch.setattr(webhook, "_failed", note)
    address.answers = [web.Response(status=500) for _ in range(4)]
    address.answers.append(web.Response(status=503, headers={"Retry-After": "20"}))
    await ann.says("patience")
    await address.until(lambda: len(address.updates) == 6)
    assert waits == [0, 2, 4, 8, 20]
    assert len({update["update_id"] for update in address.updates}) == 1


async def test_nobody_there_is_an_error_and_a_later_start_gets_everything(
    world: World, ann: Person, bot: Bot, address: Address
) -> None:
    await bot.ok("setWebhook", url="http://127.0.0.1:1/hook")
    await ann.says("into the void")
    await until(lambda: world.sandbox.world.first_bot.webhook.last_error_message)
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1
    await bot.ok("setWebhook", url=address.url)
    await address.until(lambda: address.texts() == ["into the void"])


async def test_no_answer_in_time_is_a_failure(world: World, ann: Person, bot: Bot, address: Address) -> None:
    await world.post("webhooks", answer_within=0.2)
    await bot.ok("setWebhook", url=address.url)
    address.held = asyncio.Event()
    await ann.says("slow")
    await address.until(lambda: len(address.updates) == 2)
    assert (await bot.ok("getWebhookInfo"))["last_error_message"] == "Read timeout expired"
    assert address.texts() == ["slow", "slow"]


async def test_an_update_whose_time_is_over_is_given_up(world: World, ann: Person, bot: Bot, address: Address) -> None:
    await world.post("webhooks", pace=100)
    await bot.ok("setWebhook", url=address.url)
    address.answers = [web.Response(status=500), web.Response(status=500)]
    queue = world.sandbox.world.first_bot.queue
    await ann.says("too old")
    for entry in queue._entries:
        # The third try would be after 200 seconds; 100 are left to the entry.
        object.__setattr__(entry, "life", entry.life - 86400 + 100)
    await address.until(lambda: len(address.updates) == 2)
    await until(lambda: queue.pending == 0)
    before = queue.confirmed
    await ann.says("young")
    await address.until(lambda: address.texts()[-1] == "young")
    await confirmed(world, before + 1)
    assert queue.confirmed == before + 1, "what was given up was not confirmed"


async def test_faults_strike_deliveries(world: World, ann: Person, bot: Bot, address: Address) -> None:
    await bot.ok("setWebhook", url=address.url)
    before = await world.get("updates")
    await world.faults({"kind": "duplicate_update", "times": 1})
    await ann.says("twice")
    await address.until(lambda: address.texts() == ["twice", "twice"])
    assert address.updates[0] == address.updates[1]
    await world.faults({"kind": "drop_before", "method": "webhook", "times": 1})
    await ann.says("lost on the way")
    await address.until(lambda: address.texts()[2:] == ["lost on the way"])
    await world.faults({"kind": "drop_after", "method": "webhook", "chat": ann.id, "times": 1})
    await ann.says("answer lost")
    await address.until(lambda: address.texts()[3:] == ["answer lost", "answer lost"])
    await confirmed(world, before["confirmed"] + 3)
    after = await world.get("updates")
    gained = {name: after[name] - before[name] for name in ("made", "handed_over", "confirmed")}
    assert gained == {"made": 3, "handed_over": 3, "confirmed": 3}


async def test_an_address_that_is_gone_for_long_enough_ends_the_webhook(
    world: World, ann: Person, bot: Bot, address: Address
) -> None:
    await world.post("webhooks", pace=0.000001)
    await bot.ok("setWebhook", url=address.url)
    address.answers = [web.Response(status=410) for _ in range(100_000)]
    await ann.says("gone")
    await until(lambda: world.sandbox.world.first_bot.webhook.is_gone)
    assert (await bot.ok("getWebhookInfo"))["url"] == ""
    assert [update["message"]["text"] for update in await bot.ok("getUpdates")] == ["gone"]
