"""The board with ten thousand promises: how fast its first page comes while the bot works, and who waits for it.

Starts the bot with its web server, and lets people ask it things: for some seconds undisturbed, for some with 50
visitors who look at the board a hundred times a second in all, and so on in turns, so that whatever slows the machine
for a while slows both.
"""

import asyncio
import contextlib
import json
import random
import re
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import section
from benchmarks.contestants import Broken, started
from benchmarks.stand_in import STAFF_CHAT, StandIn
from domain.calendar.recurrence import weekly
from domain.pledges.pledges import Kind, Plan
from storage.core.database import Database, Transaction
from storage.core.instants import to_text

VISITORS = 50
LOOKS_A_SECOND = 100
PEOPLE = 20
QUESTIONS_A_SECOND = 40
ANSWER_SECONDS = 30.0
KINDS = (Kind.RECURRING, Kind.QUOTA, Kind.ON_CALL, Kind.ONCE)
LANGUAGES = ("en", "zh-CN,zh;q=0.9")
BOARD = "/board"
Json = dict[str, Any]
Took = dict[str, list[float]]
"""Seconds until the first byte, by page."""


@dataclass
class Asked:
    """One person who asks and waits for the answer."""

    id: int
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    waited: list[float] = field(default_factory=list)


def fill(tx: Transaction, first: int, count: int) -> None:
    """People with a promise each, ten times kept or not, some words released, some thanks."""
    now, zone = to_text(tx.now), "Asia/Shanghai"
    numbers = range(first, first + count)
    kinds = {number: KINDS[number % len(KINDS)] for number in numbers}
    weekend = Plan(Kind.RECURRING, datetime(2026, 1, 3, 19), weekly(frozenset({5, 6})), 60)
    plans = {
        Kind.RECURRING: weekend,
        Kind.QUOTA: Plan(Kind.QUOTA, datetime(2026, 1, 1), until=datetime(2026, 12, 31).date(), target=80),
        Kind.ON_CALL: Plan(Kind.ON_CALL),
        Kind.ONCE: Plan(Kind.ONCE, datetime(2026, 1, 1), until=datetime(2026, 12, 31).date()),
    }
    told = {kind: json.dumps(plan.as_json()) for kind, plan in plans.items()}
    tx.many(
        "INSERT INTO people (id, telegram_id, name, language, started, created_at) VALUES (?, ?, ?, 'en', 1, ?)",
        [(number, 10_000_000 + number, f"Person {number}", now) for number in numbers],
    )
    tx.many(
        "INSERT INTO public_names (person, name, approved_at) VALUES (?, ?, ?)",
        [(number, f"Person {number}", now) for number in numbers],
    )
    tx.many(
        "INSERT INTO pledges (id, person, keeper, kind, state, words, plan, zone, published_at, created_at, "
        "changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, number, number, kinds[number].value, "ended" if number % 10 == 0 else "published",
          f"I keep stairwell {number} of our neighbourhood clean & dry", told[kinds[number]], zone, now, now, now)
         for number in numbers],
    )  # fmt: skip
    tx.many(
        "INSERT INTO pledge_consents (pledge, what, given_at) VALUES (?, 'name', ?)",
        [(number, now) for number in numbers if number % 2],
    )
    begins = [tx.now - timedelta(days=7 * week) for week in range(1, 11)]
    tx.many(
        "INSERT INTO occurrences (key, pledge, starts_at, ends_at, outcome, target, done) "
        "VALUES (?, ?, ?, ?, ?, ?, 12)",
        [(f"pledge:{number}:{at:%Y-%m-%dT%H:%M}", number, to_text(at), to_text(at + timedelta(hours=1)),
          "kept" if (number + place) % 5 else "not_kept", 80 if kinds[number] is Kind.QUOTA else None)
         for number in numbers for place, at in enumerate(begins)],
    )  # fmt: skip
    tx.many(
        "INSERT INTO checkins (pledge, person, answer, amount, words, released_at, created_at) "
        "VALUES (?, ?, 'done', 1, ?, ?, ?)",
        [(number, number, f"All is well, {turn}", now if turn else None, now)
         for number in numbers for turn in range(3)],
    )  # fmt: skip
    tx.many(
        "INSERT INTO pledge_thanks (pledge, person, created_at) VALUES (?, ?, ?)",
        [(number, first, now) for number in numbers if number % 3],
    )


async def write(path: Path, promises: int) -> None:
    """The database the bot is to find."""
    database = Database(path, lambda: datetime.now(UTC))
    await database.open()
    for first in range(1, promises + 1, 2000):
        await database.run(fill, first, min(2000, promises + 1 - first))
    await database.close()


