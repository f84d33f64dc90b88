"""Is it done? The resident confirms and thanks, or says that it is not done.

Raises NotAllowed, WrongState, AlreadyDone or NotFound.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import RepairAskedAgain, RepairConfirmed, RepairLapsed, RepairReopened, RepairThanked
from domain.repairs.repairs import Move, State, after
from domain.reports.part_purposes import RepairPartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.people import quiet
from services.repairs import dispatching, on_call
from services.reports.verdicts import BETWEEN
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair
from storage.reports.reports import NewPart
from storage.volunteers import volunteers

KIND = "repair_verdict"
CHASING = "repair_nudge"


def ask(tx: Transaction, community: Community, number: int) -> None:
    """The question stands from now on: it is asked once more, and closed when nothing is said."""
    _plan(tx, number, "again", community.care.ask_again.due(tx.now, community.hours))


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: nothing was said for so long."""
    _, number = split(about)
    repair = repairs.by_id(tx, number)
    if repair is None or repair.state is not State.DONE or repair.taker is None:
        return
    if data["stage"] == "again":
        allowed = quiet.allowed_from(tx.now, community, people.by_id(tx, repair.asked_by))
        if allowed > tx.now:
            _plan(tx, number, "again", allowed)
            return
        tx.emit(RepairAskedAgain(repair=number))
        close = community.care.close_after.due(repair.changed_at, community.hours)
        _plan(tx, number, "close", max(close, tx.now + BETWEEN))
    else:
        repairs.move(tx, repair, after(repair.state, Move.LAPSE))
        tx.emit(RepairLapsed(repair=number, volunteer=repair.taker))


def confirm(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """It is done; it counts for what the volunteer has promised."""
    repair = own(tx, actor, number)
    if repair.state is State.CONFIRMED:
        raise AlreadyDone
    state = after(repair.state, Move.CONFIRM)
    assert repair.taker is not None
    repairs.move(tx, repair, state)
    volunteers.count_jobs(tx, repair.taker)
    scheduled_tasks.cancel(tx, subject("repair", number), CHASING)
    scheduled_tasks.cancel(tx, subject("repair", number), KIND)
    tx.emit(RepairConfirmed(actor=actor.id, repair=number, volunteer=repair.taker))
    on_call.repair_done(tx, community, repair.taker, repair.trade)


def thank(tx: Transaction, community: Community, actor: Person, number: int, parts: Sequence[NewPart] = ()) -> None:
    """Thank the volunteer, once; words may follow. Counted, and shown to them."""
    repair = own(tx, actor, number)
    if repair.state is State.DONE:
        confirm(tx, community, actor, number)
    elif repair.state not in (State.CONFIRMED, State.UNANSWERED):
        after(repair.state, Move.CONFIRM)
        raise AlreadyDone
    if repair.thanked and not parts:
        raise AlreadyDone
    assert repair.taker is not None
    ids = repairs.add_parts(tx, number, actor.id, RepairPartPurpose.THANKS, parts)
    repairs.change(tx, number, thanked=1)
    tx.emit(RepairThanked(actor=actor.id, repair=number, volunteer=repair.taker, parts=tuple(ids)))


def reopen(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """It is not done: volunteers are asked anew, whoever had it among them."""
    open_again(tx, community, own(tx, actor, number), actor.id)


def open_again(tx: Transaction, community: Community, repair: Repair, actor: int) -> None:
    """Look for somebody once more, as if nobody had been asked. Raises WrongState, too, once its address is gone."""
    state = after(repair.state, Move.REOPEN)
    if not repair.address:
        raise WrongState(repair.state)
    before = repair.taker
    repairs.move(
        tx, repair, state, taker=None, code=None, arrives_at=None, whole_day=0, taken_at=None, closed_at=None,
        round=repair.round + 1, thanked=0,
    )  # fmt: skip
    offers.start_anew(tx, repair.id)
    scheduled_tasks.cancel(tx, subject("repair", repair.id), KIND)
    tx.emit(RepairReopened(actor=actor, repair=repair.id, volunteer=before))
    dispatching.begin(tx, community, repair.id)


def own(tx: Transaction, actor: Person, number: int) -> Repair:
    """The repair, when the actor asked for it. Raises NotFound: whose it is, is nobody else's business."""
    repair = repairs.by_id(tx, number)
    if repair is None or repair.asked_by != actor.id:
        raise NotFound
    return repair


def _plan(tx: Transaction, number: int, stage: str, at: datetime) -> None:
    scheduled_tasks.plan(tx, KIND, subject("repair", number), at, f"{KIND}:{number}", {"stage": stage})
