"""What staff decide about a voice as a whole: that it is part of another."""

from dataclasses import dataclass

from domain.events.voices import VoiceEvent


@dataclass(frozen=True, kw_only=True)
class VoiceMerged(VoiceEvent):
    """It is about the same thing as `into` and stands where that stands; `before`: what it was part of until now."""

    into: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class VoiceTakenIn(VoiceEvent):
    """Another one, `other`, is part of it from now on."""

    other: int


@dataclass(frozen=True, kw_only=True)
class VoiceTakenOut(VoiceEvent):
    """It is no part of `before` after all, and stands where it stood."""

    before: int


@dataclass(frozen=True, kw_only=True)
class VoiceLetGo(VoiceEvent):
    """Another one, `other`, is no part of it any more."""

    other: int
