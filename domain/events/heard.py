"""What staff hear in a voice message, and what the resident says to that."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportHeard(ReportEvent, says=True):
    """Staff wrote what they heard in a voice note; the resident is asked whether that is right."""

    KIND: ClassVar[str] = "report.heard"


@dataclass(frozen=True, kw_only=True)
class ReportHeardDrafted(ReportEvent):
    """A program of the operator's drafted what a voice note says, as the part `part`; staff decide."""

    KIND: ClassVar[str] = "report.heard_drafted"
    part: int


@dataclass(frozen=True, kw_only=True)
class ReportHeardConfirmed(ReportEvent):
    """The resident said whether staff heard right."""

    KIND: ClassVar[str] = "report.heard_confirmed"
    right: bool
