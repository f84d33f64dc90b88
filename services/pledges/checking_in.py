"""What became of a pledge is said by its keeper. Raises NotAllowed, NotFound, AlreadyDone, NotYet,
TooLate or WrongState.

For two weeks after a time is over it can be said, and said otherwise; then it is recorded as not reported.
"""

from datetime import datetime

from domain.core.state_machine import WrongState
from domain.events import PledgeCheckedIn, PledgeCheckInUndone, PledgeProofReleased, PledgeProofSent
from domain.people.rights import Action, require
from domain.pledges.pledges import BACKFILL, MOST, SETTLES, Answer, Kind, Outcome, State
from services.core.errors import AlreadyDone, NotFound
from services.pledges.pledges import BadNumber, known, own
from storage.core.database import Transaction
from storage.people.people import Person
from storage.pledges import occurrences
from storage.pledges.occurrences import CheckIn, Occurrence
from storage.pledges.pledges import Pledge
from storage.reports.reports import NewPart


class NotYet(Exception):
    """Its time has not come: nobody has kept it yet."""


class TooLate(Exception):
    """It was over more than two weeks ago."""


def answerable(tx: Transaction, pledge: Pledge) -> list[Occurrence]:
    """The times of a pledge that have begun and of which something may still be said, the oldest first."""
    return occurrences.open_of(tx, pledge.id, tx.now - BACKFILL, tx.now)


def coming(tx: Transaction, pledge: Pledge, until: datetime) -> list[Occurrence]:
    """The times to come until then; that one cannot can be said beforehand."""
    return [each for each in occurrences.open_of(tx, pledge.id, tx.now, until) if each.starts_at > tx.now]


def answer(tx: Transaction, actor: Person, number: int, occurrence: int, said: Answer) -> int:
    """Say that it was kept, partly or not, or why nobody could expect it; returns the check-in.

    Said otherwise before, the newer word counts.
    """
    pledge, time = _time(tx, actor, number, occurrence)
    if pledge.kind is Kind.QUOTA and said in (Answer.DONE, Answer.PARTLY):
        raise BadNumber
    if said in (Answer.DONE, Answer.PARTLY) and time.starts_at > tx.now:
        raise NotYet
    outcome = SETTLES[said]
    if time.outcome is outcome:
        raise AlreadyDone
    before = occurrences.newest_answer(tx, number, occurrence)
    if before is not None and before.amount == 0:
        occurrences.undo(tx, before.id)
    occurrences.settle(tx, occurrence, outcome)
    checkin = occurrences.say(tx, number, occurrence, actor.id, said)
    tx.emit(
        PledgeCheckedIn(
            actor=actor.id,
            pledge=number,
            checkin=checkin,
            occurrence=occurrence,
            answer=said.value,
            outcome=outcome.value,
        )
    )
    return checkin


def answer_all(tx: Transaction, actor: Person, number: int) -> list[Occurrence]:
    """Say that it was kept each time of which nothing was said yet; returns these times."""
    pledge = own(tx, actor, number)
    if pledge.kind is not Kind.RECURRING:
        raise NotFound
    times = answerable(tx, pledge)
    if not times:
        raise AlreadyDone
    for time in times:
        answer(tx, actor, number, time.id, Answer.DONE)
    return times


def count(tx: Transaction, actor: Person, number: int, occurrence: int | None, amount: int) -> int:
    """So many more of a quota are done, or one on call was there so often; returns the check-in."""
    if not 1 <= amount <= MOST:
        raise BadNumber
    outcome: Outcome | None = None
    if occurrence is None:
        pledge = own(tx, actor, number)
        if pledge.kind is not Kind.ON_CALL:
            raise NotFound
        if pledge.state is not State.PUBLISHED:
            raise WrongState(pledge.state)
    else:
        pledge, time = _time(tx, actor, number, occurrence)
        if time.target is None:
            raise NotFound
        if time.starts_at > tx.now:
            raise NotYet
        done = occurrences.count_on(tx, occurrence, amount)
        outcome = Outcome.KEPT if done >= time.target else time.outcome
        if outcome is not time.outcome:
            occurrences.settle(tx, occurrence, outcome)
    checkin, said = occurrences.say(tx, number, occurrence, actor.id, Answer.DONE, amount), Answer.DONE.value
    tx.emit(
        PledgeCheckedIn(
            actor=actor.id, pledge=number, checkin=checkin, occurrence=occurrence, answer=said, amount=amount,
            outcome=outcome,
        )
    )  # fmt: skip
    return checkin


def undo(tx: Transaction, actor: Person, checkin: int) -> CheckIn:
    """Take the newest answer back, or words and photo that came beside one; returns it."""
    found = occurrences.checkin(tx, checkin)
    if found is None:
        raise NotFound
    own(tx, actor, found.pledge)
    if found.undone_at is not None:
        raise AlreadyDone
    beside = found.answer is Answer.NOTE
    outcome: Outcome | None = None
    newest = occurrences.newest_answer(tx, found.pledge, found.occurrence)
    if not beside and (newest is None or newest.id != found.id):
        raise TooLate
    if found.occurrence is not None and not beside:
        time = occurrences.by_id(tx, found.occurrence)
        if time is None or time.ends_at < tx.now - BACKFILL:
            raise TooLate
        done = occurrences.count_on(tx, time.id, -found.amount)
        outcome = Outcome.OPEN if time.target is None or done < time.target else time.outcome
        if outcome is Outcome.OPEN:
            occurrences.settle(tx, time.id, outcome)
    occurrences.undo(tx, checkin)
    tx.emit(
        PledgeCheckInUndone(
            actor=actor.id, pledge=found.pledge, checkin=checkin, occurrence=found.occurrence, outcome=outcome
        )
    )
    return found


def note(tx: Transaction, actor: Person, number: int, occurrence: int | None, part: NewPart) -> int:
    """Keep words or a photo beside what was said: why it could not be, or a proof. Returns the check-in."""
    own(tx, actor, number)
    checkin = occurrences.say(tx, number, occurrence, actor.id, Answer.NOTE)
    attach(tx, actor, number, checkin, part)
    return checkin


def release(tx: Transaction, actor: Person, checkin: int, *, shown: bool) -> CheckIn:
    """Staff let the board show its words and photo, or take them off again; returns it."""
    require(actor.roles, Action.PUBLISH)
    found = occurrences.checkin(tx, checkin)
    if found is None or found.undone_at is not None:
        raise NotFound
    if not occurrences.release(tx, checkin, actor.id, shown=shown):
        raise AlreadyDone
    tx.emit(PledgeProofReleased(actor=actor.id, pledge=found.pledge, checkin=checkin, shown=shown))
    return found


def attach(tx: Transaction, actor: Person, number: int, checkin: int, part: NewPart) -> None:
    """Keep the words or the photo that came with a check-in, for staff to look at."""
    occurrences.attach(tx, checkin, part.text, part.kind, part.file_id, part.file_unique_id, part.message)
    tx.emit(PledgeProofSent(actor=actor.id, pledge=number, checkin=checkin))


def _time(tx: Transaction, actor: Person, number: int, occurrence: int) -> tuple[Pledge, Occurrence]:
    pledge = own(tx, actor, number)
    time = occurrences.by_id(tx, occurrence)
    if time is None or time.pledge != pledge.id or not known(tx, number).state.is_public:
        raise NotFound
    if time.ends_at < tx.now - BACKFILL:
        raise TooLate
    return pledge, time


def photo_gone(tx: Transaction, checkin: int) -> None:
    """Telegram has its photo no more: it is shown without one."""
    occurrences.photo_gone(tx, checkin)
