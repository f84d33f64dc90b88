"""What goes to the bot at the same time, and what waits for what."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from sandbox.client import Person, World
from sandbox.tests.bot import Bot
from sandbox.tests.webhooks.address import Address, on_their_way

BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_an_edit_and_a_press_of_one_person(ann: Person, bot: Bot, address: Address) -> None:
    message = await bot.says(ann.id, "press", reply_markup=BUTTON)
    await bot.ok("setWebhook", url=address.url)
    said = await ann.says("one")
    await address.until(lambda: len(address.updates) == 1)
    address.held = asyncio.Event()
    await ann.edits(said, "two")
    await ann.says("three")
    await ann.presses("A", message=message)
    await address.until(lambda: len(address.updates) == 3)
    kinds = {next(key for key in update if key != "update_id") for update in address.updates[1:]}
    assert kinds == {"edited_message", "callback_query"}, "presses do not wait for messages, messages for edits"


async def test_at_most_so_many_connections_and_one_until_somebody_answered(
    world: World, bot: Bot, address: Address
) -> None:
    people = [await world.person(f"P{number}") for number in range(6)]
    for person in people:
        await person.starts()
    await bot.ok("setWebhook", url=address.url, max_connections=3, drop_pending_updates=True)
    address.held = asyncio.Event()
    for person in people:
        await person.says("hello")
    await address.until(lambda: address.at_once == 1)
    assert await on_their_way(world) == 1
    address.held.set()
    await address.until(lambda: len(address.updates) == 6)
    address.held = asyncio.Event()
    for person in people:
        await person.says("again")
    await address.until(lambda: address.at_once == 3)
    assert await on_their_way(world) == 3
    assert address.most_at_once == 3
    address.held.set()
    await address.until(lambda: len(address.updates) == 12)


async def test_what_waits_for_a_connection_waits_without_asking_again_and_again(
    world: World, ann: Person, bot: Bot, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = await world.person("Bo")
    await bo.starts()
    await bot.ok("setWebhook", url=address.url, max_connections=1, drop_pending_updates=True)
    webhook = world.sandbox.world.first_bot.webhook
    looks: list[float] = []
    due = webhook._due

    def look(now: float) -> Any:
        looks.append(now)
        return due(now)

    monkeypatch.setattr(webhook, "_due", look)
    address.answers = [web.Response(status=500), web.Response(status=500)]
    await ann.says("fails twice")
    await address.until(lambda: len(address.updates) == 2)
    address.held = asyncio.Event()
    await bo.says("held")
    await address.until(lambda: len(address.updates) == 3)
    before = len(looks)
    for _ in range(20):  # meanwhile the sandbox does other things; who asked again and again would have asked each time
        await world.get("clock")
    assert len(looks) - before < 5
    address.held.set()
    await address.until(lambda: sorted(address.texts()[2:]) == ["fails twice", "held"])
