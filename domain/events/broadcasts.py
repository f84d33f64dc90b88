"""What can happen to something that is said to many."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class BroadcastEvent(Event):
    subject_kind: ClassVar[str] = "broadcast"
    broadcast: int


@dataclass(frozen=True, kw_only=True)
class BroadcastStarted(BroadcastEvent, kind="broadcast.started"):
    """It begins to go out. `about` is what it belongs to, such as `notice:3`; no actor: its time had come."""

    about: str


@dataclass(frozen=True, kw_only=True)
class BroadcastStopped(BroadcastEvent, kind="broadcast.stopped"):
    """Nobody gets it any more until it goes on."""


@dataclass(frozen=True, kw_only=True)
class BroadcastInterrupted(BroadcastEvent, kind="broadcast.interrupted"):
    """The database was restored while it went out: it stands still, for nobody knows who has got it since."""


@dataclass(frozen=True, kw_only=True)
class BroadcastWentOn(BroadcastEvent, kind="broadcast.went_on"):
    """It goes on."""


@dataclass(frozen=True, kw_only=True)
class BroadcastDone(BroadcastEvent, kind="broadcast.done"):
    """Everybody has it who can have it."""


@dataclass(frozen=True, kw_only=True)
class BroadcastCorrected(BroadcastEvent, kind="broadcast.corrected"):
    """It reads otherwise in one language, or (None) in all that have no words of their own; all copies follow."""

    language: str | None
    version: int


@dataclass(frozen=True, kw_only=True)
class BroadcastWithdrawn(BroadcastEvent, kind="broadcast.withdrawn"):
    """Nobody is to have it any more: all copies are deleted."""
