"""The demo's neighbours: what happened before the newcomer came, played over the people API like everything else."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

Json = dict[str, Any]
PATIENCE = 30.0
# What staff see when a deed has been done, in both languages of the demo.
QUESTIONS = {"resolve": "what was done|怎么处理的"}
RESULTS = {
    "take": "TAKEN|已认领",
    "start": "IN WORK|处理中",
    "answer": "1 answer|1次答复",
    "resolve": "RESOLVED|已处理",
    "yes": "CLOSED|已办结",
    "pressing": "PRESSING|急难愁盼",
}


class Neighbours:
    """People of the scene, by name; Wei is staff."""

    def __init__(self, session: aiohttp.ClientSession, address: str, language: str) -> None:
        self._session = session
        self._address = address
        self._language = language
        self.ids: dict[str, int] = {}
        """People and groups of the scene, by name."""
        self.called: dict[str, str] = {}
        """What the people of the scene are called, by the same names."""
        self._bot = 0

    async def post(self, path: str, **body: Any) -> Json:
        """Call the people API. Raises RuntimeError with what it said."""
        async with self._session.post(f"{self._address}/api/{path}", json=body) as response:
            answer: Json = await response.json()
            if response.status != 200:
                raise RuntimeError(f"{path}: {answer}")
            return answer

    async def get(self, path: str) -> Json:
        """Ask the people API."""
        found: Json = await self._read(path)
        return found

    async def _read(self, path: str) -> Any:
        async with self._session.get(f"{self._address}/api/{path}") as response:
            return await response.json()

    async def state(self) -> Json:
        """The sandbox's world."""
        return await self.get("state")

    async def ready(self) -> None:
        """Wait until the sandbox answers."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await self.state()
                    return
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.1)

    async def move_in(self, scene: Json) -> None:
        """Make the people, the group and the phones of a scene."""
        made = await self.post("scene", **scene)
        self.ids = {**made["people"], **made["groups"]}
        self.called = {person["name"]: person["first_name"] for person in scene["people"]}
        self._bot = (await self.state())["bots"][0]["id"]

    async def everybody_starts(self) -> None:
        """All press Start, so that the bot may write to them."""
        people = [number for number in self.ids.values() if number > 0]
        for person in people:
            await self.post("start", **{"from": person})
        for person in people:
            await self.sees(person, "Hello|您好")

    async def lives_through(self, told: Json, folder: Path) -> Json:
        """Somebody reports something, and staff do what they did, an hour for each deed. Returns the staff's card."""
        who, wei, staff = self.ids[told["who"]], self.ids["Wei"], self.ids["Staff"]
        await self.says_to_bot(who, self.words(told["text"]))
        card = await self.sees(who, "NOT SENT YET|还没有发送")
        if "photo" in told:
            await self._sends_photo(who, self._bot, folder / told["photo"])
            card = await self.sees(who, "1 photo|1张照片")
        received = await self._sends(who, card)
        number = re.findall(r"\d+", received["text"])[0]
        staff_card = await self.sees(staff, rf"No\. {number} ·|^第{number}号 ·")
        for deed in told["then"]:
            await self.post("clock", advance=3600)
            await self._does(deed, staff_card, who, wei, staff)
        return staff_card

    async def _sends(self, who: int, card: Json) -> Json:
        """Send what the summary shows, also where others have reported something like it; returns the status card."""
        asked = ":alike:!send$"
        await self.press(who, self._bot, card, "!send$")
        found = await self._newest(
            who,
            lambda each: (
                each["message_id"] >= card["message_id"]
                and (_reads(each, "Received|已收到") or _button(each, asked) is not None)
            ),
        )
        if _button(found, asked) is None:
            return found
        await self.press(who, self._bot, found, asked)
        return await self.sees(who, "Received|已收到")

    async def says_to_bot(self, person: int, words: str) -> None:
        """Somebody writes to the bot in private."""
        await self.post("say", **{"from": person}, chat=self._bot, text=words)

    async def replies_to_bot(self, person: int, message: Json, words: str, photo: Path | None) -> None:
        """Somebody replies to a message of the bot's, with a photo if one is given."""
        if photo is None:
            await self.post("say", **{"from": person}, chat=self._bot, text=words, reply_to=message["message_id"])
        else:
            more = {"caption": words, "reply_to": str(message["message_id"])}
            await self._sends_photo(person, self._bot, photo, **more)

    async def newest_with(self, chat: int, pattern: str) -> Json:
        """Wait for a message with a button like that; the newest one."""
        return await self._newest(chat, lambda message: _button(message, pattern) is not None)

    async def presses_newest(self, chat: int, pattern: str, by: int | None = None) -> None:
        """Press the newest button like that, in a private chat or, `by` somebody, in a group."""
        message = await self.newest_with(chat, pattern)
        await self.press(by or chat, self._bot if by is None else chat, message, pattern)

    async def presses_on(self, chat: int, message: Json, pattern: str, by: int) -> None:
        """Press a button like that under this very message of a group, once it is there."""
        number = message["message_id"]
        found = await self._newest(
            chat, lambda each: each["message_id"] == number and _button(each, pattern) is not None
        )
        await self.press(by, chat, found, pattern)

    async def types(self, person: int, step: str, words: str) -> None:
        """Write the answer to a question of a flow, once it is asked."""
        await self.newest_with(person, rf"^f:\d+:{step}:")
        await self.says_to_bot(person, words)

    async def _does(self, deed: Json, card: Json, who: int, wei: int, staff: int) -> None:
        kind = deed["do"]
        if kind == "yes":
            question = await self.sees(who, r"Is it fixed\?|解决了吗")
            await self.press(who, self._bot, question, "^r:\\d+:yes:")
        elif kind == "answer":
            await self._answers(wei, staff, card, self.words(deed["text"]))
        elif kind == "pressing":
            await self.press(wei, staff, card, r"^v:\d+:more:")
            await self.presses_newest(staff, r"^v:\d+:pressing:", wei)
        else:
            await self.press(wei, staff, card, f"^v:\\d+:{kind}:")
            if kind in QUESTIONS:
                question = await self.sees(staff, QUESTIONS[kind])
                words = self.words(deed["text"])
                await self.post("say", **{"from": wei}, chat=staff, text=words, reply_to=question["message_id"])
        await self.says(staff, card, RESULTS[kind])

    async def _answers(self, wei: int, staff: int, card: Json, words: str) -> None:
        """The card's link opens the private chat; there the answer is written, looked at and sent."""
        label = {"en": "Answer", "zh-hans": "答复"}[self._language]
        await self.post("press", **{"from": wei}, chat=staff, message=card["message_id"], label=label)
        await self.sees(wei, r"Answer to no|答复第\d+号")
        await self.says_to_bot(wei, words)
        preview = await self.sees(wei, "this is what the resident reads|居民看到的")
        await self.press(wei, self._bot, preview, "!send$")

    async def press(self, person: int, chat: int, message: Json, pattern: str) -> None:
        """Press the button like that under a message of a group or of the bot's chat."""
        fresh = next(each for each in await self._messages(person if chat > 0 else chat) if
                     each["message_id"] == message["message_id"])  # fmt: skip
        data = _button(fresh, pattern)
        if data is None:
            raise RuntimeError(f"no button like {pattern}")
        await self.post("press", **{"from": person}, chat=chat, message=message["message_id"], data=data)

    async def _sends_photo(self, person: int, chat: int, path: Path, **more: str) -> None:
        form = aiohttp.FormData()
        for name, value in {"from": str(person), "chat": str(chat), "kind": "photo", **more}.items():
            form.add_field(name, value)
        form.add_field("file", path.read_bytes(), filename=path.name)  # noqa: ASYNC240 - a small file of our own
        async with self._session.post(f"{self._address}/api/upload", data=form) as response:
            if response.status != 200:
                raise RuntimeError(await response.text())

    async def sees(self, chat: int, pattern: str) -> Json:
        """Wait for the newest message that says so."""
        return await self._newest(chat, lambda message: _reads(message, pattern))

    async def says(self, chat: int, message: Json, pattern: str) -> None:
        """Wait until that very message says so: the card of another report may have said it long ago."""
        number = message["message_id"]
        await self._newest(chat, lambda found: found["message_id"] == number and _reads(found, pattern))

    async def _newest(self, chat: int, fits: Callable[[Json], bool]) -> Json:
        """Wait for the newest message of a chat that is as it should be."""
        seq = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in reversed(await self._messages(chat)):
                    if fits(message):
                        return message
                # Until something happens. Nothing is missed in between: the number is from before the last look.
                seq = (await self.get(f"wait?after={seq}"))["seq"]

    async def _messages(self, chat: int) -> list[Json]:
        # Of this chat alone: the whole state is a megabyte before all have moved in.
        found: list[Json] = await self._read(f"messages?id={chat}")
        return found

    def words(self, given: Json) -> str:
        """A text in the language of the demo."""
        return str(given[self._language])


def _reads(message: Json, pattern: str) -> bool:
    return re.search(pattern, message.get("text") or "") is not None


def _button(message: Json, pattern: str) -> str | None:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if re.search(pattern, button.get("callback_data", "")):
                return str(button["callback_data"])
    return None
