"""What came, in our own words: who sent it, from which chat, and what they wrote, pressed or changed.

Only the edge towards a messenger makes these (`handlers/telegram/reading.py`). What handles them knows no messenger.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Sender(Enum):
    """Who sent an update."""

    PERSON = "person"
    GROUP = "group"
    """An administrator who remains anonymous."""
    CHANNEL = "channel"
    """Somebody who writes as a channel of theirs."""
    NOBODY = "nobody"
    """The messenger itself, another bot, a channel's post passed on: nobody waits for an answer."""


@dataclass(slots=True)
class Account:
    """Somebody as the messenger shows them; `name` is empty where it shows none."""

    id: int
    name: str
    username: str | None
    language: str | None = None
    is_bot: bool = False


@dataclass(slots=True)
class IncomingChat:
    """The chat it came from. `kind`: private, group, supergroup or channel."""

    id: int
    kind: str
    title: str | None
    is_forum: bool

    @property
    def is_private(self) -> bool:
        """Whether one person alone is in it with the bot."""
        return self.kind == "private"


@dataclass(slots=True)
class Point:
    """A point on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(slots=True)
class IncomingFile:
    """A photo, voice message, video or document. `kind` is a PartKind, `duration` in seconds."""

    kind: str
    id: str
    unique_id: str
    duration: int | None
    size: int | None = None
    """In bytes, where the messenger says so."""


@dataclass(slots=True)
class RepliedTo:
    """The message that is replied to; `author` is None where a group or channel speaks in it."""

    message_id: int
    author: Account | None


@dataclass(slots=True)
class Quoted:
    """A message of another chat that is quoted; None for what the messenger does not tell of it."""

    chat_id: int | None
    message_id: int | None
    author_id: int | None


@dataclass(slots=True)
class UsersShared:
    """The people somebody chose at a button of the keyboard; `request_id` is that button's number."""

    request_id: int
    users: list[Account]


@dataclass(slots=True)
class IncomingMessage:
    """A message, or how it reads now that it was changed. Texts are empty where there is none."""

    id: int
    sent_at: datetime
    changed_at: int = 0
    """In seconds of Unix time; 0 when it was not changed."""
    text: str = ""
    caption: str = ""
    """The words beside a file."""
    file: IncomingFile | None = None
    point: Point | None = None
    """Shared by itself, or as a place with a name."""
    album: str | None = None
    topic: int | None = None
    reply_to: RepliedTo | None = None
    quoted: Quoted | None = None
    forwarded_from: int | None = None
    """Whose message it passes on."""
    users_shared: UsersShared | None = None
    moved_to: int | None = None
    """The id which the chat has from now on, when it became a supergroup."""
    moved_from: int | None = None
    says_who_left: bool = False

    @property
    def words(self) -> str:
        """What somebody wrote, by itself or beside a file."""
        return self.text or self.caption


@dataclass(slots=True)
class Press:
    """A pressed button. `message_id` and `topic`: of the message it stands under."""

    id: str
    data: str
    message_id: int | None = None
    topic: int | None = None


@dataclass(slots=True)
class MembershipChange:
    """The bot's own place in a chat as it is now; `rights` are an administrator's."""

    status: str
    is_out: bool
    """It was blocked by the person, or has left the group or been removed from it."""
    rights: frozenset[str]


@dataclass(slots=True)
class Incoming:
    """One update: a message (with `is_change` an earlier one that was changed), a press or a change of membership."""

    id: int
    sender: Sender = Sender.NOBODY
    account: Account | None = None
    chat: IncomingChat | None = None
    message: IncomingMessage | None = None
    is_change: bool = False
    press: Press | None = None
    membership: MembershipChange | None = None
    raw: Callable[[], dict[str, Any]] = dict
    """As the messenger sent it, for keeping."""
    read: Callable[[dict[str, Any]], "Incoming"] = lambda _raw: Incoming(0)
    """Reads anew what was kept so."""

    @property
    def is_for_us(self) -> bool:
        """Whether anything in it is meant for the bot; the edge leaves out what is not."""
        return self.message is not None or self.press is not None or self.membership is not None
