"""Finding a volunteer for a repair: the best few are asked, then more in a wider circle, then staff hear of it.

The order is domain/repairs/dispatch.py's. A free repair has at most one row in `scheduled_tasks`, its next look; what
is asked by night and can wait is looked for in the morning.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import RepairOffered, RepairUnfilled
from domain.repairs import dispatch
from domain.repairs.dispatch import Candidate
from domain.repairs.repairs import FREE, Move, State, Urgency, after
from services.reports import dangers
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair
from storage.volunteers import volunteers
from storage.volunteers.volunteers import When

KIND = "repair_look"


def begin(tx: Transaction, community: Community, number: int) -> None:
    """Ask the first volunteers at once, from the innermost circle outwards until there are any."""
    repairs.change(tx, number, circle=0)
    _ask_more(tx, community, number, circle=0)


def soon(tx: Transaction, number: int) -> None:
    """Somebody may have come on duty, or dropped out: look again as soon as possible.

    What was to follow without that, a wider circle or a word to staff, follows when it was to, unless others are asked
    now: a volunteer who goes on and off duty all day long must not put it off.
    """
    noted, planned = (
        scheduled_tasks.noted(tx, _occurrence(number)) or {},
        scheduled_tasks.planned(tx, _occurrence(number)),
    )
    widens_at = to_text(planned) if planned is not None and noted.get("widen") else noted.get("widens_at")
    data = {"widen": False, "widens_at": widens_at}
    scheduled_tasks.plan(tx, KIND, subject("repair", number), tx.now, _occurrence(number), data)


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: those who were asked have had their time, or somebody new may be there."""
    _, number = split(about)
    repair = repairs.by_id(tx, number)
    if repair is not None:
        widens_at = from_text_or_none(data.get("widens_at"))
        circle = repair.circle + int(data["widen"])
        _ask_more(tx, community, number, circle=circle, waited=data["widen"], widens_at=widens_at)


def stop(tx: Transaction, number: int) -> None:
    """Nobody is to be asked any more."""
    scheduled_tasks.cancel(tx, subject("repair", number), KIND)


def _ask_more(
    tx: Transaction,
    community: Community,
    number: int,
    circle: int,
    waited: bool = False,
    widens_at: datetime | None = None,
) -> None:
    """Ask whoever can be asked now. `waited`: those who were asked before have had their time to answer; `widens_at`:
    when they will have had it."""
    repair = repairs.by_id(tx, number)
    if repair is None or repair.state not in FREE:
        return
    if waits_until(community, repair.urgency, tx.now) > tx.now:
        _plan(tx, number, waits_until(community, repair.urgency, tx.now), widen=False)
        return
    outermost = dispatch.circles(community, repair.area) - 1
    circle = min(circle, outermost)
    found = choose(tx, community, repair, circle)
    while not found and circle < outermost:
        circle += 1
        found = choose(tx, community, repair, circle)
    repairs.change(tx, number, circle=circle)
    for candidate in found:
        offers.put(tx, number, candidate.person, circle, candidate.distance)
    if found:
        tx.emit(RepairOffered(repair=number, people=tuple(each.person for each in found), circle=circle))
    elif repair.state is State.LOOKING and (waited or not offers.of_repair(tx, number, offers.OPEN)):
        repairs.move(tx, repair, after(repair.state, Move.GIVE_OUT))
        first = repair.urgency is Urgency.NOW and dangers.unfilled(tx, repair.asked_by, number)
        tx.emit(RepairUnfilled(repair=number, first=first))
    # Also when nobody is left: who comes on call later is asked then.
    widens = tx.now + dispatch.widen_after(community.repairs, repair.urgency)
    if widens_at is not None and not found:
        widens = min(widens, max(widens_at, tx.now))
    _plan(tx, number, widens, widen=True)


def choose(tx: Transaction, community: Community, repair: Repair, circle: int) -> list[Candidate]:
    """The volunteers to be asked next within a circle, the best first."""
    reach = dispatch.reach(community, repair.area, circle)
    # Nobody mends for themselves.
    asked = offers.not_to_be_asked(tx, repair.id) | {repair.person, repair.asked_by}
    when = When(dispatch.hour_of_week(tx.now, community.zone), is_night(community, tx.now))
    ordered = volunteers.in_order(tx, repair.trade, reach, when)
    return dispatch.first_of(ordered, community.repairs.offers, asked, _fits(tx, community))


def _fits(tx: Transaction, community: Community) -> Callable[[Candidate], bool]:
    at, zone = tx.now, community.zone
    night = is_night(community, at)

    def fits(candidate: Candidate) -> bool:
        if not dispatch.may_be_asked(candidate, at, zone, night):
            return False
        chat = chats.private_with(tx, candidate.person)
        return chat is not None and chat.unreachable is None

    return fits


def is_night(community: Community, at: datetime) -> bool:
    """Whether only those are rung who chose it."""
    return not_by_night(community, at) > at


def not_by_night(community: Community, at: datetime) -> datetime:
    """The same instant; by night, when the morning begins."""
    return community.care.quiet.over(at, community.zone)


def waits_until(community: Community, urgency: Urgency, at: datetime) -> datetime:
    """The same instant; the next morning for what can wait and comes by night."""
    return at if urgency is Urgency.NOW else not_by_night(community, at)


def _plan(tx: Transaction, number: int, at: datetime, widen: bool) -> None:
    scheduled_tasks.plan(tx, KIND, subject("repair", number), at, _occurrence(number), {"widen": widen})


def _occurrence(number: int) -> str:
    return f"{KIND}:{number}"
