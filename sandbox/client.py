"""Acting as people, from Python: for tests and scripts. Everything goes over the people API."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

import aiohttp

Json = dict[str, Any]
PATIENCE = 8.0


class World:
    """A running sandbox. `sandbox` is the server itself where it runs in the same process (tests)."""

    def __init__(self, url: str, token: str = "", sandbox: Any = None) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.sandbox = sandbox
        self.clock_moved: Callable[[], Awaitable[None]] | None = None
        """Awaited whenever the clock was moved: for those who want to wait until a bot has heard of it."""
        self.at_rest: Callable[[], Awaitable[None]] | None = None
        """Awaited before it is said that nothing came: for those who know when a bot has done all it has to do."""
        self.bot_id = int(token.partition(":")[0] or 0)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "World":
        self._session = aiohttp.ClientSession()
        if not self.bot_id:
            self.bot_id = (await self.state())["bots"][0]["id"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The HTTP session."""
        assert self._session is not None, "use `async with World(url)`"
        return self._session

    async def post(self, path: str, **body: Any) -> Any:
        """Call the people API. Raises AssertionError with its words when it says no."""
        async with self.session.post(f"{self.url}/api/{path}", json=body) as response:
            answer = await response.json()
            assert response.status == 200, f"{path}: {answer}"
            return answer

    async def get(self, path: str) -> Any:
        """Read from the people API."""
        async with self.session.get(f"{self.url}/api/{path}") as response:
            return await response.json()

    async def state(self) -> Json:
        """The whole world."""
        found: Json = await self.get("state")
        return found

    async def bot_call(self, method: str, **parameters: Any) -> Json:
        """Call the Bot API as the bot; the whole answer, refusals too."""
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            answer: Json = await response.json()
            return answer

    async def person(self, name: str, language: str = "en", **more: Any) -> "Person":
        """Somebody new."""
        made = await self.post("people", first_name=name, language_code=language, **more)
        return Person(self, made)

    async def group(
        self, title: str, members: list["Person"], *, forum: bool = True, supergroup: bool = True,
        bot: tuple[str, ...] | None = ("manage_topics", "delete_messages", "pin_messages"),
    ) -> int:  # fmt: skip
        """A group of these people; with `bot` the bot joins as administrator with these rights. Returns its id."""
        made = await self.post(
            "groups", title=title, members=[member.id for member in members], forum=forum, supergroup=supergroup
        )
        if bot is not None:
            rights = {f"can_{right}": True for right in bot}
            await self.post("group/add", chat=made["id"], user=self.bot_id, rights=rights)
        return int(made["id"])

    async def advance(self, **units: float) -> None:
        """Move the clock: minutes=15, hours=…, days=…"""
        seconds = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
        await self._clock(advance=sum(seconds[unit] * amount for unit, amount in units.items()))

    async def set_time(self, iso: str) -> None:
        """Set the clock to an instant such as 2026-03-02T10:00:00+08:00."""
        await self._clock(now=iso)

    async def _clock(self, **move: Any) -> None:
        await self.post("clock", **move)
        if self.clock_moved is not None:
            await self.clock_moved()

    async def faults(self, *faults: Json) -> None:
        """Switch these faults on, all others off."""
        await self.post("faults", faults=list(faults))

    async def chat_messages(self, chat: int) -> list[Json]:
        """All messages of a chat (a person's id for their private chat), oldest first."""
        found: list[Json] = await self.get(f"messages?id={chat}&bot={self.bot_id}")
        return found

    async def complaints(self) -> list[str]:
        """What the schema has against the bot's calls, and against the sandbox's own answers."""
        found = (await self.get("complaints"))["complaints"]
        return [f"{one['where']}: {one['complaint']}" for one in found]

    async def calls(self, method: str | None = None) -> list[Json]:
        """The calls the bot has made, but for getUpdates."""
        made = (await self.get("calls"))["calls"]
        return [
            call for call in made if call["method"] == method or (method is None and call["method"] != "getUpdates")
        ]

    async def sees(self, chat: int, text: str, *, after: int = 0, patience: float = PATIENCE) -> Json:
        """Wait for a message in a chat that holds `text` (or has a button with it); the newest one.

        `after`: only messages with a greater id. Raises AssertionError with what is there instead.
        """
        deadline = asyncio.get_running_loop().time() + patience
        seq = 0
        while True:
            messages = [each for each in await self.chat_messages(chat) if each["message_id"] > after]
            for message in reversed(messages):
                if text in written(message):
                    return message
            remaining = deadline - asyncio.get_running_loop().time()
            if remaining <= 0:
                there = "\n---\n".join(written(message) for message in messages[-8:])
                raise AssertionError(f"waited {patience} s for {text!r}; there is:\n{there}")
            # Until something happens: nothing is missed in between, for the number is that of the last look.
            seq = (await self.get(f"wait?after={seq}&timeout={min(remaining, 20):.2f}"))["seq"]

    async def rests(self) -> None:
        """Wait until the bot has done all it had to do, where somebody knows it (`at_rest`), or else is quiet."""
        await (self.at_rest or self.quiet)()

    async def sees_no(self, chat: int, text: str) -> None:
        """Make sure that nothing with `text` is there once the bot rests."""
        await self.rests()
        for message in await self.chat_messages(chat):
            assert text not in written(message), f"{text!r} must not be there: {written(message)}"

    async def quiet(self, *, seconds: float = 0.25, patience: float = PATIENCE) -> None:
        """Wait until the bot has made no call for `seconds`."""
        deadline = asyncio.get_running_loop().time() + patience
        last, since = -1, 0.0
        while asyncio.get_running_loop().time() < deadline:
            made = (await self.get(f"calls?since={max(last, 0)}"))["calls"]
            # A poll is no deed: it goes on for ever.
            busy = last < 0 or any(call["method"] != "getUpdates" for call in made)
            last = made[-1]["n"] if made else max(last, 0)
            if busy:
                since = asyncio.get_running_loop().time()
            elif asyncio.get_running_loop().time() - since >= seconds:
                return
            await asyncio.sleep(0.03)


