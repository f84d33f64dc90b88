"""A notice to very many people, against the sandbox with Telegram's limits in force, while some of them chat.

The bot runs as it is run in earnest (SEND_RATE=30), and a planned notice falls due. Counted are all messages it sends
from the first copy to the last, the answers to those who chat among them, and how often Telegram would have said 429;
each who chats measures how long the bot's answer takes. An edit takes a place of the limit as a message does, so how
much of it was used is said with the edits, too.
"""

import asyncio
import itertools
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import sandbox_program, section
from benchmarks.contestants import Broken, Contestant, database_in, started
from benchmarks.sandbox_program import SandboxProgram
from benchmarks.stand_in import TOKEN
from bot.community.community_file import EXAMPLE, load_community
from bot.features import joined
from domain.notices.audience import Audience
from domain.notices.notices import NoticeKind
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from services.notices import notices
from services.notices.notices import NewNotice
from services.staff_room import staff_chat
from storage.core import events
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.people import people

RATE = 30
"""Messages a second that Telegram takes."""
CHATTING = 20
A_SECOND = 3.0
"""So many messages the people who chat write, all together."""
STEPS = ("/my", "The lamp beside the ramp is dark", "/cancel", "/help")
"""What each of them does, over and over; each is answered by a message."""
WORDS = "Water is off tomorrow from nine to twelve."
DAY = "2026-11-25T10:00:00+08:00"
SLACK = 120.0
"""Seconds beyond what the rate alone would take, after which something must be wrong."""
Json = dict[str, Any]


@dataclass
class Heard:
    """All that the bot sent, as the sandbox tells it."""

    bot: int
    recipients: set[int]
    at: list[float] = field(default_factory=list)
    """When each message of the bot was there."""
    edited_at: list[float] = field(default_factory=list)
    """When each of its edits was there."""
    copies: dict[int, int] = field(default_factory=dict)
    first: float = 0.0
    last: float = 0.0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: dict[int, asyncio.Future[float]] = field(default_factory=dict)

    def hear(self, event: Json, at: float) -> None:
        """One event of the sandbox's."""
        if event["type"] not in ("message", "edit") or event["message"]["author"] != self.bot:
            return
        if event["type"] == "edit":
            self.edited_at.append(at)
            return
        self.at.append(at)
        chat = event["chat"]
        if WORDS in event["message"].get("text", "") and chat in self.recipients:
            self._copy(chat, at)
            return
        waiting = self.waiting.get(chat)
        if waiting is not None and not waiting.done():
            waiting.set_result(at)

    def _copy(self, chat: int, at: float) -> None:
        self.first = self.first or at
        self.last = at
        self.copies[chat] = self.copies.get(chat, 0) + 1
        self.begun.set()
        if len(self.copies) == len(self.recipients):
            self.done.set()

    def share(self, with_edits: bool = False) -> float:
        """Messages from the first copy to the last, as a share of what Telegram would have taken."""
        there = self.at + self.edited_at if with_edits else self.at
        sent = sum(self.first <= each <= self.last for each in there)
        return sent / (RATE * (self.last - self.first)) if self.last > self.first else 0.0


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `broadcast`. Raises Broken."""
    section.say(f"A notice to {plan.notified:,} people, while {CHATTING} of them chat ...")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with sandbox_program.running(folder) as sandbox:
            found = await _send(sandbox, folder, plan)
    section.say(
        f"{found['people']:,} copies in {found['seconds']} s: {found['share_of_limit']:.1%} of {RATE} a second, "
        f"with edits {found['share_with_edits']:.1%}, {found['http_429']} times 429; "
        f"one in a hundred of {found['replies']} replies took longer than {found['reply_p99_s']} s"
    )
    return {"broadcast": found}


async def _send(sandbox: SandboxProgram, folder: Path, plan: section.Plan) -> dict[str, Any]:
    recipients, staff, group = await _settle(sandbox, plan.notified)
    heard = Heard((await sandbox.get("state"))["bots"][0]["id"], set(recipients))
    listening = asyncio.create_task(sandbox.listens(heard.hear))
    settings = {
        "SEND_RATE": str(RATE), "STAFF_CHAT_ID": str(group), "CLOCK_URL": f"{sandbox.url}/api/clock",
        "ADMIN_IDS": str(staff),
    }  # fmt: skip
    try:
        await _write(folder, await _now(sandbox), recipients, staff, group, plan.notice_in)
        with started("ours", sandbox.url, folder, plan.core, settings) as bot:
            return await _watch(bot, heard, sandbox, recipients[:CHATTING])
    finally:
        listening.cancel()


async def _settle(sandbox: SandboxProgram, count: int) -> tuple[list[int], int, int]:
    """The people, one of staff and their group; nobody's Start is left for the bot to answer."""
    await sandbox.post("clock", now=DAY)
    everybody = [{"first_name": "Wei", "language_code": "en", "start": True}]
    everybody += [
        {"first_name": f"Person {n}", "language_code": "en" if n % 2 else "zh-hans", "start": True}
        for n in range(count)
    ]
    rights = ["manage_topics", "delete_messages", "pin_messages"]
    groups = [{"title": "Staff", "members": ["Wei"], "forum": True, "bot": rights}]
    made = await sandbox.post("scene", people=everybody, groups=groups)
    await sandbox.session.post(f"{sandbox.url}/bot{TOKEN}/deleteWebhook", json={"drop_pending_updates": True})
    known = made["people"]
    return [number for name, number in known.items() if name != "Wei"], known["Wei"], made["groups"]["Staff"]


