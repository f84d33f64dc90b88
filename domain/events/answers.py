"""What can happen to an answer of staff after it was sent, and to a note. An answer is named by its first part."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.voices import VoiceEvent


@dataclass(frozen=True, kw_only=True)
class VoiceAnswerChanged(VoiceEvent):
    """Staff changed what residents have; `part` keeps how it was before. `replaced`: whose file is another now."""

    KIND: ClassVar[str] = "VoiceAnswerChanged"
    says: ClassVar[bool] = True
    answer: int
    part: int | None
    replaced: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceNoteChanged(VoiceEvent):
    """Staff changed a note that only staff have; `part` keeps how it read before."""

    KIND: ClassVar[str] = "VoiceNoteChanged"
    says: ClassVar[bool] = True
    part: int | None


@dataclass(frozen=True, kw_only=True)
class VoiceProofChanged(VoiceEvent):
    """Staff changed what they said when it was fixed (`proof`, a part); `part` keeps how it read before."""

    KIND: ClassVar[str] = "VoiceProofChanged"
    says: ClassVar[bool] = True
    proof: int
    part: int | None


@dataclass(frozen=True, kw_only=True)
class VoiceAnswerTakenBack(VoiceEvent):
    """Staff took an answer back: the parts `parts`, which the residents have no more."""

    KIND: ClassVar[str] = "VoiceAnswerTakenBack"
    answer: int
    parts: tuple[int, ...]
