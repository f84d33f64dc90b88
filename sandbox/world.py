"""The sandbox's whole state: bots, people, chats, messages. It lives in memory and is gone with the process."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from sandbox.clock import MovableClock
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.flood import FloodLimits
from sandbox.panel import Panel
from sandbox.refusals import Problem
from sandbox.schema import check_update
from sandbox.shapes import Json
from sandbox.things import BotAccount, CallbackQuery, Chat, Person
from sandbox.updates import UpdateQueue
from sandbox.webhook import Pace

AVATAR_COLORS = ("#c03d33", "#4fad2d", "#d09306", "#168acd", "#8544d6", "#cd4073", "#2996ad", "#ce671b")


class World:
    """Everything there is, and the numbers it is known by. `seed` makes the random ids repeatable."""

    def __init__(self, seed: int | None = None, *, checks_answers: bool = False) -> None:
        self.random = random.Random(seed)
        self.checks_answers = checks_answers
        self.clock = MovableClock()
        self.events = Events()
        self.faults = Faults()
        self.flood = FloodLimits()
        self.webhook_pace = Pace()
        self.files = Files(self.random)
        self.panel = Panel()
        self.bots: dict[int, BotAccount] = {}
        self.calls: list[Json] = []
        self.complaints: list[Json] = []
        self._used: set[int] = set()
        self._empty()

    def _empty(self) -> None:
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.callbacks: dict[str, CallbackQuery] = {}
        self.albums: dict[str, str] = {}
        self.phones: list[Json] = []
        self.places: list[Json] = []
        self.timezone: str | None = None
        self.language: str | None = None
        """The page's, while nobody has chosen another: en or zh-hans."""
        self.names: dict[str, int] = {}
        """What a scene or story calls somebody or a group → id."""

    def reset(self) -> None:
        """Back to the empty world; the bots stay, with nothing pending and nothing set but their webhooks."""
        self._empty()
        self.calls.clear()
        self.complaints.clear()
        self.files.clear()
        self.faults.clear()
        self.flood.reset()
        self.panel.clear()
        self.clock.reset()
        for bot in self.bots.values():
            bot.queue.forget_all()
            if bot.webhook is None:
                bot.queue.allowed = None
            for kept in (bot.names, bot.descriptions, bot.short_descriptions, bot.commands):
                kept.clear()
        self.events.emit("reset")

    # Making

    def add_bot(self, token: str, username: str, name: str) -> BotAccount:
        """A bot with the id that its token begins with."""
        bot_id = int(token.partition(":")[0])
        queue = UpdateQueue(self.random.randrange(100_000_000, 900_000_000))
        self.bots[bot_id] = BotAccount(bot_id, token, username, name, queue)
        self._used.add(bot_id)
        return self.bots[bot_id]

    def add_person(self, user: Json) -> Person:
        """Somebody new; `user` is a User without the id."""
        person_id = self.fresh(200_000_000, 8_000_000_000)
        full = {"id": person_id, "is_bot": False, **user}
        person = Person(full, AVATAR_COLORS[person_id % len(AVATAR_COLORS)])
        self.people[person_id] = person
        self.events.emit("person", person=full)
        return person

    def new_group(self, kind: str, title: str) -> Chat:
        """An empty group or supergroup under a new id."""
        number = self.fresh(1_000_000_000, 4_900_000_000)
        chat_id = -number if kind == "group" else -(1_000_000_000_000 + number)
        chat = Chat(chat_id, kind, self.random.randrange(2, 5000), title, instance=self.big_number())
        self.groups[chat_id] = chat
        return chat

    def private_chat(self, person_id: int, bot_id: int) -> Chat:
        """The private chat of the two, made if there is none."""
        key = (person_id, bot_id)
        if key not in self.private:
            first = self.random.randrange(2, 5000)
            self.private[key] = Chat(person_id, "private", first, bot=bot_id, instance=self.big_number())
        return self.private[key]

    def fresh(self, low: int, high: int) -> int:
        """A random number in between that was never given before."""
        while True:
            number = self.random.randrange(low, high)
            if number not in self._used:
                self._used.add(number)
                return number

    def big_number(self) -> str:
        """A number of 64 bits as Telegram writes them into JSON: as text."""
        return str(self.random.randrange(10**17, 9 * 10**18))

    # Finding

    @property
    def first_bot(self) -> BotAccount:
        """The bot that is meant when none is named."""
        return next(iter(self.bots.values()))

    def chats(self) -> Iterator[Chat]:
        """All private chats and groups."""
        yield from self.private.values()
        yield from self.groups.values()

    def user(self, user_id: int) -> Json:
        """The User of a person or bot. Raises Problem for an unknown id."""
        if user_id in self.people:
            return self.people[user_id].user
        if user_id in self.bots:
            return self.bots[user_id].user
        raise Problem(f"There is nobody with the id {user_id}.")

    def person(self, value: Any) -> Person:
        """A person by id, or by the name a scene gave. Raises Problem."""
        number = self.number(value)
        if number not in self.people:
            raise Problem(f"There is no person {value!r}.")
        return self.people[number]

    def group(self, value: Any) -> Chat:
        """A group by id or name; of an upgraded one the later. Raises Problem."""
        number = self.number(value)
        if number not in self.groups:
            raise Problem(f"There is no group {value!r}.")
        chat = self.groups[number]
        return self.groups[chat.migrated_to] if chat.migrated_to is not None else chat

    def bot(self, value: Any = None) -> BotAccount:
        """A bot by id or username; without one the first. Raises Problem."""
        if value is None or value == "bot":
            return self.first_bot
        for bot in self.bots.values():
            if value in (bot.id, str(bot.id), bot.username, f"@{bot.username}"):
                return bot
        raise Problem(f"There is no bot {value!r}.")

    def chat(self, person_id: int, value: Any, bot: Any = None) -> Chat:
        """The chat a person means: a bot's id (the private chat with it), "bot", a group's id, or a group's name.

        Raises Problem.
        """
        if value is None or value == "bot":
            return self.private_chat(person_id, self.bot(bot).id)
        number = self.number(value)
        if number in self.bots:
            return self.private_chat(person_id, number)
        if number == person_id:
            return self.private_chat(person_id, self.bot(bot).id)
        return self.group(value)

    def number(self, value: Any) -> int:
        """An id given as a number, as digits, or as a name of the scene; 0 for anything else."""
        if isinstance(value, bool):
            return 0
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            if value in self.names:
                return self.names[value]
            for bot in self.bots.values():
                if value.lstrip("@") == bot.username:
                    return bot.id
            if value == "bot":
                return self.first_bot.id
            try:
                return int(value)
            except ValueError:
                return 0
        return 0

    def complain(self, where: str, complaints: list[str]) -> None:
        """Remember what Telegram would not expect, or would never send."""
        self.complaints += [{"where": where, "complaint": complaint} for complaint in complaints]

    def push(self, bot: BotAccount, kind: str, content: Json, *, chat: int | None = None) -> None:
        """Give a bot an update, if it wants such."""
        if not bot.queue.accepts(kind):
            return
        if self.checks_answers:
            self.complain("update", check_update({"update_id": 0, kind: content}))
        copies, delay = self.faults.for_update(chat)
        if delay:
            self.faults.later(delay, lambda: bot.queue.push({kind: content}, copies=copies))
        else:
            bot.queue.push({kind: content}, copies=copies)
