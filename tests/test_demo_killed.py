"""The demo as a newcomer runs it, and "Kill the bot" pressed while people write: all of it real processes."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from sandbox.client import Person, World
from tests.e2e.reading import asked_to_send
from tests.waiting import until

ROOT = Path(__file__).parent.parent
PATIENCE = 60
RUNNING_AGAIN = re.compile(r"Killed [\d:]{8} · running again after \d+\.\d s")
Json = dict[str, Any]
# One demo for all of them: it takes its time to start, and must bear it all in turn.
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


class Demo:
    """A running demo."""

    def __init__(self, process: asyncio.subprocess.Process, world: World, data: Path) -> None:
        self.process = process
        self.world = world
        self.data = data

    async def person(self, name: str) -> Person:
        """A neighbour."""
        people = (await self.world.get("state"))["people"]
        return Person(self.world, next(each for each in people if each["first_name"] == name))

    async def kill(self) -> None:
        """Press the button."""
        await self.world.post("pull", lever="kill")

    async def shows(self, fits: Callable[[str, dict[str, int]], bool]) -> dict[str, int]:
        """Wait until the page's line and counters are as they should be; returns the counters."""
        note, counters = "", dict[str, int]()

        async def look() -> dict[str, int] | None:
            nonlocal note, counters
            panel = (await self.world.get("state"))["panel"]
            note = panel["note"]["text"]["en"] if panel["note"] else ""
            counters = {each["name"]: each["value"] for each in panel["counters"]}
            return counters if counters and fits(note, counters) else None

        return await until(look, lambda: f"the page, which still says {note!r}, {counters}", PATIENCE)

    async def another_bot(self, before: int) -> int:
        """Wait until the bot is another process than that one."""
        return await until(lambda: (found := self.bot()) != before and found, "another bot", PATIENCE)

    def bot(self) -> int:
        """The bot's process, 0 when there is none."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            number, parent, command = line.split(None, 2)
            if int(parent) == self.process.pid and "bot run" in command:
                return int(number)
        return 0


def _hears_ctrl_c() -> None:
    """Where a shell began the tests in the background, Ctrl-C is ignored, by what they start, too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    """The demo with its neighbours moved in; Ctrl-C ends it, and nothing of it runs on."""
    data = tmp_path_factory.mktemp("demo") / "data"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0", "--data-dir", str(data), cwd=ROOT, stdout=subprocess.PIPE,
        preexec_fn=_hears_ctrl_c,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(60):
            while "Ctrl-C" not in said:
                line = await process.stdout.readline()
                assert line, f"the demo ended: {said}"
                said += line.decode()
        async with World(re.findall(r"^Open +(\S+)", said, re.MULTILINE)[0], "4242:SANDBOX-TOKEN") as world:
            demo = Demo(process, world, data)
            yield demo
            bot = demo.bot()
            process.send_signal(signal.SIGINT)
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
            with pytest.raises(ProcessLookupError):
                os.kill(bot, 0)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@pytest_asyncio.fixture(loop_scope="module")
async def demo(running: Demo) -> AsyncIterator[Demo]:
    """The same one for each test, with nothing left of what residents were about to send."""
    yield running
    for name in ("Mei", "Ann"):
        person = await running.person(name)
        await person.says("/cancel")
    await running.shows(all_is_well)


def all_is_well(note: str, counters: dict[str, int]) -> bool:
    """Nothing waits but what is lost, and the bot runs."""
    return "starting again" not in note and counters["handed_over"] == counters["answered"] + counters["lost"]


async def test_killed_while_people_write_it_loses_nothing_and_a_loss_would_show(demo: Demo) -> None:
    mei, ann = await demo.person("Mei"), await demo.person("Ann")
    before = await demo.shows(all_is_well)
    pids = [demo.bot()]
    for number in range(3):
        for count in range(4):
            await mei.says("/my")
            await ann.says(f"The bin by the north gate is full, bag {number}-{count}")
            if count == 1:
                await demo.kill()
        pids.append(await demo.another_bot(pids[-1]))
        # One that was at hand at three kills in a row would be set aside.
        await demo.shows(lambda note, counters: bool(RUNNING_AGAIN.fullmatch(note)) and all_is_well(note, counters))
    # However far the clock is moved: what the bot has forgotten by then was not lost.
    await demo.world.advance(days=20)
    after = await demo.shows(
        lambda note, counters: all_is_well(note, counters) and counters["handed_over"] >= before["handed_over"] + 24
    )
    assert after["lost"] == before["lost"]
    summary = await asked_to_send(ann)
    assert all(f"bag {number}-{count}" in summary["text"] for number in range(3) for count in range(4))

    # A bot that lets an update fall: told to Telegram as received, and not kept.
    with closing(sqlite3.connect(demo.data / "bot.db", timeout=5)) as database, database:
        database.execute(
            "CREATE TRIGGER sabotage BEFORE INSERT ON inbox WHEN new.body LIKE '%let it fall%' "
            "BEGIN SELECT RAISE(IGNORE); END"
        )
    await mei.says("let it fall")
    await mei.says("/my")
    found = await demo.shows(lambda _, counters: counters["lost"] > after["lost"])
    assert found["lost"] == after["lost"] + 1
    with closing(sqlite3.connect(demo.data / "bot.db", timeout=5)) as database, database:
        database.execute("DROP TRIGGER sabotage")


async def test_of_fifty_messages_with_a_kill_in_the_middle_none_is_missing(demo: Demo) -> None:
    before = await demo.shows(all_is_well)
    bot = demo.bot()
    await demo.world.post("pull", lever="burst")
    await demo.another_bot(bot)
    after = await demo.shows(
        lambda note, counters: all_is_well(note, counters) and counters["handed_over"] >= before["handed_over"] + 50
    )
    assert after["lost"] == before["lost"]
    drafts = [(await asked_to_send(await demo.person(name)))["text"] for name in ("Mei", "Ann")]
    assert [number for number in range(1, 51) if f"message {number} of 50" not in "\n".join(drafts)] == []


async def test_a_bot_that_ends_by_itself_is_started_again_and_the_page_says_so(demo: Demo) -> None:
    lost = (await demo.shows(all_is_well))["lost"]
    before = demo.bot()
    os.kill(before, signal.SIGTERM)
    mei = await demo.person("Mei")
    await mei.says("/my")
    await demo.shows(lambda note, _: "Ended by itself" in note)
    counters = await demo.shows(lambda note, counters: "running again" in note and all_is_well(note, counters))
    assert counters["lost"] == lost
    assert demo.bot() not in (0, before)
