"""What "Show me" plays in the demo comes to its end, in both languages and a second time as well."""

import asyncio
import functools
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Person, World, buttons

ROOT = Path(__file__).parent.parent
PATIENCE = 60

pytestmark = pytest.mark.slow


async def ends(world: World) -> dict[str, Any]:
    """Wait until the story plays no longer; returns where it stands."""
    seq = 0
    async with asyncio.timeout(PATIENCE):
        while True:
            told: dict[str, Any] = (await world.state())["story"]
            if told["state"] != "playing":
                return told
            seq = (await world.get(f"wait?after={seq}"))["seq"]


async def says_something(world: World, person: Person, after: dict[str, Any]) -> None:
    """Wait until the bot has asked something with a button that cancels."""
    seq = 0
    async with asyncio.timeout(PATIENCE):
        while not any(
            message["message_id"] > after["message_id"] and any("!cancel" in str(button) for button in buttons(message))
            for message in await world.chat_messages(person.id)
        ):
            seq = (await world.get(f"wait?after={seq}"))["seq"]


async def leave_drafts(world: World) -> None:
    """What somebody who tried things out before leaves behind: a report and a repair that are half written."""
    for user in (await world.state())["people"]:
        person = Person(world, user)
        if user["first_name"] in ("Mei", "Ann", "小梅", "安阿姨"):
            said = await person.says("/repair")
            await says_something(world, person, after=said)
            said = await person.says("/report The lamp is out: message 1 of 50")
            await says_something(world, person, after=said)


# Some twice: the second time there is a list of promises already, and somebody has said where they live.
@pytest.mark.parametrize(
    ("language", "spoken", "stories", "past"),
    [
        ("en", "en", (0, 1, 2, 3, 4), ()),
        ("zh", "zh-hans", (0, 1, 2, 2, 3, 4), ("--dataset", "district")),
    ],
)
async def test_every_story_comes_to_its_end(
    tmp_path: Path, language: str, spoken: str, stories: tuple[int, ...], past: tuple[str, ...]
) -> None:
    command = ["-m", "bot", "demo", "--port", "0", "--language", language, *past]
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    start = functools.partial(
        asyncio.create_subprocess_exec, sys.executable, *command, cwd=ROOT, stdout=subprocess.PIPE, env=environment
    )
    process = await start()
    try:
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(PATIENCE):
            while "Ctrl-C" not in said:
                line = await process.stdout.readline()
                assert line, f"the demo ended: {said}"
                said += line.decode()
        address = re.findall(r"^Open +(\S+)", said, re.MULTILINE)[0]
        assert (tmp_path / "data" / "bot.db").exists(), "DATA_DIR says where"
        second = await start()
        told_of_first = (await second.communicate())[0].decode()
        assert second.returncode == 2 and address in told_of_first
        async with World(address, "4242:SANDBOX-TOKEN") as world:
            assert (await world.state())["language"] == spoken
            for number in stories:
                await leave_drafts(world)
                await world.post("story/start", story=number, speed=50, language=spoken)
                told = await ends(world)
                assert (told["state"], told["number"]) == ("done", number), told["error"]
    finally:
        process.terminate()
        await process.wait()
