"""`make demo`: the sandbox and the bot on this machine, and a neighbourhood in which something has happened already.

Both run as they would by themselves, each a process; everything the neighbours do goes over the people API.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import typer

from bot.application import CannotStart, locked
from bot.community_file import read_community
from bot.demo_people import Neighbours
from domain.community import Community
from domain.hours import WorkingHours

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "demo"
DATA = ROOT / "demo-data"
TOKEN = "4242:SANDBOX-TOKEN"
BOT_NAMES = {"en": "Resident Voices", "zh": "居民之声"}


def demo(port: int, language: str = "en", data_dir: Path = DATA) -> int:
    """Run the demo until Ctrl-C or SIGTERM; returns the exit code. `language` is that of the neighbours: en or zh."""
    if not _ours(data_dir):
        _say(f"{data_dir} holds something that is not a demo's. It would be emptied; name another folder.")
        return 2
    if _in_use(data_dir):
        _say("A demo is running already. Use that one, or end it first.")
        return 2
    # Yesterday's demo speaks of people the new sandbox has never seen.
    shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir(parents=True)
    try:
        return asyncio.run(_demo(port, language, data_dir))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0


async def _demo(port: int, language: str, data_dir: Path) -> int:
    this = asyncio.current_task()
    assert this is not None
    # Told to stop kindly, it must not leave sandbox and bot behind.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    community = _community_in(language, data_dir)
    _say("Starting the sandbox (a Telegram of its own, on this machine) …")
    command = ["sandbox", "--port", str(port), "--bot", TOKEN, "--name", BOT_NAMES[language],
               "--story", str(FOLDER / "story.json"), "--quiet"]  # fmt: skip
    async with _process(command, {}) as sandbox:
        assert sandbox.stdout is not None
        address = (await sandbox.stdout.readline()).decode().strip()
        if not address.startswith("http"):
            return await sandbox.wait() or 1
        async with aiohttp.ClientSession() as session:
            neighbours = Neighbours(session, address, _story_language(language))
            await neighbours.ready()
            # What the bot sends is not held back here: nobody wants to wait in a demo. "Trouble" turns the limits on.
            await neighbours.post("flood", limits=False)
            estate = read_community(community)
            today = _today(estate.hours)
            await neighbours.post("clock", now=(today - timedelta(days=7)).isoformat())
            await neighbours.move_in(_scene(language, estate, data_dir))
            environment = _bot_environment(address, data_dir, community, neighbours.ids)
            _say("Starting the bot …")
            async with _process(["bot", "run", "--plain-logs"], environment, log=data_dir / "bot.log") as bot:
                return await _play(neighbours, today, address, sandbox, bot, data_dir)


def _ours(data_dir: Path) -> bool:
    """Whether nothing but an earlier demo would be lost by emptying that folder."""
    if data_dir == DATA or not data_dir.exists():
        return True
    return (data_dir / "scene.json").exists() or not any(data_dir.iterdir())


def _in_use(data_dir: Path) -> bool:
    """Whether a demo's bot runs on that folder: emptying it would take the ground from under its feet."""
    if not (data_dir / "lock").exists():
        return False
    try:
        with locked(data_dir):
            return False
    except CannotStart:
        return True


async def _play(
    neighbours: Neighbours, today: datetime, address: str, sandbox: asyncio.subprocess.Process,
    bot: asyncio.subprocess.Process, data_dir: Path,
) -> int:  # fmt: skip
    ending = asyncio.create_task(_first_end(sandbox, bot))
    working = asyncio.create_task(_move_in(neighbours, today))
    await asyncio.wait({ending, working}, return_when=asyncio.FIRST_COMPLETED)
    if working.done():
        working.result()
        _say("")
        _say(f"Open  {address}  in a browser. Press “Show me”, or try everything yourself.")
        _say("Ctrl-C ends it. Nothing of it is kept.")
        await ending
    else:
        working.cancel()
    _say(f"The {ending.result()} has ended by itself. Its last words are in {data_dir / 'bot.log'}")
    return 1


async def _move_in(neighbours: Neighbours, today: datetime) -> None:
    _say("Neighbours move in …")
    await neighbours.everybody_starts()
    for number, told in enumerate(json.loads((FOLDER / "neighbourhood.json").read_text("utf-8")), 1):
        _say(f"  {number}. {told['who']}: {neighbours.words(told['text'])}")
        # Time only goes forward: each voice some days after the one before.
        await neighbours.post("clock", now=(today - timedelta(days=told["days_ago"])).isoformat())
        await neighbours.lives_through(told, FOLDER)
    await neighbours.post("clock", now=today.isoformat())


async def _first_end(sandbox: asyncio.subprocess.Process, bot: asyncio.subprocess.Process) -> str:
    ends = {asyncio.create_task(sandbox.wait()): "sandbox", asyncio.create_task(bot.wait()): "bot"}
    done, pending = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    return ends[done.pop()]


def _today(hours: WorkingHours) -> datetime:
    """Ten minutes into the next working day: a newcomer at night meets the staff awake all the same."""
    tomorrow = datetime.now(hours.zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return hours.next_open(tomorrow.astimezone(UTC)) + timedelta(minutes=10)


def _community_in(language: str, data_dir: Path) -> Path:
    """The example community, with the language of the demo first: groups are written to in that one."""
    text = (ROOT / "community.example.toml").read_text("utf-8")
    if language != "en":
        text = text.replace('languages = ["en", "zh"]', 'languages = ["zh", "en"]')
    path = data_dir / "community.toml"
    path.write_text(text, "utf-8")
    return path


def _scene(language: str, estate: Community, data_dir: Path) -> dict[str, Any]:
    """People, group and phones, with names in the language of the demo; places to share are those of the community."""
    spoken = _story_language(language)
    scene: dict[str, Any] = json.loads((FOLDER / "scene.json").read_text("utf-8"))
    for person in scene["people"]:
        person |= {"language_code": spoken, "first_name": person["first_name"][spoken]}
    for group in scene["groups"]:
        group["title"] = group["title"][spoken]
    scene["timezone"] = estate.zone.key
    scene["places"] = [
        {"name": area.name.in_(language), "latitude": area.latitude, "longitude": area.longitude}
        for area in estate.all_areas()
        if area.latitude is not None
    ]
    (data_dir / "scene.json").write_text(json.dumps(scene, ensure_ascii=False), "utf-8")
    return scene


def _story_language(language: str) -> str:
    return "en" if language == "en" else "zh-hans"


def _bot_environment(address: str, data_dir: Path, community: Path, ids: dict[str, int]) -> dict[str, str]:
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        "CLOCK_URL": f"{address}/api/clock",
        "DATA_DIR": str(data_dir),
        "COMMUNITY": str(community),
        "ADMIN_IDS": str(ids["Wei"]),
        "STAFF_CHAT_ID": str(ids["Staff"]),
        "SEND_RATE": "0",
    }


@contextlib.asynccontextmanager
async def _process(
    module: list[str], environment: dict[str, str], log: Path | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m …` beside us; ended when the block ends, kindly first. Settings of the caller's do not leak in."""
    kept = {
        key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT")
    }
    with contextlib.ExitStack() as files:
        output: Any = files.enter_context(log.open("wb")) if log else asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *module, cwd=ROOT, env={**kept, **environment}, stdout=output,
            stderr=output if log else None, start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                try:
                    await asyncio.wait_for(process.wait(), 6)
                except TimeoutError:
                    process.kill()
                    await process.wait()


def _say(text: str) -> None:
    typer.echo(text)
