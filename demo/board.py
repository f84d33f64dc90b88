"""The demo's part of the page: levers that kill the bot, a line on what became of it, links, and counters."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from demo.neighbours import Json, Neighbours
from demo.process import ROOT
from domain.calendar.local_time import local_time

KILL = "kill"
BURST = "burst"
LONGEST_WAIT = 40
TEXTS: dict[str, dict[str, str]] = json.loads((ROOT / "demo" / "panel.json").read_text("utf-8"))


class Board:
    """Puts it on the sandbox's page, in both languages; `zone` is that of the times it names, `pages` the bot's web."""

    def __init__(self, sandbox: Neighbours, zone: ZoneInfo, pages: str) -> None:
        self._sandbox = sandbox
        self._zone = zone
        self._links = [
            {"label": TEXTS["first_page"], "url": f"{pages}/"},
            {"label": TEXTS["promises"], "url": f"{pages}/board"},
            {"label": TEXTS["projects"], "url": f"{pages}/projects"},
            {"label": TEXTS["figures"], "url": f"{pages}/figures"},
            {"label": TEXTS["reports"], "url": f"{pages}/reports"},
            {"label": TEXTS["plan"], "url": f"{pages}/plan"},
        ]
        self._note: Json | None = None
        self._counters: list[Json] = []

    async def say(self, key: str, *, alarm: bool = False, **values: str) -> str:
        """Show a text of demo/panel.json as the line beside the lever; returns it in English."""
        text = {language: words.format(**values) for language, words in TEXTS[key].items()}
        self._note = {"text": text, "alarm": alarm}
        await self._show()
        return text["en"]

    async def count(self, figures: dict[str, int]) -> None:
        """Show these figures, by their names in demo/panel.json."""
        counters: list[Json] = [
            {"name": name, "label": TEXTS[name], "hint": TEXTS[f"{name}_hint"], "value": value,
             "alarm": name == "lost" and value > 0}
            for name, value in figures.items()
        ]  # fmt: skip
        if counters != self._counters:
            self._counters = counters
            await self._show()

    async def pulls(self) -> AsyncIterator[str]:
        """The levers people pull from now on, by name."""
        seen = (await self._show())["pulls"]
        while True:
            for pull in (await self._sandbox.get(f"pulls?after={seen}&timeout={LONGEST_WAIT}"))["pulls"]:
                seen = pull["n"]
                yield pull["lever"]

    async def time(self) -> str:
        """What the clock on the page shows, with seconds."""
        now = datetime.fromisoformat((await self._sandbox.get("clock"))["now"])
        return local_time(now, self._zone).strftime("%H:%M:%S")

    async def _show(self) -> Json:
        levers = [{"name": name, "label": TEXTS[name], "hint": TEXTS[f"{name}_hint"]} for name in (KILL, BURST)]
        return await self._sandbox.post(
            "panel", levers=levers, note=self._note, links=self._links, counters=self._counters
        )
