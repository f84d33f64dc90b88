"""`make demo`: the sandbox and the bot on this machine, and a neighbourhood in which something has happened already.

Both run as they would by themselves, each a process; everything the neighbours do goes over the people API.
"""

import asyncio
import functools
import json
import shutil
import signal
import socket
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import typer

from bot.community.community_file import read_community
from bot.kit.cannot_start import CannotStart
from bot.kit.lock import locked
from demo.accounts import keep_accounts
from demo.board import Board
from demo.datasets import DATA_SETS, DataSet
from demo.helpers import is_given_role, offers_help
from demo.hotline import enters_hotline
from demo.neighbours import Neighbours
from demo.process import ROOT, process
from demo.promises import promise
from demo.released import release, show_photo
from demo.supervisor import NeverRan, Supervisor
from domain.calendar.hours import WorkingHours
from domain.community import Community

FOLDER = ROOT / "demo"
DATA = ROOT / "demo-data"
TOKEN = "4242:SANDBOX-TOKEN"  # noqa: S105 - of the sandbox
ADDRESS = "address"
"""The file in the demo's folder that says where its page is."""
STORIES = ("report", "repair", "promise", "notice", "project")
BOT_NAMES = {"en": "Resident Voices", "zh": "居民之声"}


def demo(port: int, language: str = "en", data_dir: Path = DATA, dataset: str | None = None) -> int:
    """Run the demo until Ctrl-C or SIGTERM; returns the exit code. `language` is that of the neighbours: en or zh.

    `dataset`: a past that the neighbourhood has had (demo/datasets.py).
    """
    if not _ours(data_dir):
        _say(f"{data_dir} holds something that is not a demo's. It would be emptied; name another folder.")
        return 2
    if _in_use(data_dir):
        where = _address_in(data_dir)
        at = f", at {where}" if where else ""
        _say(f"A demo is running already{at}. Use that one, or end it first.")
        _say("For a second one beside it:  DATA_DIR=/tmp/another-demo make demo PORT=9000")
        return 2
    # Yesterday's demo speaks of people the new sandbox has never seen.
    shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir(parents=True, mode=0o700)
    try:
        return asyncio.run(_demo(port, language, data_dir, DATA_SETS[dataset] if dataset else None))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0


async def _demo(port: int, language: str, data_dir: Path, past: DataSet | None) -> int:
    this = asyncio.current_task()
    assert this is not None
    # Told to stop kindly, it must not leave sandbox and bot behind.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    community = _community_in(language, data_dir)
    if past is not None:
        _say("Replaying what happened before …")
        await past.make(data_dir, language)
    _say("Starting the sandbox (a Telegram of its own, on this machine) …")
    command = ["sandbox", "--port", str(port), "--bot", TOKEN, "--name", BOT_NAMES[language], "--quiet"]
    for story in STORIES:
        command += ["--story", str(FOLDER / f"story_{story}.json")]
    async with process(command, {}) as sandbox:
        assert sandbox.stdout is not None
        address = (await sandbox.stdout.readline()).decode().strip()
        if not address.startswith("http"):
            return await sandbox.wait() or 1
        (data_dir / ADDRESS).write_text(address, "utf-8")
        async with aiohttp.ClientSession() as session:
            neighbours = Neighbours(session, address, _story_language(language))
            await neighbours.ready()
            # What the bot sends is not held back here: nobody wants to wait in a demo. "Trouble" turns the limits on.
            await neighbours.post("flood", limits=False)
            estate = read_community(community)
            today = _today(estate.hours, past)
            await neighbours.post("clock", now=(today - timedelta(days=7)).isoformat())
            await neighbours.move_in(_scene(language, estate, data_dir))
            pages = _free_port()
            environment = _bot_environment(address, data_dir, community, neighbours.ids, pages)
            _say("Starting the bot …")
            board = Board(neighbours, estate.zone, f"http://127.0.0.1:{pages}")
            run = functools.partial(process, ["bot", "run", "--plain-logs"], environment, data_dir / "bot.log")
            bot = Supervisor(run, neighbours, board, _say)
            return await _play(neighbours, today, address, pages, sandbox, bot, board, data_dir, past)


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


def _address_in(data_dir: Path) -> str:
    """Where the page of the demo on that folder is; empty where that is not known."""
    try:
        return (data_dir / ADDRESS).read_text("utf-8").strip()
    except OSError:
        return ""


