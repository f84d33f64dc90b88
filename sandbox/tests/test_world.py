"""The people's side: clock, events, state, commands, the Python client."""

import asyncio
import json
from datetime import datetime
from typing import Any

import pytest

from sandbox.client import Person, World, written
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import PATIENCE, LoopClock, until


async def test_a_clock_moved_forward_wakes_who_follows_it(world: World) -> None:
    before = await world.get("clock")
    following = asyncio.create_task(world.get(f"clock?after={before['version']}&timeout=20"))
    await until(lambda: world.sandbox.world.clock.moved.waiting)
    await world.advance(hours=2)
    moved = await asyncio.wait_for(following, PATIENCE)
    assert moved["version"] > before["version"]
    assert moved["offset"] == pytest.approx(7200, abs=1)
    gone = datetime.fromisoformat(moved["now"]) - datetime.fromisoformat(before["now"])
    assert gone.total_seconds() == pytest.approx(7200, abs=2)


async def test_a_clock_at_rest_answers_when_the_time_is_over(world: World, loop_clock: LoopClock) -> None:
    clock = await world.get("clock")
    following = asyncio.create_task(world.get(f"clock?after={clock['version']}&timeout=4"))
    await until(lambda: world.sandbox.world.clock.moved.waiting)
    loop_clock.advance(1)
    assert (await world.get("clock"))["version"] == clock["version"]
    assert not following.done(), "the time is not over"
    loop_clock.advance(3)
    assert (await asyncio.wait_for(following, PATIENCE))["version"] == clock["version"]
    # Whoever followed another server before is answered at once.
    assert (await world.get("clock?after=1000&timeout=20"))["version"] == clock["version"]


async def test_a_clock_is_set_to_an_instant(world: World) -> None:
    await world.set_time("2030-01-02T08:00:00+08:00")
    assert (await world.get("clock"))["now"].startswith("2030-01-02T00:00:0")


async def test_events_tell_the_page_what_happens(world: World, ann: Person, bot: Bot) -> None:
    seen: list[dict[str, Any]] = []
    connected, clock_moved = asyncio.Event(), asyncio.Event()

    async def listen() -> None:
        async with world.session.get(f"{world.url}/api/events") as response:
            assert response.content_type == "text/event-stream"
            connected.set()
            async for line in response.content:
                if line.startswith(b"data: "):
                    seen.append(json.loads(line[6:]))
                    if seen[-1]["type"] == "clock":
                        clock_moved.set()

    listening = asyncio.create_task(listen())
    await asyncio.wait_for(connected.wait(), PATIENCE)
    hers = await ann.says("hello")
    card = await bot.says(ann.id, "new", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    press = await ann.presses("A")
    await bot.ok("answerCallbackQuery", callback_query_id=press["id"], text="Noted")
    await bot.ok("editMessageText", chat_id=ann.id, message_id=card["message_id"], text="done")
    await bot.ok("sendChatAction", chat_id=ann.id, action="typing")
    await bot.ok("deleteMessage", chat_id=ann.id, message_id=card["message_id"])
    await world.advance(seconds=5)
    await asyncio.wait_for(clock_moved.wait(), PATIENCE)
    listening.cancel()
    told = {event["type"]: event for event in seen}
    assert [event["seq"] for event in seen] == sorted(event["seq"] for event in seen)
    first = next(event for event in seen if event["type"] == "message")
    assert (first["chat"], first["bot"], first["message"]["message_id"]) == (ann.id, world.bot_id, hers["message_id"])
    assert told["edit"]["message"]["text"] == "done"
    answered = told["callback_answer"]
    assert (answered["person"], answered["text"], answered["show_alert"]) == (ann.id, "Noted", False)
    assert (told["action"]["from"], told["action"]["action"]) == (world.bot_id, "typing")
    assert told["delete"]["messages"] == [card["message_id"]]
    assert told["clock"]["offset"] == pytest.approx(5, abs=1)


async def test_commands_are_kept_by_scope_and_language(world: World, ann: Person, bot: Bot) -> None:
    english = [{"command": "help", "description": "Help"}]
    chinese = [{"command": "help", "description": "帮助"}]
    hers = {"type": "chat", "chat_id": ann.id}
    await bot.ok("setMyCommands", commands=english)
    await bot.ok("setMyCommands", commands=chinese, language_code="zh")
    await bot.ok("setMyCommands", commands=[{"command": "/team", "description": "Team"}], scope=hers)
    assert await bot.ok("getMyCommands") == english
    assert await bot.ok("getMyCommands", language_code="zh") == chinese
    assert await bot.ok("getMyCommands", scope=hers) == [{"command": "team", "description": "Team"}]
    assert await bot.ok("getMyCommands", scope={"type": "all_group_chats"}) == []
    shown = (await world.state())["bots"][0]
    assert shown["commands"] == english
    assert len(shown["command_lists"]) == 3
    await bot.ok("deleteMyCommands", scope=hers)
    assert await bot.ok("getMyCommands", scope=hers) == []


@pytest.mark.parametrize(
    ("commands", "more", "words"),
    [
        ([{"command": "Help", "description": "x"}], {}, "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": " "}], {}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "x"}] * 101, {}, "BOT_COMMANDS_TOO_MUCH"),
        ("{", {}, "can't parse commands JSON object"),
        ('{"a": 1}', {}, "expected an Array of BotCommand"),
        ([], {"scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ([], {"scope": {"type": "everywhere"}}, "can't parse BotCommandScope: unsupported type specified"),
    ],
)
async def test_broken_commands_are_refused(bot: Bot, commands: Any, more: dict[str, Any], words: str) -> None:
    assert await bot.no("setMyCommands", commands=commands, **more) == f"Bad Request: {words}"


