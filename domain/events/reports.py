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
class ReportUnheard(ReportEvent, kind="report.unheard"):
    """The staff group has not got it in time. `person`: who raised the danger; None: it speaks of none.

    `given_up`: a minute has gone by, and that person is told so; else leads and admins are told in private.
    """

    person: int | None
    given_up: bool


@dataclass(frozen=True, kw_only=True)
class ReportReachedStaff(ReportEvent, kind="report.reached_staff"):
    """It has arrived in the staff group: words of danger, or a report that waited while the group was out of reach."""


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(ReportEvent, kind="report.submitted", says=True):
    """A resident's report has a number. `danger` is the code of the danger it speaks of, if any.

    `opens`: outside working hours, when they began again, as was said then; None within them.
    """

    danger: str | None = None
    opens: str | None = None
    quietly: bool = False
    """Staff are not rung: its reporter has taken back several of the kind a moment ago."""
    channel: str | None = None
    """By which way it came (domain/figures/report_history.py). What follows is how it was then, for figures."""
    category: str | None = None
    area: str | None = None
    department: str | None = None
    due_at: str | None = None
    follows: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportTaken(ReportEvent, kind="report.taken"):
    """A member of staff answers for it from now on; `before` did so until now."""

    assignee: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportStarted(ReportEvent, kind="report.started"):
    """Work has begun."""


@dataclass(frozen=True, kw_only=True)
class ReportTitled(ReportEvent, kind="report.titled", says=True):
    """Staff wrote the line it goes by."""


@dataclass(frozen=True, kw_only=True)
class ReportCompleted(ReportEvent, kind="report.completed", says=True):
    """Its category or place was added or changed after it was sent; `part` holds a place that was typed."""

    category: str | None
    area: str | None = None
    part: int | None = None
    into: int | None = None
    """What had rung (a row of `dangers`): whoever did it was asked where it is."""
    department: str | None = None
    """Of the new category, with the deadline (as text) that follows from it: for figures."""
    due_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportPlaceChanged(ReportEvent, kind="report.place_changed", says=True):
    """The resident changed the message that said where it is; `part` has the words until now, if there were any."""

    part: int | None
    area: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportReworded(ReportEvent, kind="report.reworded", says=True):
    """Whoever spoke changed a message: the part `now` reads so from now on; `part` has the words until then, if any."""

    now: int
    part: int | None
    danger: str | None = None
    spoke_for: int | None = None
    into: int | None = None
    quietly: bool = False
    thread: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAdded(ReportEvent, kind="report.added", says=True):
    """The resident said more about it: the parts `parts`. `more`: a further part of an album that was announced."""

    parts: tuple[int, ...]
    danger: str | None = None
    more: bool = False
    spoke_for: int | None = None
    into: int | None = None
    """What rang before (a row of `dangers`) and stands: it goes onto that card, and rings no more."""
    quietly: bool = False
    thread: str | None = None
    """What of it answers: staff read it in the topic of that (`project:3`) rather than below the report's card."""


@dataclass(frozen=True, kw_only=True)
class ReportDangerWordsOff(ReportEvent, kind="report.danger_words_off"):
    """What was said after a danger was about something else: it is off the card. `danger`: what had rung."""

    danger: int


@dataclass(frozen=True, kw_only=True)
class ReportDangerAnswered(ReportEvent, kind="report.danger_answered"):
    """Whether somebody is in danger: staff saw it as possible, and its person says so now. `danger`: what had rung."""

    danger: int
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class ReportNoted(ReportEvent, kind="report.noted", says=True):
    """Staff left an internal note, the part `part`."""

    part: int


@dataclass(frozen=True, kw_only=True)
class ReportAnswered(ReportEvent, kind="report.answered", says=True):
    """Staff answered; the parts go to the resident. `to`: that person alone reads it, and nobody else behind it."""

    parts: tuple[int, ...]
    to: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAlbumWentOn(ReportEvent, kind="report.album_went_on", says=True):
    """A further part of staff's album: `part` goes where the first one went, to the resident or only to the record."""

    part: int
    to_resident: bool


@dataclass(frozen=True, kw_only=True)
class ReportResolved(ReportEvent, kind="report.resolved", says=True):
    """Staff say it is fixed; the resident is asked. `parts` are the note and the proof."""

    parts: tuple[int, ...]
    round: int


@dataclass(frozen=True, kw_only=True)
class ReportConfirmed(ReportEvent, kind="report.confirmed"):
    """The resident says it is fixed: closed."""

    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportReopened(ReportEvent, kind="report.reopened"):
    """The resident says it is not fixed. `closed`: it had been closed by then; `again`: they say it is broken again."""

    round: int
    spoke_for: int | None = None
    closed: bool = False
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportFollowed(ReportEvent, kind="report.followed"):
    """It is broken again, and was reopened too often: a new report, `by`, goes on from it."""

    by: int


