"""What can happen to an answer of staff after it was sent, and to a note. An answer is named by its first part."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportAnswerChanged(ReportEvent, says=True):
    """Staff changed what residents have; `part` keeps how it was before. `replaced`: whose file is another now."""

    KIND: ClassVar[str] = "report.answer_changed"
    answer: int
    part: int | None
    replaced: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportNoteChanged(ReportEvent, says=True):
    """Staff changed a note that only staff have; `part` keeps how it read before."""

    KIND: ClassVar[str] = "report.note_changed"
    part: int | None


@dataclass(frozen=True, kw_only=True)
class ReportProofChanged(ReportEvent, says=True):
    """Staff changed what they said when it was fixed (`proof`, a part); `part` keeps how it read before."""

    KIND: ClassVar[str] = "report.proof_changed"
    proof: int
    part: int | None


@dataclass(frozen=True, kw_only=True)
class ReportAnswerTakenBack(ReportEvent):
    """Staff took an answer back: the parts `parts`, which the residents have no more."""

    KIND: ClassVar[str] = "report.answer_taken_back"
    answer: int
    parts: tuple[int, ...]