Sandbox = World
"""Another name for the same, for scripts that start from the sandbox rather than from its people."""


class Person:
    """Somebody with a phone. `chat` is the bot (their private chat with it) unless a group's id is given."""

    def __init__(self, world: World, user: Json) -> None:
        self.world = world
        self.user = user
        self.id = int(user["id"])

    def _chat(self, chat: int | None) -> int:
        return self.world.bot_id if chat is None else chat

    def _where(self, chat: int | None) -> int:
        return self.id if chat is None else chat

    async def starts(self, payload: str | None = None) -> Json:
        """Press Start."""
        body = {"payload": payload} if payload else {}
        message: Json = await self.world.post("start", **{"from": self.id}, **body)
        return message

    async def says(self, text: str, chat: int | None = None, **more: Any) -> Json:
        """Write a text; `more`: thread, reply_to, via_anonymous."""
        message: Json = await self.world.post("say", **{"from": self.id}, chat=self._chat(chat), text=text, **more)
        return message

    async def replies(self, message: Json, text: str, chat: int | None = None) -> Json:
        """Reply to a message."""
        return await self.says(text, chat, reply_to=message["message_id"])

    async def sends(
        self, kind: str, content: bytes, *, caption: str = "", chat: int | None = None, name: str = "", **more: Any
    ) -> Json:
        """Send a photo, voice, video … ; `more`: duration, album, reply_to, thread."""
        form = aiohttp.FormData()
        fields = {"from": self.id, "chat": self._chat(chat), "kind": kind, "caption": caption, **more}
        for key, value in fields.items():
            form.add_field(key, str(value))
        form.add_field("file", content, filename=name or f"{kind}.bin")
        async with self.world.session.post(f"{self.world.url}/api/upload", data=form) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def sends_photo(self, content: bytes, caption: str = "", chat: int | None = None, **more: Any) -> Json:
        """Send a picture."""
        return await self.sends("photo", content, caption=caption, chat=chat, name="photo.jpg", **more)

    async def sends_voice(self, content: bytes, duration: int = 3, chat: int | None = None, **more: Any) -> Json:
        """Send a voice note."""
        return await self.sends("voice", content, chat=chat, name="voice.oga", duration=duration, **more)

    async def sends_album(
        self, *parts: tuple[str, bytes], caption: str = "", chat: int | None = None, **more: Any
    ) -> list[Json]:
        """Send an album of (kind, content); the caption belongs to the first."""
        album = f"{self.id}-{id(parts)}-{asyncio.get_running_loop().time()}"
        return [
            await self.sends(kind, content, caption=caption if number == 0 else "", chat=chat, album=album, **more)
            for number, (kind, content) in enumerate(parts)
        ]

    async def shares_contact(self, phone_number: str, first_name: str, chat: int | None = None, **more: Any) -> Json:
        """Share a contact; `more`: last_name, user_id, thread, reply_to."""
        message: Json = await self.world.post(
            "contact",
            **{"from": self.id},
            chat=self._chat(chat),
            phone_number=phone_number,
            first_name=first_name,
            **more,
        )
        return message

    async def shares_location(self, latitude: float, longitude: float, **more: Any) -> Json:
        """Share a point on the map with the bot."""
        message: Json = await self.world.post(
            "location", **{"from": self.id}, chat=self.world.bot_id, latitude=latitude, longitude=longitude, **more
        )
        return message

    async def sees(self, text: str, chat: int | None = None, **more: Any) -> Json:
        """Wait for a message with this text; see World.sees."""
        return await self.world.sees(self._where(chat), text, **more)

    async def sees_no(self, text: str, chat: int | None = None) -> None:
        """Make sure that nothing with this text is there once the bot rests; see World.sees_no."""
        await self.world.sees_no(self._where(chat), text)

    async def presses(
        self,
        label: str = "",
        chat: int | None = None,
        message: Json | None = None,
        *,
        data: str | None = None,
        **more: Any,
    ) -> Json:
        """Press the button whose label holds `label`, under `message` or the newest message that has it.

        `data`, with a message, chooses by the callback_data instead.
        """
        if data is not None:
            assert message is not None, "name the message whose button has that data"
            return await self._press(chat, message, data=data)
        found = message or await self.sees(f"[{label}", chat, **more)
        button = next((each for each in buttons(found) if label in each["text"]), None) or next(
            (each for each in buttons(found) if label == each.get("callback_data")), None
        )
        assert button is not None, f"no button {label!r}: {written(found)}"
        return await self._press(chat, found, label=button["text"])

    async def _press(self, chat: int | None, message: Json, **which: str) -> Json:
        where = {"from": self.id, "chat": self._chat(chat), "message": message["message_id"]}
        answer: Json = await self.world.post("press", **where, **which)
        return answer

    async def forges(self, message: Json, data: str, chat: int | None = None) -> Json:
        """Press a button that is not there, as a client of one's own can."""
        answer: Json = await self.world.post(
            "press", **{"from": self.id}, chat=self._chat(chat), message=message["message_id"], data=data, forged=True
        )
        return answer

    async def popup(self, press: Json, patience: float = PATIENCE) -> Json:
        """What a press was answered: {"text", "show_alert", "url"}."""
        deadline = asyncio.get_running_loop().time() + patience
        seq = 0
        while (remaining := deadline - asyncio.get_running_loop().time()) > 0:
            answer = (await self.world.get(f"callback/{press['id']}"))["answer"]
            if answer is not None:
                found: Json = answer
                return found
            seq = (await self.world.get(f"wait?after={seq}&timeout={min(remaining, 20):.2f}"))["seq"]
        raise AssertionError("the press was never answered")

    async def taps(self, label: str, chat: int | None = None, **more: Any) -> Json:
        """Tap a button of the reply keyboard."""
        message: Json = await self.world.post("tap", **{"from": self.id}, chat=self._chat(chat), label=label, **more)
        return message

    async def edits(self, message: Json, text: str, chat: int | None = None) -> Json:
        """Change one's own message."""
        field = "text" if "text" in message else "caption"
        edited: Json = await self.world.post(
            "edit", **{"from": self.id}, chat=self._chat(chat), message=message["message_id"], **{field: text}
        )
        return edited

    async def _does(self, action: str, message: Json, chat: int | None, **more: Any) -> Json:
        where = {"from": self.id, "chat": self._chat(chat), "message": message["message_id"]}
        answer: Json = await self.world.post(action, **where, **more)
        return answer

    async def reacts(self, message: Json, emoji: str | None, chat: int | None = None) -> None:
        """React with an emoji; None takes it back."""
        await self._does("react", message, chat, emoji=emoji)

    async def deletes(self, message: Json, chat: int | None = None) -> None:
        """Delete a message."""
        await self._does("delete", message, chat)

    async def pins(self, message: Json, chat: int | None = None, *, on: bool = True) -> None:
        """Pin a message, or take the pin away."""
        await self._does("pin", message, chat, on=on)

    async def follows(self, url: str) -> Json:
        """Follow a link from a text."""
        answer: Json = await self.world.post("follow", **{"from": self.id}, url=url)
        return answer

    async def renames(self, name: str) -> None:
        """Call oneself otherwise; the bot reads it at the next thing one does."""
        await self.world.post("rename", **{"from": self.id}, first_name=name)

    async def blocks(self) -> None:
        """Block the bot."""
        await self.world.post("block", **{"from": self.id})

    async def unblocks(self) -> None:
        """Let it in again."""
        await self.world.post("unblock", **{"from": self.id})


def buttons(message: Json) -> list[Json]:
    """The buttons under a message."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def written(message: Json) -> str:
    """A message as text: words, then its buttons in brackets, one a line."""
    words = message.get("text") or message.get("caption") or ""
    kinds = [
        kind for kind in ("photo", "voice", "video", "video_note", "document", "location", "contact") if kind in message
    ]
    head = f"<{kinds[0]}> " if kinds else ""
    labels = [f"[{button['text']}]" for button in buttons(message)]
    if not words and not kinds:
        known = ("message_id", "date", "chat", "from")
        words = json.dumps({key: value for key, value in message.items() if key not in known}, ensure_ascii=False)[:200]
    return "\n".join([head + words, *labels])
