"""Webhooks: updates handed to the bot's own address, with the real server's patience and peculiarities."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from sandbox.client import Person, World
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import until, until_poll_waits

Json = dict[str, Any]
BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


class Address:
    """A bot's own web server: keeps what is posted to it, and answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[Json] = []
        self.headers: list[Json] = []
        self.answers: list[web.Response] = []
        """Given one after the other, then 200 for ever."""
        self.held: asyncio.Event | None = None
        """Requests wait for it, when there is one, unless their text is in `passes`."""
        self.passes: tuple[str, ...] = ()
        self.at_once = 0
        self.most_at_once = 0
        self._bell = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        """One delivery."""
        update = await request.json()
        self.updates.append(update)
        self.headers.append(dict(request.headers))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self._bell.set()
        if self.held is not None and update.get("message", {}).get("text") not in self.passes:
            await self.held.wait()
        self.at_once -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    def texts(self) -> list[str]:
        """What was said in the messages that came, in order."""
        return [update["message"]["text"] for update in self.updates if "message" in update]

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait for deliveries."""
        async with asyncio.timeout(8):
            while not there():
                self._bell.clear()
                await self._bell.wait()


@pytest.fixture
async def address() -> AsyncIterator[Address]:
    address = Address()
    application = web.Application()
    application.router.add_post("/hook", address.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield address
    if address.held is not None:
        address.held.set()
    await runner.cleanup()


@pytest.fixture(autouse=True)
async def quick(world: World) -> None:
    """Waits between tries last a hundredth; setWebhook may be called as often as one likes."""
    await world.post("webhooks", pace=0.01)
    await world.post("flood", limits=False)


async def confirmed(world: World, number: int) -> None:
    """Wait until so many updates are confirmed."""
    queue = world.sandbox.world.first_bot.queue
    await until(lambda: queue.confirmed >= number)


async def on_their_way(world: World) -> int:
    """How many deliveries are under way, once the webhook has looked at all that was to go."""
    webhook = world.sandbox.world.first_bot.webhook
    await until(lambda: not webhook._wake.is_set())
    return sum(attempt.is_flying for attempt in webhook._attempts.values())


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


async def test_emptying_the_world_leaves_the_webhook(world: World, bot: Bot, address: Address) -> None:
    await bot.ok("setWebhook", url=address.url)
    await world.post("reset")
    cleo = await world.person("Cleo")
    await cleo.starts()
    await address.until(lambda: address.texts() == ["/start"])
