"""Having the same trouble as somebody else: what may be offered to join, and joining it.

Raises WrongState, AlreadyDone, NotAllowed, NotFound or Blocked.
"""

from collections.abc import Sequence

from domain.community import Area, Community
from domain.core.state_machine import WrongState
from domain.events import ReportJoined
from domain.people.rights import Action, NotAllowed
from domain.reports.part_purposes import PartPurpose
from domain.reports.similar import alike, keys
from services import bounded
from services.core.errors import AlreadyDone
from services.reports import allowed
from services.reports.access import known
from storage.core import comparing
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import nearby, reports, supports
from storage.reports.reports import NewPart, Report

OFFERED = 3
NEWEST = 12
SHARING = 6
"""Besides the newest nearby, of all the older ones those that share most words with it, the rare ones before all."""
ASKED_FOR = 16
"""Of so many of its words."""


def offers(
    tx: Transaction, community: Community, actor: Person, words: str, area: str | None, category: str | None
) -> list[int]:
    """The numbers of open reports that seem to be about the same thing nearby, the most alike first, at most three."""
    areas = near(community, area) if area else []
    if not words or not (areas or category):
        return []
    newest = comparing.open_nearby(tx, actor.id, areas, category, NEWEST)
    if len(newest) < NEWEST:
        return alike(words, newest, OFFERED)
    places = [nearby.area(code) for code in areas] if areas else [nearby.kind(category or "")]
    sharing = nearby.sharing(tx, places, keys(words, ASKED_FOR), newest[-1][0], SHARING)
    older = comparing.joinable_of(tx, actor.id, sharing)
    return alike(words, [*newest, *older], OFFERED, usual=NEWEST)


def near(community: Community, code: str) -> list[str]:
    """The area, those it lies in, and those within it."""
    path: tuple[Area, ...] = community.path(code)
    within = [each.code for each in path[-1].walk()] if path else []
    return [*(each.code for each in path[:-1]), *within]


def joinable(tx: Transaction, actor: Person, number: int) -> Report | None:
    """The report, or the one it is part of by now, when the actor could join it."""
    report = reports.by_id(tx, number)
    if report is None:
        return None
    report = reports.main_of(tx, report)
    can = report.state.is_open and not report.about_person and not supports.concerns(tx, report.id, actor.id)
    return report if can else None


def join(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart]) -> None:
    """Stand behind somebody else's open report, with words of one's own."""
    allowed.to_report(tx, actor)
    report = known(tx, number)
    if report.person == actor.id or report.about_person:
        raise NotAllowed(Action.REPORT)
    if not report.state.is_open:
        raise WrongState(report.state)
    if supports.concerns(tx, number, actor.id):
        raise AlreadyDone
    bounded.once_more(tx, actor, bounded.JOINING)
    supports.add(tx, number, actor.id)
    ids = reports.add_parts(tx, number, actor.id, PartPurpose.SUPPORT, parts)
    tx.emit(ReportJoined(actor=actor.id, report=number, parts=tuple(ids), behind=supports.behind(tx, number)))