class People:
    """Those who ask the bot things."""

    def __init__(self) -> None:
        self.people = {number: Asked(number) for number in range(1, PEOPLE + 1)}
        self.stand_in = StandIn(0.0, self._arrived)

    async def ask(self, seconds: float) -> list[float]:
        """Let them ask for so long; how long each answer took, in seconds. Raises Broken."""
        for person in self.people.values():
            person.waited.clear()
        ends = time.perf_counter() + seconds
        await asyncio.gather(*(self._asks(person, ends) for person in self.people.values()))
        return sorted(waited for person in self.people.values() for waited in person.waited)

    async def _asks(self, person: Asked, ends: float) -> None:
        pause = PEOPLE / QUESTIONS_A_SECOND
        chance = random.Random(person.id)
        await asyncio.sleep(pause * chance.random())
        while (began := time.perf_counter()) < ends:
            person.answered.clear()
            self.stand_in.put("message", self._message(person.id))
            try:
                await asyncio.wait_for(person.answered.wait(), ANSWER_SECONDS)
            except TimeoutError:
                raise Broken("the bot does not answer") from None
            waited = time.perf_counter() - began
            person.waited.append(waited)
            # Not in step with those who look at the board: nobody is, in life.
            await asyncio.sleep(max(0.0, pause * chance.uniform(0.5, 1.5) - waited))

    def _message(self, person: int) -> Json:
        return {
            "message_id": self.stand_in.next_message(person),
            "from": {"id": person, "is_bot": False, "first_name": f"Person {person}", "language_code": "en"},
            "chat": {"id": person, "type": "private", "first_name": f"Person {person}"},
            "date": int(time.time()),
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        }

    def _arrived(self, method: str, chat: int, _message: Json) -> None:
        if chat != STAFF_CHAT and method == "sendMessage" and chat in self.people:
            self.people[chat].answered.set()


class Visitor:
    """One reader with a connection of their own: plain sockets, so that looking costs who measures next to nothing.

    An HTTP library's client takes more CPU for a page than the bot does, and would slow what answers the bot.
    They look at `paths` in turns, and find there what is `shown`.
    """

    def __init__(self, number: int, port: int, paths: Sequence[str] = (BOARD,), shown: bytes = b"stairwell") -> None:
        self._number = number
        self._port = port
        self._paths, self._shown = paths, shown

    async def looks(self, took: Took) -> None:
        """Look again and again, until cancelled: how long it was until the first byte, by page. Raises Broken."""
        turn = self._number
        pause = VISITORS / LOOKS_A_SECOND
        chance = random.Random(f"visitor {self._number}")
        await asyncio.sleep(pause * chance.random())
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        try:
            while True:
                path = self._paths[turn % len(self._paths)]
                turn += 1
                began = time.perf_counter()
                writer.write(self._asks(path))
                head = await reader.readuntil(b"\r\n\r\n")
                first = time.perf_counter() - began
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                if not head.startswith(b"HTTP/1.1 200 ") or length is None:
                    raise Broken(f"{path} answered {head[:40]!r}")
                if self._shown not in await reader.readexactly(int(length[1])):
                    raise Broken(f"{path} does not show {self._shown!r}")
                spent = time.perf_counter() - began
                took.setdefault(path, []).append(first)
                await asyncio.sleep(max(0.0, pause * chance.uniform(0.5, 1.5) - spent))
        finally:
            writer.close()

    def _asks(self, path: str) -> bytes:
        language = LANGUAGES[self._number % len(LANGUAGES)]
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept-Language: {language}\r\n\r\n".encode()


@contextlib.asynccontextmanager
async def visited(
    port: int, took: Took, paths: Sequence[str] = (BOARD,), shown: bytes = b"stairwell"
) -> AsyncIterator[None]:
    """While the block runs, visitors look at these pages, a hundred times a second in all."""
    visits = [asyncio.create_task(Visitor(number, port, paths, shown).looks(took)) for number in range(VISITORS)]
    try:
        yield
    finally:
        for task in visits:
            task.cancel()
        ended = await asyncio.gather(*visits, return_exceptions=True)
    for each in ended:
        if isinstance(each, Exception):
            raise each


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `board`. Raises Broken."""
    rounds, promises, seconds = plan.rounds, plan.promises, plan.board_seconds
    section.say(f"Writing {promises:,} promises ...")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await write(folder / "data" / "bot.db", promises)
        port = free_port()
        (folder / ".env").write_text(f"WEB_PORT={port}\n")
        people = People()
        url = await people.stand_in.start()
        took: Took = {}
        medians: dict[str, list[float]] = {"alone": [], "visited": []}
        worst: dict[str, list[float]] = {"alone": [], "visited": []}
        with started("ours", url, folder, plan.core) as bot:
            async with asyncio.timeout(120 + 4 * rounds * seconds):
                await people.stand_in.polled.wait()
                await people.ask(2.0)
                for _ in range(rounds):
                    for how in ("alone", "visited"):
                        watching = visited(port, took) if how == "visited" else contextlib.nullcontext()
                        async with watching:
                            waited = await people.ask(seconds)
                        medians[how].append(median(waited))
                        worst[how].append(waited[int(len(waited) * 0.99)])
            if bot.process.poll() is not None:
                raise Broken(bot.words())
        await people.stand_in.stop()
    pages = sorted(took[BOARD])
    section.say(f"the board's first page, ms: {median(pages) * 1000:.1f} (median of {len(pages)})")
    return {
        "board": {
            "promises": promises,
            "visitors": VISITORS,
            "pages": len(pages),
            "first_page_ms_p50": round(median(pages) * 1000, 2),
            "first_page_ms_p99": round(pages[int(len(pages) * 0.99)] * 1000, 2),
            "first_page_ms_max": round(pages[-1] * 1000, 2),
            "reply_ms_p50": {how: round(median(each) * 1000, 2) for how, each in medians.items()},
            "reply_ms_p99": {how: round(median(each) * 1000, 2) for how, each in worst.items()},
            "reply_slowdown": round(median(medians["visited"]) / median(medians["alone"]), 3),
        }
    }


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
