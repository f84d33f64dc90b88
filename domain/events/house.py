"""What can happen to groups, updates, messages and the database."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ChatEvent(Event):
    subject_kind: ClassVar[str] = "chat"
    chat: int


@dataclass(frozen=True, kw_only=True)
class StaffChatChosen(ChatEvent):
    """This group is where staff work from now on; `before` was until now."""

    KIND: ClassVar[str] = "staff_chat.chosen"
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class GroupLost(ChatEvent):
    """The bot is no longer in that group."""

    KIND: ClassVar[str] = "group.lost"
    reason: str


@dataclass(frozen=True, kw_only=True)
class GroupLeft(ChatEvent):
    """Nobody has chosen that group for a day: the bot leaves it."""

    KIND: ClassVar[str] = "group.left"


@dataclass(frozen=True, kw_only=True)
class GroupBack(ChatEvent):
    """The bot is in that group again."""

    KIND: ClassVar[str] = "group.back"


@dataclass(frozen=True, kw_only=True)
class GroupClosed(ChatEvent):
    """The bot is in that group and may not write there; `reason` is what Telegram said. What is for it waits."""

    KIND: ClassVar[str] = "group.closed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class GroupOpen(ChatEvent):
    """The bot may write in that group again: a message has arrived."""

    KIND: ClassVar[str] = "group.open"


@dataclass(frozen=True, kw_only=True)
class GroupMoved(ChatEvent):
    """The group became a supergroup: all message and topic ids began anew."""

    KIND: ClassVar[str] = "group.moved"


@dataclass(frozen=True, kw_only=True)
class GroupTopics(ChatEvent):
    """The group turned topics on or off."""

    KIND: ClassVar[str] = "group.topics"
    on: bool


@dataclass(frozen=True, kw_only=True)
class GroupRights(ChatEvent):
    """The bot's rights as an administrator of that group changed; `missing` are those it needs and has not."""

    KIND: ClassVar[str] = "group.rights"
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DigestDue(ChatEvent):
    """Time for the daily digest of the local day `day` (as text)."""

    KIND: ClassVar[str] = "digest.due"
    day: str


@dataclass(frozen=True, kw_only=True)
class UpdateEvent(Event):
    """Of an update that could not be handled; `update` is our number of arrival."""

    subject_kind: ClassVar[str] = "update"
    update: int


@dataclass(frozen=True, kw_only=True)
class UpdateQuarantined(UpdateEvent):
    """It was set aside. `person` is who sent it, where that is known."""

    KIND: ClassVar[str] = "update.quarantined"
    person: int | None
    error: str


@dataclass(frozen=True, kw_only=True)
class UpdateTriedAgain(UpdateEvent):
    """An admin had one that was set aside handled once more."""

    KIND: ClassVar[str] = "update.tried_again"


@dataclass(frozen=True, kw_only=True)
class UpdateForgotten(UpdateEvent):
    """An admin had what it said deleted."""

    KIND: ClassVar[str] = "update.forgotten"


@dataclass(frozen=True, kw_only=True)
class MessageRefused(Event):
    """Telegram refused a message for good; `reason` is what it said."""

    KIND: ClassVar[str] = "message.refused"
    subject_kind: ClassVar[str] = "outbox"
    outbox: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageNotNow(Event):
    """A chat takes words and not this: a kind of file, or anything outside of topics. It waits until it may."""

    KIND: ClassVar[str] = "message.not_now"
    subject_kind: ClassVar[str] = "outbox"
    outbox: int
    chat: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageStays(Event):
    """A message was to be deleted, and what it held is still there: Telegram lets nobody delete it any more."""

    KIND: ClassVar[str] = "message.stays"
    subject_kind: ClassVar[str] = "outbox"
    outbox: int


@dataclass(frozen=True, kw_only=True)
class MessageUnwanted(Event):
    """Whoever it was for does not let such messages in, voice messages for example; that is theirs to decide."""

    KIND: ClassVar[str] = "message.unwanted"
    subject_kind: ClassVar[str] = "outbox"
    outbox: int


@dataclass(frozen=True, kw_only=True)
class WorkGivenUp(Event):
    """What is done beside the road (`of`: printing, photos …) failed too often with `about`, and was set aside."""

    KIND: ClassVar[str] = "work.given_up"
    subject_kind: ClassVar[str] = "work"
    work: int
    of: str
    about: str
    error: str


@dataclass(frozen=True, kw_only=True)
class DatabaseEvent(Event):
    """Of the database itself; there is one."""

    subject_kind: ClassVar[str] = "database"
    database: int = 1


@dataclass(frozen=True, kw_only=True)
class BackupMissed(DatabaseEvent):
    """The nightly backup could not be made; `error` says why."""

    KIND: ClassVar[str] = "backup.missed"
    error: str


@dataclass(frozen=True, kw_only=True)
class BackupMadeAgain(DatabaseEvent):
    """It could be made again, after it was missed."""

    KIND: ClassVar[str] = "backup.made_again"


@dataclass(frozen=True, kw_only=True)
class DatabaseRestored(DatabaseEvent):
    """A backup took the database's place. What happened between these instants (as text) is not known any more."""

    KIND: ClassVar[str] = "database.restored"
    since: str
    until: str


@dataclass(frozen=True, kw_only=True)
class TakenAwayNotWritten(DatabaseEvent):
    """What was taken away cannot be written to its file, for `error`. Nobody reads that it is done before it is."""

    KIND: ClassVar[str] = "taken_away.not_written"
    error: str


@dataclass(frozen=True, kw_only=True)
class TakenAwayWritten(DatabaseEvent):
    """It could be written again."""

    KIND: ClassVar[str] = "taken_away.written"


@dataclass(frozen=True, kw_only=True)
class OutOfReach(Event):
    """Telegram could not be heard between these instants (as text); presses of that time are lost."""

    KIND: ClassVar[str] = "program.out_of_reach"
    subject_kind: ClassVar[str] = "program"
    program: int = 1
    since: str
    until: str
