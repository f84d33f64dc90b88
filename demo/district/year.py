"""The district's year, from its first day until today: what is planned of each kind, and then lived through."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.community.community_file import load_community
from demo.district import community_life, promises, reports
from demo.district.cast import Cast
from demo.process import ROOT
from demo.replay import Replay, replay
from domain.calendar.local_time import instant

DATA: dict[str, Any] = json.loads(Path(__file__).with_name("data.json").read_text("utf-8"))
BEGINS, ENDS, LAST, TODAY = (date.fromisoformat(DATA[name]) for name in ("begins", "ends", "is_kept_until", "today"))
"""Its year, the last day of which something is known, and the day on which somebody looks at it."""
BEFORE = timedelta(days=9)
"""So long before that day nothing is left to be done; the demo's neighbours move in later."""


async def make(folder: Path, language: str = "en") -> None:
    """Make `bot.db` and `community.toml` in that folder. `language`: what its people speak, en or zh."""
    community = write_community(folder, language)
    zone = load_community(community).zone
    begins = instant(datetime.combine(BEGINS, time(0)), zone)

    def live(past: Replay) -> None:
        random = Random(DATA["seed"])
        cast = Cast(past, DATA, language, random)
        reports.plan(past, cast, DATA | {"places": places()}, random)
        promises.plan(past, cast, DATA, random)
        community_life.plan(past, cast, DATA, random)
        past.until(instant(datetime.combine(TODAY - BEFORE, time(0)), zone))
        past.everybody_leaves()

    await replay(folder / "bot.db", community, begins, live)


def write_community(folder: Path, language: str) -> Path:
    """The example's community file, under the district's name, with that language first."""
    text = (ROOT / "community.example.toml").read_text("utf-8")
    lines = text.splitlines(keepends=True)
    for key in ("name", "about"):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
        lines[at] = f'{key} = {{ en = "{DATA[key]["en"]}", zh = "{DATA[key]["zh"]}" }}\n'
    if language != "en":
        at = next(number for number, line in enumerate(lines) if line.startswith("languages = "))
        lines[at] = 'languages = ["zh", "en"]\n'
    path = folder / "community.toml"
    path.write_text("".join(lines) + "".join(_lanes()), "utf-8")
    return path


def _lanes() -> Iterator[str]:
    """Its lanes with their houses: the rest of a district, of which the example's buildings are one neighbourhood."""
    names, numbers = DATA["lanes"]["names"], DATA["lanes"]["numbers"]
    for lane, (en, zh) in enumerate(zip(names["en"], names["zh"], strict=True), start=1):
        yield f'\n[[areas]]\ncode = "lane-{lane}"\nname = {{ en = "{en}", zh = "{zh}" }}\n'
        for number in range(1, numbers + 1):
            yield f'\n[[areas]]\ncode = "lane-{lane}-{number}"\ninside = "lane-{lane}"\n'
            yield f'name = {{ en = "No. {number}", zh = "{number}号" }}\n'


def places() -> list[str]:
    """Where something is reported: in the example's neighbourhood, and at the houses of the lanes."""
    lanes, numbers = len(DATA["lanes"]["names"]["en"]), DATA["lanes"]["numbers"]
    houses = [f"lane-{lane}-{number}" for lane in range(1, lanes + 1) for number in range(1, numbers + 1)]
    return [*DATA["places"], *houses]
