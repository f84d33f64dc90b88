"""What can happen to a report."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ReportEvent(Event):
    """`spoke_for`, where there is one: the person without Telegram whose words a member of staff noted."""

    subject_kind: ClassVar[str] = "report"
    report: int


@dataclass(frozen=True, kw_only=True)
class ReportUnheard(ReportEvent):
    """The staff group has not got it in time. `person`: who raised the danger; None: it speaks of none.

    `given_up`: a minute has gone by, and that person is told so; else leads and admins are told in private.
    """

    KIND: ClassVar[str] = "report.unheard"
    person: int | None
    given_up: bool


@dataclass(frozen=True, kw_only=True)
class ReportReachedStaff(ReportEvent):
    """It has arrived in the staff group: words of danger, or a report that waited while the group was out of reach."""

    KIND: ClassVar[str] = "report.reached_staff"


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(ReportEvent, says=True):
    """A resident's report has a number. `danger` is the code of the danger it speaks of, if any.

    `opens`: outside working hours, when they began again, as was said then; None within them.
    """

    KIND: ClassVar[str] = "report.submitted"
    danger: str | None = None
    opens: str | None = None
    quietly: bool = False
    """Staff are not rung: its reporter has taken back several of the kind a moment ago."""


@dataclass(frozen=True, kw_only=True)
class ReportTaken(ReportEvent):
    """A member of staff answers for it from now on; `before` did so until now."""

    KIND: ClassVar[str] = "report.taken"
    assignee: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportStarted(ReportEvent):
    """Work has begun."""

    KIND: ClassVar[str] = "report.started"


@dataclass(frozen=True, kw_only=True)
class ReportTitled(ReportEvent, says=True):
    """Staff wrote the line it goes by."""

    KIND: ClassVar[str] = "report.titled"


@dataclass(frozen=True, kw_only=True)
class ReportCompleted(ReportEvent, says=True):
    """Its category or place was added or changed after it was sent; `part` holds a place that was typed."""

    KIND: ClassVar[str] = "report.completed"
    category: str | None
    area: str | None = None
    part: int | None = None
    into: int | None = None
    """What had rung (a row of `dangers`): whoever did it was asked where it is."""


@dataclass(frozen=True, kw_only=True)
class ReportPlaceChanged(ReportEvent, says=True):
    """The resident changed the message that said where it is; `part` has the words until now, if there were any."""

    KIND: ClassVar[str] = "report.place_changed"
    part: int | None


@dataclass(frozen=True, kw_only=True)
class ReportReworded(ReportEvent, says=True):
    """Whoever spoke changed a message: the part `now` reads so from now on; `part` has the words until then, if any."""

    KIND: ClassVar[str] = "report.reworded"
    now: int
    part: int | None
    danger: str | None = None
    spoke_for: int | None = None
    into: int | None = None
    quietly: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportAdded(ReportEvent, says=True):
    """The resident said more about it: the parts `parts`. `more`: a further part of an album that was announced."""

    KIND: ClassVar[str] = "report.added"
    parts: tuple[int, ...]
    danger: str | None = None
    more: bool = False
    spoke_for: int | None = None
    into: int | None = None
    """What rang before (a row of `dangers`) and stands: it goes onto that card, and rings no more."""
    quietly: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportDangerWordsOff(ReportEvent):
    """What was said after a danger was about something else: it is off the card. `danger`: what had rung."""

    KIND: ClassVar[str] = "report.danger_words_off"
    danger: int


@dataclass(frozen=True, kw_only=True)
class ReportNoted(ReportEvent, says=True):
    """Staff left an internal note, the part `part`."""

    KIND: ClassVar[str] = "report.noted"
    part: int


@dataclass(frozen=True, kw_only=True)
class ReportAnswered(ReportEvent, says=True):
    """Staff answered; the parts go to the resident."""

    KIND: ClassVar[str] = "report.answered"
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReportAlbumWentOn(ReportEvent, says=True):
    """A further part of staff's album: `part` goes where the first one went, to the resident or only to the record."""

    KIND: ClassVar[str] = "report.album_went_on"
    part: int
    to_resident: bool


@dataclass(frozen=True, kw_only=True)
class ReportResolved(ReportEvent, says=True):
    """Staff say it is fixed; the resident is asked. `parts` are the note and the proof."""

    KIND: ClassVar[str] = "report.resolved"
    parts: tuple[int, ...]
    round: int


@dataclass(frozen=True, kw_only=True)
class ReportConfirmed(ReportEvent):
    """The resident says it is fixed: closed."""

    KIND: ClassVar[str] = "report.confirmed"
    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportReopened(ReportEvent):
    """The resident says it is not fixed. `closed`: it had been closed by then; `again`: they say it is broken again."""

    KIND: ClassVar[str] = "report.reopened"
    round: int
    spoke_for: int | None = None
    closed: bool = False
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportFollowed(ReportEvent):
    """It is broken again, and was reopened too often: a new report, `by`, goes on from it."""

    KIND: ClassVar[str] = "report.followed"
    by: int


