"""What can happen to a repair, and to those who offer to do them."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event
from domain.events.people import PersonEvent


@dataclass(frozen=True, kw_only=True)
class RepairEvent(Event):
    subject_kind: ClassVar[str] = "repair"
    repair: int


@dataclass(frozen=True, kw_only=True)
class RepairAsked(RepairEvent, kind="repair.asked", says=True):
    """A resident's repair has a number. `costs`: what the community said about costs then, by language; None where it
    says nothing of its own."""

    costs: dict[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class RepairOffered(RepairEvent, kind="repair.offered"):
    """These people were asked whether they take it; `circle` says how far it was looked."""

    people: tuple[int, ...]
    circle: int


@dataclass(frozen=True, kw_only=True)
class RepairUnfilled(RepairEvent, kind="repair.unfilled"):
    """Everybody who could be asked was, and nobody has taken it.

    `first`: for whoever asked nothing else of the kind came up in the last half hour.
    """

    first: bool = True


@dataclass(frozen=True, kw_only=True)
class RepairTaken(RepairEvent, kind="repair.taken"):
    """A volunteer has it; `missed` were asked as well."""

    volunteer: int
    missed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairDeclined(RepairEvent, kind="repair.declined"):
    """Somebody who was asked cannot take it."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairArrival(RepairEvent, kind="repair.arrival"):
    """The volunteer has said when they come (an instant as text)."""

    volunteer: int
    at: str


@dataclass(frozen=True, kw_only=True)
class RepairSetOut(RepairEvent, kind="repair.set_out"):
    """The volunteer is on the way."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairDone(RepairEvent, kind="repair.done"):
    """The volunteer says it is done; the resident is asked."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairToldOf(RepairEvent, kind="repair.told_of", says=True):
    """The volunteer said afterwards what was done (`parts`), how long it took, or both."""

    volunteer: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairNotDone(RepairEvent, kind="repair.not_done"):
    """The volunteer had tapped "It is done" by mistake: it is theirs to do as before."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairReleased(RepairEvent, kind="repair.released"):
    """The volunteer has it no longer. `reason`: cannot, silent, nobody_came, left or unreachable."""

    volunteer: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RepairNudged(RepairEvent, kind="repair.nudged"):
    """It has stood still for too long with the volunteer who has it."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairSilent(RepairEvent, kind="repair.silent"):
    """A volunteer set out, and nobody has said anything since."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairConfirmed(RepairEvent, kind="repair.confirmed"):
    """The resident says it is done."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairThanked(RepairEvent, kind="repair.thanked", says=True):
    """The resident thanks the volunteer, with words or without."""

    volunteer: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairReopened(RepairEvent, kind="repair.reopened"):
    """It is not done after all, says the resident or staff; `volunteer` had it."""

    volunteer: int | None = None


@dataclass(frozen=True, kw_only=True)
class RepairAskedAgain(RepairEvent, kind="repair.asked_again"):
    """The resident has not said whether it is done, and is asked once more."""


@dataclass(frozen=True, kw_only=True)
class RepairLapsed(RepairEvent, kind="repair.lapsed"):
    """The resident said nothing within the time; it is closed."""

    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairWithdrawn(RepairEvent, kind="repair.withdrawn"):
    """It is not needed any more. `volunteer` had it, `asked` were asked."""

    volunteer: int | None = None
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairChanged(RepairEvent, kind="repair.changed", says=True):
    """It is somewhere else than was said; or more was said while somebody is looked for.

    `reworded`: what is wrong was said otherwise.
    """

    reworded: bool = False


@dataclass(frozen=True, kw_only=True)
class RepairMessagePassed(RepairEvent, kind="repair.message_passed", says=True):
    """One side wrote to the other; the words themselves are not kept."""

    to: int
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class RepairMessageShown(RepairEvent, kind="repair.message_shown"):
    """Its reader has shown a message of the other side to the staff: of whom, and our id of the message."""

    writer: int
    message: int


@dataclass(frozen=True, kw_only=True)
class RepairNumbersAgreed(RepairEvent, kind="repair.numbers_agreed", says=True):
    """One side agrees that telephone numbers may be written; with `both` they may from now on.

    The other side reads who asks for it, by the name they have in Telegram.
    """

    both: bool


@dataclass(frozen=True, kw_only=True)
class RepairUnsafe(RepairEvent, kind="repair.unsafe"):
    """Somebody does not feel safe with the other. Staff are rung; said again a moment later, it goes with what rang.

    `danger`: what rang (a row of `dangers`); `again`: it had rung before.
    """

    danger: int | None = None
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class RepairShown(RepairEvent, kind="repair.shown"):
    """Staff looked who and where it is; that is kept."""


@dataclass(frozen=True, kw_only=True)
class RepairTurnAsked(RepairEvent, kind="repair.turn_asked"):
    """Staff ask whoever asked for it whether it may become a report."""


@dataclass(frozen=True, kw_only=True)
class RepairTurnRefused(RepairEvent, kind="repair.turn_refused"):
    """Whoever asked for it says no."""


@dataclass(frozen=True, kw_only=True)
class RepairTurned(RepairEvent, kind="repair.turned"):
    """Staff made it a report, `report`. `volunteer` had it, `asked` were asked."""

    report: int
    volunteer: int | None = None
    asked: tuple[int, ...] = ()
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class VolunteerIntroduced(PersonEvent, kind="volunteer.introduced"):
    """Staff send a card that says what a volunteer helps with to those who live in `area`."""

    area: str


@dataclass(frozen=True, kw_only=True)
class OffersClosed(RepairEvent, kind="repair.offers_closed"):
    """These people are asked no longer: they are off duty, or are volunteers no more."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VolunteerAsked(PersonEvent, kind="volunteer.asked", says=True):
    """Somebody wants to help with these `trades`; staff decide. (None noted: it was before they were.)"""

    trades: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VolunteerApproved(PersonEvent, kind="volunteer.approved"):
    """Staff said yes, or they had the role already; they are on call from now on."""

    trades: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VolunteerDeclined(PersonEvent, kind="volunteer.declined"):
    """Staff said no."""


@dataclass(frozen=True, kw_only=True)
class VolunteerChanged(PersonEvent, kind="volunteer.changed", says=True):
    """A volunteer offers something else than before."""

    trades: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DutyChanged(PersonEvent, kind="volunteer.duty_changed"):
    """A volunteer is on call or not, or not until then (an instant as text)."""

    on: bool
    until: str | None = None
