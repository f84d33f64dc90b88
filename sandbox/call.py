"""One call of a bot: its arguments, read the way the Bot API reads them."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox import refusals
from sandbox.refusals import Refusal
from sandbox.shapes import Json
from sandbox.things import BotAccount, Chat, Member
from sandbox.world import World


@dataclass(frozen=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes
    mime_type: str | None


@dataclass
class Call:
    """A method's call. Arguments may be JSON values or strings; files came as parts of a multipart request."""

    world: World
    bot: BotAccount
    method: str
    arguments: Json
    uploads: dict[str, Upload]
    perform: Callable[[BotAccount, str, bytes], Awaitable[None]]
    """Carries out the method in a bot's answer to its webhook: content type and body."""
    description: str = ""
    """Words beside a result, for those methods that have some."""
    sends: list[Json] = field(default_factory=list)
    unchecked: bool = False

    def has(self, name: str) -> bool:
        """Whether the argument was given and is not empty."""
        return self.arguments.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; other values as they would stand in a form."""
        value = self.arguments.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1) -> int:
        """A whole number, clamped; the default for what is none (get_integer_arg)."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            value = int(value) if re.fullmatch(r"[+-]?\d{1,20}", value.strip()) else default
        if isinstance(value, bool) or not isinstance(value, int):
            value = default
        return min(max(value, low), high)

    def number(self, name: str) -> float | None:
        """A number with a fraction; None for what is none."""
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """True for true, yes and 1."""
        value = self.arguments.get(name)
        if isinstance(value, bool):
            return value
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, refusal: Refusal) -> Any:
        """An array or object, given as such or as JSON in a string; None when not given."""
        if not self.has(name):
            return None
        value = self.arguments[name]
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                raise refusal from None
        return value

    def allow_updates(self) -> None:
        """Set the kinds of updates wanted. What cannot be read changes nothing, as when it is left out."""
        allowed: Any = None
        with contextlib.suppress(Refusal):
            allowed = self.json("allowed_updates", refusals.NOT_JSON)
        if isinstance(allowed, list):
            self.bot.queue.allow([kind for kind in allowed if isinstance(kind, str)])

    def find_user(self, user_id: int) -> Json | None:
        """A user the bot may mention by id."""
        person = self.world.people.get(user_id)
        return person.user if person else None

    # Chats

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat of a call that reads. Raises Refusal when the bot cannot know it or has no access."""
        chat = self._known_chat(name)
        if not chat.is_private:
            self._require_inside(chat)
        return chat

    def _known_chat(self, name: str) -> Chat:
        if not self.has(name):
            raise refusals.CHAT_ID_EMPTY
        given = self.text(name).strip()
        if not re.fullmatch(r"-?\d{1,20}", given):
            raise refusals.CHAT_NOT_FOUND
        return self.chat_by_id(int(given))

    def chat_by_id(self, chat_id: int) -> Chat:
        """A chat by its id; a private one only after the person has started the bot."""
        world = self.world
        if chat_id > 0:
            private = world.private.get((chat_id, self.bot.id))
            if private is not None and private.is_started:
                return private
            if chat_id == self.bot.id or chat_id in world.bots:
                raise refusals.TO_A_BOT
            if chat_id in world.people and self._has_met(chat_id):
                raise refusals.CANNOT_INITIATE
            raise refusals.CHAT_NOT_FOUND
        chat = world.groups.get(chat_id)
        if chat is None or self.bot.id not in chat.members:
            raise refusals.CHAT_NOT_FOUND
        return chat

    def _has_met(self, person_id: int) -> bool:
        # Known from a common group: Telegram then says something else than for strangers.
        return any(
            person_id in chat.members and chat.member(self.bot.id).is_inside for chat in self.world.groups.values()
        )

    def _require_inside(self, chat: Chat) -> None:
        if chat.migrated_to is not None:
            raise refusals.upgraded(chat.migrated_to)
        status = chat.member(self.bot.id).status
        if status == "kicked":
            raise refusals.kicked(chat.kind)
        if status == "left":
            raise refusals.not_a_member(chat.kind)

    @property
    def now(self) -> int:
        return self.world.clock.timestamp()

    def membership(self, chat: Chat) -> Member:
        """The bot's own membership."""
        return chat.member(self.bot.id)
