"""The real program, as a process of its own, on a disk that takes nothing more: it is the kernel that says no."""

import asyncio
import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.client import World
from sandbox.testing import TOKEN
from tests.e2e.reading import asked_to_send
from tests.support import ROOT

IN_A_SMALL_DISK = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
SMALL = 'mount -t tmpfs -o size=8m none "$DATA_DIR" && exec "$@"'
Process = asyncio.subprocess.Process


def small_disks_can_be_made() -> bool:
    """Whether this machine lets its users mount something of their own; many do not."""
    if shutil.which("unshare") is None:
        return False
    trial = [*IN_A_SMALL_DISK, "mount -t tmpfs none /mnt"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


class Full:
    """A small disk of the program's own, filled to the last byte."""

    def __init__(self, folder: Path, process: Process) -> None:
        self.data = Path(f"/proc/{process.pid}/root{folder}")

    def takes_nothing(self) -> None:
        with contextlib.suppress(OSError), (self.data / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)

    def takes_all(self) -> None:
        (self.data / "filler").unlink()


class Refusing:
    """Every write to any file is refused from now on, as by a disk that was mounted read-only after an error."""

    def __init__(self, folder: Path, process: Process) -> None:
        self.data = folder
        self._pid = process.pid
        self._before = resource.prlimit(self._pid, resource.RLIMIT_FSIZE)

    def takes_nothing(self) -> None:
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (0, self._before[1]))

    def takes_all(self) -> None:
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, self._before)


@asynccontextmanager
async def program(world: World, folder: Path, *, small: bool) -> AsyncIterator[tuple[Process, asyncio.StreamReader]]:
    """`python -m bot run`, its log to be read line by line; ended when the block ends."""
    data = folder / "data"
    data.mkdir()
    environment = {**os.environ, "BOT_TOKEN": TOKEN, "BOT_API_URL": world.url, "DATA_DIR": str(data), "SEND_RATE": "0",
                   "PYTHONPATH": str(ROOT)}  # fmt: skip
    command = (sys.executable, "-m", "bot", "run", "--json-logs")
    prefix = (*IN_A_SMALL_DISK, SMALL, "sh") if small else ()
    process = await asyncio.create_subprocess_exec(
        *prefix, *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line(log: asyncio.StreamReader, words: str) -> None:
    """Read the log until a line has these words."""
    async with asyncio.timeout(15):
        while words.encode() not in (found := await log.readline()):
            assert found, f"the program ended before it said {words}"


Disk = Callable[[Path, Process], Full | Refusing]


@pytest.mark.parametrize("make", [Full, Refusing], ids=["full", "read-only"])
async def test_nothing_is_acknowledged_until_it_is_stored(world: World, tmp_path: Path, make: Disk) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("needs Linux, to change a running process's limits")
    if make is Full and not small_disks_can_be_made():
        pytest.skip("this machine lets nobody mount a disk of their own; max_page_count stands in for it elsewhere")
    mei, bo = await world.person("Mei"), await world.person("Bo")
    async with program(world, tmp_path, small=make is Full) as (process, log):
        await line(log, '"event": "running"')
        disk = make(tmp_path / "data", process)
        await mei.starts()
        await mei.sees("Hello!")
        await bo.starts()
        await bo.sees("Hello!")
        await world.quiet()
        before = await world.get("updates")
        disk.takes_nothing()
        await mei.says("The lamp is dark")
        await line(log, "inbox_storage_trouble")
        await bo.says("The lift is slow")
        await line(log, "inbox_storage_trouble")
        told = await world.get("updates")
        assert told["confirmed"] == before["confirmed"] and told["pending"] >= 2
        disk.takes_all()
        for person, words in ((mei, "The lamp is dark"), (bo, "The lift is slow")):
            card = await asked_to_send(person)
            assert words in card["text"]
        await world.quiet()
        for person in (mei, bo):
            assert len([each for each in await world.chat_messages(person.id) if "NOT SENT" in each["text"]]) == 1
        for file in disk.data.glob("bot.db*"):
            shutil.copy(file, tmp_path)  # SQLite would not find its way to another's mounted disk
        with contextlib.closing(sqlite3.connect(tmp_path / "bot.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT DISTINCT state FROM inbox").fetchall() == [("done",)]
        process.terminate()
        await asyncio.wait_for(process.communicate(), 8)
        assert process.returncode == 0
