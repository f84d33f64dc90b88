"""What staff decide about a report as a whole: that it is part of another, or will not be done; and objections."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportMerged(ReportEvent):
    """It is about the same thing as `into` and stands where that stands; `before`: what it was part of before.

    `asked`: those of its people who are asked from now on whether `into` is fixed.
    """

    KIND: ClassVar[str] = "report.merged"
    into: int
    before: int | None = None
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportTakenIn(ReportEvent):
    """Another one, `other`, is part of it from now on."""

    KIND: ClassVar[str] = "report.taken_in"
    other: int


@dataclass(frozen=True, kw_only=True)
class ReportTakenOut(ReportEvent):
    """It is no part of `before` after all, and stands where it stood."""

    KIND: ClassVar[str] = "report.taken_out"
    before: int


@dataclass(frozen=True, kw_only=True)
class ReportLetGo(ReportEvent):
    """Another one, `other`, is no part of it any more."""

    KIND: ClassVar[str] = "report.let_go"
    other: int


@dataclass(frozen=True, kw_only=True)
class ReportDeclined(ReportEvent, says=True):
    """Staff will not do it. `part` is the reason in words, `template` its code in the community file, if it has one."""

    KIND: ClassVar[str] = "report.declined"
    part: int
    template: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportObjected(ReportEvent, says=True):
    """Somebody does not agree that it was declined, and says why: the leads decide."""

    KIND: ClassVar[str] = "report.objected"
    parts: tuple[int, ...]
    spoke_for: int | None = None
    rings: bool = False
    """It speaks of danger."""
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAnotherObjection(ReportEvent, says=True):
    """One more does not agree: kept, and nothing changes."""

    KIND: ClassVar[str] = "report.another_objection"
    parts: tuple[int, ...]
    spoke_for: int | None = None
    rings: bool = False
    """It speaks of danger."""
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportObjectionJudged(ReportEvent):
    """A lead has looked at both sides: it is opened again after all, or stays declined."""

    KIND: ClassVar[str] = "report.objection_judged"
    opened: bool


@dataclass(frozen=True, kw_only=True)
class ReporterBlocked(ReportEvent):
    """Because of it whoever reported it can send nothing until then (as text); on the record of the report, too."""

    KIND: ClassVar[str] = "report.reporter_blocked"
    until: str


@dataclass(frozen=True, kw_only=True)
class ReporterUnblocked(ReportEvent):
    """The block of whoever reported it was ended."""

    KIND: ClassVar[str] = "report.reporter_unblocked"
