"""Plays a story step by step, through the same actions as a person's: what "Show me" does. File format: README.md."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.story_steps import Stage
from sandbox.world import World

READING_SECONDS = 2.6
"""How long a step stands before the next, at speed 1."""
BEFORE_ACTING = 0.4
"""The part of that for which a caption stands before its step is done."""
ACTIONS = ("start", "pause", "resume", "next", "stop")


class Player:
    """The stories of this sandbox, if it has any. Its state is told as a `story` event at every change."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stage = Stage(world, Path())
        self._stories: list[Json] = []
        self._folders: list[Path] = []
        self._state: Json = {}
        self._task: asyncio.Task[None] | None = None
        self._go_on = asyncio.Event()
        self._is_paused = False
        self._is_step_by_step = False
        self._speed = 1.0

    def load(self, path: Path) -> None:
        """Read one more story from a file. Raises OSError, or ValueError for what is no story."""
        story = json.loads(path.read_text("utf-8"))
        if not isinstance(story, dict) or not isinstance(story.get("steps"), list) or not story["steps"]:
            raise ValueError("a story has a list of steps")
        self._stories.append(story)
        self._folders.append(path.parent)
        titles = [each.get("title", "") for each in self._stories]
        self._state = {"state": "idle", "index": 0, "number": 0, "titles": titles, **self._about(0)}

    def state(self) -> Json | None:
        """Where the story stands; None when there is none."""
        return self._state or None

    def _about(self, number: int) -> Json:
        story = self._stories[number]
        return {"total": len(story["steps"]), "title": story.get("title", "")}

    async def control(self, action: str, body: Json) -> Json:
        """Start, pause, resume, next or stop; `speed`, `language` and `step_by_step` may come along. Raises Problem.

        To start, `story` says which of several, counted from 0.
        """
        if not self._state:
            raise Problem("This sandbox has no story: start it with --story FILE.")
        if action not in ACTIONS:
            raise Problem(f"A story can {', '.join(ACTIONS)}; it cannot {action!r}.")
        self._read(body)
        if action == "start":
            number = self._number(body)
            await self.end()
            self._is_paused = False
            self._is_step_by_step = bool(body.get("step_by_step"))
            self._go_on.clear()
            self._stage.folder = self._folders[number]
            chosen = {"number": number, **self._about(number)}
            self._tell(state="playing", index=0, caption=None, phone=None, error=None, **chosen)
            self._task = asyncio.create_task(self._play(self._stories[number]["steps"]))
        elif action == "stop":
            await self.end()
            self._tell(state="stopped", phone=None)
        elif self._task is None or self._task.done():
            raise Problem("The story does not play.")
        elif action == "pause":
            self._is_paused = True
            self._tell(state="paused")
        else:
            if action == "resume":
                self._is_paused = self._is_step_by_step = False
                self._tell(state="playing")
            self._go_on.set()
        return self._state

    async def end(self) -> None:
        """Stop playing."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    def _number(self, body: Json) -> int:
        number = body.get("story", 0)
        if not isinstance(number, int) or not 0 <= number < len(self._stories):
            raise Problem(f"This sandbox has {len(self._stories)} stories, counted from 0; {number!r} is none of them.")
        return number

    def _read(self, body: Json) -> None:
        try:
            self._speed = min(max(float(body.get("speed", self._speed)), 0.05), 1000.0)
        except (TypeError, ValueError):
            raise Problem("The speed is a number, such as 1 or 0.5.") from None
        self._stage.language = str(body.get("language", self._stage.language)).lower()

    def _tell(self, **change: Any) -> None:
        self._state = {**self._state, **change}
        self._world.events.emit("story", **self._state)

    async def _play(self, steps: list[Json]) -> None:
        for index, step in enumerate(steps):
            try:
                phone = self._stage.phone(step)
                caption = step.get("caption", self._state.get("caption"))
                state = "paused" if self._is_paused else "playing"
                self._tell(state=state, index=index, caption=caption, phone=phone)
                if "caption" in step:
                    await self._rest(BEFORE_ACTING * READING_SECONDS)
                seen = self._stage.watch()
                if step.get("repeat"):
                    await self._stage.do_repeatedly(step)
                else:
                    await self._stage.ready(step)
                    self._stage.do(step)
                if "wait" in step:
                    await self._stage.wait(step["wait"], seen)
                await self._rest(float(step.get("rest", 1)) * READING_SECONDS, ends_step=True)
            except (Problem, KeyError, TypeError, ValueError, OSError, TimeoutError) as error:
                words = f"a field is missing: {error}" if isinstance(error, KeyError) else str(error)
                self._tell(state="failed", error=f"Step {index + 1}: {words}", phone=None)
                return
        self._tell(state="done", phone=None)

    async def _rest(self, seconds: float, *, ends_step: bool = False) -> None:
        """Time to read: ended by "next", endless while paused."""
        self._go_on.clear()
        held = self._is_paused or (self._is_step_by_step and ends_step)
        if not held:
            try:
                async with asyncio.timeout(seconds / self._speed):
                    await self._go_on.wait()
                return
            except TimeoutError:
                held = self._is_paused
        if held:
            if self._is_step_by_step and not self._is_paused:
                self._tell(state="step")
            await self._go_on.wait()
