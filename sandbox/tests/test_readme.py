"""What README.md says is so: the paths of the people API, the steps of a story, and the story it shows."""

import asyncio
import json
import re
from pathlib import Path

from sandbox.client import World
from sandbox.people.registry import ACTIONS
from sandbox.story_steps import DEEDS
from sandbox.tests.bot import Bot
from sandbox.tests.waiting import until

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def section(heading: str) -> str:
    """The part of the page under a heading."""
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def test_every_path_of_the_people_api_is_documented() -> None:
    table = section("The people API")
    assert [name for name in ACTIONS if name not in table and f"/{name.rpartition('/')[2]}`" not in table] == []


def test_every_step_of_a_story_is_documented_and_no_other() -> None:
    cells = re.findall(r"^\| (`[^|]*) \|", section("Write a story").split("| `do` |", 1)[1], re.MULTILINE)
    named = {name for cell in cells for name in re.findall("`([a-z_]+)`", cell)}
    assert named == {*DEEDS, "advance", "language", "pause"}


async def test_the_story_it_shows_plays_to_its_end(world: World, bot: Bot, tmp_path: Path) -> None:
    scene, story = re.findall(r"```json\n(.*?)```", section("Write a story"), re.DOTALL)
    (tmp_path / "story.json").write_text(story, "utf-8")
    player = world.sandbox.player
    player.load(tmp_path / "story.json")
    made = await world.post("scene", **json.loads(scene))
    mei, staff = made["people"]["Mei"], made["groups"]["Staff"]
    heard: list[str] = []

    async def answer() -> None:
        while True:
            for update in await bot.ok("getUpdates", offset=bot.offset, timeout=20):
                bot.offset = update["update_id"] + 1
                text = update.get("message", {}).get("text", "")
                heard.append(text)
                if text == "The lamp is out":
                    send = [[{"text": "Send", "callback_data": "send:1"}]]
                    await bot.says(mei, "Thank you. Send it?", reply_markup={"inline_keyboard": send})
                elif "callback_query" in update:
                    await bot.says(staff, "New: the lamp is out")

    answering = asyncio.create_task(answer())
    await world.post("story/start", speed=1000)
    await until(lambda: player.state()["state"] in ("done", "failed"))
    assert player.state()["state"] == "done", player.state()["error"]
    await until(lambda: "I go" in heard)
    answering.cancel()
