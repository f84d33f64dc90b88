"""What staff decide about a voice as a whole: that it is part of another, or will not be done; and objections."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.voices import VoiceEvent


@dataclass(frozen=True, kw_only=True)
class VoiceMerged(VoiceEvent):
    """It is about the same thing as `into` and stands where that stands; `before`: what it was part of before.

    `asked`: those of its people who are asked from now on whether `into` is fixed.
    """

    KIND: ClassVar[str] = "VoiceMerged"
    into: int
    before: int | None = None
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VoiceTakenIn(VoiceEvent):
    """Another one, `other`, is part of it from now on."""

    KIND: ClassVar[str] = "VoiceTakenIn"
    other: int


@dataclass(frozen=True, kw_only=True)
class VoiceTakenOut(VoiceEvent):
    """It is no part of `before` after all, and stands where it stood."""

    KIND: ClassVar[str] = "VoiceTakenOut"
    before: int


@dataclass(frozen=True, kw_only=True)
class VoiceLetGo(VoiceEvent):
    """Another one, `other`, is no part of it any more."""

    KIND: ClassVar[str] = "VoiceLetGo"
    other: int


@dataclass(frozen=True, kw_only=True)
class VoiceDeclined(VoiceEvent):
    """Staff will not do it. `part` is the reason in words, `template` its code in the community file, if it has one."""

    KIND: ClassVar[str] = "VoiceDeclined"
    says: ClassVar[bool] = True
    part: int
    template: str | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceObjected(VoiceEvent):
    """Somebody does not agree that it was declined, and says why: the leads decide."""

    KIND: ClassVar[str] = "VoiceObjected"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]
    spoke_for: int | None = None
    rings: bool = False
    """It speaks of danger."""
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceAnotherObjection(VoiceEvent):
    """One more does not agree: kept, and nothing changes."""

    KIND: ClassVar[str] = "VoiceAnotherObjection"
    says: ClassVar[bool] = True
    parts: tuple[int, ...]
    spoke_for: int | None = None
    rings: bool = False
    """It speaks of danger."""
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceObjectionJudged(VoiceEvent):
    """A lead has looked at both sides: it is opened again after all, or stays declined."""

    KIND: ClassVar[str] = "VoiceObjectionJudged"
    opened: bool


@dataclass(frozen=True, kw_only=True)
class ReporterBlocked(VoiceEvent):
    """Because of it whoever reported it can send nothing until then (as text); on the record of the voice, too."""

    KIND: ClassVar[str] = "ReporterBlocked"
    until: str


@dataclass(frozen=True, kw_only=True)
class ReporterUnblocked(VoiceEvent):
    """The block of whoever reported it was ended."""

    KIND: ClassVar[str] = "ReporterUnblocked"
