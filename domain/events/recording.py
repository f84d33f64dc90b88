"""What staff do for people without Telegram."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.voices import VoiceEvent


@dataclass(frozen=True, kw_only=True)
class VoiceRecorded(VoiceEvent):
    """Staff wrote it down for somebody; `may_ring`: they gave a telephone number and agreed that it is kept."""

    KIND: ClassVar[str] = "VoiceRecorded"
    says: ClassVar[bool] = True
    may_ring: bool


@dataclass(frozen=True, kw_only=True)
class VoiceRungBack(VoiceEvent):
    """Staff rang somebody without Telegram, and reached them or did not."""

    KIND: ClassVar[str] = "VoiceRungBack"
    reached: bool
