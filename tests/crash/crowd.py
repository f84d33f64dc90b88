"""Simulated people: they do what lies at hand on their screen, whether or not anybody answers."""

import asyncio
import contextlib
import random
import re
from collections.abc import Callable
from itertools import count
from typing import Any

from sandbox.client import Person, World
from sandbox.testing import Chat, Message

Json = dict[str, Any]
MARK = re.compile(r"mark\d{6}")
PNG = b"\x89PNG\r\n\x1a\n"
OGG = b"OggS"
MATTERS = ("The stairwell light is dark", "The lift is slow", "Rubbish beside the bins", "The gate squeaks", "Too loud")
QUESTIONS = ("done about no.", "be called?", "where is no.", "hear in no.")
STAFF_BUTTONS = ("Take", "Start", "Answer", "Answer", "Answer", "Resolve", "Resolve", "Kind", "Who?")
# Who presses these wants the words gone.
TAKES_WORDS_BACK = ("Write it again", "Cancel", "Change the place")
# Questions that are answered at once: what is said under them otherwise comes to more than a draft holds.
OURS, TAKE_IT_BACK = "Mine is different: send it", "Yes, take it back"
RECENT = 12


class Crowd:
    """Residents and staff of one neighbourhood. Each thing they write holds a word that comes nowhere else."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world = world
        self.residents: list[Person] = []
        self.staff: list[Person] = []
        self.staff_chat = 0
        self.waits: Callable[[], bool] = lambda: False
        self._chance = chance
        self._numbers = count(1)
        self._tasks: list[asyncio.Task[None]] = []

    async def gather(self, residents: int, staff: int) -> None:
        """Everybody moves in and presses Start; whether the bot runs by then is none of their business."""
        self.residents = [await self.world.person(f"Resident{number}") for number in range(residents)]
        self.staff = [await self.world.person(f"Staff{number}") for number in range(staff)]
        self.staff_chat = await self.world.group("Staff", self.staff)
        for person in (*self.residents, *self.staff):
            await person.starts()

    def begin(self, pause: tuple[float, float]) -> None:
        """Live from now on, with a pause between two deeds."""
        lives = [(person, self._as_resident) for person in self.residents]
        lives += [(person, self._as_staff) for person in self.staff]
        self._tasks = [asyncio.create_task(self._live(person, deed, pause)) for person, deed in lives]

    async def end(self) -> None:
        """Nobody does anything any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for task in self._tasks:
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error

    async def _live(self, person: Person, deed: Callable[[Person], Any], pause: tuple[float, float]) -> None:
        while True:
            await asyncio.sleep(self._chance.uniform(*pause))
            if self.waits():
                continue
            # A button or message can be gone by the time the finger is there.
            with contextlib.suppress(AssertionError):
                await deed(person)

    def _words(self, about: str = "") -> str:
        return f"{about or self._chance.choice(MATTERS)} mark{next(self._numbers):06d}"

    # -- looking

    def _chat(self, chat: int) -> Chat | None:
        world = self.world.sandbox.world
        found: Chat | None = world.groups.get(chat) or world.private.get((chat, self.world.bot_id))
        return found

    def _recent(self, chat: int) -> list[Message]:
        """What is at the end of a chat, oldest first."""
        found = self._chat(chat)
        return list(found.messages.values())[-RECENT:] if found else []

    def _of_bot(self, chat: int) -> list[Message]:
        return [each for each in self._recent(chat) if each.author == self.world.bot_id]

    # -- doing

    async def _as_resident(self, person: Person) -> None:
        shown = self._of_bot(person.id)
        with_buttons = [each for each in shown if _labels(each)]
        own = [each for each in self._recent(person.id) if each.author == person.id]
        own = [each for each in own if MARK.search(str(each.content.get("text")))]
        if with_buttons and "Send it like this" in _labels(with_buttons[-1]) and self._chance.random() < 0.55:
            await self._press(person, with_buttons[-1], "Send it like this")
            return
        if with_buttons and _is_question(with_buttons[-1]) and self._chance.random() < 0.4:
            labels = [label for label in _labels(with_buttons[-1]) if label not in TAKES_WORDS_BACK]
            await self._press(person, with_buttons[-1], self._chance.choice(labels))
            return
        if with_buttons and {OURS, TAKE_IT_BACK} & set(_labels(with_buttons[-1])):
            await self._press(person, with_buttons[-1], self._chance.choice(_labels(with_buttons[-1])))
            return
        deed = self._chance.choices(
            ("text", "photo", "voice", "album", "edit", "reply", "yes", "no", "press", "my"),
            (26, 9, 4, 3, 8, 16, 6, 5, 18, 3),
        )[0]
        numbered = [each for each in shown if "No. " in str(each.content.get("text"))]
        if deed == "photo":
            await person.sends_photo(PNG, self._words())
        elif deed == "voice":
            await person.sends_voice(OGG)
        elif deed == "album":
            album = f"album{next(self._numbers)}"
            for _ in range(2):
                await person.sends_photo(PNG, self._words(), album=album)
        elif deed == "edit" and own:
            message = own[-1]
            words = f"{message.content['text']} and {self._words('more')}"
            await person.edits({"message_id": message.message_id, "text": ""}, words)
        elif deed == "reply" and numbered:
            await person.replies({"message_id": self._chance.choice(numbered).message_id}, self._words("Still waiting"))
        elif deed in ("yes", "no"):
            await person.says(deed)
        elif deed == "press" and with_buttons:
            message = self._chance.choice(with_buttons)
            labels = [label for label in _labels(message) if label not in TAKES_WORDS_BACK]
            await self._press(person, message, self._chance.choice(labels or _labels(message)))
        elif deed == "my":
            await person.says("/my")
        else:
            await person.says(self._words())

    async def _as_staff(self, person: Person) -> None:
        if self._chance.random() < 0.5 and await self._answers(person):
            return
        group, shown = self.staff_chat, self._of_bot(self.staff_chat)
        asked = [each for each in shown if any(words in str(each.content.get("text")) for words in QUESTIONS)]
        asked = [each for each in asked if not _labels(each)]
        if asked and self._chance.random() < 0.6:
            message = self._chance.choice(asked)
            await person.replies({"message_id": message.message_id}, self._words("We see to it"), group)
            return
        cards = [each for each in shown if "Take" in _labels(each) or "Answer" in _labels(each)]
        if not cards:
            return
        card = self._chance.choice(cards)
        if self._chance.random() < 0.1:
            await person.replies({"message_id": card.message_id}, self._words("A note"), group)
            return
        labels = _labels(card)
        wanted = [label for label in STAFF_BUTTONS if label in labels]
        await self._press(person, card, self._chance.choice(wanted or labels), group)

    async def _answers(self, person: Person) -> bool:
        """Go on with the answer that is half written in private, or change one that was sent; False without any."""
        own = [each for each in self._recent(person.id) if MARK.search(str(each.content.get("text")))]
        own = [each for each in own if each.author == person.id]
        asked = [each for each in self._of_bot(person.id) if "Cancel" in _labels(each)]
        if not asked:
            if own and self._chance.random() < 0.1:
                words = f"{own[-1].content['text']} and {self._words('more')}"
                await person.edits({"message_id": own[-1].message_id, "text": ""}, words)
            return False
        for label in ("Send", "Send it all the same"):
            if label in _labels(asked[-1]) and self._chance.random() < 0.7:
                await self._press(person, asked[-1], label)
                return True
        await person.says(self._words("We see to it"))
        return True

    async def read_on(self) -> None:
        """Staff have everything sent that waits because somebody writes a lot."""
        found = self._chat(self.staff_chat)
        for message in list(found.messages.values()) if found else []:
            for label in _labels(message):
                if label.startswith("Read the next"):
                    with contextlib.suppress(AssertionError):  # gone by the time the finger is there
                        await self._press(self.staff[0], message, label, self.staff_chat)

    async def _press(self, person: Person, message: Message, label: str, chat: int | None = None) -> None:
        await person._press(chat, {"message_id": message.message_id}, label=label)


def _is_question(message: Message) -> bool:
    """Whether a flow asks something there: who only ever writes on comes to more words than a draft holds, which are
    refused, and told so."""
    rows = message.content.get("reply_markup", {}).get("inline_keyboard", [])
    data = [str(button.get("callback_data", "")) for row in rows for button in row]
    return any(each.startswith("f:") for each in data) and bool(set(_labels(message)) - set(TAKES_WORDS_BACK))


def _labels(message: Message) -> list[str]:
    rows = message.content.get("reply_markup", {}).get("inline_keyboard", [])
    return [str(button["text"]) for row in rows for button in row]
