"""The webhook: stored before it is answered, and Telegram kept knowing where to post."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

import bot.intake.webhook
import web.webhook
from bot.intake.contact import Contact
from bot.intake.polling import ALLOWED_UPDATES, TokenRefused
from bot.intake.webhook import Address, Webhook
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from handlers.kit.update_context import Setup
from storage.core.database import Database, Transaction
from tests.bot.stand_in import Drop, No, Raw, StandIn
from tests.support import free_port
from tests.waiting import somebody_waits_for, somebody_writes, until
from web.metrics import Metrics
from web.server import WebServer
from web.webhook import LONGEST_BODY, SECRET_HEADER, Door, route

SECRET = "a-secret_of-ours"
URL = "https://voices.example.org/telegram"
Json = dict[str, Any]


class Post:
    """Telegram's side: posts, and what came of it."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session = session
        self.address = address

    async def __call__(self, content: Any, secret: str | None = SECRET) -> int:
        """Post an update, or raw bytes; the status it is answered with."""
        body = content if not isinstance(content, dict | list) else json.dumps(content).encode()
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(self.address, data=body, headers=headers) as response:
            if response.status == 503:
                assert int(response.headers["Retry-After"]) < 10, "else Telegram waits up to minutes"
            return response.status


class Side:
    """What the tests change of delivery."""

    contacts = 0
    without_network = False
    looked = 0
    """How often it was asked whether there is a network."""

    def is_without_network(self) -> bool:
        self.looked += 1
        return self.without_network

    def contact(self) -> None:
        self.contacts += 1


@pytest.fixture
def side() -> Side:
    return Side()


@pytest.fixture
def webhook(database: Database, request_: Request, setup: Setup, side: Side) -> Webhook:
    alarm = Alarm(database, request_, setup)
    return Webhook(
        Address(URL, SECRET),
        database,
        request_,
        alarm,
        Contact(database),
        side.contact,
        side.is_without_network,
        Metrics(),
    )


@pytest.fixture
async def post(webhook: Webhook) -> AsyncIterator[Post]:
    server = WebServer([route(Door("/telegram", SECRET, webhook.keep, lambda _: None))], "127.0.0.1", free_port())
    server.open()
    task = asyncio.create_task(server.run())
    async with aiohttp.ClientSession() as session:
        yield Post(session, f"http://127.0.0.1:{server.port}/telegram")
    server.end()
    await task


@pytest.fixture
async def telling(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Task[None]]:
    monkeypatch.setattr(bot.intake.webhook, "FIRST_DELAY", 0.02)
    task = asyncio.create_task(webhook.run())
    yield task
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


def kept(tx: Transaction) -> list[int]:
    return [row["update_id"] for row in tx.query("SELECT update_id FROM inbox ORDER BY id")]


# -- what is posted


async def test_answered_only_when_committed(post: Post, database: Database) -> None:
    async with somebody_writes(database):
        posted = asyncio.create_task(post({"update_id": 7}))
        await somebody_waits_for(database)
        assert not posted.done()
    assert await posted == 200
    assert await database.run(kept) == [7]


async def test_posts_that_come_together_share_a_commit(post: Post, webhook: Webhook, database: Database) -> None:
    commits: list[str] = []

    def trace(statement: str) -> None:
        if statement == "COMMIT":
            commits.append(statement)

    async with somebody_writes(database, lambda _tx: database.connection.set_trace_callback(trace)):
        posted = [asyncio.create_task(post({"update_id": number})) for number in range(30)]
        await until(lambda: len(webhook._waiting) == 30)
    assert await asyncio.gather(*posted) == [200] * 30
    assert sorted(await database.run(kept)) == list(range(30))
    assert len(commits) == 4, "the one that was open, the posts', that Telegram was heard, and our look at them"


async def test_what_comes_twice_is_kept_once(post: Post, database: Database) -> None:
    assert [await post({"update_id": 7}), await post({"update_id": 7}), await post({"update_id": 8})] == [200] * 3
    assert await database.run(kept) == [7, 8]


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x", SECRET[:-1], "\xff"])
async def test_who_does_not_know_the_secret_is_refused(post: Post, database: Database, secret: str | None) -> None:
    with capture_logs() as logs:
        assert [await post({"update_id": 7}, secret), await post({"update_id": 7}, secret)] == [401, 401]
    assert len(logs) == 1, "who knocks often does not fill the log"
    assert await database.run(kept) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"MARKER", b"\xff\xfe", b"{", b"[]", b'"MARKER"', b'{"message": "MARKER"}', b'{"update_id": "7"}',
     b'{"update_id": true}', b'{"update_id": 1e400}', b"[" * 200_000, b'{"update_id": %s}' % (b"9" * 30)],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
async def test_what_is_no_update_is_refused_and_its_words_are_not_told(
    post: Post, database: Database, body: bytes
) -> None:  # fmt: skip
    with capture_logs() as logs:
        assert await post(body) == 400
    assert [line["event"] for line in logs] == ["webhook_refused"] and "MARKER" not in str(logs)
    assert await post({"update_id": 8}) == 200
    assert await database.run(kept) == [8]


async def test_what_is_too_large_is_refused(post: Post, database: Database) -> None:
    large = {"update_id": 7, "words": "x" * LONGEST_BODY}
    assert await post(large) == 413

    async def in_parts() -> AsyncIterator[bytes]:
        for at in range(0, LONGEST_BODY + 1, 100_000):
            yield json.dumps(large).encode()[at : at + 100_000]

    # Its length is not said beforehand.
    with contextlib.suppress(aiohttp.ClientConnectionError):
        assert await post(in_parts()) == 413
    assert await post({"update_id": 8}) == 200
    assert await database.run(kept) == [8]


