"""What became of one report, by its events up to some instant, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain import events
from domain.core.stored import Stored
from domain.reports.pressing import why_pressing


class Channel(Stored, StrEnum, kept_in="report.submitted: channel"):
    """By which way a report came."""

    CHAT = "chat"
    RECORDED = "recorded"  # written down by staff; whether at the counter or by phone was not noted
    COUNTER = "counter"  # written down by staff for somebody who came
    PHONE = "phone"  # written down by staff for somebody who called
    REPRESENTATIVE = "representative"  # sent by somebody who speaks for neighbours


BY_STAFF = frozenset({Channel.RECORDED, Channel.COUNTER, Channel.PHONE})
"""Ways of what staff wrote down."""


class Way(StrEnum):
    """By what a report is handled."""

    RESOLVED = "resolved"
    DECLINED = "declined"
    PASSED_ON = "passed_on"
    MERGED = "merged"


class Outcome(StrEnum):
    """What became of one time that staff said it is fixed."""

    CONFIRMED = "confirmed"  # the last word of a resident is yes
    DISPUTED = "disputed"  # a resident said no
    SILENT = "silent"  # somebody was asked, and nobody said yes or no
    NOT_REACHABLE = "not_reachable"  # nobody could be asked
    WITHDRAWN = "withdrawn"  # taken back before it was answered, by the resident or by staff
    ASKED = "asked"  # still being asked


class Ruling(StrEnum):
    """What became of an objection to a report's being declined."""

    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"  # the report was taken back or merged before anybody decided
    WAITING = "waiting"


@dataclass
class Resolution:
    """One time that staff said it is fixed."""

    at: datetime
    round: int
    outcome: Outcome = Outcome.ASKED
    judged: dict[int, bool] = field(default_factory=dict)
    """Whether each who judged the handling is content."""

    @property
    def content(self) -> bool | None:
        """Whether everybody who judged the handling is content; None while nobody has."""
        return all(self.judged.values()) if self.judged else None


@dataclass
class ReportHistory:
    """All that figures need to know of a report. Areas, categories and departments are codes."""

    sent_at: datetime | None = None
    channel: Channel = Channel.CHAT
    category: str | None = None
    area: str | None = None
    category_department: str | None = None
    department_by_hand: str | None = None
    project: int | None = None
    follows: int | None = None
    due_at: datetime | None = None
    due_when_answered: datetime | None = None
    overdue: list[tuple[datetime, datetime]] = field(default_factory=list)
    """When a deadline was found to have passed, and that deadline."""
    answered_at: datetime | None = None
    handled_at: datetime | None = None
    handled_by: Way | None = None
    """By what first."""
    resolutions: list[Resolution] = field(default_factory=list)
    declined: list[datetime] = field(default_factory=list)
    passed_on: list[datetime] = field(default_factory=list)
    reopened: list[datetime] = field(default_factory=list)
    objected_at: datetime | None = None
    ruling: Ruling | None = None
    withdrawn_at: datetime | None = None
    marked_pressing: bool = False
    """Staff have marked it as pressing."""
    behind: int = 0
    """How many stand behind it: who sent it, and those who joined, also of what is part of it."""

    @property
    def department(self) -> str | None:
        """The one it was sent to by hand, else its category's as it was when the category was given."""
        return self.department_by_hand or self.category_department

    @property
    def answered_in_time(self) -> bool | None:
        """Whether staff's first words came by the deadline of then; None without an answer or a deadline."""
        if self.answered_at is None or (self.due_when_answered is None and not self.overdue):
            return None
        missed = any(due_at < self.answered_at for _, due_at in self.overdue)
        return not missed and (self.due_when_answered is None or self.answered_at <= self.due_when_answered)

    @property
    def pressing(self) -> bool:
        """Whether it is a pressing one: marked so, with many behind it, or reopened often."""
        return why_pressing(self.marked_pressing, self.behind, len(self.reopened)) is not None

    def after(self, kind: str, at: datetime, actor: int | None, data: Mapping[str, Any]) -> None:
        """Take in the next event that happened to it; of a kind that changes no figure: nothing."""
        fold = _FOLDS.get(kind)
        if fold is not None:
            fold(self, at, actor, data)

    def _answered(self, at: datetime) -> None:
        if self.answered_at is None:
            self.answered_at, self.due_when_answered = at, self.due_at

    def _handled(self, at: datetime, way: Way) -> None:
        if self.handled_at is None:
            self.handled_at, self.handled_by = at, way

    def _rule(self, ruling: Ruling) -> None:
        if self.ruling is Ruling.WAITING:
            self.ruling = ruling

    def _of_round(self, number: int) -> Resolution | None:
        return next((each for each in reversed(self.resolutions) if each.round == number), None)

    def _take_question_back(self) -> None:
        if self.resolutions and self.resolutions[-1].outcome is Outcome.ASKED:
            self.resolutions[-1].outcome = Outcome.WITHDRAWN


