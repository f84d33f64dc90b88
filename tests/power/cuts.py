"""Cuts of the power at places of a recording: what is left is looked at, the bot is started on it, books compared."""

import asyncio
import contextlib
import functools
import random
import re
import shutil
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import storage.core.migrate
from bot.application import running
from bot.kit.settings import Settings
from sandbox.testing import Entry
from storage.core import taken_away_file
from tests.crash.accounts import Accounts, at_kill
from tests.crash.crowd import MARK
from tests.power.disk import Disk, write_out
from tests.power.recording import Json, Plan, Recording, reading
from tests.power.tape import read

NUMBER = re.compile(r"No\. (\d+)")
PATIENCE = 60.0
TELLING = frozenset("sdRUCMN")
"""After these something has changed for good or for the eye: half of the cuts fall just there."""


@dataclass
class Figures:
    """What `python -m tests.power` prints last. `acknowledged`: updates confirmed before a cut, over all cuts."""

    cuts: int = 0
    started: int = 0
    records: int = 0
    unflushed: int = 0
    acknowledged: int = 0
    lost: int = 0
    untrue: int = 0
    damaged: int = 0
    given_back: int = 0
    half_written: int = 0
    messages_missing: int = 0
    uncertain: int = 0
    duplicates: int = 0


@dataclass
class Seen:
    """What the world had seen when the power went."""

    calls: int = 0
    updates: set[int] = field(default_factory=set)
    offset: int = 0
    kills: list[int] = field(default_factory=list)

    def note(self, note: Json, calls: list[Json]) -> None:
        """One more thing."""
        if "update" in note:
            self.updates.add(note["update"])
        elif "kill" in note:
            self.kills.append(note["kill"])
        else:
            self.calls = note["calls"]
            call = calls[self.calls - 1]
            if call["method"].lower() == "getupdates":
                self.offset = max(self.offset, int(call["params"].get("offset") or 0))


