"""Scenes, stories, and the command line."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.client import World
from sandbox.tests.bot import PNG, Bot
from sandbox.tests.program import start_program
from sandbox.tests.waiting import PATIENCE

SCENE = {
    "people": [
        {"first_name": "Mei", "start": True},
        {"first_name": "Wei", "name": "staff", "language_code": "zh-hans"},
    ],
    "groups": [
        {"title": "Staff", "members": ["staff", "Mei"], "forum": True, "topics": ["Water"], "bot": ["manage_topics"]}
    ],
    "phones": [{"person": "Mei", "chat": "bot", "title": {"en": "A resident"}}, {"person": "staff", "chat": "Staff"}],
    "places": [{"name": "Gate", "latitude": 1, "longitude": 2}],
    "timezone": "Asia/Shanghai",
}
STORY: dict[str, Any] = {
    "title": {"en": "A lamp", "zh-hans": "一盏灯"},
    "steps": [
        {
            "as": "Mei",
            "do": "say",
            "text": {"en": "The lamp is out", "zh-hans": "灯坏了"},
            "caption": {"en": "She writes."},
        },
        {"as": "Mei", "do": "photo", "file": "lamp.png", "text": "By the stairs", "rest": 0},
        {"as": "Wei", "chat": "Staff", "do": "say", "text": "I go", "wait": {"person": "Mei", "text": "On my way"}},
        {"as": "Mei", "do": "press", "data": "^thanks:", "wait": {"person": "Staff", "text": {"en": "gla[d]"}}},
        {"do": "advance", "seconds": 86400},
        {"as": "Mei", "do": "reply", "message": "On my way", "text": "When?"},
    ],
}


async def test_a_press_that_repeats_clears_what_stands_there_and_needs_nothing(
    world: World, bot: Bot, tmp_path: Path
) -> None:
    path = tmp_path / "tidy.json"
    tidy = {"as": "Mei", "do": "press", "data": "^cancel", "repeat": True, "rest": 0}
    path.write_text(json.dumps({"title": "x", "steps": [tidy, {"as": "Mei", "do": "say", "text": "Now"}]}), "utf-8")
    world.sandbox.player.load(path)
    await world.post("scene", **SCENE)
    mei = world.sandbox.world.names["Mei"]

    async def plays() -> None:
        await world.post("story/start", speed=100)
        async with asyncio.timeout(10):
            while (await world.state())["story"]["state"] == "playing":
                await world.sandbox.world.events.bell.wait(0.1)
        assert (await world.state())["story"]["state"] == "done"

    await plays()
    button = {"inline_keyboard": [[{"text": "Cancel", "callback_data": "cancel:1"}]]}
    for text in ("one", "two"):
        await bot.says(mei, text, reply_markup=button)

    async def ends_what_is_pressed() -> None:
        for _ in range(2):
            while not (pressed := [each for each in await bot.updates() if "callback_query" in each]):
                await world.sandbox.world.events.bell.wait(0.1)
            message = pressed[0]["callback_query"]["message"]
            number, text = message["message_id"], message["text"]
            await bot.ok("editMessageText", chat_id=mei, message_id=number, text=f"ended {text}")

    ending = asyncio.create_task(ends_what_is_pressed())
    await plays()
    await ending
    texts = [each.get("text") for each in await world.chat_messages(mei)]
    assert "ended one" in texts and "ended two" in texts and texts[-1] == "Now"


@pytest.fixture
def story(world: World, tmp_path: Path) -> Path:
    (tmp_path / "lamp.png").write_bytes(PNG)
    path = tmp_path / "story.json"
    path.write_text(json.dumps(STORY), "utf-8")
    world.sandbox.player.load(path)
    return path


async def test_a_scene_makes_people_groups_and_phones(world: World, bot: Bot) -> None:
    made = await world.post("scene", **SCENE)
    state = await world.state()
    mei, wei = made["people"]["Mei"], made["people"]["staff"]
    staff = made["groups"]["Staff"]
    assert [person["id"] for person in state["people"]] == [mei, wei]
    assert state["phones"] == [
        {"person": mei, "chat": world.bot_id, "title": {"en": "A resident"}},
        {"person": wei, "chat": staff, "title": ""},
    ]
    group = next(chat for chat in state["chats"] if chat["id"] == staff)
    assert [topic["name"] for topic in group["topics"]] == ["Water"]
    assert (await bot.ok("getChatMember", chat_id=staff, user_id=world.bot_id))["can_manage_topics"] is True
    assert state["places"][0]["name"] == "Gate"
    assert state["clock"]["timezone"] == "Asia/Shanghai"
    assert "/start" in await bot.texts()
    with pytest.raises(AssertionError, match="speaks of 'Nobody', whom it does not make"):
        await world.post("scene", groups=[{"title": "x", "members": ["Nobody"]}])


@pytest.fixture
async def answering(world: World) -> AsyncIterator[None]:
    """A bot with two answers."""
    ready = asyncio.Event()

    async def answer() -> None:
        bot, offset = Bot(world), 0
        mei, staff = (await world.post("scene", **SCENE)).values()
        ready.set()
        while True:
            for update in await bot.ok("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                if update.get("message", {}).get("text") == "I go":
                    rows = [[{"text": "Thanks", "callback_data": "thanks:1"}]]
                    await bot.says(mei["Mei"], "On my way", reply_markup={"inline_keyboard": rows})
                elif "callback_query" in update:
                    await bot.says(staff["Staff"], "She is glad")

    # The group's chatter reaches a bot that is an administrator.
    task = asyncio.create_task(answer())
    await asyncio.wait_for(ready.wait(), PATIENCE)
    yield
    task.cancel()


async def state_of(world: World, *wanted: str, index: int | None = None) -> dict[str, Any]:
    async with asyncio.timeout(8):
        seq = 0
        while True:
            found: dict[str, Any] = (await world.state())["story"]
            if found["state"] in wanted and index in (None, found["index"]):
                return found
            seq = (await world.get(f"wait?after={seq}&timeout=5"))["seq"]


@pytest.mark.usefixtures("answering", "story")
async def test_a_story_plays_to_its_end(world: World) -> None:
    before = (await world.get("clock"))["offset"]
    await world.post("story/start", speed=1000)
    done = await state_of(world, "done", "failed")
    assert (done["state"], done["index"], done["total"]) == ("done", 5, 6), done
    assert (await world.get("clock"))["offset"] - before == pytest.approx(86400, abs=1)
    mei = next(person["id"] for person in (await world.state())["people"] if person["first_name"] == "Mei")
    messages = await world.chat_messages(mei)
    said = [message.get("text") or message.get("caption") for message in messages]
    assert said == ["/start", "The lamp is out", "By the stairs", "On my way", "When?"]
    assert messages[-1]["reply_to_message"]["text"] == "On my way"


@pytest.mark.usefixtures("story")
async def test_a_story_speaks_the_language_chosen_and_stops_at_what_does_not_come(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.story_steps.WAIT_SECONDS", 0.2)
    await world.post("scene", **SCENE)
    await world.post("story/start", speed=1000, language="zh-hans")
    failed = await state_of(world, "failed")
    assert failed["error"] == "Step 3: waited in vain for 'On my way' in the chat of Mei"
    mei = (await world.state())["people"][0]["id"]
    assert (await world.chat_messages(mei))[1]["text"] == "灯坏了"


@pytest.mark.usefixtures("story")
async def test_one_of_several_stories_is_chosen(world: World, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "gate.png").write_bytes(PNG)
    second = {"title": "A gate", "steps": [{"as": "Mei", "do": "photo", "file": "gate.png", "text": "The gate"}]}
    (tmp_path / "other" / "story.json").write_text(json.dumps(second), "utf-8")
    world.sandbox.player.load(tmp_path / "other" / "story.json")
    await world.post("scene", **SCENE)
    told = (await world.state())["story"]
    assert (told["state"], told["titles"], told["total"]) == ("idle", [STORY["title"], "A gate"], 6)
    await world.post("story/start", speed=1000, story=1)
    done = await state_of(world, "done", "failed")
    assert (done["state"], done["number"], done["title"], done["total"]) == ("done", 1, "A gate", 1), done
    mei = (await world.state())["people"][0]["id"]
    assert [each.get("caption") for each in await world.chat_messages(mei)] == [None, "The gate"]
    for wrong in (2, -1, "1"):
        with pytest.raises(AssertionError, match="is none of them"):
            await world.post("story/start", story=wrong)


@pytest.mark.parametrize(
    ("now", "step", "then"),
    [
        ("2026-11-25T10:00:30+08:00", {"weekday": 5, "time": "12:00"}, "2026-11-28T12:00"),
        ("2026-11-28T12:00:00+08:00", {"weekday": 5, "time": "12:00"}, "2026-12-05T12:00"),
        ("2026-11-30T08:10:00+08:00", {"weekday": 0, "time": "09:01"}, "2026-11-30T09:01"),
        ("2026-11-28T10:00:00+08:00", {"seconds": 3600}, "2026-11-28T11:00"),
    ],
)
async def test_the_clock_of_a_story_goes_on_to_a_weekday(
    world: World, tmp_path: Path, now: str, step: dict[str, Any], then: str
) -> None:
    (tmp_path / "story.json").write_text(json.dumps({"steps": [{"do": "advance", **step}]}), "utf-8")
    world.sandbox.player.load(tmp_path / "story.json")
    await world.post("scene", **SCENE)
    await world.set_time(now)
    await world.post("story/start", speed=1000)
    assert (await state_of(world, "done", "failed"))["state"] == "done"
    told = datetime.fromisoformat((await world.get("clock"))["now"]).astimezone(ZoneInfo("Asia/Shanghai"))
    assert told.isoformat(timespec="minutes") == f"{then}+08:00"


@pytest.mark.usefixtures("story")
async def test_a_story_goes_step_by_step_and_can_be_paused_and_stopped(world: World) -> None:
    await world.post("scene", **SCENE)
    await world.post("story/start", speed=1000, step_by_step=True)
    step = await state_of(world, "step")
    mei = (await world.state())["people"][0]["id"]
    assert (step["index"], step["caption"], step["phone"]) == (
        0,
        {"en": "She writes."},
        {"person": mei, "chat": world.bot_id},
    )
    await world.post("story/next")
    assert (await state_of(world, "step", index=1))["index"] == 1
    assert (await world.post("story/pause"))["state"] == "paused"
    assert (await world.post("story/stop"))["state"] == "stopped"
    with pytest.raises(AssertionError, match="does not play"):
        await world.post("story/next")


async def test_the_command_line_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    (tmp_path / "scene.json").write_text(json.dumps(SCENE), "utf-8")
    command = ["--bot", "7:A", "--username", "a_bot", "--bot", "8:B", "--quiet", "--scene"]
    process = await start_program(*command, str(tmp_path / "scene.json"))
    try:
        assert process.stdout is not None
        url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
        async with World(url, "8:B") as world:
            assert (await world.bot_call("getMe"))["result"]["id"] == 8
            assert [bot["username"] for bot in (await world.state())["bots"]] == ["a_bot", "resident_voices2_bot"]
            assert len((await world.state())["people"]) == 2
            # Whoever waits does not hold up the end.
            waiting = asyncio.create_task(world.bot_call("getUpdates", timeout=50, offset=-1))
            events = await world.session.get(f"{url}/api/events")
            async with asyncio.timeout(PATIENCE):
                while not (await world.get("updates"))["polls"]:
                    pass
            process.terminate()
            assert await asyncio.wait_for(process.wait(), PATIENCE) in (0, -15)
            events.close()
            await asyncio.gather(waiting, return_exceptions=True)
    finally:
        if process.returncode is None:
            process.kill()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["--bot", "nonsense"], "is no token"),
        (["--scene", "missing.json"], "The scene or story cannot be used"),
        (["--host", "192.0.2.1"], "cannot be used"),
    ],
)
async def test_a_wrong_command_line_is_refused_in_a_sentence(command: list[str], words: str) -> None:
    process = await start_program(*command)
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert words in said.decode()
    assert "Traceback" not in said.decode()
