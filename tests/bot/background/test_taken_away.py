"""Writing what was taken away goes on whatever it meets: the program lives, and what waits for the file waits on."""

import asyncio
from typing import Any

import pytest

from bot.background.taken_away import TakenAway
from domain.operations.taken_away import Taken
from storage.core import taken_away, taken_away_file
from storage.core.database import Database, Transaction


@pytest.mark.parametrize("error", [ValueError("odd"), RuntimeError("odd"), OSError("no room")])
async def test_no_error_ends_it(database: Database, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    append, failures = taken_away_file.append, [error, error]

    def failing(*args: Any) -> Any:
        if failures:
            raise failures.pop()
        return append(*args)

    def take(tx: Transaction) -> None:
        taken_away.note(tx, Taken.UNBLOCKED, who=1)
        tx.signal(taken_away.SIGNAL)

    writer = TakenAway(database)
    await writer.begin()
    running = asyncio.create_task(writer.run())
    monkeypatch.setattr(taken_away_file, "append", failing)
    try:
        await database.run(take)
        assert await writer.written()
        assert not failures and not running.done()
        assert any(line.kind == Taken.UNBLOCKED for line in taken_away_file.read(writer.path))
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
