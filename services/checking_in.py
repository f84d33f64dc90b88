"""What became of a pledge is said by its keeper. Raises NotAllowed, Gone, AlreadyDone, NotYet, TooLate or PledgeMoved.

For two weeks after a time is over it can be said, and said otherwise; then it is recorded as not reported.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.events import PledgeCheckedIn, PledgeCheckInUndone, PledgeProofReleased, PledgeProofSent
from domain.pledge_replies import counted_in, only_counts, sounds_like_no
from domain.pledges import (
    BACKFILL,
    MOST,
    SETTLES,
    Answer,
    Kind,
    Outcome,
    PledgeMoved,
    State,
)
from domain.rights import Action, require
from services.pledges import BadNumber, known, own
from services.voices import AlreadyDone, Gone
from storage import occurrences
from storage.database import Transaction
from storage.occurrences import CheckIn, Occurrence
from storage.people import Person
from storage.pledges import Pledge
from storage.voices import NewPart


class NotYet(Exception):
    """Its time has not come: nobody has kept it yet."""


class TooLate(Exception):
    """It was over more than two weeks ago."""


class Unclear(Exception):
    """The words may say that it was not kept; it is asked by buttons."""


def answerable(tx: Transaction, pledge: Pledge) -> list[Occurrence]:
    """The times of a pledge that have begun and of which something may still be said, the oldest first."""
    return occurrences.open_of(tx, pledge.id, tx.now - BACKFILL, tx.now)


def coming(tx: Transaction, pledge: Pledge, until: datetime) -> list[Occurrence]:
    """The times to come until then; that one cannot can be said beforehand."""
    return [each for each in occurrences.open_of(tx, pledge.id, tx.now, until) if each.starts_at > tx.now]


def answer(tx: Transaction, actor: Person, number: int, occurrence: int, said: Answer) -> int:
    """Say that it was kept, that it could not be, or why nobody could expect it; returns the check-in.

    Said otherwise before, the newer word counts.
    """
    pledge, time = _time(tx, actor, number, occurrence)
    if pledge.kind is Kind.QUOTA and said is Answer.DONE:
        raise BadNumber
    if said is Answer.DONE and time.starts_at > tx.now:
        raise NotYet
    outcome = SETTLES[said]
    if time.outcome is outcome:
        raise AlreadyDone
    before = occurrences.newest_answer(tx, number, occurrence)
    if before is not None and before.amount == 0:
        occurrences.undo(tx, before.id)
    occurrences.settle(tx, occurrence, outcome)
    checkin = occurrences.say(tx, number, occurrence, actor.id, said)
    tx.emit(PledgeCheckedIn(actor=actor.id, pledge=number, checkin=checkin, occurrence=occurrence, answer=said.value))
    return checkin


def answer_all(tx: Transaction, actor: Person, number: int) -> list[Occurrence]:
    """Say that it was kept each time of which nothing was said yet; returns these times."""
    pledge = own(tx, actor, number)
    if pledge.kind is not Kind.RECURRING:
        raise Gone
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
    if occurrence is None:
        pledge = own(tx, actor, number)
        if pledge.kind is not Kind.ON_CALL:
            raise Gone
        if pledge.state is not State.PUBLISHED:
            raise PledgeMoved(pledge.state)
    else:
        pledge, time = _time(tx, actor, number, occurrence)
        if time.target is None:
            raise Gone
        if time.starts_at > tx.now:
            raise NotYet
        done = occurrences.count_on(tx, occurrence, amount)
        if done >= time.target:
            occurrences.settle(tx, occurrence, Outcome.KEPT)
    checkin = occurrences.say(tx, number, occurrence, actor.id, Answer.DONE, amount)
    tx.emit(
        PledgeCheckedIn(
            actor=actor.id, pledge=number, checkin=checkin, occurrence=occurrence, answer=Answer.DONE.value,
            amount=amount,
        )
    )  # fmt: skip
    return checkin


def undo(tx: Transaction, actor: Person, checkin: int) -> CheckIn:
    """Take the newest answer back, or words and photo that came beside one; returns it."""
    found = occurrences.checkin(tx, checkin)
    if found is None:
        raise Gone
    own(tx, actor, found.pledge)
    if found.undone_at is not None:
        raise AlreadyDone
    beside = found.answer is Answer.NOTE
    newest = occurrences.newest_answer(tx, found.pledge, found.occurrence)
    if not beside and (newest is None or newest.id != found.id):
        raise TooLate
    if found.occurrence is not None and not beside:
        time = occurrences.by_id(tx, found.occurrence)
        if time is None or time.ends_at < tx.now - BACKFILL:
            raise TooLate
        done = occurrences.count_on(tx, time.id, -found.amount)
        if time.target is None or done < time.target:
            occurrences.settle(tx, time.id, Outcome.OPEN)
    occurrences.undo(tx, checkin)
    tx.emit(PledgeCheckInUndone(actor=actor.id, pledge=found.pledge, checkin=checkin))
    return found


def reply(tx: Transaction, actor: Person, number: int, part: NewPart) -> int:
    """Words or a photo in reply to a reminder say that it was kept; returns the check-in.

    With nothing open they belong to what was said last. Raises Unclear for words that sound like a no, or have several
    numbers or one that is too great (`keep_unclear`); NotYet when nothing has been due.
    """
    pledge = own(tx, actor, number)
    open_times = answerable(tx, pledge)
    if pledge.kind is not Kind.ON_CALL and not open_times:
        newest = occurrences.newest_checkin(tx, number)
        if newest is None:
            raise NotYet
        return note(tx, actor, number, newest.occurrence, part)
    if part.text and sounds_like_no(part.text):
        raise Unclear
    if pledge.kind in (Kind.QUOTA, Kind.ON_CALL):
        time = open_times[-1].id if open_times else None
        amount = counted_in(part.text or "") if pledge.kind is Kind.QUOTA else 1
        if amount is None:
            raise Unclear
        checkin = count(tx, actor, number, time, amount)
    else:
        checkin = answer(tx, actor, number, open_times[-1].id, Answer.DONE)
    if part.kind != "text" or not only_counts(part.text or ""):  # a number is counted, and shows nobody anything
        _attach(tx, actor, number, checkin, part)
    return checkin


def keep_unclear(tx: Transaction, actor: Person, number: int, part: NewPart) -> bool:
    """Keep what did not say clearly what became of it: a button says that. False where it was only a wrong number."""
    if part.kind == "text" and not sounds_like_no(part.text or ""):
        return False
    times = answerable(tx, own(tx, actor, number))
    note(tx, actor, number, times[0].id if len(times) == 1 else None, part)  # of several nobody knows which is meant
    return True


def note(tx: Transaction, actor: Person, number: int, occurrence: int | None, part: NewPart) -> int:
    """Keep words or a photo beside what was said: why it could not be, or a proof. Returns the check-in."""
    own(tx, actor, number)
    checkin = occurrences.say(tx, number, occurrence, actor.id, Answer.NOTE)
    _attach(tx, actor, number, checkin, part)
    return checkin


def proofs(tx: Transaction, actor: Person, number: int, limit: int) -> Sequence[CheckIn]:
    """The last photos of a pledge that staff have not been shown, for lack of its maker's consent until now."""
    own(tx, actor, number)
    return [
        each for each in occurrences.checkins_of(tx, number, limit) if each.kind == "photo" and each.released_at is None
    ]