async def _play(
    neighbours: Neighbours, today: datetime, address: str, pages: int, sandbox: asyncio.subprocess.Process,
    bot: Supervisor, board: Board, data_dir: Path, past: DataSet | None,
) -> int:  # fmt: skip
    ends = asyncio.create_task(sandbox.wait())
    runs = asyncio.create_task(bot.run())
    counts = asyncio.create_task(keep_accounts(neighbours, data_dir / "bot.db", board))
    moves = asyncio.create_task(_move_in(neighbours, today, past))
    tasks = {ends, runs, counts, moves}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if done == {moves}:
            moves.result()
            _say("")
            _say(f"Open  {address}  in a browser. Press “Show me”, or try everything yourself.")
            _say(f"The board of promises, as the public sees it:  http://127.0.0.1:{pages}/board")
            _say(f"All public pages:  http://127.0.0.1:{pages}/")
            _say(f"The public projects:  http://127.0.0.1:{pages}/projects")
            _say(f"What was reported, as the public reads it:  http://127.0.0.1:{pages}/reports")
            if past is not None:
                wei = neighbours.called["Wei"]
                _say(
                    f"Its past, {past.first} to {past.last}: send /figures as {wei}, tap the year, then the one before."
                )
            _say("“Kill the bot” there kills it: whatever it was doing, nothing is lost.")
            _say("Ctrl-C ends it. Nothing of it is kept.")
            done, _ = await asyncio.wait(tasks - {moves}, return_when=asyncio.FIRST_COMPLETED)
        if ends not in done:
            (done - {moves}).pop().result()
        _say("The sandbox has ended by itself.")
    except aiohttp.ClientError:
        _say("The sandbox has ended by itself.")
    except NeverRan:
        _say(f"The bot has ended by itself. Its last words are in {data_dir / 'bot.log'}")
    except TimeoutError:
        _say(f"The neighbours waited for the bot in vain. Its last words are in {data_dir / 'bot.log'}")
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return 1


async def _move_in(neighbours: Neighbours, today: datetime, past: DataSet | None) -> None:
    _say("Neighbours move in …")
    await neighbours.everybody_starts()
    for number, told in enumerate(_told("neighbourhood"), 1):
        _say(f"  {number}. {neighbours.called[told['who']]}: {neighbours.words(told['text'])}")
        # Time only goes forward: each report some days after the one before.
        await neighbours.post("clock", now=(today - timedelta(days=told["days_ago"])).isoformat())
        card = await neighbours.lives_through(told, FOLDER)
        if "public" in told:
            await release(neighbours, card, neighbours.words(told["public"]))
        if told.get("public_photo"):
            await show_photo(neighbours, card, neighbours.ids[told["who"]])
    helpers = _told("helpers")
    for told in helpers:
        if "role" in told:
            await is_given_role(neighbours, told)
    # Each in a chat of their own: what one does need not wait for the others.
    volunteers = [offers_help(neighbours, told) for told in helpers if "trades" in told]
    await asyncio.gather(_promise(neighbours, past.promises if past else 0), *volunteers)
    await neighbours.post("clock", now=today.isoformat())
    if past is None:  # else it is known already
        await enters_hotline(neighbours, today.date())


async def _promise(neighbours: Neighbours, before: int) -> None:
    for number, told in enumerate(_told("promises"), before + 1):
        _say(f"  {neighbours.words(told['whose'])} promises: {neighbours.words(told['words'])}")
        await promise(neighbours, told, number, FOLDER)


def _told(name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return told


def _today(hours: WorkingHours, past: DataSet | None) -> datetime:
    """Ten minutes into the next working day: a newcomer at night meets the staff awake all the same."""
    tomorrow = datetime.now(hours.zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if past is not None:
        tomorrow = datetime.combine(past.today, time(), hours.zone)
    return hours.next_open(tomorrow.astimezone(UTC)) + timedelta(minutes=10)


def _community_in(language: str, data_dir: Path) -> Path:
    """The example community, with the language of the demo first: groups are written to in that one."""
    text = (ROOT / "community.example.toml").read_text("utf-8")
    if language != "en":
        text = text.replace('languages = ["en", "zh"]', 'languages = ["zh", "en"]')
    path = data_dir / "community.toml"
    path.write_text(text + (FOLDER / "plan.toml").read_text("utf-8"), "utf-8")
    shutil.copyfile(FOLDER / "files" / "plan.png", data_dir / "plan.png")
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
    scene["language"] = spoken
    scene["places"] = [
        {"name": area.name.in_(language), "latitude": area.latitude, "longitude": area.longitude}
        for area in estate.all_areas()
        if area.latitude is not None
    ]
    (data_dir / "scene.json").write_text(json.dumps(scene, ensure_ascii=False), "utf-8")
    return scene


def _story_language(language: str) -> str:
    return "en" if language == "en" else "zh-hans"


def _free_port() -> int:
    """A port for the bot's own pages."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _bot_environment(address: str, data_dir: Path, community: Path, ids: dict[str, int], pages: int) -> dict[str, str]:
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        "CLOCK_URL": f"{address}/api/clock",
        "DATA_DIR": str(data_dir),
        "COMMUNITY": str(community),
        "ADMIN_IDS": str(ids["Wei"]),
        "STAFF_CHAT_ID": str(ids["Staff"]),
        "SEND_RATE": "0",
        "WEB_PORT": str(pages),
        "WEB_URL": f"http://127.0.0.1:{pages}",
    }


def _say(text: str) -> None:
    typer.echo(text)
