"""Two years of reminders in five zones, in which the program is killed, stopped for weeks and given wrong times."""

import random
import shutil
import signal
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.crash import reminding
from tests.crash.reminder_accounts import Account, Books
from tests.crash.reminding import Life
from tests.crash.run import PROCESSES

ZONES = (
    "Asia/Shanghai",  # no changes
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "America/Santiago",  # at midnight: there is a day without its first hour
)
FIRST = date(2026, 2, 3)
DAY = 86400.0
JUMP = 25 * 3600.0
PLACES = {
    # point → up to which passage it is worth waiting for
    "_chunk.before_commit": 80,
    "_chunk.after_commit": 80,
    "_mark_and_claim.before_commit": 120,
    "_mark_and_claim.after_commit": 120,
    "send.before": 12,
    "send.after": 12,
    "_see.before_commit": 80,
    "_tidy.after_commit": 1,
}
DOWNTIMES = (30.0, 15.5, 21.0, 9.0, 3.0, 29.0)
LONGEST_LIFE = 20.0
FEWEST_KILLS = 10
"""In each zone, so that there is room for the downtimes and jumps."""


@dataclass(frozen=True)
class Plan:
    """One run: so many kills in each zone within so many days. `sabotage` takes a promise out of the program."""

    kills: int
    seed: int
    folder: Path
    days: int = 730
    zones: tuple[str, ...] = ZONES
    downtimes: tuple[float, ...] = DOWNTIMES
    sabotage: str = ""
    say: Callable[[str], None] = lambda _line: None


@dataclass
class Found:
    """The account of all zones, and what else is to be said of the run."""

    account: Account = field(default_factory=Account)
    kills: int = 0
    downtimes: int = 0
    jumps: int = 0
    second_started: int = 0
    second_refused: int = 0

    @property
    def wrong(self) -> list[str]:
        """What is not as promised."""
        return self.account.wrong

    def add(self, other: "Found") -> None:
        """Both together."""
        self.account.add(other.account)
        for name in ("kills", "downtimes", "jumps", "second_started", "second_refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, int]:
        """For the last line of `make crash-test`."""
        account = {name: value for name, value in vars(self.account).items() if name != "wrong"}
        return account | {name: value for name, value in vars(self).items() if name != "account"}


def run(plan: Plan) -> Found:
    """All zones, two at a time."""
    together = Found()
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda zone: _Zone(plan, zone).run(), plan.zones):
            together.add(found)
    return together


class _Zone:
    def __init__(self, plan: Plan, zone: str) -> None:
        self._plan, self._zone = plan, zone
        self._chance = random.Random(f"{plan.seed} {zone}")
        self._folder = plan.folder / zone.replace("/", "_")
        self._found = Found()
        self._tried = -8

    def run(self) -> Found:
        """Life after life until the days are over; then the books."""
        plan, chance = self._plan, self._chance
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        start = datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC).timestamp()
        end = start + plan.days * DAY
        self._move(start)
        lived = (plan.days - sum(plan.downtimes)) / (plan.kills + 1) * DAY
        downtimes = dict(zip(chance.sample(range(1, plan.kills), len(plan.downtimes)), plan.downtimes, strict=True))
        jumps = dict(zip(chance.sample(range(plan.kills - 1), 6), (JUMP, -JUMP) * 3, strict=True))
        for number in range(plan.kills):
            point = "" if number % 3 == 0 else chance.choice(list(PLACES))
            crash_at = f"{point}:{chance.randint(1, PLACES[point])}" if point else ""
            until = start + (number + 1) * lived + sum(long * DAY for at, long in downtimes.items() if at < number)
            jump = jumps.get(number, 0.0)
            self._found.jumps += bool(jump)
            life = Life(self._folder, self._zone, until, crash_at, chance.randrange(10**9), jump, plan.sabotage)
            # Killed where it stands; what it has not lived of its time the next one lives.
            self._live(
                life, None if point else chance.uniform(0.05, 1.2), second=not point and number - self._tried >= 8
            )
            down = downtimes.get(number)
            self._found.downtimes += down is not None
            self._move(self._clock() + (down * DAY if down else chance.uniform(20, 900)))
        self._live(Life(self._folder, self._zone, end, "", 1, 0.0, plan.sabotage), None, second=False)
        last = FIRST + timedelta(days=plan.days - 2)
        self._found.account = Books(self._folder, self._zone, FIRST, last).reckon()
        if self._found.account.resent > self._found.kills:
            self._found.wrong.append(f"{self._zone}: {self._found.account.resent} messages were sent again")
        if self._found.second_refused != self._found.second_started:
            self._found.wrong.append(f"{self._zone}: a second program was started on the same data and ran")
        plan.say(f"{self._zone}: {self._found.figures()}")
        return self._found

    def _live(self, life: Life, seconds: float | None, *, second: bool) -> None:
        mine, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=reminding.main, args=(life, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            if mine.poll(LONGEST_LIFE):
                mine.recv()  # it has begun
                if second:
                    self._second(life)
            if mine.poll(LONGEST_LIFE if seconds is None else seconds):
                mine.recv()  # it has lived its time
        except EOFError:
            process.join(5)  # it killed itself at its point, or ended
            if process.exitcode != -signal.SIGKILL:
                self._found.wrong.append(f"{self._zone}: ended with {process.exitcode}: {self._last()}")
        process.kill()
        process.join()
        self._found.kills += 1

    def _second(self, life: Life) -> None:
        mine, theirs = PROCESSES.Pipe(duplex=False)
        process: Any = PROCESSES.Process(target=reminding.main, args=(life, theirs), daemon=True)
        process.start()
        process.join(5)
        self._tried = self._found.kills
        self._found.second_started += 1
        self._found.second_refused += process.exitcode == reminding.REFUSED
        process.kill()
        mine.close()

    def _clock(self) -> float:
        at: float = struct.unpack("<d", (self._folder / "clock").read_bytes())[0]
        return at

    def _move(self, seconds: float) -> None:
        (self._folder / "clock").write_bytes(struct.pack("<d", seconds))

    def _last(self) -> str:
        return "  ".join((self._folder / "log").read_text("utf-8", "replace").splitlines()[-3:])
