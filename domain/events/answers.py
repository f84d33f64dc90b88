"""What can happen to an answer of staff after it was sent, and to a note. An answer is named by its first part."""

from dataclasses import dataclass

from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ReportAnswerChanged(ReportEvent, kind="report.answer_changed", says=True):
    """Staff changed what residents have; `part` keeps how it was before. `replaced`: whose file is another now."""

    answer: int
    part: int | None
    replaced: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportNoteChanged(ReportEvent, kind="report.note_changed", says=True):
    """Staff changed a note that only staff have; `part` keeps how it read before."""

    part: int | None


@dataclass(frozen=True, kw_only=True)
class ReportProofChanged(ReportEvent, kind="report.proof_changed", says=True):
    """Staff changed what they said when it was fixed (`proof`, a part); `part` keeps how it read before."""

    proof: int
    part: int | None


@dataclass(frozen=True, kw_only=True)
class ReportAnswerTakenBack(ReportEvent, kind="report.answer_taken_back"):
    """Staff took an answer back: the parts `parts`, which the residents have no more."""

    answer: int
    parts: tuple[int, ...]
