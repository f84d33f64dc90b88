"""What "Show me" plays in the demo comes to its end, in both languages and a second time as well."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import World

ROOT = Path(__file__).parent.parent
PATIENCE = 60


async def ends(world: World) -> dict[str, Any]:
    """Wait until the story plays no longer; returns where it stands."""
    seq = 0
    async with asyncio.timeout(PATIENCE):
        while True:
            told: dict[str, Any] = (await world.state())["story"]
            if told["state"] != "playing":
                return told
            seq = (await world.get(f"wait?after={seq}"))["seq"]


# A promise twice: the second time there is a list of promises already.
@pytest.mark.parametrize(("language", "spoken", "stories"), [("en", "en", (0, 1, 2)), ("zh", "zh-hans", (1, 2, 2))])
async def test_every_story_comes_to_its_end(
    tmp_path: Path, language: str, spoken: str, stories: tuple[int, ...]
) -> None:
    command = ["-m", "bot", "demo", "--port", "0", "--language", language, "--data-dir", str(tmp_path / "data")]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(PATIENCE):
            while "Ctrl-C" not in said:
                line = await process.stdout.readline()
                assert line, f"the demo ended: {said}"
                said += line.decode()
        async with World(re.findall(r"^Open +(\S+)", said, re.MULTILINE)[0], "4242:SANDBOX-TOKEN") as world:
            for number in stories:
                await world.post("story/start", story=number, speed=25, language=spoken)
                told = await ends(world)
                assert (told["state"], told["number"]) == ("done", number), told["error"]
    finally:
        process.terminate()
        await process.wait()