async def test_a_body_that_does_not_come_holds_nobody_up(
    post: Post, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.webhook, "BODY_SECONDS", 0.1)
    host, port = post.address.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 9\r\n\r\n{{".encode()
    )
    assert (await asyncio.wait_for(reader.readline(), 3)).split()[1] == b"408"
    writer.close()
    assert await post({"update_id": 8}) == 200


async def test_other_methods_and_paths_are_none_of_it(post: Post) -> None:
    async with post.session.get(post.address, headers={SECRET_HEADER: SECRET}) as response:
        assert response.status == 405
    post.address += "/more"
    assert await post({"update_id": 1}) == 404


async def test_a_full_disk_is_told_telegram_and_loses_nothing(post: Post, database: Database) -> None:
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA max_page_count=1"))
    large = {"update_id": 5, "words": "x" * 100_000}
    with capture_logs() as logs:
        assert await asyncio.gather(post(large), post({**large, "update_id": 6})) == [503, 503]
    assert "inbox_storage_trouble" in [line["event"] for line in logs]
    assert await database.run(kept) == []
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA max_page_count=100000"))
    assert await asyncio.gather(post(large), post({**large, "update_id": 6})) == [200, 200]
    assert sorted(await database.run(kept)) == [5, 6]


async def test_storage_that_takes_long_is_told_telegram(
    post: Post, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.webhook, "STORE_SECONDS", 0.1)
    async with somebody_writes(database):
        assert await post({"update_id": 5}) == 503
    assert await post({"update_id": 5}) == 200
    assert await database.run(kept) == [5]


async def test_a_fault_of_ours_acknowledges_nothing(
    post: Post, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_tx: Transaction, _updates: Any) -> int:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr("storage.core.inbox.store", fails)
        assert await post({"update_id": 5}) == 500
    assert await post({"update_id": 5}) == 200


# -- that Telegram posts


async def test_what_telegram_is_told(telegram: StandIn, telling: asyncio.Task[None], side: Side) -> None:
    await until(lambda: side.contacts)
    assert telegram.of("setWebhook") == [
        {
            "url": URL,
            "secret_token": SECRET,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": 40,
            "drop_pending_updates": False,
        }
    ]


@pytest.mark.parametrize("method", ["setWebhook", "getWebhookInfo"])
@pytest.mark.parametrize(
    "trouble",
    [No(429, "Too Many Requests", {"retry_after": 0.05}), No(500, "Internal Server Error"), Drop(), Raw(404, "<html>"),
     Raw(200, "<html>"), No(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")],
    ids=str,
)  # fmt: skip
async def test_trouble_passes(
    telegram: StandIn, telling: asyncio.Task[None], side: Side, method: str, trouble: Any
) -> None:  # fmt: skip
    telegram.will(method, trouble, trouble)
    await until(lambda: side.contacts)
    assert telegram.webhook["url"] == URL and not telling.done()


async def test_an_odd_answer_passes(telegram: StandIn, telling: asyncio.Task[None], side: Side) -> None:
    telegram.will("getWebhookInfo", [], {}, {"url": 5}, "text")
    await until(lambda: side.contacts)


@pytest.mark.parametrize("code", [401, 404])
async def test_a_revoked_token_ends_it(telegram: StandIn, telling: asyncio.Task[None], code: int) -> None:
    telegram.will("setWebhook", No(code, "Unauthorized"))
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(telling, 5)


@pytest.fixture
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.intake.webhook, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(bot.intake.webhook, "LONGEST_WITHOUT_NETWORK", 0.02)


@pytest.mark.usefixtures("looks_often")
@pytest.mark.parametrize(("taken", "by"), [("", "polling"), ("https://another.example.org/", "another webhook")])
async def test_a_webhook_taken_away_is_set_again(
    telegram: StandIn, telling: asyncio.Task[None], side: Side, taken: str, by: str
) -> None:
    await until(lambda: side.contacts)
    with capture_logs() as logs:
        telegram.webhook["url"] = taken
        await until(lambda: telegram.webhook["url"] == URL)
    assert [line["by"] for line in logs if line["event"] == "webhook_taken_away"] == [by]


@pytest.mark.usefixtures("looks_often")
async def test_what_telegram_met_is_told_once(telegram: StandIn, telling: asyncio.Task[None], side: Side) -> None:
    telegram.webhook |= {"last_error_date": 1700000000, "last_error_message": "of an earlier program"}
    await until(lambda: side.contacts)
    with capture_logs() as logs:
        met = "Wrong response from the webhook: 502 Bad Gateway"
        telegram.webhook |= {"last_error_date": 1700000001, "last_error_message": met}
        before = side.contacts
        await until(lambda: side.contacts > before + 2)
    assert [line["said"] for line in logs if line["event"] == "webhook_troubled"] == [met]


async def test_while_there_is_no_network_it_asks_often(
    telegram: StandIn, telling: asyncio.Task[None], side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.intake.webhook, "LONGEST_WITHOUT_NETWORK", 0.02)
    await until(lambda: side.contacts)
    looked = side.looked
    await until(lambda: side.looked > looked + 5)
    assert side.contacts == 1, "a minute is not over"
    side.without_network = True
    await until(lambda: side.contacts > 2)
