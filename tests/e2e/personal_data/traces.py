"""Looking for planted words (canaries.py): in every byte of what the bot has on the disk, in what it shows others, in
what it logs."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sandbox.client import Person, written
from tests.e2e.conftest import Estate
from tests.e2e.personal_data.canaries import NAMES, PHONES, mark
from tests.e2e.reading import until


def traces(text: str) -> list[str]:
    """The canaries in it, and the numbers."""
    phones = [name for name, written_as in PHONES.items() if any(number in text for number in written_as)]
    return [name for name in NAMES if mark(name) in text.lower()] + phones


def files(data: Path) -> list[Path]:
    """What lies in the bot's folder, but for copies of the database: those hold it until the day that was said."""
    return [path for path in data.rglob("*") if path.is_file() and "backups" not in path.parts]


def in_files(data: Path) -> dict[str, list[str]]:
    """What is found in which file; also in what a ZIP file holds."""
    found = {path.name: traces(_bytes(path.read_bytes()).decode("latin-1")) for path in files(data)}
    return {name: names for name, names in found.items() if names}


def _bytes(content: bytes) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join([content, *(archive.read(name) for name in archive.namelist())])


async def planted(estate: Estate, data: Path) -> set[str]:
    """All that is there now, once the bot has come to rest."""
    await estate.settled()
    return {name for names in in_files(data).values() for name in names}


async def in_chats(estate: Estate, people: Sequence[Person]) -> list[tuple[str, str]]:
    """What the bot shows others, and what anybody wrote in the group."""
    found = []
    for chat in (estate.staff_chat, *(person.id for person in people)):
        for message in await estate.world.chat_messages(chat):
            if chat == estate.staff_chat or message["from"]["id"] == estate.world.bot_id:
                found += [(name, written(message)) for name in traces(written(message) + str(message))]
    return found


async def is_wiped(estate: Estate) -> None:
    """Wait until nothing of anybody is left in free pages, the search's index and the log of the database."""

    async def look() -> bool:
        return not await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'wipe'")

    await until(look, "the disk to be wiped")


async def nothing_is_left(estate: Estate, data: Path, others: Sequence[Person]) -> None:
    """Everybody who was to be forgotten is, everywhere. The bot is stopped then."""

    async def all_done() -> bool:
        rows = await estate.rows("SELECT chat, telegram_id, step FROM forgetting")
        done = {"chat": None, "telegram_id": None, "step": "done"}
        left = await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind LIKE 'forgetting%'")
        return bool(rows) and all(row == done for row in rows) and not left

    await until(all_done, "all to be done", patience=20)
    await estate.settled()
    shown = await in_chats(estate, others)
    assert shown == [], "\n".join(map(str, shown))
    await is_wiped(estate)
    await estate.stop()
    left = in_files(data)
    assert left == {}, str(left)
