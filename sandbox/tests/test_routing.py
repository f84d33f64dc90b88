"""Addresses, tokens, and all the forms in which parameters come."""

import json
from typing import Any

import aiohttp
import pytest

from sandbox.client import Person, World
from sandbox.tests.bot import Bot


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/nothing", 404, "Not Found"),
        ("/bot4242:SANDBOX-TOKEN/noSuchMethod", 404, "Not Found: method not found"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot0:ABC/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot4242:WRONG/getMe", 401, "Unauthorized"),
        ("/file/bot4242:SANDBOX-TOKEN/photos/none.jpg", 404, "Not Found"),
        ("/file/bot4242:WRONG/photos/none.jpg", 401, "Unauthorized"),
    ],
)
async def test_what_leads_nowhere_is_refused(world: World, path: str, code: int, description: str) -> None:
    async with world.session.get(world.url + path) as response:
        assert response.status == code
        assert response.headers["Content-Type"] == "application/json"
        assert await response.json() == {"ok": False, "error_code": code, "description": description}


async def test_a_method_that_is_not_here_says_so(bot: Bot) -> None:
    answer = await bot.raw("sendInvoice")
    assert answer["error_code"] == 501
    assert "the sandbox does not do sendInvoice" in answer["description"]


async def test_parameters_come_in_every_form(world: World, ann: Person) -> None:
    url = f"{world.url}/bot{world.token}/SENDmessage"
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    fields = {"chat_id": str(ann.id), "text": "Hi", "reply_markup": json.dumps(markup)}
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    requests: dict[str, dict[str, Any]] = {
        "query": {"params": fields},
        "form": {"data": fields},
        "multipart": {"data": multipart},
        "json of strings": {"json": fields},
        "json": {"json": {"chat_id": ann.id, "text": "Hi", "reply_markup": markup, "disable_notification": None}},
    }
    for name, request in requests.items():
        async with world.session.post(url, **request) as response:
            answer = await response.json()
            assert answer["ok"], (name, answer)
            assert answer["result"]["reply_markup"] == markup, name
    assert await world.complaints() == []


async def test_what_cannot_be_read_is_refused(world: World) -> None:
    url = f"{world.url}/bot{world.token}/getMe"
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"[]", b'"text"'):
        async with world.session.post(url, data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["description"].startswith("Bad Request: can't parse request")


async def test_a_complaint_is_made_of_what_telegram_would_not_expect(world: World, ann: Person, bot: Bot) -> None:
    await bot.ok("sendMessage", chat_id=ann.id, text="Hi", colour="red")
    await bot.ok("sendMessage", chat_id=ann.id, text="Hi", reply_parameters={"message_idd": 3})
    await bot.ok("sendMessage", chat_id=ann.id, text="Hi", disable_notification="perhaps")
    await bot.no("sendMessage", chat_id=ann.id)
    await bot.ok("getUpdates", offset=1.5)
    assert await world.complaints() == [
        "call 1: sendMessage: unknown field 'colour'",
        "call 2: sendMessage.reply_parameters: ReplyParameters has no 'message_id'",
        "call 2: sendMessage.reply_parameters: ReplyParameters knows no 'message_idd'",
        "call 3: sendMessage.disable_notification: 'perhaps' is not Boolean",
        "call 4: sendMessage: 'text' is missing",
        "call 5: getUpdates.offset: 1.5 is not Integer",
    ]
    assert (await world.get("calls?method=getUpdates"))["calls"][-1]["complaints"] == [
        "getUpdates.offset: 1.5 is not Integer"
    ]


async def test_calls_are_listed_with_what_they_sent(world: World, ann: Person, bot: Bot) -> None:
    sent = await bot.says(ann.id, "twice")
    await bot.says(ann.id, "twice")
    await bot.no("sendMessage", chat_id=1, text="to nobody")
    listed = await world.get("calls?method=sendmessage")
    assert [(one["ok"], one["error_code"], one["attempts"]) for one in listed["calls"]] == [
        (True, None, 1),
        (True, None, 2),
        (False, 400, 1),
    ]
    assert [one["text"] for one in listed["sends"]] == ["twice", "twice"]
    assert listed["sends"][0]["message_id"] == sent["message_id"]
    last = listed["calls"][-1]["n"]
    assert (await world.get(f"calls?since={last}"))["calls"] == []


async def test_a_reset_empties_the_world(world: World, ann: Person, bot: Bot) -> None:
    await ann.says("hello")
    await world.advance(days=3)
    version = (await world.get("clock"))["version"]
    await world.post("reset")
    state = await world.state()
    assert (state["people"], state["chats"], state["clock"]["offset"]) == ([], [], 0)
    assert state["clock"]["version"] > version
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_several_bots_have_queues_of_their_own() -> None:
    from sandbox.server import Sandbox
    from sandbox.serving import listen, serving

    sandbox = Sandbox([("1:A", "first_bot", "First"), ("2:B", "second_bot", "Second")], seed=1, checks_answers=True)
    async with serving(sandbox.application, sandbox.close, listen("127.0.0.1", 0)) as url, World(url, "2:B") as world:
        person = await world.person("Ann")
        await person.starts()
        await world.post("start", **{"from": person.id, "bot": "second_bot"})
        assert len((await world.bot_call("getUpdates"))["result"]) == 1
        assert (await world.bot_call("getMe"))["result"]["username"] == "second_bot"
        chats = (await world.state())["chats"]
        assert {chat["bot"] for chat in chats} == {1, 2}
