"""What can happen to a voice."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class VoiceEvent(Event):
    """`spoke_for`, where there is one: the person without Telegram whose words a member of staff noted."""

    subject_kind: ClassVar[str] = "voice"
    voice: int


@dataclass(frozen=True, kw_only=True)
class VoiceUnheard(VoiceEvent):
    """The staff group has not got it in time. `person`: who raised the danger; None: it speaks of none.

    `given_up`: a minute has gone by, and that person is told so; else leads and admins are told in private.
    """

    KIND: ClassVar[str] = "VoiceUnheard"
    person: int | None
    given_up: bool


@dataclass(frozen=True, kw_only=True)
class VoiceReachedStaff(VoiceEvent):
    """It has arrived in the staff group: words of danger, or a report that waited while the group was out of reach."""

    KIND: ClassVar[str] = "VoiceReachedStaff"


@dataclass(frozen=True, kw_only=True)
class VoiceSubmitted(VoiceEvent):
    """A resident's report has a number. `danger` is the code of the danger it speaks of, if any.

    `opens`: outside working hours, when they began again, as was said then; None within them.
    """

    KIND: ClassVar[str] = "VoiceSubmitted"
    says: ClassVar[bool] = True
    danger: str | None = None
    opens: str | None = None
    quietly: bool = False
    """Staff are not rung: its reporter has taken back several of the kind a moment ago."""


@dataclass(frozen=True, kw_only=True)
class VoiceTaken(VoiceEvent):
    """A member of staff answers for it from now on; `before` did so until now."""

    KIND: ClassVar[str] = "VoiceTaken"
    assignee: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceStarted(VoiceEvent):
    """Work has begun."""

    KIND: ClassVar[str] = "VoiceStarted"


@dataclass(frozen=True, kw_only=True)
class VoiceTitled(VoiceEvent):
    """Staff wrote the line it goes by."""

    KIND: ClassVar[str] = "VoiceTitled"
    says: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class VoiceCompleted(VoiceEvent):
    """Its category or place was added or changed after it was sent; `part` holds a place that was typed."""

    KIND: ClassVar[str] = "VoiceCompleted"
    says: ClassVar[bool] = True
    category: str | None
    area: str | None = None
    part: int | None = None
    into: int | None = None
    """What had rung (a row of `dangers`): whoever did it was asked where it is."""


@dataclass(frozen=True, kw_only=True)
class VoicePlaceChanged(VoiceEvent):
    """The resident changed the message that said where it is; `part` has the words until now, if there were any."""

    KIND: ClassVar[str] = "VoicePlaceChanged"
    says: ClassVar[bool] = True
    part: int | None


@dataclass(frozen=True, kw_only=True)
class VoiceReworded(VoiceEvent):
    """Whoever spoke changed a message: the part `now` reads so from now on; `part` has the words until then, if any."""

    KIND: ClassVar[str] = "VoiceReworded"
    says: ClassVar[bool] = True
    now: int
    part: int | None
    danger: str | None = None
    spoke_for: int | None = None
    into: int | None = None
    quietly: bool = False


@dataclass(frozen=True, kw_only=True)
class VoiceAdded(VoiceEvent):
    """The resident said more about it: the parts `parts`. `more`: a further part of an album that was announced."""

    KIND: ClassVar[str] = "VoiceAdded"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]
    danger: str | None = None
    more: bool = False
    spoke_for: int | None = None
    into: int | None = None
    """What rang before (a row of `dangers`) and stands: it goes onto that card, and rings no more."""
    quietly: bool = False


@dataclass(frozen=True, kw_only=True)
class VoiceDangerWordsOff(VoiceEvent):
    """What was said after a danger was about something else: it is off the card. `danger`: what had rung."""

    KIND: ClassVar[str] = "VoiceDangerWordsOff"
    danger: int


@dataclass(frozen=True, kw_only=True)
class VoiceNoted(VoiceEvent):
    """Staff left an internal note, the part `part`."""

    KIND: ClassVar[str] = "VoiceNoted"
    says: ClassVar[bool] = True
    part: int


@dataclass(frozen=True, kw_only=True)
class VoiceAnswered(VoiceEvent):
    """Staff answered; the parts go to the resident."""

    KIND: ClassVar[str] = "VoiceAnswered"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceAlbumWentOn(VoiceEvent):
    """A further part of staff's album: `part` goes where the first one went, to the resident or only to the record."""

    KIND: ClassVar[str] = "VoiceAlbumWentOn"
    says: ClassVar[bool] = True
    part: int
    to_resident: bool


@dataclass(frozen=True, kw_only=True)
class VoiceResolved(VoiceEvent):
    """Staff say it is fixed; the resident is asked. `parts` are the note and the proof."""

    KIND: ClassVar[str] = "VoiceResolved"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]
    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceConfirmed(VoiceEvent):
    """The resident says it is fixed: closed."""

    KIND: ClassVar[str] = "VoiceConfirmed"
    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceReopened(VoiceEvent):
    """The resident says it is not fixed. `closed`: it had been closed by then; `again`: they say it is broken again."""

    KIND: ClassVar[str] = "VoiceReopened"
    round: int
    spoke_for: int | None = None
    closed: bool = False
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class VoiceFollowed(VoiceEvent):
    """It is broken again, and was reopened too often: a new report, `by`, goes on from it."""

    KIND: ClassVar[str] = "VoiceFollowed"
    by: int


