"""What staff hear in a voice message, and what the resident says to that."""

from dataclasses import dataclass

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportHeard(ReportEvent, kind="report.heard", says=True):
    """Staff wrote what they heard in a voice note; the resident is asked whether that is right."""


@dataclass(frozen=True, kw_only=True)
class ReportHeardDrafted(ReportEvent, kind="report.heard_drafted"):
    """A program of the operator's drafted what a voice note says, as the part `part`; staff decide."""

    part: int


@dataclass(frozen=True, kw_only=True)
class ReportHeardConfirmed(ReportEvent, kind="report.heard_confirmed"):
    """The resident said whether staff heard right."""

    right: bool
