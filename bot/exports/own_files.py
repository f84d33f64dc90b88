"""The files of somebody's copy, fetched from Telegram: several at the same time, and those that cannot be left out."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from bot.kit.request import NotSent, Refused, Request, Uncertain

FOLDER = "files"
FETCH_SECONDS = 600.0
AT_ONCE = 4
"""So many files are fetched at the same time."""
_ENDING = re.compile(r"[A-Za-z0-9]{1,8}", re.ASCII)
log = structlog.get_logger()


async def fetch(request: Request, wanted: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    """Put those of the files that Telegram hands over in time into `folder`; returns what each is called there, by its
    unique id. `wanted` as bot/exports/own_data.py says it. Raises OSError where the disk takes none."""
    fetched: dict[str, str] = {}
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(file: Mapping[str, Any]) -> None:
        async with turn:
            try:
                path, content = await request.download_named(file["file_id"])
            except (Refused, NotSent, Uncertain) as error:
                log.warning("own_data_file_missing", error=type(error).__name__)
                return
        name = f"{FOLDER}/{file['name']}.{_ending(path)}"
        await asyncio.to_thread((folder / name).write_bytes, content)
        fetched[file["unique_id"]] = name

    tasks = [asyncio.create_task(one(file)) for file in wanted]
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=FETCH_SECONDS)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error
    return fetched


def _ending(path: str) -> str:
    """What a file is to be called behind its dot, as Telegram calls it: people's machines open it by that."""
    ending = path.rpartition("/")[2].rpartition(".")[2]
    return ending.lower() if _ENDING.fullmatch(ending) and "." in path else "bin"
