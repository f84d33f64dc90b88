"""What staff do for people without Telegram."""

from dataclasses import dataclass

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportRecorded(ReportEvent, kind="report.recorded", says=True):
    """Staff wrote it down for somebody; `may_ring`: they gave a telephone number and agreed that it is kept."""

    may_ring: bool
    channel: str | None = None
    """Whether they came to the counter or called; None where that was not noted."""


@dataclass(frozen=True, kw_only=True)
class ReportRungBack(ReportEvent, kind="report.rung_back"):
    """Staff rang somebody without Telegram, and reached them or did not."""

    reached: bool
