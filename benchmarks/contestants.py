"""The three programs that are measured: how each is started, and when its work is done."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stand_in import STAFF_CHAT, TOKEN

ROOT = Path(__file__).parent.parent
PEERS = ROOT / "benchmarks" / "peers"
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
ADMIN = 99
_CPU_OF_A_PROCESS = 2  # a clock's number is made of the process's and this: clock_getcpuclockid(3) on Linux
# Without hours staff are always there, and what is said does not depend on when it is measured.
_HOURS = re.compile(r"^\[hours\]$.*?(?=^\[)", re.MULTILINE | re.DOTALL)
_UNDONE = """SELECT (SELECT count(*) FROM inbox WHERE state NOT IN ('done', 'held')),
    (SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'dropped'))"""


class Broken(Exception):
    """A program did not do what it was to do; the text says where its own words are."""


@dataclass
class Contestant:
    """A started program. `database` is that of ours; the others have none."""

    process: subprocess.Popen[bytes]
    folder: Path
    database: Path | None

    def cpu(self) -> float:
        """Seconds of CPU the program and all it started have used so far."""
        return _cpu_of_tree(self.process.pid)

    def own_cpu(self) -> float:
        """As `cpu`, of the program without what it starts, and exact: ticks of 10 ms are too coarse for some steps."""
        return time.clock_gettime(~self.process.pid << 3 | _CPU_OF_A_PROCESS)

    def memory_mb(self) -> float:
        """Resident memory of the program at present."""
        pages = int((Path("/proc") / str(self.process.pid) / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000

    def drained(self) -> bool:
        """Whether all is handled that came (or held, of somebody who wrote too much), and all sent that was to be."""
        if self.database is None:
            return True
        with contextlib.closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True, timeout=5)) as reading:
            return reading.execute(_UNDONE).fetchone() == (0, 0)

    def words(self) -> str:
        """The last the program said."""
        return (self.folder / "log").read_text(errors="replace")[-2000:]


def database_in(folder: Path) -> Path:
    """Where our bot keeps its database; what is there already it goes on with."""
    return folder / "data" / "bot.db"


def community_in(folder: Path) -> Path:
    """The community file our bot is started with: the example's, with staff always there."""
    community = folder / "community.toml"
    community.write_text(_HOURS.sub("", (ROOT / "community.example.toml").read_text()))
    return community


@contextlib.contextmanager
def started(
    name: str, url: str, folder: Path, core: int | None, more: Mapping[str, str] | None = None
) -> Iterator[Contestant]:  # fmt: skip
    """Start `ours`, `ptb` or `aiogram` on a core of its own, in that folder; kill it when the block ends.

    `more` are settings that go before the usual ones.
    """
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": url, "STAFF_CHAT_ID": str(STAFF_CHAT)}
    database = None
    if name == "ours":
        community = community_in(folder)
        database = database_in(folder)
        settings |= {
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": str(folder / "data"),
            "COMMUNITY": str(community),
            "ADMIN_IDS": str(ADMIN),
            "SEND_RATE": "0",
        }
        command = [sys.executable, "-m", "bot", "run"]
    else:
        command = [str(PEERS_PYTHON), str(PEERS / f"{name}_bot.py")]
    inherited = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TZ", "TMPDIR")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**inherited, **settings, **(more or {})}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        if core is not None:
            # Before it has threads: they stay where the first was.
            os.sched_setaffinity(process.pid, {core})
        yield Contestant(process, folder, database)
    finally:
        # Everything is counted by now, and some take half a minute to say goodbye.
        process.kill()
        process.wait()


def _cpu_of_tree(root: int) -> float:
    """User and system time of a process, its children, and theirs, from /proc."""
    parents: dict[int, int] = {}
    used: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[int(entry.name)] = int(fields[1])
            # Own time, and that of children which have ended.
            used[int(entry.name)] = sum(map(int, fields[11:15]))
    total = 0
    for number, ticks in used.items():
        above: int | None = number
        while above is not None and above != root:
            above = parents.get(above)
        if above == root:
            total += ticks
    return total / TICKS