@dataclass(frozen=True, kw_only=True)
class ReportDueSoon(ReportEvent, kind="report.due_soon"):
    """Its deadline (as text) is near: whoever is in charge hears of it."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class ReportOverdue(ReportEvent, kind="report.overdue"):
    """Its deadline (as text) has passed."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class ReportOverdueTold(ReportEvent, kind="report.overdue_told"):
    """Somebody is there to be told that its deadline has passed."""


@dataclass(frozen=True, kw_only=True)
class ReportAnotherYes(ReportEvent, kind="report.another_yes"):
    """One more says it is fixed, after somebody has decided: kept, and nothing changes."""

    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAnotherNo(ReportEvent, kind="report.another_no"):
    """One more says it is not fixed: it is open again already."""

    round: int
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportEscalated(ReportEvent, kind="report.escalated"):
    """Not fixed for the second time or more: the leads hear of it."""

    round: int


@dataclass(frozen=True, kw_only=True)
class ReportVerdictsAwaited(ReportEvent, kind="report.verdicts_awaited"):
    """Those who have not said whether it is fixed are asked once more; at `close` it is closed as unanswered."""

    round: int
    close: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportLapsed(ReportEvent, kind="report.lapsed"):
    """Nobody has said whether it is fixed: closed as unanswered. `asked`: somebody could be asked."""

    round: int
    asked: bool = True


@dataclass(frozen=True, kw_only=True)
class ReportHandlingJudged(ReportEvent, kind="report.handling_judged"):
    """Whoever said yes says whether they are content with how it was handled."""

    round: int
    content: bool
    spoke_for: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReporterShown(ReportEvent, kind="report.reporter_shown"):
    """A member of staff asked who reported it. Nothing is sent because of this; it is kept."""


@dataclass(frozen=True, kw_only=True)
class ReportSentToDepartment(ReportEvent, kind="report.sent_to_department"):
    """Another department answers for it; `before` was in charge until now."""

    department: str
    before: int | None


@dataclass(frozen=True, kw_only=True)
class ReportHandedBack(ReportEvent, kind="report.handed_back"):
    """Who was in charge is none of the team any more: it is everybody's, and nobody has taken it."""


@dataclass(frozen=True, kw_only=True)
class ReportAsked(ReportEvent, kind="report.asked", says=True):
    """Staff ask its reporter, the person `asked`, something: the part `part`."""

    part: int
    asked: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportDeadlineMoved(ReportEvent, kind="report.deadline_moved"):
    """Staff promise it for another time (instants as text)."""

    due_at: str
    before: str | None


@dataclass(frozen=True, kw_only=True)
class ReportMarkedPersonal(ReportEvent, kind="report.marked_personal"):
    """It is about a person (or not, after all): shown to no other resident."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class ReportMarkedPressing(ReportEvent, kind="report.marked_pressing"):
    """Staff say that it is pressing (or not, after all)."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class ReportOpenedAgain(ReportEvent, kind="report.opened_again"):
    """Staff took up again what was closed."""


@dataclass(frozen=True, kw_only=True)
class ReportHandedOn(ReportEvent, kind="report.handed_on", says=True):
    """It is with somebody outside: a partner by code, else `part` has the name; asked again at `ask_again_at`."""

    partner: str | None = None
    part: int | None = None
    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class ReportAskAgainDue(ReportEvent, kind="report.ask_again_due"):
    """The day has come on which those it was handed on to are to be asked again."""


@dataclass(frozen=True, kw_only=True)
class ReportAskedAgain(ReportEvent, kind="report.asked_again"):
    """Staff have asked them again, and will once more at `ask_again_at`."""

    ask_again_at: str


@dataclass(frozen=True, kw_only=True)
class ReportJoined(ReportEvent, kind="report.joined", says=True):
    """Another resident has the same trouble; `parts` are their words."""

    parts: tuple[int, ...]
    behind: int | None = None
    """How many stand behind it from then on."""


@dataclass(frozen=True, kw_only=True)
class ReportWithdrawn(ReportEvent, kind="report.withdrawn", says=True):
    """Its reporter took it back, and nobody else had joined: closed. `parts` are why, if they said."""

    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReportLeft(ReportEvent, kind="report.left", says=True):
    """The actor has nothing to do with it any more; it stays open for the others.

    `heir` is who stands for it from now on, where it was the reporter who left. `parts` are why, if they said.
    """

    parts: tuple[int, ...]
    heir: int | None = None
    behind: int | None = None
    """How many stand behind it from then on."""


@dataclass(frozen=True, kw_only=True)
class ReportSupportChanged(ReportEvent, kind="report.support_changed"):
    """Somebody has taken back a report that is part of it."""

    behind: int
    """How many stand behind it from then on."""


@dataclass(frozen=True, kw_only=True)
class ReportRelated(ReportEvent, kind="report.related"):
    """Its reporter said what they have to do with the place, or (None) that they would rather not say."""

    relation: str | None
