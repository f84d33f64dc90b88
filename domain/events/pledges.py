"""What can happen to a pledge."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PledgeEvent(Event):
    subject_kind: ClassVar[str] = "pledge"
    pledge: int


@dataclass(frozen=True, kw_only=True)
class PledgeMade(PledgeEvent, kind="pledge.made", says=True):
    """It was sent in, anew or after staff asked for a change; it waits for staff."""

    wording: int


@dataclass(frozen=True, kw_only=True)
class PledgeChanged(PledgeEvent, kind="pledge.changed", says=True):
    """Another wording of a published one waits for staff; the board shows the old one meanwhile."""

    wording: int


@dataclass(frozen=True, kw_only=True)
class PledgePublished(PledgeEvent, kind="pledge.published"):
    """It is on the board. With `again` it was there before, in other words. `maker`: whose promise it is."""

    wording: int
    again: bool = False
    maker: int | None = None


@dataclass(frozen=True, kw_only=True)
class PledgeChangeAsked(PledgeEvent, kind="pledge.change_asked", says=True):
    """Staff ask for a change of what was sent in."""

    wording: int


@dataclass(frozen=True, kw_only=True)
class PledgePaused(PledgeEvent, kind="pledge.paused"):
    """Nothing of it is due until it goes on."""


@dataclass(frozen=True, kw_only=True)
class PledgeResumed(PledgeEvent, kind="pledge.resumed"):
    """It is due again."""


@dataclass(frozen=True, kw_only=True)
class PledgeEnded(PledgeEvent, kind="pledge.ended"):
    """It is over; what became of it until now stays on the board."""


@dataclass(frozen=True, kw_only=True)
class PledgeConsent(PledgeEvent, kind="pledge.consent"):
    """Its maker lets the board show `what` (name, photos), or takes that back; `how`: as staff asked for them."""

    what: str
    given: bool
    how: str | None = None


@dataclass(frozen=True, kw_only=True)
class PledgeKeeperChanged(PledgeEvent, kind="pledge.keeper_changed"):
    """The actor looks after it from now on, in place of `before`, who may not any more."""

    before: int


@dataclass(frozen=True, kw_only=True)
class PledgeCheckedIn(PledgeEvent, kind="pledge.checked_in"):
    """Somebody said what became of one time it was due (or, on call, that they were there).

    `outcome`: what has become of that time by it; of a number, as long as it is too small, still open.
    """

    checkin: int
    occurrence: int | None
    answer: str
    amount: int = 0
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class PledgeCheckInUndone(PledgeEvent, kind="pledge.check_in_undone"):
    """It is taken back. `outcome`: what has become of the time `occurrence` without it; None where that stays."""

    checkin: int
    occurrence: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class PledgeTimesSet(PledgeEvent, kind="pledge.times_set"):
    """These times at which it is due are written down: the number of each, and when it is over (an instant as text)."""

    times: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class PledgeTimesDropped(PledgeEvent, kind="pledge.times_dropped"):
    """It is not due at these times after all: it is paused, has ended, or its plan is another one."""

    times: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PledgeTimeClosed(PledgeEvent, kind="pledge.time_closed"):
    """Nobody can say any more what became of that time; so that became of it."""

    occurrence: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PledgeProofSent(PledgeEvent, kind="pledge.proof_sent", says=True):
    """Words or a photo came with a check-in, and may be shown on the board once staff have looked at them."""

    checkin: int


@dataclass(frozen=True, kw_only=True)
class PledgeProofReleased(PledgeEvent, kind="pledge.proof_released"):
    """Staff let the board show it, or take it off again."""

    checkin: int
    shown: bool


@dataclass(frozen=True, kw_only=True)
class PledgeThanked(PledgeEvent, kind="pledge.thanked", says=True):
    """A neighbour says thank you for it."""
