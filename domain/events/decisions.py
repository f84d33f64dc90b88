"""What staff decide about a report as a whole: that it is part of another, or will not be done; and objections."""

from dataclasses import dataclass

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportMerged(ReportEvent, kind="report.merged"):
    """It is about the same thing as `into` and stands where that stands; `before`: what it was part of before.

    `asked`: those of its people who are asked from now on whether `into` is fixed.
    """

    into: int
    before: int | None = None
    asked: tuple[int, ...] = ()
    behind: int | None = None
    """How many stand behind it by itself: what was part of it is part of the other one now."""


@dataclass(frozen=True, kw_only=True)
class ReportTakenIn(ReportEvent, kind="report.taken_in"):
    """Another one, `other`, is part of it from now on."""

    other: int
    behind: int | None = None
    """How many stand behind the whole from then on."""


@dataclass(frozen=True, kw_only=True)
class ReportTakenOut(ReportEvent, kind="report.taken_out"):
    """It is no part of `before` after all, and stands where it stood."""

    before: int


@dataclass(frozen=True, kw_only=True)
class ReportLetGo(ReportEvent, kind="report.let_go"):
    """Another one, `other`, is no part of it any more."""

    other: int
    behind: int | None = None
    """How many stand behind it from then on."""


@dataclass(frozen=True, kw_only=True)
class ReportDeclined(ReportEvent, kind="report.declined", says=True):
    """Staff will not do it. `part` is the reason in words, `template` its code in the community file, if it has one."""

    part: int
    template: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportObjected(ReportEvent, kind="report.objected", says=True):
    """Somebody does not agree that it was declined, and says why: the leads decide."""

    parts: tuple[int, ...]
    spoke_for: int | None = None
    rings: bool = False
    """It speaks of danger."""
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportAnotherObjection(ReportEvent, kind="report.another_objection", says=True):
    """One more does not agree: kept, and nothing changes."""

    parts: tuple[int, ...]
    spoke_for: int | None = None
    rings: bool = False
    """It speaks of danger."""
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportObjectionJudged(ReportEvent, kind="report.objection_judged"):
    """A lead has looked at both sides: it is opened again after all, or stays declined."""

    opened: bool


@dataclass(frozen=True, kw_only=True)
class ReporterBlocked(ReportEvent, kind="report.reporter_blocked"):
    """Because of it whoever reported it can send nothing until then (as text); on the record of the report, too."""

    until: str


@dataclass(frozen=True, kw_only=True)
class ReporterUnblocked(ReportEvent, kind="report.reporter_unblocked"):
    """The block of whoever reported it was ended."""