def release(tx: Transaction, actor: Person, checkin: int, *, shown: bool) -> CheckIn:
    """Staff let the board show its words and photo, or take them off again; returns it."""
    require(actor.roles, Action.PUBLISH)
    found = occurrences.checkin(tx, checkin)
    if found is None or found.undone_at is not None:
        raise Gone
    if not occurrences.release(tx, checkin, actor.id, shown=shown):
        raise AlreadyDone
    tx.emit(PledgeProofReleased(actor=actor.id, pledge=found.pledge, checkin=checkin, shown=shown))
    return found


def _attach(tx: Transaction, actor: Person, number: int, checkin: int, part: NewPart) -> None:
    occurrences.attach(tx, checkin, part.text, part.kind, part.file_id, part.file_unique_id, part.message)
    tx.emit(PledgeProofSent(actor=actor.id, pledge=number, checkin=checkin))


def _time(tx: Transaction, actor: Person, number: int, occurrence: int) -> tuple[Pledge, Occurrence]:
    pledge = own(tx, actor, number)
    time = occurrences.by_id(tx, occurrence)
    if time is None or time.pledge != pledge.id or not known(tx, number).state.is_public:
        raise Gone
    if time.ends_at < tx.now - BACKFILL:
        raise TooLate
    return pledge, time
