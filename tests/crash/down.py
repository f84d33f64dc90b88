"""What is done in the bot's database while the bot is down."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from handlers.kit.update_context import Setup
from storage.core import events
from storage.core.database import Database

R = TypeVar("R")


async def while_down(
    path: Path, now: Callable[[], datetime], function: Callable[..., R], *args: Any, notices: Setup | None = None
) -> R:
    """What `function(transaction, …)` returns; with `notices` people are told of what happens, as by the bot."""
    database = Database(path, now)
    await database.open()
    database.record = events.record
    if notices is not None:
        database.publisher = notices.publish
    try:
        return await database.run(function, *args)
    finally:
        await database.close()
