"""The panel: a program beside the sandbox shows levers and counters, and is told of pulls."""

import asyncio

from sandbox.client import Person, World
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import until

LINK = {"label": "The board", "url": "http://127.0.0.1:8081/board"}
LEVER = {"name": "ring", "label": {"en": "Ring", "zh-hans": "响铃"}}


async def test_a_lever_is_shown_and_its_pull_reaches_who_waits(world: World) -> None:
    shown = await world.post("panel", levers=[LEVER], note={"text": "Ready"}, links=[LINK], counters=[])
    assert shown == {"pulls": 0}
    panel = (await world.get("state"))["panel"]
    assert panel == {"levers": [LEVER], "note": {"text": "Ready"}, "links": [LINK], "counters": []}
    waiting = asyncio.create_task(world.get("pulls?after=0&timeout=20"))
    await until(lambda: world.sandbox.world.panel.pulled.waiting)
    pulled = await world.post("pull", lever="ring")
    assert (await waiting)["pulls"] == [pulled]
    assert (pulled["n"], pulled["lever"]) == (1, "ring")
    assert (await world.get("pulls?after=1&timeout=0"))["pulls"] == []


async def test_what_is_not_shown_cannot_be_pulled(world: World) -> None:
    await world.post("panel", levers=[LEVER])
    await world.post("pull", lever="ring")
    await world.post("panel", counters=[{"name": "lost", "label": "lost", "value": 0}])
    for path, body in (
        ("pull", {"lever": "ring"}),
        ("panel", {"levers": [{"name": "no label"}]}),
        ("panel", {"counters": "3"}),
        ("panel", {"note": "words"}),
        ("panel", {"links": [{**LINK, "url": "javascript:alert(1)"}]}),
    ):
        async with world.session.post(f"{world.url}/api/{path}", json=body) as response:
            assert response.status == 400, path
    await world.post("reset")
    assert (await world.get("state"))["panel"]["counters"] == []
    assert (await world.post("panel"))["pulls"] == 1, "the count goes on, for whoever waits for the next"


async def test_which_updates_were_handed_over_and_which_are_kept(world: World, ann: Person, bot: Bot) -> None:
    polls = (await world.get("updates"))["polls"]
    for text in ("one", "two", "three"):
        await ann.says(text)
    assert (await world.get("updates/handed"))["ids"] == []
    first, second = await bot.ok("getUpdates", limit=2)
    ids = [first["update_id"], second["update_id"]]
    assert await world.get("updates/handed") == {"ids": ids, "kept": ids}
    third = (await bot.ok("getUpdates", offset=ids[0] + 1))[-1]["update_id"]
    told = await world.get("updates/handed?since=1")
    assert told == {"ids": [ids[1], third], "kept": [ids[1], third]}
    assert (await world.get("updates"))["polls"] == polls + 2
