"""What only a webhook brings: posts that come twice, a bot that is off, going to it from polling and back."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from sandbox.client import World
from tests.e2e.conftest import HEALTH_TOKEN, LAMP, Estate, Start, estate_in, shows
from tests.e2e.reading import asked_to_send, presses_send, until


@pytest.fixture
def intake() -> str:
    """All of this file is about the webhook."""
    return "webhook"


@pytest.fixture
async def webhook(world: World) -> AsyncIterator[Any]:
    """What Telegram says of the webhook."""

    async def ask() -> dict[str, Any]:
        async with world.session.post(f"{world.url}/bot{world.token}/getWebhookInfo") as response:
            info: dict[str, Any] = (await response.json())["result"]
            return info

    yield ask


async def numbers(estate: Estate) -> list[int]:
    return [row["id"] for row in await estate.rows("SELECT id FROM reports ORDER BY id")]


async def figures(estate: Estate) -> dict[str, float]:
    """What Prometheus is told."""
    server = estate.bot.server
    assert server is not None
    shown = {"Authorization": f"Bearer {HEALTH_TOKEN}"}
    async with estate.world.session.get(f"http://127.0.0.1:{server.port}/metrics", headers=shown) as response:
        lines = (await response.text()).splitlines()
    told = (line.rpartition(" ") for line in lines if line[:1] != "#")
    return {name.removeprefix("resident_voices_"): float(value) for name, _, value in told}


async def test_posts_that_come_twice_count_once(estate: Estate, world: World) -> None:
    """Telegram posts again when it did not hear the answer, or not in time."""
    await world.faults({"kind": "drop_after", "method": "webhook"})
    await estate.resident.says(LAMP)
    await asked_to_send(estate.resident)
    await world.faults()
    await presses_send(estate.resident)
    await estate.resident.sees("Received")
    await estate.settled()
    assert await numbers(estate) == [1]
    assert len(await estate.rows("SELECT 1 FROM inbox WHERE body ->> '$.message.text' = ?", LAMP)) == 1
    assert (await figures(estate))['updates_received_total{kind="repeated"}'] > 0


async def test_what_comes_while_it_is_off_waits_at_telegram(estate: Estate, world: World, webhook: Any) -> None:
    await estate.stop()
    await estate.resident.says(LAMP)

    async def tried() -> Any:
        return (await webhook()).get("last_error_message")

    assert "refused" in await until(tried, "Telegram to try")
    assert (await webhook())["pending_update_count"] == 1
    await estate.start()
    await asked_to_send(estate.resident)


async def test_from_polling_to_the_webhook_and_back(world: World, start_bot: Start, webhook: Any) -> None:
    """What was written between two starts is answered by whichever form of intake comes next."""
    by_polling = {"webhook_url": None, "web_port": None}
    async with estate_in(world, start_bot, **by_polling) as estate:
        assert (await webhook())["url"] == ""
        by_webhook = {name: value for name, value in estate.settings.items() if name not in by_polling}
        for settings, is_set in ((by_webhook, True), ({**by_webhook, **by_polling}, False), (by_webhook, True)):
            await estate.stop()
            said = await estate.resident.says("/help")
            estate.settings = settings
            await estate.start()
            await shows(estate.resident, "/report", after=said)
            assert bool((await webhook())["url"]) == is_set
        await estate.nothing_broke()


async def test_strangers_change_nothing(estate: Estate, world: World) -> None:
    server = estate.bot.server
    assert server is not None
    update = {"update_id": 1, "message": {"text": "from a stranger"}}
    async with AsyncExitStack() as stack:
        for path in ("telegram", "healthz", "metrics", ""):
            address = f"http://127.0.0.1:{server.port}/{path}"
            response = await stack.enter_async_context(world.session.post(address, json=update))
            assert response.status in (401, 404, 405)
    assert await estate.rows("SELECT 1 FROM inbox WHERE update_id = 1") == []


async def test_figures_of_a_working_bot(estate: Estate) -> None:
    await estate.report()
    await estate.settled()
    sent = await estate.rows("SELECT 1 FROM outbox WHERE state = 'sent'")

    async def all_counted() -> dict[str, float] | None:
        """What was sent last is counted after it is marked."""
        told = await figures(estate)
        return told if told.get('deliveries_total{outcome="sent"}', 0) >= len(sent) else None

    told = await until(all_counted, f"{len(sent)} to be counted")
    assert told is not None
    inbox = len(await estate.rows("SELECT 1 FROM inbox"))
    assert told['updates_received_total{kind="new"}'] == inbox
    assert told['updates_handled_total{outcome="done"}'] == told["update_seconds_count"] == inbox
    assert told['webhook_posts_total{status="200"}'] == inbox
    assert told['deliveries_total{outcome="sent"}'] == len(sent)
    assert told["healthy"] == 1
    assert told["inbox_waiting"] == told["outbox_waiting"] == 0