Fold = Callable[[ReportHistory, datetime, int | None, Mapping[str, Any]], None]


def _submitted(history: ReportHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.sent_at, history.behind = at, 1
    # Kept before these were noted with it: by chat, of no category or area until somebody gave it one.
    history.channel = _channel(data.get("channel"))
    history.category, history.area = data.get("category"), data.get("area")
    history.category_department, history.follows = data.get("department"), data.get("follows")
    history.due_at = _instant(data.get("due_at"))


def _recorded(history: ReportHistory, _at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    if history.channel not in BY_STAFF:  # sent before its way was noted with it
        history.channel = Channel.RECORDED


def _completed(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    if data["category"] is not None:
        history.category, history.category_department = data["category"], data.get("department")
        history.due_at = _instant(data.get("due_at")) or history.due_at
    if data["category"] is None or data.get("area") is not None or data.get("part") is not None:
        history.area = data.get("area")


def _place_changed(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.area = data.get("area")


def _sent(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.department_by_hand = data["department"]


def _deadline_moved(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.due_at = _instant(data["due_at"])


def _overdue(history: ReportHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.overdue.append((at, datetime.fromisoformat(data["due_at"])))


def _bundled(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.project = data["project"]


def _unbundled(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    if history.project == data["project"]:
        history.project = None


def _answered(history: ReportHistory, at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history._answered(at)


def _rung_back(history: ReportHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    if data["reached"]:
        history._answered(at)


def _taken_up(history: ReportHistory, _at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history._rule(Ruling.GRANTED)


def _resolved(history: ReportHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history._answered(at)
    history._handled(at, Way.RESOLVED)
    history._rule(Ruling.GRANTED)
    history.resolutions.append(Resolution(at, data["round"]))


def _confirmed(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    if (resolution := history._of_round(data["round"])) is not None:
        resolution.outcome = Outcome.CONFIRMED


def _reopened(history: ReportHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.reopened.append(at)
    resolution = history._of_round(data["round"])
    # What is broken again after it was closed had been fixed, as far as anybody has said.
    if resolution is not None and not (data.get("closed") and data.get("again")):
        resolution.outcome = Outcome.DISPUTED


def _lapsed(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    if (resolution := history._of_round(data["round"])) is not None:
        resolution.outcome = Outcome.SILENT if data.get("asked", True) else Outcome.NOT_REACHABLE


def _judged(history: ReportHistory, _at: datetime, actor: int | None, data: Mapping[str, Any]) -> None:
    who = data.get("spoke_for") or actor
    resolution = history._of_round(data["round"])
    if resolution is not None and who is not None:
        resolution.judged[who] = data["content"]


def _declined(history: ReportHistory, at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history._answered(at)
    history._handled(at, Way.DECLINED)
    history._rule(Ruling.REFUSED)
    history.declined.append(at)


def _handed_on(history: ReportHistory, at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history._answered(at)
    history._handled(at, Way.PASSED_ON)
    history._rule(Ruling.GRANTED)
    history.passed_on.append(at)


def _merged(history: ReportHistory, at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history._handled(at, Way.MERGED)
    history._rule(Ruling.DROPPED)
    history.behind = data.get("behind") or history.behind


def _objected(history: ReportHistory, at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history.objected_at, history.ruling = at, Ruling.WAITING


def _ruled(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.ruling = Ruling.GRANTED if data["opened"] else Ruling.REFUSED


def _withdrawn(history: ReportHistory, at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history.withdrawn_at = at
    history._take_question_back()
    history._rule(Ruling.DROPPED)


def _opened_again(history: ReportHistory, _at: datetime, _actor: int | None, _data: Mapping[str, Any]) -> None:
    history.withdrawn_at = None
    history._take_question_back()


def _marked_pressing(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.marked_pressing = data["on"]


def _joined(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    # Kept before the number was noted with it: one more, as it was for everybody who joined.
    history.behind = data.get("behind") or history.behind + 1


def _left(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.behind = data.get("behind") or max(1, history.behind - 1)


def _together(history: ReportHistory, _at: datetime, _actor: int | None, data: Mapping[str, Any]) -> None:
    history.behind = data.get("behind") or history.behind


def _channel(name: str | None) -> Channel:
    try:
        return Channel(name or Channel.CHAT)
    except ValueError:
        return Channel.CHAT


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


_FOLDS: dict[str, Fold] = {
    events.ReportSubmitted.KIND: _submitted,
    events.ReportRecorded.KIND: _recorded,
    events.ReportCompleted.KIND: _completed,
    events.ReportPlaceChanged.KIND: _place_changed,
    events.ReportSentToDepartment.KIND: _sent,
    events.ReportDeadlineMoved.KIND: _deadline_moved,
    events.ReportOverdue.KIND: _overdue,
    events.ReportBundled.KIND: _bundled,
    events.ReportUnbundled.KIND: _unbundled,
    events.ReportAnswered.KIND: _answered,
    events.ReportAsked.KIND: _answered,
    events.ReportRungBack.KIND: _rung_back,
    events.ReportTaken.KIND: _taken_up,
    events.ReportStarted.KIND: _taken_up,
    events.ReportResolved.KIND: _resolved,
    events.ReportConfirmed.KIND: _confirmed,
    events.ReportReopened.KIND: _reopened,
    events.ReportLapsed.KIND: _lapsed,
    events.ReportHandlingJudged.KIND: _judged,
    events.ReportDeclined.KIND: _declined,
    events.ReportHandedOn.KIND: _handed_on,
    events.ReportMerged.KIND: _merged,
    events.ReportObjected.KIND: _objected,
    events.ReportObjectionJudged.KIND: _ruled,
    events.ReportWithdrawn.KIND: _withdrawn,
    events.ReportOpenedAgain.KIND: _opened_again,
    events.ReportMarkedPressing.KIND: _marked_pressing,
    events.ReportJoined.KIND: _joined,
    events.ReportLeft.KIND: _left,
    events.ReportTakenIn.KIND: _together,
    events.ReportLetGo.KIND: _together,
    events.ReportSupportChanged.KIND: _together,
}
READ = tuple(_FOLDS)
"""The kinds of events that change a figure of reports."""
COUNTED_BY = (
    events.ReportSubmitted.KIND,
    events.ReportAnswered.KIND,
    events.ReportAsked.KIND,
    events.ReportRungBack.KIND,
    events.ReportResolved.KIND,
    events.ReportDeclined.KIND,
    events.ReportHandedOn.KIND,
    events.ReportReopened.KIND,
    events.ReportObjected.KIND,
    events.ReportOverdue.KIND,
)
"""A report is in the figures of a period in which one of these happened to it."""
