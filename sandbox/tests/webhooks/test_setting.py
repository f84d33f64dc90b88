"""Setting a webhook, what is posted to it, and what may stand in the answer."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from sandbox.client import Person, World
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import until_poll_waits
from sandbox.tests.webhooks.address import Address, Json, confirmed


async def test_updates_are_posted_with_the_secret_and_a_2xx_confirms_them(
    world: World, ann: Person, bot: Bot, address: Address
) -> None:
    await ann.says("before it was set")
    before = (await world.get("updates"))["confirmed"]
    answer = await bot.raw("setWebhook", url=address.url, secret_token="Se-cret_1", max_connections=7)
    assert answer == {"ok": True, "result": True, "description": "Webhook was set"}
    address.answers = [web.Response(status=204)]
    await ann.says("after")
    await address.until(lambda: len(address.updates) == 2)
    await confirmed(world, before + 2)
    assert address.texts() == ["before it was set", "after"]
    assert address.updates[1]["update_id"] == address.updates[0]["update_id"] + 1
    assert address.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "Se-cret_1"
    assert address.headers[0]["Content-Type"] == "application/json"
    assert await bot.ok("getWebhookInfo") == {
        "url": address.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "ip_address": "127.0.0.1",
    }
    assert (await world.get("updates"))["pending"] == 0


async def test_what_is_set_is_said_in_telegrams_words(bot: Bot, address: Address) -> None:
    async def words(method: str, **parameters: Any) -> str:
        return str((await bot.raw(method, **parameters))["description"])

    assert await words("deleteWebhook") == "Webhook is already deleted"
    assert await words("setWebhook", url=address.url) == "Webhook was set"
    assert await words("setWebhook", url=address.url) == "Webhook is already set"
    assert await words("setWebhook", url=address.url, secret_token="x") == "Webhook was set"
    assert await words("setWebhook", url="") == "Webhook was deleted"
    assert (await bot.ok("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "ftp://127.0.0.1/hook"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http:///hook"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:99999/"}, "Bad Request: invalid webhook URL specified"),
        ({"secret_token": "a" * 257}, "Bad Request: secret token is too long"),
        ({"secret_token": "a+b"}, "Bad Request: secret token contains unallowed characters"),
        ({"secret_token": "a\n"}, "Bad Request: secret token contains unallowed characters"),
        ({"ip_address": "127.0.0.1"}, "Not Implemented: the sandbox does not do setWebhook with ip_address"),
    ],
)
async def test_refusals(bot: Bot, address: Address, parameters: Json, words: str) -> None:
    assert await bot.no("setWebhook", **{"url": address.url, **parameters}) == words
    assert (await bot.ok("getWebhookInfo"))["url"] == ""


async def test_a_name_nobody_has_is_refused_and_the_old_webhook_is_gone(bot: Bot, address: Address) -> None:
    await bot.ok("setWebhook", url=address.url)
    words = await bot.no("setWebhook", url="https://nobody.invalid/hook")
    assert words.startswith("Bad Request: bad webhook: Failed to resolve host: ")
    assert (await bot.ok("getWebhookInfo"))["url"] == ""


async def test_setting_it_twice_in_a_second_is_too_fast(world: World, bot: Bot, address: Address) -> None:
    await world.post("flood", limits=True)
    await bot.ok("setWebhook", url=address.url)
    answer = await bot.raw("setWebhook", url=address.url, secret_token="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
    await bot.ok("deleteWebhook")


async def test_a_waiting_poll_is_ended_by_a_webhook(world: World, bot: Bot, address: Address) -> None:
    poll = asyncio.create_task(bot.raw("getUpdates", offset=-1, timeout=20))
    await until_poll_waits(world)
    await bot.ok("setWebhook", url=address.url)
    refused = await poll
    assert (refused["error_code"], refused["description"]) == (409, "Conflict: terminated by setWebhook request")


async def test_nothing_is_fetched_while_a_webhook_is_set(ann: Person, bot: Bot, address: Address) -> None:
    await bot.ok("setWebhook", url=address.url)
    assert await bot.no("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await bot.ok("deleteWebhook")
    await ann.says("to be fetched")
    assert [update["message"]["text"] for update in await bot.ok("getUpdates")] == ["to be fetched"]
    assert address.updates == []


async def test_kinds_are_chosen_and_pending_updates_dropped(ann: Person, bot: Bot, address: Address) -> None:
    await ann.says("dropped")
    await bot.ok("setWebhook", url=address.url, allowed_updates=["edited_message"], drop_pending_updates=True)
    message = await ann.says("not wanted")
    await ann.edits(message, "wanted")
    await address.until(lambda: len(address.updates) == 1)
    assert address.updates[0]["edited_message"]["text"] == "wanted"
    assert (await bot.ok("getWebhookInfo"))["allowed_updates"] == ["edited_message"]


async def test_a_method_in_the_answer_is_carried_out(world: World, ann: Person, bot: Bot, address: Address) -> None:
    await bot.ok("setWebhook", url=address.url)
    address.answers = [
        web.json_response({"method": "sendMessage", "chat_id": ann.id, "text": "by JSON"}),
        web.Response(
            text=f"method=SENDmessage&chat_id={ann.id}&text=by+form", content_type="application/x-www-form-urlencoded"
        ),
        web.json_response({"method": "deleteWebhook"}),
        web.json_response({"method": "getMe"}),
        web.Response(text="ok"),
    ]
    for text in ("1", "2", "3", "4", "5"):
        await ann.says(text)
    await ann.sees("by JSON")
    await ann.sees("by form")
    await address.until(lambda: address.texts() == ["1", "2", "3", "4", "5"])
    assert (await bot.ok("getWebhookInfo"))["url"] == address.url
    assert [call["method"] for call in await world.calls("sendMessage")] == ["sendMessage", "sendMessage"]
    assert await world.calls("getMe") == []


async def test_emptying_the_world_leaves_the_webhook(world: World, bot: Bot, address: Address) -> None:
    await bot.ok("setWebhook", url=address.url)
    await world.post("reset")
    cleo = await world.person("Cleo")
    await cleo.starts()
    await address.until(lambda: address.texts() == ["/start"])
