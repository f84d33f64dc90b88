"""A program that has a copy made and is killed at a point that it is told: `python -m tests.crash.own_data_killed`.

Its arguments: the folder of the database, and where to die: `packed` (the files lie there, nothing is written),
`written` (all is written, and not committed) or `committed`.
"""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.background import own_data
from bot.exports import own_data as program
from bot.kit.request import Request
from handlers.personal_data import sending
from storage.core import events
from storage.core.database import Database
from tests.support import MONDAY, ROOT, make_setup

POINTS = ("packed", "written", "committed")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(folder: Path, point: str) -> None:
    """Do what is due, and die."""
    database = Database(folder / "bot.db", lambda: MONDAY + timedelta(minutes=1))
    database.record = events.record
    await database.open()
    write = sending.made

    async def here(order: dict[str, Any], _program: str) -> dict[str, Any]:
        made = await asyncio.to_thread(program.carry_out, order)
        if point == "packed" and "folder" in order:
            _die()
        return made

    def written(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        if point == "written":
            _die()

    own_data.make, sending.made = here, written  # type: ignore[assignment]
    request = Request("http://127.0.0.1:9", "42:none")
    await own_data.OwnData(database, request, make_setup(folder), ROOT / "community.example.toml").do_due()
    _die()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
