"""What one person may do in a day so that staff and neighbours can read it all. Raises TooOften."""

from dataclasses import dataclass
from datetime import timedelta

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
    """They have done it as often as somebody can read in a day: `most` times."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def once_more(tx: Transaction, actor: Person, bound: Bound) -> None:
    """Whether the actor may do it once more now. Raises TooOften."""
    kinds = [kind.KIND for kind in bound.kinds]
    if events.count_by(tx, kinds, actor.id, tx.now - DAY) >= bound.most:
        raise TooOften(bound.most)
