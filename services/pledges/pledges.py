"""What can be done with a pledge.

Raises NotAllowed, WrongState, NotFound, AlreadyDone, or what is wrong with its plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.events import (
    PledgeChangeAsked,
    PledgeChanged,
    PledgeConsent,
    PledgeEnded,
    PledgeKeeperChanged,
    PledgeMade,
    PledgePaused,
    PledgePublished,
    PledgeResumed,
    PledgeThanked,
)
from domain.people.rights import Action, NotAllowed, may, require
from domain.pledges.pledges import MOST, WORDS_LENGTH, Asked, Kind, Move, Plan, State, after
from services import bounded
from services.core.errors import AlreadyDone, NotFound
from services.people import public_names
from services.pledges import reminder_schedule
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.pledges import pledges, thanks
from storage.pledges.pledges import KEEPERS, NAME, PHOTOS, Pledge, Wording, WordingState
from storage.reports import reports

MOST_EACH = 20
"""More promises at a time nobody keeps; it also bounds the list of the week."""


class TooMany(Exception):
    """The person has as many promises as anybody can keep."""


class NeverDue(Exception):
    """A plan by which it is never due: its days are past, or do not exist."""


class BadNumber(Exception):
    """A quota of nothing, or of more than anybody does."""


class NotAsked(Exception):
    """Nobody says how the maker, who has no Telegram, was asked."""


@dataclass(frozen=True)
class Promise:
    """What somebody promises; `show_name` and `report` are asked when it is made, not when it is changed.

    `asked`: how staff asked somebody without Telegram whether the board may show the name.
    """

    words: str
    plan: Plan
    areas: Sequence[str] = ()
    show_name: bool = False
    report: int | None = None
    asked: Asked | None = None


def make(tx: Transaction, community: Community, actor: Person, promise: Promise) -> int:
    """Send a promise in; returns its number. Staff look at it before anybody else does."""
    require(actor.roles, Action.PLEDGE)
    bounded.once_more(tx, actor, bounded.PROMISES)
    number = _add(tx, community, actor.id, actor.id, promise, None)
    _wait(tx, community, actor, number, promise)
    return number


def record(
    tx: Transaction, community: Community, actor: Person, name: str, representative: int, promise: Promise
) -> int:
    """Write down the promise of somebody without Telegram, published at once; a representative checks in for them.

    What staff write down staff have looked at. Returns its number. Raises NotAsked.
    """
    require(actor.roles, Action.RECORD)
    if promise.show_name and promise.asked is None:
        raise NotAsked
    keeper = people.find(tx, representative)
    if keeper is None or not may_keep(keeper):
        raise NotFound
    person = pledges.spoken_for(tx, name, keeper.id) or people.without_telegram(tx, name, None, community.language).id
    number = _add(tx, community, person, keeper.id, promise, actor.id)
    _wait(tx, community, actor, number, promise, tell=False)
    approve(tx, community, actor, number)
    return number


def may_keep(person: Person) -> bool:
    """Whether they may, at present, check in for somebody without Telegram."""
    return not person.roles.isdisjoint(KEEPERS)


def change(tx: Transaction, community: Community, actor: Person, number: int, promise: Promise) -> None:
    """Another wording. One that is on the board stays as it is until staff have looked at the new one."""
    pledge = own(tx, actor, number)
    _check(community, promise, tx.now)
    bounded.once_more(tx, actor, bounded.PROMISES)
    if pledge.state in (State.WAITING, State.ASKED):
        state = after(pledge.state, Move.SEND_AGAIN)
        pledges.word(tx, number, promise.words, promise.plan, promise.areas)
        pledges.move(tx, pledge, state)
        _wait(tx, community, actor, number, promise)
        return
    if pledge.state is State.ENDED:
        after(pledge.state, Move.PAUSE)  # raises: what is over is not changed any more
    wording = pledges.add_wording(tx, number, actor.id, promise.words, promise.plan, promise.areas)
    tx.emit(PledgeChanged(actor=actor.id, pledge=number, wording=wording))


def approve(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Staff let the board show what waits: a new pledge, or the new wording of one."""
    pledge, wording = _to_decide(tx, actor, number)
    if pledge.state in (State.WAITING, State.ASKED):
        pledges.move(tx, pledge, after(pledge.state, Move.PUBLISH))
        again = False
    else:
        reminder_schedule.rest(tx, pledge)
        pledges.word(tx, number, wording.words, wording.plan, wording.areas)
        again = True
    pledges.decide_wording(tx, wording.id, WordingState.APPROVED, actor.id)
    public_names.approve_as_seen(tx, pledge.person, actor.id)
    fresh = known(tx, number)
    if fresh.state is State.PUBLISHED:
        reminder_schedule.begin(tx, community, fresh)
    tx.emit(PledgePublished(actor=actor.id, pledge=number, wording=wording.id, again=again, maker=pledge.person))