@dataclass(frozen=True, kw_only=True)
class VoiceDueSoon(VoiceEvent):
    """Its deadline (as text) is near: whoever is in charge hears of it."""

    KIND: ClassVar[str] = "VoiceDueSoon"
    due_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceOverdue(VoiceEvent):
    """Its deadline (as text) has passed."""

    KIND: ClassVar[str] = "VoiceOverdue"
    due_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceOverdueTold(VoiceEvent):
    """Somebody is there to be told that its deadline has passed."""

    KIND: ClassVar[str] = "VoiceOverdueTold"


@dataclass(frozen=True, kw_only=True)
class VoiceAnotherYes(VoiceEvent):
    """One more says it is fixed, after somebody has decided: kept, and nothing changes."""

    KIND: ClassVar[str] = "VoiceAnotherYes"
    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceAnotherNo(VoiceEvent):
    """One more says it is not fixed: it is open again already."""

    KIND: ClassVar[str] = "VoiceAnotherNo"
    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceEscalated(VoiceEvent):
    """Not fixed for the second time or more: the leads hear of it."""

    KIND: ClassVar[str] = "VoiceEscalated"
    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceVerdictsAwaited(VoiceEvent):
    """Those who have not said whether it is fixed are asked once more; at `close` it is closed as unanswered."""

    KIND: ClassVar[str] = "VoiceVerdictsAwaited"
    round: int
    close: str | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceLapsed(VoiceEvent):
    """Nobody has said whether it is fixed: closed as unanswered."""

    KIND: ClassVar[str] = "VoiceLapsed"
    round: int


@dataclass(frozen=True, kw_only=True)
class VoiceHandlingJudged(VoiceEvent):
    """Whoever said yes says whether they are content with how it was handled."""

    KIND: ClassVar[str] = "VoiceHandlingJudged"
    round: int
    content: bool
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReporterShown(VoiceEvent):
    """A member of staff asked who reported it. Nothing is sent because of this; it is kept."""

    KIND: ClassVar[str] = "ReporterShown"


@dataclass(frozen=True, kw_only=True)
class VoiceSentToDepartment(VoiceEvent):
    """Another department answers for it; `before` was in charge until now."""

    KIND: ClassVar[str] = "VoiceSentToDepartment"
    department: str
    before: int | None


@dataclass(frozen=True, kw_only=True)
class VoiceAsked(VoiceEvent):
    """Staff ask its reporter, the person `asked`, something: the part `part`."""

    KIND: ClassVar[str] = "VoiceAsked"
    says: ClassVar[bool] = True
    part: int
    asked: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceDeadlineMoved(VoiceEvent):
    """Staff promise it for another time (instants as text)."""

    KIND: ClassVar[str] = "VoiceDeadlineMoved"
    due_at: str
    before: str | None


@dataclass(frozen=True, kw_only=True)
class VoiceMarkedPersonal(VoiceEvent):
    """It is about a person (or not, after all): shown to no other resident."""

    KIND: ClassVar[str] = "VoiceMarkedPersonal"
    on: bool


@dataclass(frozen=True, kw_only=True)
class VoiceOpenedAgain(VoiceEvent):
    """Staff took up again what was closed."""

    KIND: ClassVar[str] = "VoiceOpenedAgain"


@dataclass(frozen=True, kw_only=True)
class VoiceHandedOn(VoiceEvent):
    """It is with somebody outside: a partner by code, else `part` has the name; asked again at `ask_again_at`."""

    KIND: ClassVar[str] = "VoiceHandedOn"
    says: ClassVar[bool] = True
    partner: str | None = None
    part: int | None = None
    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceAskAgainDue(VoiceEvent):
    """The day has come on which those it was handed on to are to be asked again."""

    KIND: ClassVar[str] = "VoiceAskAgainDue"


@dataclass(frozen=True, kw_only=True)
class VoiceAskedAgain(VoiceEvent):
    """Staff have asked them again, and will once more at `ask_again_at`."""

    KIND: ClassVar[str] = "VoiceAskedAgain"
    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class VoiceJoined(VoiceEvent):
    """Another resident has the same trouble; `parts` are their words."""

    KIND: ClassVar[str] = "VoiceJoined"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceWithdrawn(VoiceEvent):
    """Its reporter took it back, and nobody else had joined: closed. `parts` are why, if they said."""

    KIND: ClassVar[str] = "VoiceWithdrawn"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceLeft(VoiceEvent):
    """The actor has nothing to do with it any more; it stays open for the others.

    `heir` is who stands for it from now on, where it was the reporter who left. `parts` are why, if they said.
    """

    KIND: ClassVar[str] = "VoiceLeft"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]
    heir: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceRelated(VoiceEvent):
    """Its reporter said what they have to do with the place, or (None) that they would rather not say."""

    KIND: ClassVar[str] = "VoiceRelated"
    relation: str | None
