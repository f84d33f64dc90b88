"""Reports that everybody may see: written into a database file, and the pages that show them."""

import asyncio
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.community import Community
from domain.public_reports import shown
from domain.reports.reports import State
from services.public_reports import keeping
from storage.core.database import Database, Transaction
from storage.core.instants import to_text

CHUNK = 2_000
DAYS = 3_000
OPEN = 0.02
LETTERS = "abcdefghjkmnpqrstuvwxyz"
LANGUAGES = ("en", "zh-Hans")
Fill = Callable[[Transaction, range], None]
_NEXT = re.compile(r'rel="next" href="([^"]+)"')


async def write(path: Path, community: Community, count: int) -> None:
    """So many new reports of somebody who is there already, released one by one over eight years."""
    chance, today = random.Random(count), datetime.now(UTC)
    states = [State.CONFIRMED, State.UNANSWERED, State.DECLINED], [State.NEW, State.TAKEN, State.STARTED]
    kinds = [each.code for each in community.categories if not each.about_person]
    areas = [each.code for each in community.all_areas()]

    def fill(tx: Transaction, numbers: range) -> None:
        rows = []
        for number in numbers:
            age = DAYS * (count - number) // count
            at = to_text(today - timedelta(days=age))
            state = chance.choice(states[chance.random() < OPEN])
            closed = at if state in states[0] else None
            rows.append((number, state, chance.choice(kinds), chance.choice(areas), at, at, closed))
        tx.many(
            "INSERT INTO reports (id, person, state, category, area, created_at, changed_at, closed_at) "
            "VALUES (?, 1, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        release(tx, community, 1, [row[0] for row in rows])

    await _write(path, fill, count)


async def release_newest(path: Path, community: Community, reports: int, count: int) -> None:
    """Release so many of the newest of the reports that are there, as far as they may be shown."""

    def some(tx: Transaction, numbers: range) -> None:
        rows = tx.query("SELECT id, state FROM reports WHERE id BETWEEN ? AND ?", (numbers.start, numbers.stop - 1))
        (by,) = tx.ids("SELECT person AS id FROM roles ORDER BY person LIMIT 1")
        release(tx, community, by, [row["id"] for row in rows if shown.state(State(row["state"])) is not None])

    await _write(path, some, reports, max(1, reports - count + 1))


def release(tx: Transaction, community: Community, by: int, numbers: list[int]) -> None:
    """Each by a title of its own; it stands in the lists it belongs to."""
    now = to_text(tx.now)
    tx.many("INSERT INTO public_titles (id, report, by, written_at) VALUES (?, ?, ?, ?)",
            [(each, each, by, now) for each in numbers])  # fmt: skip
    tx.many("INSERT INTO public_title_words (title, language, words) VALUES (?, ?, ?)",
            [(each, language, f"{word} {each}") for each in numbers
             for language, word in (("en", "The lamp in the hall is out"), ("zh_Hans", "楼道灯不亮"))])  # fmt: skip
    tx.many("INSERT INTO public_reports (report, code, released_by, released_at, changed_on) "
            "SELECT id, ?, ?, ?, substr(changed_at, 1, 10) FROM reports WHERE id = ?",
            [(code(each), by, now, each) for each in numbers])  # fmt: skip
    tx.many("UPDATE reports SET public_title = id WHERE id = ?", [(each,) for each in numbers])
    for each in numbers:
        keeping.make_true(tx, community, each)


def code(number: int) -> str:
    """A public address of eight letters, another one for each number."""
    found = ""
    for _ in range(8):
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


async def _write(path: Path, fill: Fill, count: int, first: int = 1) -> None:
    database = Database(path, lambda: datetime.now(UTC))
    await database.open()
    try:
        for start in range(first, count + 1, CHUNK):
            await database.run(fill, range(start, min(start + CHUNK, count + 1)))
    finally:
        await database.close()


class Leafing:
    """Somebody who leafs through the list in each language, and sees no page twice while the bot keeps it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._next = {language: _first(language) for language in LANGUAGES}

    async def on(self, pages: int) -> int:
        """Look at the next pages of each language; how many that were."""
        for _ in range(pages):
            for language, address in self._next.items():
                found = _NEXT.search(await looked(self._port, address))
                self._next[language] = found[1].replace("&amp;", "&") if found else _first(language)
        return pages * len(LANGUAGES)


async def looked(port: int, address: str) -> str:
    """What a page says. Raises OSError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not head.startswith(b"HTTP/1.1 200 "):
        raise OSError(f"{address} answered {head[:40]!r}")
    return body.decode()


def _first(language: str) -> str:
    return f"/reports?lang={language}"
