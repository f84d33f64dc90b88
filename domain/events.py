"""What can happen. Services emit these; they are kept with time and actor, and notices are made from them."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from domain.subjects import number_of, subject


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one subject. `actor` is a person's id, or None when time or the program did it."""

    subject_kind: ClassVar[str]
    actor: int | None = None

    @property
    def kind(self) -> str:
        """The name it is kept under."""
        return type(self).__name__

    @property
    def subject(self) -> str:
        """What it happened to, such as `voice:12`."""
        return subject(self.subject_kind, getattr(self, self.subject_kind))

    def data(self) -> dict[str, Any]:
        """Everything else, for the record."""
        left_out = {"actor", self.subject_kind}
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in left_out}


@dataclass(frozen=True, kw_only=True)
class VoiceEvent(Event):
    subject_kind: ClassVar[str] = "voice"
    voice: int


@dataclass(frozen=True, kw_only=True)
class VoiceSubmitted(VoiceEvent):
    """A resident's report has a number. `danger` is the code of the danger it speaks of, if any."""

    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceTaken(VoiceEvent):
    """A member of staff answers for it from now on; `before` did so until now."""

    assignee: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceStarted(VoiceEvent):
    """Work has begun."""


@dataclass(frozen=True, kw_only=True)
class VoiceTitled(VoiceEvent):
    """Staff wrote the line it goes by."""

    title: str


@dataclass(frozen=True, kw_only=True)
class VoiceHeard(VoiceEvent):
    """Staff wrote what they heard in a voice note; the resident is asked whether that is right."""

    heard: str


@dataclass(frozen=True, kw_only=True)
class VoiceHeardDrafted(VoiceEvent):
    """A program of the operator's drafted what a voice note says, as the part `part`; staff decide."""

    part: int


@dataclass(frozen=True, kw_only=True)
class VoiceHeardConfirmed(VoiceEvent):
    """The resident said whether staff heard right."""

    right: bool


@dataclass(frozen=True, kw_only=True)
class VoiceCompleted(VoiceEvent):
    """Its category or place was added or changed after it was sent."""

    category: str | None
    place: str | None


@dataclass(frozen=True, kw_only=True)
class VoicePlaceChanged(VoiceEvent):
    """The resident changed the message that said where it is; `part` has the words until now, if there were any."""

    part: int | None


@dataclass(frozen=True, kw_only=True)
class VoiceAdded(VoiceEvent):
    """The resident said more about it: the parts `parts`. `more`: a further part of an album that was announced."""

    parts: tuple[int, ...]
    danger: str | None = None
    more: bool = False


@dataclass(frozen=True, kw_only=True)
class VoiceNoted(VoiceEvent):
    """Staff left an internal note, the part `part`."""

    part: int


@dataclass(frozen=True, kw_only=True)
class VoiceAnswered(VoiceEvent):
    """Staff answered; the parts go to the resident."""

    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceAlbumWentOn(VoiceEvent):
    """A further part of staff's album: `part` goes where the first one went, to the resident or only to the record."""

    part: int
    to_resident: bool


@dataclass(frozen=True, kw_only=True)
class VoiceResolved(VoiceEvent):
    """Staff say it is fixed; the resident is asked. `parts` are the note and the proof."""

    parts: tuple[int, ...]
    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceConfirmed(VoiceEvent):
    """The resident says it is fixed: closed."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceReopened(VoiceEvent):
    """The resident says it is not fixed."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceDueSoon(VoiceEvent):
    """Its deadline (as text) is near: whoever is in charge hears of it."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceOverdue(VoiceEvent):
    """Its deadline (as text) has passed."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceOverdueTold(VoiceEvent):
    """Somebody is there to be told that its deadline has passed."""


@dataclass(frozen=True, kw_only=True)
class VoiceAnotherYes(VoiceEvent):
    """One more says it is fixed, after somebody has decided: kept, and nothing changes."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceAnotherNo(VoiceEvent):
    """One more says it is not fixed: it is open again already."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceEscalated(VoiceEvent):
    """Not fixed for the second time or more: the leads hear of it."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceVerdictsAwaited(VoiceEvent):
    """Those who have not said whether it is fixed are asked once more."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceLapsed(VoiceEvent):
    """Nobody has said whether it is fixed: closed as unanswered."""

    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceHandlingJudged(VoiceEvent):
    """Whoever said yes says whether they are content with how it was handled."""

    round: int
    content: bool


@dataclass(frozen=True, kw_only=True)
class ReporterShown(VoiceEvent):
    """A member of staff asked who reported it. Nothing is sent because of this; it is kept."""


@dataclass(frozen=True, kw_only=True)
class VoiceSentToDepartment(VoiceEvent):
    """Another department answers for it; `before` was in charge until now."""

    department: str
    before: int | None


@dataclass(frozen=True, kw_only=True)
class VoiceAsked(VoiceEvent):
    """Staff ask its reporter something, the part `part`."""

    part: int


@dataclass(frozen=True, kw_only=True)
class VoiceDeadlineMoved(VoiceEvent):
    """Staff promise it for another time (instants as text)."""

    due_at: str
    before: str | None


