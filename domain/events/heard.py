"""What staff hear in a voice message, and what the resident says to that."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.voices import VoiceEvent


@dataclass(frozen=True, kw_only=True)
class VoiceHeard(VoiceEvent):
    """Staff wrote what they heard in a voice note; the resident is asked whether that is right."""

    KIND: ClassVar[str] = "VoiceHeard"
    says: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class VoiceHeardDrafted(VoiceEvent):
    """A program of the operator's drafted what a voice note says, as the part `part`; staff decide."""

    KIND: ClassVar[str] = "VoiceHeardDrafted"
    part: int


@dataclass(frozen=True, kw_only=True)
class VoiceHeardConfirmed(VoiceEvent):
    """The resident said whether staff heard right."""

    KIND: ClassVar[str] = "VoiceHeardConfirmed"
    right: bool
