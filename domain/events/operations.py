"""What can happen to groups, updates, messages and the database."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ChatEvent(Event):
    subject_kind: ClassVar[str] = "chat"
    chat: int


@dataclass(frozen=True, kw_only=True)
class StaffChatChosen(ChatEvent, kind="staff_chat.chosen"):
    """This group is where staff work from now on; `before` was until now."""

    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class GroupLost(ChatEvent, kind="group.lost"):
    """The bot is no longer in that group."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GroupLeft(ChatEvent, kind="group.left"):
    """Nobody has chosen that group for a day: the bot leaves it."""


@dataclass(frozen=True, kw_only=True)
class GroupBack(ChatEvent, kind="group.back"):
    """The bot is in that group again."""


@dataclass(frozen=True, kw_only=True)
class GroupClosed(ChatEvent, kind="group.closed"):
    """The bot is in that group and may not write there; `reason` is what Telegram said. What is for it waits."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GroupOpen(ChatEvent, kind="group.open"):
    """The bot may write in that group again: a message has arrived."""


@dataclass(frozen=True, kw_only=True)
class GroupMoved(ChatEvent, kind="group.moved"):
    """The group became a supergroup: all message and topic ids began anew."""


@dataclass(frozen=True, kw_only=True)
class GroupTopics(ChatEvent, kind="group.topics"):
    """The group turned topics on or off."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class GroupRights(ChatEvent, kind="group.rights"):
    """The bot's rights as an administrator of that group changed; `missing` are those it needs and has not."""

    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DigestDue(ChatEvent, kind="digest.due"):
    """Time for the daily digest of the local day `day` (as text)."""

    day: str


@dataclass(frozen=True, kw_only=True)
class UpdateEvent(Event):
    """Of an update that could not be handled; `update` is our number of arrival."""

    subject_kind: ClassVar[str] = "update"
    update: int


@dataclass(frozen=True, kw_only=True)
class UpdateQuarantined(UpdateEvent, kind="update.quarantined"):
    """It was set aside. `person` is who sent it, where that is known."""

    person: int | None
    error: str


@dataclass(frozen=True, kw_only=True)
class UpdateTriedAgain(UpdateEvent, kind="update.tried_again"):
    """An admin had one that was set aside handled once more."""


@dataclass(frozen=True, kw_only=True)
class UpdateForgotten(UpdateEvent, kind="update.forgotten"):
    """An admin had what it said deleted."""


@dataclass(frozen=True, kw_only=True)
class MessageRefused(Event, kind="message.refused"):
    """Telegram refused a message for good; `reason` is what it said."""

    subject_kind: ClassVar[str] = "outbox"
    outbox: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageNotNow(Event, kind="message.not_now"):
    """A chat takes words and not this: a kind of file, or anything outside of topics. It waits until it may."""

    subject_kind: ClassVar[str] = "outbox"
    outbox: int
    chat: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MessageStays(Event, kind="message.stays"):
    """A message was to be deleted, and what it held is still there: Telegram lets nobody delete it any more."""

    subject_kind: ClassVar[str] = "outbox"
    outbox: int


@dataclass(frozen=True, kw_only=True)
class MessageUnwanted(Event, kind="message.unwanted"):
    """Whoever it was for does not let such messages in, voice messages for example; that is theirs to decide."""

    subject_kind: ClassVar[str] = "outbox"
    outbox: int


@dataclass(frozen=True, kw_only=True)
class WorkGivenUp(Event, kind="work.given_up"):
    """What is done beside the road (`of`: printing, photos …) failed too often with `about`, and was set aside."""

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
class BackupMissed(DatabaseEvent, kind="backup.missed"):
    """The nightly backup could not be made; `error` says why."""

    error: str


@dataclass(frozen=True, kw_only=True)
class BackupMadeAgain(DatabaseEvent, kind="backup.made_again"):
    """It could be made again, after it was missed."""


@dataclass(frozen=True, kw_only=True)
class TroubleFound(DatabaseEvent, kind="trouble.found"):
    """The look of a day found what somebody has to look after: kinds (domain/operations/troubles.py), and how many."""

    troubles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class DatabaseRestored(DatabaseEvent, kind="database.restored"):
    """A backup took the database's place. What happened between these instants (as text) is not known any more."""

    since: str
    until: str


@dataclass(frozen=True, kw_only=True)
class TakenAwayNotWritten(DatabaseEvent, kind="taken_away.not_written"):
    """What was taken away cannot be written to its file, for `error`. Nobody reads that it is done before it is."""

    error: str


@dataclass(frozen=True, kw_only=True)
class TakenAwayWritten(DatabaseEvent, kind="taken_away.written"):
    """It could be written again."""


@dataclass(frozen=True, kw_only=True)
class OutOfReach(Event, kind="program.out_of_reach"):
    """Telegram could not be heard between these instants (as text); presses of that time are lost."""

    subject_kind: ClassVar[str] = "program"
    program: int = 1
    since: str
    until: str
