"""What became of a pledge is said by its keeper. Raises NotAllowed, NotFound, AlreadyDone, NotYet,
TooLate or WrongState.

For two weeks after a time is over it can be said, and said otherwise; then it is recorded as not reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.events import PledgeCheckedIn, PledgeCheckInUndone, PledgeProofReleased, PledgeProofSent
from domain.people.rights import Action, require
from domain.pledges import pledge_replies
from domain.pledges.pledge_replies import Reading, only_counts
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


class Unclear(Exception):
    """What was sent does not say plainly what became of it; it is asked by buttons.

    `time`: of which time, where words take back what was said of it before.
    """

    def __init__(self, time: int | None = None) -> None:
        super().__init__()
        self.time = time


@dataclass(frozen=True)
class Replied:
    """What was written down of a reply: the check-in (None: nothing to keep), and whether it was a yes or a no."""

    checkin: int | None
    reading: Reading


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


def reply(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart]) -> Replied:
    """What came together in reply to a reminder. Only what says it plainly is written down.

    Photos without words say that it was kept, once; an exact number counts; a plain yes or no counts for the newest
    time, a no only where one alone is open. With nothing open all of it belongs to what was said last. Raises Unclear
    for anything else (`keep_unclear`), NotYet when nothing has been due.
    """
    pledge = own(tx, actor, number)
    first, open_times = parts[0], answerable(tx, pledge)
    words = "\n".join(part.text for part in parts if part.text)
    if pledge.kind is not Kind.ON_CALL and not open_times:
        newest = occurrences.newest_checkin(tx, number)
        if newest is None:
            raise NotYet
        if pledge_replies.denies(words) and _said_kept(tx, number, newest.occurrence):
            raise Unclear(newest.occurrence)
        return Replied(note(tx, actor, number, newest.occurrence, first), Reading.UNSURE)
    if not words and any(part.kind != PartKind.PHOTO for part in parts):
        raise Unclear  # nobody has listened to it
    if pledge.kind is Kind.QUOTA:
        said = pledge_replies.count(words) if words else pledge_replies.Count(Reading.YES, 1)
        reading, amount = said.reading, said.amount
    else:
        reading, amount = (pledge_replies.read(words) if words else Reading.YES), 1
    if reading is Reading.UNSURE:
        raise Unclear
    counted = pledge.kind in (Kind.QUOTA, Kind.ON_CALL)
    if reading is Reading.NO and counted:
        time = open_times[-1].id if open_times else None
        return Replied(None if only_counts(words) else note(tx, actor, number, time, first), reading)
    if reading is Reading.NO and len(open_times) > 1:
        raise Unclear
    if counted:
        checkin = count(tx, actor, number, open_times[-1].id if open_times else None, amount)
    else:
        checkin = answer(tx, actor, number, open_times[-1].id, Answer.DONE if reading is Reading.YES else Answer.CANNOT)
    if first.kind == PartKind.TEXT and only_counts(words):  # a number is counted, and shows nobody anything
        occurrences.attach(tx, checkin, None, first.kind, None, None, first.message)
    else:
        _attach(tx, actor, number, checkin, first)
    return Replied(checkin, reading)


def went_on(tx: Transaction, actor: Person, number: int, first: int, part: NewPart) -> None:
    """A later picture of an album, the first part of which is our message `first`: kept beside it.

    Raises Unclear, and takes back what the album was counted as, when its words do not say that as well.
    """
    newest = occurrences.newest_answer(tx, number)
    said = occurrences.newest_checkin(tx, number)
    note(tx, actor, number, said.occurrence if said is not None else None, part)
    plain = not part.text or pledge_replies.read(part.text) is Reading.YES
    if newest is not None and newest.answer is Answer.DONE and newest.message == first and not plain:
        undo(tx, actor, newest.id)
        raise Unclear(newest.occurrence)


def changed(tx: Transaction, actor: Person, number: int, message: int, words: str) -> bool:
    """A reply was changed afterwards: staff look at its new words, and what no longer says a yes is taken back.

    False when nothing was kept of that message, or nothing changed. Raises Unclear when it has to be asked anew.
    """
    pledge = own(tx, actor, number)
    said = occurrences.of_message(tx, number, message)
    if said is None or said.undone_at is not None or words == (said.words or ""):
        return False
    if said.answer is Answer.DONE:
        plain = pledge_replies.read(words) is Reading.YES or (not words and said.kind == PartKind.PHOTO)
        if pledge.kind is Kind.QUOTA:
            plain = pledge_replies.counted_in(words) == said.amount
        if not plain:
            undo(tx, actor, said.id)
            part = NewPart(
                said.kind or "text",
                text=words,
                file_id=said.file_id,
                file_unique_id=said.file_unique_id,
                message=message,
            )
            note(tx, actor, number, said.occurrence, part)
            raise Unclear(said.occurrence)
    if words and not only_counts(words):
        occurrences.reword(tx, said.id, words)
        tx.emit(PledgeProofSent(actor=actor.id, pledge=number, checkin=said.id))
    return True


def keep_unclear(tx: Transaction, actor: Person, number: int, part: NewPart, time: int | None = None) -> bool:
    """Keep what did not say plainly what became of it: a button says that. False where it was a number and no more."""
    if part.kind == PartKind.TEXT and (part.text or "").strip().isdecimal():
        return False
    if time is None:
        times = answerable(tx, own(tx, actor, number))
        time = times[0].id if len(times) == 1 else None  # of several nobody knows which is meant
    note(tx, actor, number, time, part)
    return True


def note(tx: Transaction, actor: Person, number: int, occurrence: int | None, part: NewPart) -> int:
    """Keep words or a photo beside what was said: why it could not be, or a proof. Returns the check-in."""
    own(tx, actor, number)
    checkin = occurrences.say(tx, number, occurrence, actor.id, Answer.NOTE)
    _attach(tx, actor, number, checkin, part)
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


def _said_kept(tx: Transaction, number: int, occurrence: int | None) -> bool:
    newest = occurrences.newest_answer(tx, number, occurrence)
    return newest is not None and newest.answer is Answer.DONE


def _attach(tx: Transaction, actor: Person, number: int, checkin: int, part: NewPart) -> None:
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
