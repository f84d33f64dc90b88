"""What staff do for people without Telegram."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportRecorded(ReportEvent, says=True):
    """Staff wrote it down for somebody; `may_ring`: they gave a telephone number and agreed that it is kept."""

    KIND: ClassVar[str] = "report.recorded"
    may_ring: bool


@dataclass(frozen=True, kw_only=True)
class ReportRungBack(ReportEvent):
    """Staff rang somebody without Telegram, and reached them or did not."""

    KIND: ClassVar[str] = "report.rung_back"
    reached: bool