async def _now(sandbox: SandboxProgram) -> datetime:
    return datetime.fromisoformat((await sandbox.get("clock"))["now"])


async def _write(
    folder: Path, now: datetime, recipients: Sequence[int], staff: int, group: int, begins_in: timedelta
) -> None:
    """The database the bot is to find: all these people, and a notice that is due in a moment."""
    database = Database(database_in(folder), lambda: now)
    setup = Setup(load_community(EXAMPLE), 1, "bench_bot", folder / "data", joined())
    await database.open()
    database.record, database.publisher = events.record, setup.publish
    everybody = [staff, *recipients]
    for first in range(0, len(everybody), 2000):
        await database.run(_people, everybody[first : first + 2000])
    await database.run(_plan, setup, staff, group, begins_in)
    await database.close()


def _people(tx: Transaction, numbers: Sequence[int]) -> None:
    now = to_text(tx.now)
    tx.many(
        "INSERT INTO people (telegram_id, name, language, started, created_at) VALUES (?, ?, ?, 1, ?)",
        [(n, f"Person {n}", "en" if n % 2 else "zh_Hans", now) for n in numbers],
    )
    tx.many("INSERT INTO chats (telegram_id, kind, created_at) VALUES (?, 'private', ?)", [(n, now) for n in numbers])


def _plan(tx: Transaction, setup: Setup, staff: int, group: int, begins_in: timedelta) -> None:
    staff_chat.choose_by_setting(tx, group, staff_chat.meet(tx, group, "supergroup", "Staff", True))
    wei = people.by_telegram_id(tx, staff)
    assert wei is not None
    people.grant(tx, wei.id, Role.STAFF, None)
    wei = people.by_id(tx, wei.id)
    words = [("en", WORDS), ("zh_Hans", f"明天九点到十二点停水。{WORDS}")]
    notices.write(
        tx, setup.community, wei,
        NewNotice(NoticeKind.NEWS, Audience(), words, send_at=tx.now + begins_in),
    )  # fmt: skip


async def _watch(bot: Contestant, heard: Heard, sandbox: SandboxProgram, chatting: Sequence[int]) -> dict[str, Any]:
    longest = len(heard.recipients) / RATE * 1.5 + SLACK
    waited: list[float] = []
    try:
        async with asyncio.timeout(longest):
            # They chat before it begins, too: a bot that has just been started has read no language yet.
            await _polls(sandbox)
            talks = [asyncio.create_task(_chat(sandbox, heard, each, waited)) for each in chatting]
            await heard.begun.wait()
            cpu = bot.cpu()
            await heard.done.wait()
            cpu = bot.cpu() - cpu
    except TimeoutError:
        there = f"{len(heard.copies)} of {len(heard.recipients)} have it"
        raise Broken(f"{there}:\n{bot.words()}") from None
    ended = await _end(talks)
    if ended is not None:
        raise ended
    refused = [each for each in (await sandbox.get("calls"))["calls"] if each["error_code"] == 429]
    complaints = (await sandbox.get("complaints"))["complaints"]
    if complaints:
        raise Broken(f"against the schema: {complaints[:3]}")
    waited.sort()
    return {
        "people": len(heard.recipients),
        "share_of_limit": round(heard.share(), 4),
        "share_with_edits": round(heard.share(with_edits=True), 4),
        "http_429": len(refused),
        "reply_p99_s": round(waited[int(len(waited) * 0.99)], 3) if waited else None,
        "reply_p50_s": round(waited[len(waited) // 2], 3) if waited else None,
        "replies": len(waited),
        "twice": sum(count > 1 for count in heard.copies.values()),
        "seconds": round(heard.last - heard.first, 1),
        "cpu_s": round(cpu, 1),
    }


async def _polls(sandbox: SandboxProgram) -> None:
    while not (await sandbox.get("updates"))["polls"]:  # noqa: ASYNC110 - it is another program
        await asyncio.sleep(0.1)


async def _chat(sandbox: SandboxProgram, heard: Heard, person: int, waited: list[float]) -> None:
    """Do one thing after the other, and note how long each answer takes, until cancelled."""
    chance = random.Random(person)
    pause = CHATTING / A_SECOND
    await asyncio.sleep(pause * chance.random())
    for words in itertools.cycle(STEPS):
        answer = heard.waiting[person] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await sandbox.post("say", **{"from": person}, chat="bot", text=words)
        seconds = await answer - began
        if heard.begun.is_set():
            waited.append(seconds)
        await asyncio.sleep(pause * chance.uniform(0.5, 1.5))


async def _end(talks: Sequence[asyncio.Task[None]]) -> Exception | None:
    for each in talks:
        each.cancel()
    ended = await asyncio.gather(*talks, return_exceptions=True)
    return next((each for each in ended if isinstance(each, Exception)), None)
