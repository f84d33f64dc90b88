"""What a world is made of: people, bots, chats, messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.shapes import Json
from sandbox.updates import UpdateQueue
from sandbox.webhook import Webhook


@dataclass
class Person:
    """Somebody with Telegram on their phone. `user` is the Bot API's User."""

    user: Json
    avatar_color: str
    is_deactivated: bool = False
    refuses_voices: bool = False
    """Set in the privacy settings: nobody may send voice or round video messages."""

    @property
    def id(self) -> int:
        return int(self.user["id"])

    def __getitem__(self, field: str) -> Any:
        return self.user[field]

    def __setitem__(self, field: str, value: Any) -> None:
        # Replaced, not changed: updates already made keep the name that was true then.
        self.user = {**self.user, field: value}


@dataclass
class BotAccount:
    """A bot as its owner set it up, with what it set itself."""

    id: int
    token: str
    username: str
    name: str
    queue: UpdateQueue
    can_join_groups: bool = True
    can_read_all_group_messages: bool = False
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """(scope as canonical JSON, language code or "") → commands."""
    webhook: Webhook | None = None
    webhook_changes: int = 0
    next_set_webhook: float = 0.0
    """The monotonic instant before which setWebhook is too soon."""

    def working_webhook(self) -> Webhook | None:
        """The webhook, unless its address has told for long enough that it is gone."""
        if self.webhook is not None and self.webhook.is_gone:
            self.drop_webhook()
        return self.webhook

    def drop_webhook(self) -> None:
        """From now on updates wait to be fetched."""
        if self.webhook is not None:
            self.webhook.close()
            self.webhook = None

    @property
    def user(self) -> Json:
        """The bot as a User in messages."""
        name = self.names.get("", self.name)
        return {"id": self.id, "is_bot": True, "first_name": name, "username": self.username}


@dataclass
class Member:
    """One member of a group. `status` as in ChatMember; `rights` only for administrators."""

    user_id: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def is_inside(self) -> bool:
        return self.status in ("creator", "administrator", "member")

    @property
    def is_administrator(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether this member has a right such as `can_manage_topics`."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass
class Topic:
    """A forum topic; its id is the id of the message that tells of its creation."""

    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False
    is_deleted: bool = False
    creator: int = 0


@dataclass
class Message:
    """A message as it stands now. `content` holds the Bot API's fields that are neither address nor reply."""

    message_id: int
    author: int
    date: int
    content: Json
    is_anonymous: bool = False
    reply_to: int | None = None
    thread: int | None = None
    in_topic: bool = False
    edit_date: int | None = None
    edits: int = 0
    silent: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)


@dataclass
class Chat:
    """A private chat (of `person` with `bot`) or a group."""

    id: int
    kind: str
    next_message_id: int
    title: str = ""
    bot: int | None = None
    is_forum: bool = False
    is_started: bool = False
    is_blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    forbidden: frozenset[str] = frozenset()
    """Of a group: what ordinary members may not send, by the field of the message."""
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboards: dict[int, Json] = field(default_factory=dict)
    """person → the reply keyboard or ForceReply they have: {"markup", "message_id"}."""
    migrated_to: int | None = None
    migrated_from: int | None = None
    last_writing_bot: int | None = None
    instance: str = ""

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    def member(self, user_id: int) -> Member:
        """The membership of somebody, also of one who never was in."""
        return self.members.get(user_id) or Member(user_id, "left")

    def inside(self) -> list[int]:
        """Who is in, in the order of joining."""
        return [member.user_id for member in self.members.values() if member.is_inside]


@dataclass
class CallbackQuery:
    """A press that a bot may still answer."""

    id: str
    bot: int
    person: int
    chat: int
    date: int
    answer: Json | None = None
