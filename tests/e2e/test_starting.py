"""What only the operator can mend is one plain sentence with the mend; and the limits of Telegram are kept."""

import sqlite3
from pathlib import Path

import pytest

from bot.kit.cannot_start import CannotStart
from sandbox.client import World
from sandbox.testing import TOKEN
from tests.e2e.conftest import Start, estate_in
from tests.e2e.reading import asked_to_send, presses_send


async def refused(start_bot: Start, **settings: object) -> str:
    """Why it does not start: one sentence, or two, without the token."""
    with pytest.raises(CannotStart) as error:
        async with start_bot(**settings):
            pass
    words = str(error.value)
    assert words.endswith(".") and "\n" not in words and TOKEN not in words
    return words


async def test_a_wrong_token(start_bot: Start) -> None:
    assert "@BotFather" in await refused(start_bot, bot_token="4242:ANOTHER-TOKEN-ALTOGETHER")


async def test_a_database_of_a_newer_program(start_bot: Start, tmp_path: Path) -> None:
    async with start_bot():
        pass
    with sqlite3.connect(tmp_path / "data" / "bot.db") as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    assert "Install the newer version" in await refused(start_bot)


async def test_a_corrupt_database(start_bot: Start, tmp_path: Path) -> None:
    (tmp_path / "data" / "bot.db").write_bytes(b"this is no database at all, not at all" * 100)
    words = await refused(start_bot)
    assert "backups" in words and "bot.db" in words


async def test_a_second_copy_on_the_same_data(start_bot: Start) -> None:
    async with start_bot():
        assert "Another copy of this bot is running" in await refused(start_bot)
    async with start_bot():
        pass  # the lock went with its holder


async def test_another_bots_data(world: World, start_bot: Start) -> None:
    async with start_bot():
        pass
    world.sandbox.world.add_bot("777:ANOTHER-BOT", "another_bot", "Another")
    assert "belongs to another bot" in await refused(start_bot, bot_token="777:ANOTHER-BOT")


async def test_telegrams_limits_are_kept_and_everything_arrives(start_bot: Start, world: World) -> None:
    """With the sandbox counting as Telegram does and the bot at its own rate: no 429, and nothing lost."""
    await world.post("flood", limits=True)
    async with estate_in(world, start_bot, send_rate=30) as estate:
        mei = estate.resident
        for words in ("The lamp", "at the gate", "is dark", "since Monday", "every night"):
            await mei.says(words)
            await asked_to_send(mei, words)  # slowly enough to be answered each time
        await asked_to_send(mei, "every night")
        await presses_send(mei)
        await mei.sees("No. 1: Received")
        await estate.nothing_broke()
        refused = [call for call in await world.calls() if not call["ok"] and call.get("error_code") == 429]
        assert refused == []
