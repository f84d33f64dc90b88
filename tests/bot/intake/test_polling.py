"""Polling: committed before confirmed, and nothing a server says stops it for ever."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

import bot.intake.polling
from bot.intake.contact import Contact
from bot.intake.polling import ALLOWED_UPDATES, POLL_SECONDS, Polling, TokenRefused
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from handlers.kit.update_context import Setup
from storage.core.database import Database, Transaction
from tests.bot.stand_in import Drop, No, Raw, StandIn
from tests.waiting import somebody_waits_for, somebody_writes, until


def ids(tx: Transaction) -> list[int]:
    return [row["update_id"] for row in tx.query("SELECT update_id FROM inbox ORDER BY id")]


class Answered:
    count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def answered() -> Answered:
    return Answered()


@pytest.fixture
async def polling(
    database: Database, request_: Request, setup: Setup, answered: Answered, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[asyncio.Task[None]]:
    monkeypatch.setattr(bot.intake.polling, "FIRST_DELAY", 0.02)
    task = asyncio.create_task(
        Polling(database, request_, Alarm(database, request_, setup), Contact(database), answered).run()
    )
    yield task
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


async def has(database: Database, condition: Callable[[list[int]], bool]) -> list[int]:
    async def look() -> list[int] | None:
        found = await database.run(ids)
        return found if condition(found) else None

    return await until(look, "what arrives to be stored")


async def test_what_every_call_says(telegram: StandIn, polling: asyncio.Task[None], answered: Answered) -> None:
    await telegram.sees(lambda: len(telegram.of("getUpdates")) >= 2)
    assert telegram.calls[0] == ("deleteWebhook", {"drop_pending_updates": False})
    for call in telegram.of("getUpdates"):
        assert (call["allowed_updates"], call["timeout"]) == (ALLOWED_UPDATES, POLL_SECONDS)
    assert answered.count >= 1


async def test_the_answer_is_waited_for_ten_seconds_longer_than_telegram_takes(
    database: Database, request_: Request, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []

    async def call(
        self: Request, method: str, parameters: Any = None, files: Any = None, read_timeout: float = 0
    ) -> Any:
        if method == "getUpdates":
            given.append(read_timeout)
            raise asyncio.CancelledError
        return True

    monkeypatch.setattr(Request, "call", call)
    with pytest.raises(asyncio.CancelledError):
        await Polling(database, request_, Alarm(database, request_, setup), Contact(database), lambda: None).run()
    assert given == [POLL_SECONDS + 10]


async def test_confirmed_only_when_committed(
    telegram: StandIn, polling: asyncio.Task[None], database: Database
) -> None:  # fmt: skip
    telegram.updates = [{"update_id": 7}, {"update_id": 8}]
    async with somebody_writes(database):
        await telegram.sees(lambda: telegram.of("getUpdates"))
        await somebody_waits_for(database)
        assert len(telegram.of("getUpdates")) == 1, "it must not ask for more before these are kept"
    await telegram.sees(lambda: any(call["offset"] == 9 for call in telegram.of("getUpdates")))
    assert await database.run(ids) == [7, 8]


async def test_after_a_quiet_week_the_numbers_may_start_lower(
    telegram: StandIn, polling: asyncio.Task[None], database: Database
) -> None:  # fmt: skip
    telegram.updates = [{"update_id": 9000}]
    await telegram.sees(lambda: [call["offset"] for call in telegram.of("getUpdates")][-3:-1] == [9001, 0])
    telegram.updates = [{"update_id": 9000}, {"update_id": 12}]
    assert await has(database, lambda found: len(found) == 2) == [9000, 12]


@pytest.mark.parametrize(
    "odd",
    [[{}], [None, 7, "x"], [{"update_id": "7"}], [{"update_id": 2**70}], {"not": "a list"}, "text", None],
    ids=str,
)
async def test_odd_updates_stop_nothing(
    telegram: StandIn, polling: asyncio.Task[None], database: Database, odd: Any
) -> None:  # fmt: skip
    telegram.will("getUpdates", odd)
    if isinstance(odd, list):
        telegram.will("getUpdates", [*odd, {"update_id": 3}])
    telegram.updates = [{"update_id": 3}, {"update_id": 4}]
    assert await has(database, lambda found: len(found) == 2) == [3, 4]
    assert not polling.done()


@pytest.mark.parametrize(
    "trouble",
    [No(429, "Too Many Requests", {"retry_after": 0.05}), No(500, "Internal Server Error"), Drop(), Raw(404, "<html>"),
     Raw(401, "<html>"), Raw(200, "<html>"), No(409, "Conflict: terminated by other getUpdates request")],
    ids=str,
)  # fmt: skip
async def test_trouble_passes(
    telegram: StandIn, polling: asyncio.Task[None], database: Database, trouble: Any
) -> None:  # fmt: skip
    telegram.will("getUpdates", trouble, trouble)
    telegram.updates = [{"update_id": 3}]
    assert await has(database, lambda found: len(found) == 1) == [3]


async def test_two_bots_on_one_token_are_named(telegram: StandIn, polling: asyncio.Task[None]) -> None:
    with capture_logs() as logs:
        telegram.will("getUpdates", No(409, "Conflict: terminated by other getUpdates request"))
        await telegram.sees(lambda: len(telegram.of("getUpdates")) >= 2)
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["another_bot_polls"]
    assert len(telegram.of("deleteWebhook")) == 1


async def test_a_webhook_somebody_sets_meanwhile_is_taken_away(telegram: StandIn, polling: asyncio.Task[None]) -> None:
    words = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    telegram.will("getUpdates", No(409, words))
    await telegram.sees(lambda: len(telegram.of("deleteWebhook")) == 2)
    await telegram.sees(lambda: len(telegram.of("getUpdates")) >= 2)


@pytest.mark.parametrize("code", [401, 404])
async def test_a_revoked_token_ends_it(telegram: StandIn, polling: asyncio.Task[None], code: int) -> None:
    telegram.will("getUpdates", No(code, "Unauthorized"))
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(polling, 5)


async def test_a_full_disk_acknowledges_nothing(
    telegram: StandIn, polling: asyncio.Task[None], database: Database
) -> None:  # fmt: skip
    """What cannot be stored is fetched again until it can be."""
    await telegram.sees(lambda: telegram.of("getUpdates"))
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA max_page_count=1"))
    telegram.updates = [{"update_id": 5, "words": "x" * 100_000}]
    asked = len(telegram.of("getUpdates"))
    await telegram.sees(lambda: len(telegram.of("getUpdates")) >= asked + 4)
    assert all(call["offset"] == 0 for call in telegram.of("getUpdates"))
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA max_page_count=100000"))
    assert await has(database, lambda found: len(found) == 1) == [5]
