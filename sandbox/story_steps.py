"""What the steps of a story can do, and waiting for what they bring about."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.call import Upload
from sandbox.people.registry import ACTIONS
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.things import Chat, Message
from sandbox.world import World

WAIT_SECONDS = 20.0
MOST_REPEATS = 10
FOLLOWS_SECONDS = 0.7
"""What a press brings about stands there by then: the question that was put aside for the one just ended."""
NEWEST = 4
"""So many of a chat's newest messages a `wait` looks at, besides the new and changed ones; `among` says otherwise."""


class Stage:
    """The world as a story speaks of it: by names, in one of its languages."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.language = "en"

    def words(self, given: Any) -> str:
        """A text in the story's language; where that is missing, in English or any other."""
        if not isinstance(given, dict):
            return str(given)
        return str(given.get(self.language) or given.get("en") or next(iter(given.values()), ""))

    def phone(self, step: Json) -> Json | None:
        """Whose phone the step is played on, and which chat it shows."""
        if "as" not in step:
            return None
        return {"person": self._person(step), "chat": self._shown(step)}

    def _person(self, step: Json) -> int:
        name = step["as"]
        known = self.world.names.get(name)
        if known not in self.world.people:
            people = self.world.people.values()
            known = next((one.id for one in people if name in (one.user["first_name"], one.user.get("username"))), None)
        if known is None:
            raise Problem(f"there is nobody called {name!r}")
        return known

    def _chat_name(self, step: Json) -> Any:
        name = step.get("chat", "bot")
        titled = next((one.id for one in self.world.groups.values() if one.title == name and not one.migrated_to), None)
        return name if titled is None else titled

    def _chat(self, step: Json) -> Chat:
        return self.world.chat(self._person(step), self._chat_name(step))

    def _shown(self, step: Json) -> int:
        chat = self._chat(step)
        return chat.id if chat.bot is None else chat.bot

    def do(self, step: Json) -> None:
        """Do what a step says. Raises Problem, or KeyError for a missing field."""
        deed = step.get("do", "pause")
        if deed == "pause":
            return
        if deed == "advance":
            seconds = self._until(step) if "weekday" in step else step["seconds"]
            ACTIONS["clock"](self.world, {"advance": seconds})
            return
        if deed == "language":
            self.language = str(step["text"]).lower()
            return
        if deed not in DEEDS:
            raise Problem(f"a story cannot {deed!r}")
        name, fields = DEEDS[deed](self, step)
        body: Json = {"from": self._person(step), "chat": self._shown(step)}
        if "thread" in step:
            body["thread"] = step["thread"]
        ACTIONS[name](self.world, body | fields)

    def _until(self, step: Json) -> float:
        """Seconds until the next time it is that weekday (Monday is 0) and time of day, where the people live."""
        now = self.world.clock.now().astimezone(ZoneInfo(self.world.timezone or "UTC"))
        hour, minute = (int(part) for part in step["time"].split(":"))
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        then += timedelta(days=(int(step["weekday"]) - now.weekday()) % 7)
        if then <= now:
            then += timedelta(days=7)
        return (then - now.astimezone(then.tzinfo)).total_seconds()

    def find(self, step: Json) -> Message:
        """The message a step means: the newest with such a text, with such a button, or simply the newest."""
        messages = list(self._chat(step).messages.values())
        wanted, data = step.get("message"), step.get("data")
        if wanted == "last" and messages:
            return messages[-1]
        for message in reversed(messages):
            if wanted is not None and re.search(self.words(wanted), _text(message)):
                return message
            if wanted is None and any(_fits(self, step, button) for button in _buttons(message)):
                return message
        raise Problem(f"nothing like {wanted or data or step.get('label')!r} is on the screen")

    def button(self, message: Message, step: Json) -> Json:
        """How to press the button a step means: its data, or for a link its label."""
        for button in _buttons(message):
            if _fits(self, step, button):
                return {"data": button["callback_data"]} if "callback_data" in button else {"label": button["text"]}
        raise Problem(f"there is no button like {step.get('data') or step.get('label')!r}")

    def file(self, step: Json) -> Upload:
        """A step's file, which lies beside the story."""
        path = self.folder / step["file"]
        return Upload(path.name, path.read_bytes(), None)

    async def ready(self, step: Json) -> None:
        """Wait until what a step presses or replies to is on the screen: a bot takes its time, and so does a machine.

        When it does not come, `do` says so.
        """
        if step.get("do") in ("press", "reply"):
            await self._find_soon(step, WAIT_SECONDS)

    async def do_repeatedly(self, step: Json) -> None:
        """Press a button as long as one like it stands there; each press waits until the one before has changed it."""
        for pressed in range(MOST_REPEATS):
            message = await self._find_soon(step, FOLLOWS_SECONDS if pressed else 0.0)
            if message is None:
                return
            before = message.edits, _buttons(message)
            self.do(step)
            async with asyncio.timeout(WAIT_SECONDS):
                while (message.edits, _buttons(message)) == before and self._is_there(step, message):
                    await self.world.events.bell.wait(1.0)

    async def _find_soon(self, step: Json, seconds: float) -> Message | None:
        """The message a step means, as soon as it is there; None when it has not come after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    with contextlib.suppress(Problem):
                        return self.find(step)
                    await self.world.events.bell.wait(1.0)
        return None

    def _is_there(self, step: Json, message: Message) -> bool:
        return self._chat(step).messages.get(message.message_id) is message

    # Waiting

    def watch(self) -> dict[tuple[int, int | None], dict[int, int]]:
        """How all messages look now, to tell later which are new or changed."""
        return {
            _key(chat): {one.message_id: one.edits for one in chat.messages.values()} for chat in self.world.chats()
        }

    async def wait(self, wait: Json, seen: dict[tuple[int, int | None], dict[int, int]]) -> None:
        """Wait until a message that matches is in the chat. Raises Problem when it does not come."""
        pattern = self.words(wait["text"])
        try:
            async with asyncio.timeout(float(wait.get("seconds", WAIT_SECONDS))):
                while not self._has_come(wait, pattern, seen):
                    await self.world.events.bell.wait(1.0)
        except TimeoutError:
            raise Problem(f"waited in vain for {pattern!r} in the chat of {wait['person']}") from None

    def _has_come(self, wait: Json, pattern: str, seen: dict[tuple[int, int | None], dict[int, int]]) -> bool:
        name = wait["person"]
        named = self._chat_name({"chat": name})
        is_group = self.world.number(named) in self.world.groups
        chat = self.world.group(named) if is_group else self._chat({"as": name, "chat": wait.get("chat", "bot")})
        before = seen.get(_key(chat), {})
        messages = list(chat.messages.values())
        newest = {one.message_id for one in messages[-int(wait.get("among", NEWEST)) :]}
        return any(
            re.search(pattern, _text(one))
            for one in messages
            if one.message_id in newest or before.get(one.message_id) != one.edits
        )


def _key(chat: Chat) -> tuple[int, int | None]:
    return chat.id, chat.bot


def _text(message: Message) -> str:
    return str(message.content.get("text") or message.content.get("caption") or "")


def _buttons(message: Message) -> list[Json]:
    rows = message.content.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _fits(stage: Stage, step: Json, button: Json) -> bool:
    if "data" in step:
        return bool(re.search(str(step["data"]), button.get("callback_data", "")))
    return "label" in step and bool(re.search(stage.words(step["label"]), button["text"]))


def _press(stage: Stage, step: Json) -> tuple[str, Json]:
    message = stage.find(step)
    extra = {"group": step["group"]} if "group" in step else {}
    return "press", {"message": message.message_id, **stage.button(message, step), **extra}


def _reply(stage: Stage, step: Json) -> tuple[str, Json]:
    name, fields = _upload("photo")(stage, step) if "file" in step else _say(stage, step)
    return name, {**fields, "reply_to": stage.find(step).message_id}


def _say(stage: Stage, step: Json) -> tuple[str, Json]:
    return "say", {"text": stage.words(step["text"])}


def _upload(kind: str) -> Callable[[Stage, Json], tuple[str, Json]]:
    def upload(stage: Stage, step: Json) -> tuple[str, Json]:
        fields: Json = {"kind": kind, "file": stage.file(step), "caption": stage.words(step.get("text", ""))}
        if "duration" in step:
            fields["duration"] = step["duration"]
        return "upload", fields

    return upload


def _location(stage: Stage, step: Json) -> tuple[str, Json]:
    del stage
    return "location", {"latitude": step["latitude"], "longitude": step["longitude"]}


def _edit(stage: Stage, step: Json) -> tuple[str, Json]:
    text = stage.words(step["text"])
    own = [one for one in stage._chat(step).messages.values() if one.author == stage._person(step)]
    pattern = stage.words(step.get("message", "last"))
    found = [one for one in own if pattern == "last" or re.search(pattern, _text(one))]
    if not found:
        raise Problem(f"there is no message like {pattern!r} to edit")
    return "edit", {"message": found[-1].message_id, "text": text, "caption": text}


def _tap(stage: Stage, step: Json) -> tuple[str, Json]:
    extra: Json = {name: step[name] for name in ("contact", "location", "users") if name in step}
    return "tap", {"label": stage.words(step["label"]), **extra}


def _start(stage: Stage, step: Json) -> tuple[str, Json]:
    del stage
    return "start", {"payload": step["payload"]} if "payload" in step else {}


DEEDS: dict[str, Callable[[Stage, Json], tuple[str, Json]]] = {
    "start": _start,
    "say": _say,
    "reply": _reply,
    "press": _press,
    "tap": _tap,
    "edit": _edit,
    "photo": _upload("photo"),
    "voice": _upload("voice"),
    "video": _upload("video"),
    "document": _upload("document"),
    "location": _location,
}