class Cuts:
    """Cuts the power as often as planned, at places of a recording, in order."""

    def __init__(self, plan: Plan, recording: Recording) -> None:
        self.figures = Figures()
        self.wrong: list[str] = []
        self._plan = plan
        self._recording = recording
        self._chance = random.Random(plan.seed + 2)
        self._calls: list[Json] = list(recording.world.sandbox.world.calls)
        self._made = dict(recording.made)

    async def run(self) -> None:
        """All of them."""
        places = await asyncio.to_thread(self._places)
        disk, seen = Disk(str((self._plan.folder / "disk").resolve())), Seen()
        for place, record in enumerate(read(self._recording.tape)):
            if record.kind == "N":
                seen.note(record.note(), self._calls)
            else:
                disk.apply(record)
            if place in places:
                self.figures.unflushed += disk.unflushed
                await self._cut(place, disk, seen)

    def _places(self) -> set[int]:
        kinds = [record.kind for record in read(self._recording.tape)]
        self.figures.records = len(kinds)
        telling = [place for place, kind in enumerate(kinds) if kind in TELLING]
        half = min(self._plan.cuts // 2, len(telling))
        found = set(self._chance.sample(telling, half))
        others = [place for place in range(len(kinds)) if place not in found]
        return found | set(self._chance.sample(others, min(self._plan.cuts - half, len(others))))

    async def _cut(self, place: int, disk: Disk, seen: Seen) -> None:
        figures = self.figures
        figures.cuts += 1
        files = disk.after_cut(self._chance)
        kept = {number for number in seen.updates if number < seen.offset}
        figures.acknowledged += len(kept)
        before = len(self.wrong)
        look, data = self._plan.folder / "look", self._plan.folder / "after"
        write_out(files, look)
        sending = await asyncio.to_thread(self._look, look / "data", seen, kept)
        if len(self.wrong) == before and figures.cuts % self._plan.starts_each == 0:
            write_out(files, data)
            await self._start(data / "data", seen, sending)
            figures.started += 1
        self.wrong[before:] = [f"cut {figures.cuts} (record {place}): {each}" for each in self.wrong[before:]]
        for folder in (look, data):
            shutil.rmtree(folder, ignore_errors=True)
        if figures.cuts % 20 == 0:
            self._plan.say(f"{figures.cuts} cuts, {figures.acknowledged} times something was acknowledged")

    def _say(self, figure: str, sentence: str) -> None:
        setattr(self.figures, figure, getattr(self.figures, figure) + 1)
        self.wrong.append(f"{figure}: {sentence}")

    # -- what is left

    def _look(self, data: Path, seen: Seen, kept: set[int]) -> dict[tuple[int, int], int]:
        """What is there before the bot has touched it: is it whole, and all that somebody counts on? Returns what was
        on its way."""
        path = data / "bot.db"
        sending: dict[tuple[int, int], int] = {}
        for kill in seen.kills:
            sending |= self._recording.sending[kill]
        for each in (data / "backups").glob("*.db"):
            self._sound(each)
        if not path.exists():
            for number in sorted(kept):
                self._say("lost", f"update {number} was confirmed, and there is no database")
            return sending
        try:
            with contextlib.closing(reading(path)) as db:
                self._sound_in(db, path.name)
                if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'inbox'").fetchone():
                    self._known(db, seen, kept)
                    self._taken_away(db, data)
                elif kept:
                    self._say("lost", f"{len(kept)} updates were confirmed, and there is no inbox")
            return sending | at_kill(path).sending
        except sqlite3.DatabaseError as error:
            self._say("damaged", f"the database: {error}")
            return sending

    def _sound(self, path: Path) -> None:
        try:
            with contextlib.closing(reading(path)) as db:
                self._sound_in(db, path.name)
                if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    self._say("damaged", f"{path.name} is empty")
        except sqlite3.DatabaseError as error:
            self._say("damaged", f"{path.name}: {error}")

    def _sound_in(self, db: sqlite3.Connection, name: str) -> None:
        verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
        dangling = db.execute("PRAGMA foreign_key_check").fetchall()
        if verdict != "ok" or dangling:
            self._say("damaged", f"{name}: {verdict}, {len(dangling)} rows point nowhere")

    def _known(self, db: sqlite3.Connection, seen: Seen, kept: set[int]) -> None:
        inbox = {row["update_id"]: row["body"] for row in db.execute("SELECT update_id, body FROM inbox")}
        words = set(MARK.findall(" ".join(inbox.values())))
        for number in sorted(kept):
            if number not in inbox:
                self._say("lost", f"update {number} was confirmed and is not in the inbox")
            elif inbox[number] != "{}" and set(MARK.findall(str(self._made[number]))) - set(
                MARK.findall(inbox[number])
            ):
                self._say("lost", f"update {number} has other words")
        reports = {row["id"] for row in db.execute("SELECT id FROM reports")}
        for call in self._calls[: seen.calls]:
            said = str(call["params"].get("text", ""))
            if {int(number) for number in NUMBER.findall(said)} - reports or set(MARK.findall(said)) - words:
                self._say("untrue", f"call {call['n']} says what nobody knows any more: {said[:80]!r}")

    def _taken_away(self, db: sqlite3.Connection, data: Path) -> None:
        """Of what was taken away so far, each is in the file or still to be written to it."""
        row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'taken_away'").fetchone()
        waiting = {row["id"] for row in db.execute("SELECT id FROM taken_away")}
        lines = {line.number for line in taken_away_file.read(data / taken_away_file.NAME)}
        for number in range(1, row["seq"] + 1 if row else 0):
            if number not in waiting and number not in lines:
                self._say("given_back", f"what was taken away as number {number} is in no file")

    # -- the bot goes on

    async def _start(self, data: Path, seen: Seen, sending: dict[tuple[int, int], int]) -> None:
        world, recording = self._recording.world, self._recording
        calls = world.sandbox.world.calls
        calls[:] = self._calls[: seen.calls]
        recording.made.clear()
        recording.made.update({number: self._made[number] for number in sorted(seen.updates)})
        queue = world.sandbox.world.bot(None).queue
        waiting = [number for number in sorted(seen.updates) if number >= seen.offset]
        now = time.monotonic()
        queue._entries = deque(
            Entry(number, {"update_id": number, **self._made[number]}, now, 86400.0) for number in waiting
        )
        given = {**recording.environment, "DATA_DIR": str(data)}
        settings = Settings(**{name.lower(): value for name, value in given.items()})
        try:
            with _next_version(recording.migrations), contextlib.chdir(self._plan.folder):
                for seconds in (2, 0, 0):
                    async with running(settings):
                        rested = await self._rests(data / "bot.db", seconds)
                    # What came, or came due, in the moment it was stopped waits for the next start, as it should.
                    if not rested or not (queue.pending or await asyncio.to_thread(_left, data / "bot.db")):
                        break
        except Exception as error:
            self._say("damaged", f"the bot does not start: {type(error).__name__}: {error}")
            return
        if not rested:
            self.wrong.append("it never came to rest")
        for call in calls[seen.calls :]:
            # The world goes on from its end: what is to be shown may be there already.
            if "message is not modified" in str(call["description"]):
                call["ok"] = True
        accounts = Accounts(data / "bot.db", list(calls), dict(recording.made), sending)
        found = await asyncio.to_thread(accounts.reckon)
        for name, number in asdict(found.figures).items():
            if name not in ("kills", "kills_in_flight", "updates"):
                setattr(self.figures, name, getattr(self.figures, name) + number)
        self.wrong += found.wrong

    async def _rests(self, path: Path, seconds: int) -> bool:
        """Wait until nothing is left to be done, with the clock going on by so much at each look; False when that never
        comes."""
        world = self._recording.world
        queue = world.sandbox.world.bot(None).queue
        calm, deadline = 0, time.monotonic() + PATIENCE
        while calm < 2 and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
            if seconds:
                await world.advance(seconds=seconds)
            left = await asyncio.to_thread(_left, path)
            calm = 0 if left or queue.pending else calm + 1
            if left:
                await self._recording.crowd.read_on()
        return calm == 2


def _left(path: Path) -> int:
    with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(reading(path)) as db:
        new = db.execute("SELECT count(*) FROM inbox WHERE state = 'new'").fetchone()[0]
        out = db.execute("SELECT count(*) FROM outbox WHERE finished_at IS NULL").fetchone()[0]
        return int(new + out)
    return 1


@contextlib.contextmanager
def _next_version(folder: Path) -> Iterator[None]:
    """Start as the next version, whose migration comes after a cut before it."""
    migrate = storage.core.migrate.migrate
    storage.core.migrate.migrate = functools.partial(migrate, folder=folder)
    try:
        yield
    finally:
        storage.core.migrate.migrate = migrate
