"""The bot's reminders in a process of their own, with a clock that runs a week in a moment, until it is killed.

Scheduler, tasks, outbox and delivery are the program's; instead of Telegram there is a file that keeps what was sent.
The clock is a file as well, and so goes on where the last process was killed.
"""

import asyncio
import json
import os
import random
import struct
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

import bot.sending.delivery
import handlers.pledges.weekly_list
import storage.core.outbox
import storage.core.scheduled_tasks
from bot.background.scheduler import Scheduler
from bot.community.community_file import EXAMPLE, load_community
from bot.kit.cannot_start import CannotStart
from bot.kit.lock import locked
from bot.sending.delivery import Delivery
from bot.sending.limits import Limiter
from bot.sending.outcomes import Outcome
from bot.sending.row_to_call import Sending
from bot.tasks import authors, chunk_tasks, tasks
from domain.calendar.quiet import QuietHours
from domain.calendar.recurrence import monthly, weekly
from domain.people.rights import Role
from domain.pledges.pledges import Answer, Kind, Plan
from handlers.kit.update_context import Setup
from services.people import quiet
from services.pledges import checking_in, pledge_reminders, pledges
from services.pledges.pledges import Promise
from storage.core import chats, events
from storage.core.database import Database, Transaction
from storage.core.instants import from_text, to_text
from storage.people import people
from storage.pledges import keepers
from storage.pledges.keepers import Keeper
from tests.crash.almanac import KEEPERS, PROMISES, Promised
from tests.crash.killable import Trap
from tests.support import FEATURES

REFUSED = 3
BEGUN, DONE = 0, 1
MOMENT = struct.Struct("<dB")
LONGEST_STEP = timedelta(hours=12)
STAFF = 900
# Read once: each process is a fork of the one that has.
COMMUNITY = load_community(EXAMPLE)
Setup(COMMUNITY, 1, "simulated_bot", Path(), FEATURES).speaker("en")


@dataclass(frozen=True)
class Life:
    """One process: where, until when by its clock, where it kills itself, and how the clock is moved meanwhile."""

    folder: Path
    zone: str
    until: float
    crash_at: str
    seed: int
    jump: float = 0.0
    sabotage: str = ""


