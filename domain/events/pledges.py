"""What can happen to a pledge."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PledgeEvent(Event):
    subject_kind: ClassVar[str] = "pledge"
    pledge: int


@dataclass(frozen=True, kw_only=True)
class PledgeMade(PledgeEvent, says=True):
    """It was sent in, anew or after staff asked for a change; it waits for staff."""

    KIND: ClassVar[str] = "pledge.made"
    wording: int


@dataclass(frozen=True, kw_only=True)
class PledgeChanged(PledgeEvent, says=True):
    """Another wording of a published one waits for staff; the board shows the old one meanwhile."""

    KIND: ClassVar[str] = "pledge.changed"
    wording: int


@dataclass(frozen=True, kw_only=True)
class PledgePublished(PledgeEvent):
    """It is on the board. With `again` it was there before, in other words."""

    KIND: ClassVar[str] = "pledge.published"
    wording: int
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class PledgeChangeAsked(PledgeEvent, says=True):
    """Staff ask for a change of what was sent in."""

    KIND: ClassVar[str] = "pledge.change_asked"
    wording: int


@dataclass(frozen=True, kw_only=True)
class PledgePaused(PledgeEvent):
    KIND: ClassVar[str] = "pledge.paused"


@dataclass(frozen=True, kw_only=True)
class PledgeResumed(PledgeEvent):
    KIND: ClassVar[str] = "pledge.resumed"


@dataclass(frozen=True, kw_only=True)
class PledgeEnded(PledgeEvent):
    KIND: ClassVar[str] = "pledge.ended"


@dataclass(frozen=True, kw_only=True)
class PledgeConsent(PledgeEvent):
    """Its maker lets the board show `what` (name, photos), or takes that back; `how`: as staff asked for them."""

    KIND: ClassVar[str] = "pledge.consent"
    what: str
    given: bool
    how: str | None = None


@dataclass(frozen=True, kw_only=True)
class PledgeKeeperChanged(PledgeEvent):
    """The actor looks after it from now on, in place of `before`, who may not any more."""

    KIND: ClassVar[str] = "pledge.keeper_changed"
    before: int


@dataclass(frozen=True, kw_only=True)
class PledgeCheckedIn(PledgeEvent):
    """Somebody said what became of one time it was due (or, on call, that they were there)."""

    KIND: ClassVar[str] = "pledge.checked_in"
    checkin: int
    occurrence: int | None
    answer: str
    amount: int = 0


@dataclass(frozen=True, kw_only=True)
class PledgeCheckInUndone(PledgeEvent):
    KIND: ClassVar[str] = "pledge.check_in_undone"
    checkin: int


@dataclass(frozen=True, kw_only=True)
class PledgeProofSent(PledgeEvent, says=True):
    """Words or a photo came with a check-in, and may be shown on the board once staff have looked at them."""

    KIND: ClassVar[str] = "pledge.proof_sent"
    checkin: int


@dataclass(frozen=True, kw_only=True)
class PledgeProofReleased(PledgeEvent):
    """Staff let the board show it, or take it off again."""

    KIND: ClassVar[str] = "pledge.proof_released"
    checkin: int
    shown: bool


@dataclass(frozen=True, kw_only=True)
class PledgeThanked(PledgeEvent, says=True):
    KIND: ClassVar[str] = "pledge.thanked"