def ask_for_change(tx: Transaction, actor: Person, number: int, words: str) -> None:
    """Staff say what should be different. Nothing of it is on the board until it is sent again and approved."""
    pledge, wording = _to_decide(tx, actor, number)
    if pledge.state is State.WAITING:
        pledges.move(tx, pledge, after(pledge.state, Move.ASK))
    pledges.decide_wording(tx, wording.id, WordingState.ASKED, actor.id, words)
    tx.emit(PledgeChangeAsked(actor=actor.id, pledge=number, wording=wording.id))


def pause(tx: Transaction, actor: Person, number: int) -> None:
    """Nothing is due until it is resumed."""
    pledge = own(tx, actor, number)
    state = after(pledge.state, Move.PAUSE)
    reminder_schedule.rest(tx, pledge)
    pledges.move(tx, pledge, state)
    tx.emit(PledgePaused(actor=actor.id, pledge=number))


def resume(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """It is due again from now on; what lay in the pause was never due."""
    pledge = own(tx, actor, number)
    pledges.move(tx, pledge, after(pledge.state, Move.RESUME))
    reminder_schedule.begin(tx, community, known(tx, number))
    tx.emit(PledgeResumed(actor=actor.id, pledge=number))


def end(tx: Transaction, actor: Person, number: int) -> None:
    """It is over. What became of it stays on the board. Staff end one whose maker has left."""
    pledge = known(tx, number) if may(actor.roles, Action.PUBLISH) else own(tx, actor, number)
    state = after(pledge.state, Move.END)
    reminder_schedule.rest(tx, pledge)
    pledges.move(tx, pledge, state)
    tx.emit(PledgeEnded(actor=actor.id, pledge=number))


def consent(tx: Transaction, actor: Person, number: int, what: str, *, given: bool, asked: Asked | None = None) -> None:
    """The board may show the name or the photos; or not any more, from this instant.

    Given by whoever made it alone; for somebody without Telegram by staff, who say how they asked. Taken back by
    whoever may speak for them. Raises NotAsked.
    """
    if what not in (NAME, PHOTOS):
        raise NotFound
    pledge = own(tx, actor, number)
    if given and pledge.person != actor.id:
        _speaks_of_consent(tx, actor, pledge)
        if asked is None:
            raise NotAsked
    elif asked is not None:
        raise NotAllowed(Action.RECORD)
    if given:
        done = pledges.give_consent(tx, number, what, actor.id, asked)
    else:
        done = pledges.withdraw_consent(tx, number, what)
    if not done:
        raise AlreadyDone
    if what == NAME and given:
        public_names.check(tx, people.by_id(tx, known(tx, number).person))
    how = asked.value if asked else None
    tx.emit(PledgeConsent(actor=actor.id, pledge=number, what=what, given=given, how=how))


def _speaks_of_consent(tx: Transaction, actor: Person, pledge: Pledge) -> None:
    require(actor.roles, Action.RECORD)
    if not people.by_id(tx, pledge.person).is_spoken_for:
        raise NotAllowed(Action.RECORD)  # they can say so themselves, or were forgotten


def take_over(tx: Transaction, community: Community, actor: Person, before: int) -> list[int]:
    """Staff look after the promises of others that somebody kept who may not any more; returns their numbers."""
    require(actor.roles, Action.RECORD)
    former = people.find(tx, before)
    if former is None:
        raise NotFound
    if may_keep(former):
        raise AlreadyDone
    found = pledges.kept_for_others(tx, before)
    if not found:
        raise AlreadyDone
    for pledge in found:
        pledges.set_keeper(tx, pledge.id, actor.id)
        if pledge.state is State.PUBLISHED:
            reminder_schedule.keep_reminding(tx, community, actor.id)
        tx.emit(PledgeKeeperChanged(actor=actor.id, pledge=pledge.id, before=before))
    return [pledge.id for pledge in found]


def thank(tx: Transaction, actor: Person, number: int) -> None:
    """A resident says thank you; once each."""
    pledge = known(tx, number)
    if not pledge.state.is_public:
        raise NotFound
    if pledge.person == actor.id:
        raise NotAllowed(Action.PLEDGE)
    bounded.once_more(tx, actor, bounded.THANKS)
    if not thanks.add(tx, number, actor.id):
        raise AlreadyDone
    tx.emit(PledgeThanked(actor=actor.id, pledge=number))


def known(tx: Transaction, number: int) -> Pledge:
    """The pledge. Raises NotFound."""
    pledge = pledges.by_id(tx, number)
    if pledge is None:
        raise NotFound
    return pledge


def own(tx: Transaction, actor: Person, number: int) -> Pledge:
    """The pledge of the actor, of somebody they speak for *now*, or, for staff, of somebody without Telegram."""
    pledge = known(tx, number)
    if actor.id == pledge.person or (actor.id == pledge.keeper and may_keep(actor)):
        return pledge
    if pledge.recorded_by is not None and may(actor.roles, Action.RECORD):
        return pledge
    raise NotAllowed(Action.PLEDGE)


def is_own(tx: Transaction, actor: Person, number: int) -> bool:
    """Whether `own` lets the actor at it."""
    try:
        own(tx, actor, number)
    except NotAllowed:
        return False
    return True


def answerable_report(tx: Transaction, number: int) -> bool:
    """Whether there is a report with that number for a pledge to answer."""
    return reports.by_id(tx, number) is not None


def _add(
    tx: Transaction, community: Community, person: int, keeper: int, promise: Promise, recorded_by: int | None
) -> int:
    _check(community, promise, tx.now)
    if pledges.count_open(tx, person) >= MOST_EACH:
        raise TooMany
    if promise.report is not None and not answerable_report(tx, promise.report):
        raise NotFound
    number = pledges.add(
        tx, person, keeper, promise.words[:WORDS_LENGTH], promise.plan, community.zone, report=promise.report,
        recorded_by=recorded_by,
    )  # fmt: skip
    pledges.word(tx, number, promise.words[:WORDS_LENGTH], promise.plan, promise.areas)
    if promise.show_name:
        pledges.give_consent(tx, number, NAME, recorded_by or person, promise.asked if recorded_by else None)
    return number


def _wait(
    tx: Transaction, community: Community, actor: Person, number: int, promise: Promise, *, tell: bool = True
) -> None:
    wording = pledges.add_wording(tx, number, actor.id, promise.words, promise.plan, promise.areas)
    if tell:
        tx.emit(PledgeMade(actor=actor.id, pledge=number, wording=wording))


def _check(community: Community, promise: Promise, now: datetime) -> None:
    """Raises NeverDue or BadNumber."""
    plan = promise.plan
    today = local_time(now, community.zone).date()
    if plan.target is not None and not 1 <= plan.target <= MOST:
        raise BadNumber
    if plan.kind is Kind.RECURRING and not plan.recurrence(community.zone).next(now, 1):
        raise NeverDue
    if plan.kind in (Kind.QUOTA, Kind.ONCE):
        if plan.kind is Kind.QUOTA and plan.target is None:
            raise BadNumber
        try:
            spans = reminder_schedule.spans(community, plan)
        except ValueError as error:
            raise NeverDue from error
        if not any(span.last >= today for span in spans):
            raise NeverDue


def _to_decide(tx: Transaction, actor: Person, number: int) -> tuple[Pledge, Wording]:
    require(actor.roles, Action.PUBLISH)
    pledge = known(tx, number)
    wording = pledges.open_wording(tx, number)
    if wording is None or wording.state != WordingState.WAITING:
        after(pledge.state, Move.ASK)  # raises, unless nothing waits in an unpublished one, which cannot be
        raise NotFound
    return pledge, wording
