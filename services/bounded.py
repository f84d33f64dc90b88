"""What one person may do in a day so that staff and neighbours can read it all. Raises TooOften."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events import (
    Event,
    PledgeChanged,
    PledgeMade,
    PledgeThanked,
    RepairAsked,
    ReportAnotherObjection,
    ReportJoined,
    ReportObjected,
    VolunteerAsked,
    VolunteerChanged,
)
from storage.core import events
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import lately

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bound:
    """So many of these kinds together in a day."""

    most: int
    kinds: tuple[type[Event], ...]


OFFERS_OF_HELP = Bound(5, (VolunteerAsked, VolunteerChanged))
PROMISES = Bound(40, (PledgeMade, PledgeChanged))
THANKS = Bound(30, (PledgeThanked,))
OBJECTIONS = Bound(10, (ReportObjected, ReportAnotherObjection))
JOINING = Bound(20, (ReportJoined,))
REPAIRS = Bound(20, (RepairAsked,))


class TooOften(Exception):
    """They have done it as often as somebody can read in a day: `most` times. They can go on at `until`."""

    def __init__(self, most: int, until: datetime) -> None:
        super().__init__(most)
        self.most = most
        self.until = until


def once_more(tx: Transaction, actor: Person, bound: Bound, most: int | None = None) -> None:
    """Whether the actor may do it once more now; `most` instead of the bound's own, 0 is as often as they like.

    Raises TooOften.
    """
    most = bound.most if most is None else most
    if most == 0:
        return
    kinds = [kind.KIND for kind in bound.kinds]
    _later(tx, most, events.nth_newest_by(tx, kinds, actor.id, tx.now - DAY, most))


def one_more_report(tx: Transaction, actor: Person) -> None:
    """Whether the actor may send another report now, which speaks of no danger. Raises TooOften."""
    most = tx.limits.reports
    if most:
        _later(tx, most, lately.nth_newest(tx, actor.id, most))


def _later(tx: Transaction, most: int, oldest: datetime | None) -> None:
    if oldest is not None and oldest > tx.now - DAY:
        raise TooOften(most, oldest + DAY)