class MovedClock:
    """A clock in a file, moved by whoever holds it; each moment of the program's is written down beside it."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "clock", os.O_RDWR | os.O_CREAT)
        self._moments = os.open(folder / "moments", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.seconds: float = struct.unpack("<d", os.pread(self._file, 8, 0))[0]

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def move(self, seconds: float) -> None:
        self.seconds = seconds
        os.pwrite(self._file, struct.pack("<d", seconds), 0)

    def note(self, what: int) -> None:
        """The program begins what is due now, or has done it."""
        os.write(self._moments, MOMENT.pack(self.seconds, what))


class NoAlarm:
    """Nobody is to be alarmed here."""

    def storage_works(self) -> None: ...

    def storage_fails(self) -> None:
        raise AssertionError("the storage fails")


class Program:
    """The parts of the bot that remind, put together as in bot/application.py."""

    def __init__(self, life: Life, clock: MovedClock) -> None:
        community = replace(COMMUNITY, zone=ZoneInfo(life.zone))
        self._life = life
        self._clock = clock
        self._chance = random.Random(life.seed)
        self._setup = Setup(community, 1, "simulated_bot", life.folder / "media", FEATURES)
        self._database = Database(life.folder / "bot.db", clock.now)
        self._sent = os.open(life.folder / "sent", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def run(self, said: Connection) -> None:
        """Live until that moment; then say so, and wait for the end."""
        bot.sending.delivery.send = self._send  # type: ignore[assignment]
        # The books are made from the words: each time by its name, and not "7 times, Sun 8 Feb to Sat 14 Feb".
        handlers.pledges.weekly_list.TIMES = 1000
        if self._life.sabotage:
            SABOTAGES[self._life.sabotage]()
        if self._life.crash_at:
            Trap(self._life.crash_at).set()
        database, setup = self._database, self._setup
        await database.open()
        said.send("begun")
        database.record = events.record
        database.publisher = setup.publish
        await database.run(self._begin)
        self._scheduler = Scheduler(database, tasks(setup), chunk_tasks(setup))
        limiter = Limiter(0, lambda: self._clock.seconds)
        self._delivery = Delivery(
            database, None, limiter, self._life.folder, NoAlarm(),  # type: ignore[arg-type]
            hush=lambda tx, person, answers: quiet.hushed(tx, setup.community, person, answers),
            authors=authors(setup),
        )  # fmt: skip
        jumps_at = self._chance.randrange(1, 30) if self._life.jump else 0
        step = 0
        while self._clock.seconds < self._life.until:
            await self._moment()
            step += 1
            if step == jumps_at:
                self._clock.move(self._clock.seconds + self._life.jump)
            else:
                self._clock.move(min(self._next, self._life.until))
        await self._moment()
        await database.close()
        said.send("there")
        await asyncio.sleep(60)

    async def _moment(self) -> None:
        """Do what is due, send what is to be sent: in either order, as in the running bot."""
        self._clock.note(BEGUN)
        if self._chance.random() < 0.5:
            await self._deliver()
        await self._scheduler.tick()
        await self._deliver()
        left, self._next = await self._database.run(self._see)
        if not left:
            self._clock.note(DONE)

    async def _deliver(self) -> None:
        while True:
            await self._delivery._round()
            flying = [task for _, task in self._delivery._flying.values()]
            if not flying:
                return
            await asyncio.gather(*flying)

    async def _send(self, _request: Any, sending: Sending, _folder: Path) -> Outcome:
        line = {
            "row": sending.row["id"],
            "chat": sending.parameters["chat_id"],
            "at": self._clock.seconds,
            "text": sending.parameters.get("text", ""),
            "silent": bool(sending.parameters.get("disable_notification")),
        }
        os.write(self._sent, (json.dumps(line) + "\n").encode())
        return Outcome("sent", {"message_id": 1000 + sending.row["id"]})

    def _see(self, tx: Transaction) -> tuple[bool, float]:
        """People answer; returns whether something is still to be sent, and the next moment."""
        left = tx.one("SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')") is not None
        if not left:  # what is on its way nobody has read
            self._answer(tx)
        return left, self._next_moment(tx)

    def _next_moment(self, tx: Transaction) -> float:
        """When something is due, or a few hours later; not quite on the second."""
        row = tx.one("SELECT min(next_due) AS at FROM scheduled_tasks WHERE kind <> ?", (pledge_reminders.CLOSE_KIND,))
        longest = self._clock.seconds + LONGEST_STEP.total_seconds() * self._chance.uniform(0.2, 1)
        due = from_text(row["at"]).timestamp() if row is not None and row["at"] else longest
        return max(min(due, longest), self._clock.seconds) + self._chance.choice((1, 20, 400))

    def _begin(self, tx: Transaction) -> None:
        if tx.one("SELECT 1 FROM pledges LIMIT 1") is None:
            settle(tx, self._setup)
        pledge_reminders.plan_closing(tx)

    def _answer(self, tx: Transaction) -> None:
        """Those who answer say of every time they were told of that it was kept, once it is over."""
        for row in tx.query(
            "SELECT occurrences.id, pledge, person FROM occurrences JOIN pledges ON pledges.id = pledge "
            "WHERE outcome = 'open' AND told IS NOT NULL AND ends_at < ? AND (asked_again_at IS NOT NULL OR "
            "occurrences.id % 2)",
            (to_text(tx.now),),
        ):
            if KEEPERS[row["person"] - 1].answers:
                person = people.by_id(tx, row["person"])
                try:
                    checking_in.answer(tx, person, row["pledge"], row["id"], Answer.DONE)
                except checking_in.TooLate:
                    continue


def settle(tx: Transaction, setup: Setup) -> None:
    """The people and their promises, made and approved as they are made and approved."""
    for number, each in enumerate(KEEPERS, start=1):
        met = people.meet(tx, number, f"Keeper {number}", None, "en")
        assert met.id == number
        people.set_started(tx, number)
        chats.meet(tx, number, "private", None, False)
        people.grant(tx, number, Role.PLEDGER, None)
        quiet.choose(tx, met, QuietHours(*each.quiet))
        keepers.put(tx, Keeper(number, each.weekday, each.minute, each.before))
    staff = people.meet(tx, STAFF, "Staff", None, "en").id
    people.grant(tx, staff, Role.STAFF, None)
    for number, promise in enumerate(PROMISES, start=1):
        maker = people.by_id(tx, promise.keeper + 1)
        made = pledges.make(tx, setup.community, maker, Promise(f"promise {number}", _plan(promise, tx, setup)))
        assert made == number
        pledges.approve(tx, setup.community, people.by_id(tx, staff), made)


def _plan(promise: Promised, tx: Transaction, setup: Setup) -> Plan:
    today = tx.now.astimezone(setup.community.zone).date()
    rule = weekly(promise.weekdays, promise.every) if promise.weekdays else monthly(promise.month_day)
    start = datetime(today.year, today.month, today.day) + timedelta(minutes=promise.at)
    return Plan(Kind.RECURRING, start, rule, promise.minutes)


# -- what is taken out to see that the check notices


def _without_keys() -> None:
    """No message has a key, and that a list was written is noted apart from writing it: after the next start."""
    add, move = storage.core.outbox.add_to_many, storage.core.scheduled_tasks.move_many

    def unkeyed(tx: Transaction, out: Any, to: Any) -> None:
        for chat, subject, _ in to:
            add(tx, out, [(chat, subject, f"{subject}:{random.random()}")])

    def later(tx: Transaction, times: Any) -> None:
        if random.random() < 0.7:
            move(tx, times)
        else:
            move(tx, dict.fromkeys(times, tx.now + timedelta(minutes=30)))

    storage.core.outbox.add_to_many = unkeyed
    storage.core.outbox.known = lambda _tx, _once: frozenset()
    storage.core.scheduled_tasks.move_many = later


def _misfires() -> None:
    """What could not be done in time is left out, as schedulers do that know a grace time."""
    claim = storage.core.scheduled_tasks.claim

    def in_time(tx: Transaction, kinds: Any, limit: int) -> Any:
        rows = claim(tx, kinds, limit)
        late = [row for row in rows if tx.now - from_text(row["next_due"]) > timedelta(hours=6)]
        storage.core.scheduled_tasks.move_many(
            tx, {row["id"]: from_text(row["next_due"]) + timedelta(days=7) for row in late if "week" in row["kind"]}
        )
        return [row for row in rows if row not in late or "week" not in row["kind"]]

    storage.core.scheduled_tasks.claim = in_time


SABOTAGES = {"keys": _without_keys, "misfire": _misfires}


def main(life: Life, said: Connection) -> None:
    """Be that process. Ends with REFUSED when another one holds the same data."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with (life.folder / "log").open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        with locked(life.folder):
            asyncio.run(Program(life, MovedClock(life.folder)).run(said))
    except CannotStart:
        sys.exit(REFUSED)
