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
class RepairAsked(RepairEvent, says=True):
    """A resident's repair has a number. `costs`: what the community said about costs then, by language; None where it
    says nothing of its own."""

    KIND: ClassVar[str] = "repair.asked"
    costs: dict[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class RepairOffered(RepairEvent):
    """These people were asked whether they take it; `circle` says how far it was looked."""

    KIND: ClassVar[str] = "repair.offered"
    people: tuple[int, ...]
    circle: int


@dataclass(frozen=True, kw_only=True)
class RepairUnfilled(RepairEvent):
    """Everybody who could be asked was, and nobody has taken it.

    `first`: for whoever asked nothing else of the kind came up in the last half hour.
    """

    KIND: ClassVar[str] = "repair.unfilled"
    first: bool = True


@dataclass(frozen=True, kw_only=True)
class RepairTaken(RepairEvent):
    """A volunteer has it; `missed` were asked as well."""

    KIND: ClassVar[str] = "repair.taken"
    volunteer: int
    missed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairDeclined(RepairEvent):
    """Somebody who was asked cannot take it."""

    KIND: ClassVar[str] = "repair.declined"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairArrival(RepairEvent):
    """The volunteer has said when they come (an instant as text)."""

    KIND: ClassVar[str] = "repair.arrival"
    volunteer: int
    at: str


@dataclass(frozen=True, kw_only=True)
class RepairSetOut(RepairEvent):
    """The volunteer is on the way."""

    KIND: ClassVar[str] = "repair.set_out"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairDone(RepairEvent):
    """The volunteer says it is done; the resident is asked."""

    KIND: ClassVar[str] = "repair.done"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairToldOf(RepairEvent, says=True):
    """The volunteer said afterwards what was done (`parts`), how long it took, or both."""

    KIND: ClassVar[str] = "repair.told_of"
    volunteer: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairNotDone(RepairEvent):
    """The volunteer had tapped "It is done" by mistake: it is theirs to do as before."""

    KIND: ClassVar[str] = "repair.not_done"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairReleased(RepairEvent):
    """The volunteer has it no longer. `reason`: cannot, silent, nobody_came, left or unreachable."""

    KIND: ClassVar[str] = "repair.released"
    volunteer: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RepairNudged(RepairEvent):
    """It has stood still for too long with the volunteer who has it."""

    KIND: ClassVar[str] = "repair.nudged"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairSilent(RepairEvent):
    """A volunteer set out, and nobody has said anything since."""

    KIND: ClassVar[str] = "repair.silent"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairConfirmed(RepairEvent):
    """The resident says it is done."""

    KIND: ClassVar[str] = "repair.confirmed"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairThanked(RepairEvent, says=True):
    """The resident thanks the volunteer, with words or without."""

    KIND: ClassVar[str] = "repair.thanked"
    volunteer: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairReopened(RepairEvent):
    """It is not done after all, says the resident or staff; `volunteer` had it."""

    KIND: ClassVar[str] = "repair.reopened"
    volunteer: int | None = None


@dataclass(frozen=True, kw_only=True)
class RepairAskedAgain(RepairEvent):
    """The resident has not said whether it is done, and is asked once more."""

    KIND: ClassVar[str] = "repair.asked_again"


@dataclass(frozen=True, kw_only=True)
class RepairLapsed(RepairEvent):
    """The resident said nothing within the time; it is closed."""

    KIND: ClassVar[str] = "repair.lapsed"
    volunteer: int


@dataclass(frozen=True, kw_only=True)
class RepairWithdrawn(RepairEvent):
    """It is not needed any more. `volunteer` had it, `asked` were asked."""

    KIND: ClassVar[str] = "repair.withdrawn"
    volunteer: int | None = None
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepairChanged(RepairEvent, says=True):
    """It is somewhere else than was said; or more was said while somebody is looked for.

    `reworded`: what is wrong was said otherwise.
    """

    KIND: ClassVar[str] = "repair.changed"
    reworded: bool = False


@dataclass(frozen=True, kw_only=True)
class RepairMessagePassed(RepairEvent, says=True):
    """One side wrote to the other; the words themselves are not kept."""

    KIND: ClassVar[str] = "repair.message_passed"
    to: int
    danger: str | None = None


@dataclass(frozen=True, kw_only=True)
class RepairMessageShown(RepairEvent):
    """Its reader has shown a message of the other side to the staff: of whom, and our id of the message."""

    KIND: ClassVar[str] = "repair.message_shown"
    writer: int
    message: int


@dataclass(frozen=True, kw_only=True)
class RepairNumbersAgreed(RepairEvent, says=True):
    """One side agrees that telephone numbers may be written; with `both` they may from now on.

    The other side reads who asks for it, by the name they have in Telegram.
    """

    KIND: ClassVar[str] = "repair.numbers_agreed"
    both: bool


@dataclass(frozen=True, kw_only=True)
class RepairUnsafe(RepairEvent):
    """Somebody does not feel safe with the other. Staff are rung; said again a moment later, it goes with what rang.

    `danger`: what rang (a row of `dangers`); `again`: it had rung before.
    """

    KIND: ClassVar[str] = "repair.unsafe"
    danger: int | None = None
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class RepairShown(RepairEvent):
    """Staff looked who and where it is; that is kept."""

    KIND: ClassVar[str] = "repair.shown"


@dataclass(frozen=True, kw_only=True)
class RepairTurnAsked(RepairEvent):
    """Staff ask whoever asked for it whether it may become a report."""

    KIND: ClassVar[str] = "repair.turn_asked"


@dataclass(frozen=True, kw_only=True)
class RepairTurnRefused(RepairEvent):
    """Whoever asked for it says no."""

    KIND: ClassVar[str] = "repair.turn_refused"


@dataclass(frozen=True, kw_only=True)
class RepairTurned(RepairEvent):
    """Staff made it a report, `report`. `volunteer` had it, `asked` were asked."""

    KIND: ClassVar[str] = "repair.turned"
    report: int
    volunteer: int | None = None
    asked: tuple[int, ...] = ()
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class VolunteerIntroduced(PersonEvent):
    """Staff send a card that says what a volunteer helps with to those who live in `area`."""

    KIND: ClassVar[str] = "volunteer.introduced"
    area: str


@dataclass(frozen=True, kw_only=True)
class OffersClosed(RepairEvent):
    """These people are asked no longer: they are off duty, or are volunteers no more."""

    KIND: ClassVar[str] = "repair.offers_closed"
    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VolunteerAsked(PersonEvent, says=True):
    """Somebody wants to help; staff decide."""

    KIND: ClassVar[str] = "volunteer.asked"


@dataclass(frozen=True, kw_only=True)
class VolunteerApproved(PersonEvent):
    """Staff said yes, or they had the role already."""

    KIND: ClassVar[str] = "volunteer.approved"


@dataclass(frozen=True, kw_only=True)
class VolunteerDeclined(PersonEvent):
    """Staff said no."""

    KIND: ClassVar[str] = "volunteer.declined"


@dataclass(frozen=True, kw_only=True)
class VolunteerChanged(PersonEvent, says=True):
    """A volunteer offers something else than before."""

    KIND: ClassVar[str] = "volunteer.changed"


@dataclass(frozen=True, kw_only=True)
class DutyChanged(PersonEvent):
    """A volunteer is on call or not, or not until then (an instant as text)."""

    KIND: ClassVar[str] = "volunteer.duty_changed"
    on: bool
    until: str | None = None