@dataclass(frozen=True, kw_only=True)
class VoiceMarkedPersonal(VoiceEvent):
    """It is about a person (or not, after all): shown to no other resident."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class VoiceOpenedAgain(VoiceEvent):
    """Staff took up again what was closed."""


@dataclass(frozen=True, kw_only=True)
class VoiceHandedOn(VoiceEvent):
    """It is with somebody outside: `to` is a partner's code or a name; they are asked again at `ask_again_at`."""

    to: str
    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceAskAgainDue(VoiceEvent):
    """The day has come on which those it was handed on to are to be asked again."""


@dataclass(frozen=True, kw_only=True)
class VoiceAskedAgain(VoiceEvent):
    """Staff have asked them again, and will once more at `ask_again_at`."""

    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceJoined(VoiceEvent):
    """Another resident has the same trouble; `parts` are their words."""

    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    subject_kind: ClassVar[str] = "person"
    person: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(PersonEvent):
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(PersonEvent):
    role: str


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(PersonEvent):
    """They may send nothing until then (an instant as text), because of what was said in `voice`."""

    voice: int
    reason: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(PersonEvent):
    """They may send reports again."""

    voice: int


@dataclass(frozen=True, kw_only=True)
class PersonUnreachable(PersonEvent):
    """A message could not be delivered and none can until they speak again."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonReachable(PersonEvent):
    """They spoke to us again."""


@dataclass(frozen=True, kw_only=True)
class DraftEvent(Event):
    """Of a conversation that holds something not sent yet."""

    subject_kind: ClassVar[str] = "conversation"
    conversation: int


@dataclass(frozen=True, kw_only=True)
class DraftReminded(DraftEvent):
    """Time to say: not sent yet. `final` is the last time before it expires."""

    final: bool


@dataclass(frozen=True, kw_only=True)
class DraftExpired(DraftEvent):
    """It was never sent and is put away."""


@dataclass(frozen=True, kw_only=True)
class QuestionLapsed(DraftEvent):
    """It asked for something that may be left out, and for a day nothing came."""


@dataclass(frozen=True, kw_only=True)
class ChatEvent(Event):
    subject_kind: ClassVar[str] = "chat"
    chat: int


@dataclass(frozen=True, kw_only=True)
class StaffChatChosen(ChatEvent):
    """This group is where staff work from now on; `before` was until now."""

    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class GroupLost(ChatEvent):
    """The bot is no longer in that group."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GroupBack(ChatEvent):
    """The bot is in that group again."""


@dataclass(frozen=True, kw_only=True)
class GroupMoved(ChatEvent):
    """The group became a supergroup: all message and topic ids began anew."""


@dataclass(frozen=True, kw_only=True)
class GroupTopics(ChatEvent):
    """The group turned topics on or off."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class GroupRights(ChatEvent):
    """The bot's rights as an administrator of that group changed; `missing` are those it needs and has not."""

    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DigestDue(ChatEvent):
    """Time for the daily digest of the local day `day` (as text)."""

    day: str


@dataclass(frozen=True, kw_only=True)
class UpdateEvent(Event):
    """Of an update that could not be handled; `update` is our number of arrival."""

    subject_kind: ClassVar[str] = "update"
    update: int


@dataclass(frozen=True, kw_only=True)
class UpdateQuarantined(UpdateEvent):
    """It was set aside. `person` is who sent it, where that is known."""

    person: int | None
    error: str


@dataclass(frozen=True, kw_only=True)
class UpdateTriedAgain(UpdateEvent):
    """An admin had one that was set aside handled once more."""


@dataclass(frozen=True, kw_only=True)
class UpdateForgotten(UpdateEvent):
    """An admin had what it said deleted."""


@dataclass(frozen=True, kw_only=True)
class MessageRefused(Event):
    """Telegram refused a message for good; `reason` is what it said."""

    subject_kind: ClassVar[str] = "outbox"
    outbox: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DatabaseEvent(Event):
    """Of the database itself; there is one."""

    subject_kind: ClassVar[str] = "database"
    database: int = 1


@dataclass(frozen=True, kw_only=True)
class BackupMissed(DatabaseEvent):
    """The nightly backup could not be made; `error` says why."""

    error: str


@dataclass(frozen=True, kw_only=True)
class BackupMadeAgain(DatabaseEvent):
    """It could be made again, after it was missed."""


@dataclass(frozen=True, kw_only=True)
class DatabaseRestored(DatabaseEvent):
    """A backup took the database's place. What happened between these instants (as text) is not known any more."""

    since: str
    until: str


@dataclass(frozen=True, kw_only=True)
class OutOfReach(Event):
    """Telegram could not be heard between these instants (as text); presses of that time are lost."""

    subject_kind: ClassVar[str] = "program"
    program: int = 1
    since: str
    until: str


def from_record(kind: str, about: str, actor: int | None, data: dict[str, Any]) -> Event:
    """The event that was kept under these values. Raises KeyError when no event is called that any more."""
    cls = _KINDS[kind]
    # JSON knows no tuples.
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    values |= {cls.subject_kind: number_of(about, cls.subject_kind), "actor": actor}
    return cls(**values)


def _all(cls: type[Event]) -> dict[str, type[Event]]:
    return {name: each for sub in cls.__subclasses__() for name, each in {sub.__name__: sub, **_all(sub)}.items()}


_KINDS = _all(Event)