@dataclass(frozen=True, kw_only=True)
class ReportDueSoon(ReportEvent):
    """Its deadline (as text) is near: whoever is in charge hears of it."""

    KIND: ClassVar[str] = "report.due_soon"
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ReportOverdue(ReportEvent):
    """Its deadline (as text) has passed."""

    KIND: ClassVar[str] = "report.overdue"
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ReportOverdueTold(ReportEvent):
    """Somebody is there to be told that its deadline has passed."""

    KIND: ClassVar[str] = "report.overdue_told"


@dataclass(frozen=True, kw_only=True)
class ReportAnotherYes(ReportEvent):
    """One more says it is fixed, after somebody has decided: kept, and nothing changes."""

    KIND: ClassVar[str] = "report.another_yes"
    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAnotherNo(ReportEvent):
    """One more says it is not fixed: it is open again already."""

    KIND: ClassVar[str] = "report.another_no"
    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportEscalated(ReportEvent):
    """Not fixed for the second time or more: the leads hear of it."""

    KIND: ClassVar[str] = "report.escalated"
    round: int


@dataclass(frozen=True, kw_only=True)
class ReportVerdictsAwaited(ReportEvent):
    """Those who have not said whether it is fixed are asked once more; at `close` it is closed as unanswered."""

    KIND: ClassVar[str] = "report.verdicts_awaited"
    round: int
    close: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportLapsed(ReportEvent):
    """Nobody has said whether it is fixed: closed as unanswered."""

    KIND: ClassVar[str] = "report.lapsed"
    round: int


@dataclass(frozen=True, kw_only=True)
class ReportHandlingJudged(ReportEvent):
    """Whoever said yes says whether they are content with how it was handled."""

    KIND: ClassVar[str] = "report.handling_judged"
    round: int
    content: bool
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReporterShown(ReportEvent):
    """A member of staff asked who reported it. Nothing is sent because of this; it is kept."""

    KIND: ClassVar[str] = "report.reporter_shown"


@dataclass(frozen=True, kw_only=True)
class ReportSentToDepartment(ReportEvent):
    """Another department answers for it; `before` was in charge until now."""

    KIND: ClassVar[str] = "report.sent_to_department"
    department: str
    before: int | None


@dataclass(frozen=True, kw_only=True)
class ReportAsked(ReportEvent, says=True):
    """Staff ask its reporter, the person `asked`, something: the part `part`."""

    KIND: ClassVar[str] = "report.asked"
    part: int
    asked: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportDeadlineMoved(ReportEvent):
    """Staff promise it for another time (instants as text)."""

    KIND: ClassVar[str] = "report.deadline_moved"
    due_at: str
    before: str | None


@dataclass(frozen=True, kw_only=True)
class ReportMarkedPersonal(ReportEvent):
    """It is about a person (or not, after all): shown to no other resident."""

    KIND: ClassVar[str] = "report.marked_personal"
    on: bool


@dataclass(frozen=True, kw_only=True)
class ReportOpenedAgain(ReportEvent):
    """Staff took up again what was closed."""

    KIND: ClassVar[str] = "report.opened_again"


@dataclass(frozen=True, kw_only=True)
class ReportHandedOn(ReportEvent, says=True):
    """It is with somebody outside: a partner by code, else `part` has the name; asked again at `ask_again_at`."""

    KIND: ClassVar[str] = "report.handed_on"
    partner: str | None = None
    part: int | None = None
    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class ReportAskAgainDue(ReportEvent):
    """The day has come on which those it was handed on to are to be asked again."""

    KIND: ClassVar[str] = "report.ask_again_due"


@dataclass(frozen=True, kw_only=True)
class ReportAskedAgain(ReportEvent):
    """Staff have asked them again, and will once more at `ask_again_at`."""

    KIND: ClassVar[str] = "report.asked_again"
    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class ReportJoined(ReportEvent, says=True):
    """Another resident has the same trouble; `parts` are their words."""

    KIND: ClassVar[str] = "report.joined"
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReportWithdrawn(ReportEvent, says=True):
    """Its reporter took it back, and nobody else had joined: closed. `parts` are why, if they said."""

    KIND: ClassVar[str] = "report.withdrawn"
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReportLeft(ReportEvent, says=True):
    """The actor has nothing to do with it any more; it stays open for the others.

    `heir` is who stands for it from now on, where it was the reporter who left. `parts` are why, if they said.
    """

    KIND: ClassVar[str] = "report.left"
    parts: tuple[int, ...]
    heir: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportRelated(ReportEvent):
    """Its reporter said what they have to do with the place, or (None) that they would rather not say."""

    KIND: ClassVar[str] = "report.related"
    relation: str | None