async def test_a_bot_tells_of_itself(world: World, ann: Person, bot: Bot) -> None:
    me = await bot.ok("getMe")
    assert (me["can_join_groups"], me["can_read_all_group_messages"]) == (True, False)
    await bot.ok("setMyDescription", description="Tell us what is wrong")
    await bot.ok("setMyDescription", description="请告诉我们", language_code="zh")
    await bot.ok("setMyShortDescription", short_description="Voices")
    await bot.ok("setMyName", name="Voices of Maple Court")
    assert await bot.ok("getMyDescription", language_code="zh") == {"description": "请告诉我们"}
    assert await bot.ok("getMyDescription", language_code="de") == {"description": "Tell us what is wrong"}
    assert (await bot.ok("getMe"))["first_name"] == "Voices of Maple Court"
    shown = (await world.state())["bots"][0]
    assert (shown["description"], shown["short_description"]) == ("Tell us what is wrong", "Voices")


async def test_ids_are_random_and_repeatable_by_a_seed() -> None:
    from sandbox.testing import running_sandbox

    found = []
    for seed in (1, 1, 2):
        async with running_sandbox(seed=seed) as world:
            ann = await world.person("Ann")
            message = await ann.starts()
            (update,) = (await world.bot_call("getUpdates"))["result"]
            found.append((ann.id, message["message_id"], update["update_id"]))
    assert found[0] == found[1]
    assert all(one != other for one, other in zip(found[0], found[2], strict=True))


async def test_the_client_waits_for_messages_and_edits_and_tells_what_it_sees(
    world: World, ann: Person, bot: Bot
) -> None:
    waiting = asyncio.create_task(ann.sees("taken"))
    await until(lambda: world.sandbox.world.events.bell.waiting)
    card = await bot.says(ann.id, "new", reply_markup={"inline_keyboard": [[{"text": "Take", "callback_data": "t"}]]})
    await bot.ok("editMessageText", chat_id=ann.id, message_id=card["message_id"], text="taken")
    assert (await waiting)["message_id"] == card["message_id"]
    with pytest.raises(AssertionError, match=r"waited 0.1 s for 'never'; there is:\n/start\n---\ntaken"):
        await ann.sees("never", patience=0.1)
    await ann.sees_no("never")
    with pytest.raises(AssertionError, match="must not be there"):
        await ann.sees_no("taken")
    assert written({**card, "photo": []}) == "<photo> new\n[Take]"
    await world.quiet(seconds=0.1)


async def test_the_page_is_served(world: World) -> None:
    for path, kind in (("/", "text/html"), ("/page/app.js", "text/javascript")):
        async with world.session.get(world.url + path) as response:
            assert response.status == 200, path
            assert response.content_type == kind
    async with world.session.get(f"{world.url}/page/../server.py") as response:
        assert response.status == 404


async def test_a_name_changed_later_leaves_updates_as_they_were(world: World, ann: Person, bot: Bot) -> None:
    await ann.says("as Ann")
    world.sandbox.world.people[ann.id]["first_name"] = "Anna"
    await ann.says("as Anna")
    assert [update["message"]["from"]["first_name"] for update in await bot.updates()] == ["Ann", "Anna"]


async def test_a_failure_of_the_sandbox_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from sandbox.methods.registry import HANDLERS
    from sandbox.testing import running_sandbox

    def fail(_: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(HANDLERS, "getMe", fail)
    monkeypatch.setitem(HANDLERS, "getMyName", lambda call: {"nom": "wrong"})
    async with running_sandbox() as world:
        answer = await world.bot_call("getMe")
        assert (answer["ok"], answer["error_code"]) == (False, 500)
        answer = await world.bot_call("getMyName")
        assert answer["error_code"] == 500
        first, second, third = await world.complaints()
        assert "the sandbox itself failed: RuntimeError: broken on purpose" in first
        assert second == "answer to getMyName: getMyName: BotName has no 'name'"
        assert third == "answer to getMyName: getMyName: BotName knows no 'nom'"
