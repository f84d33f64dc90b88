"""Replies to reminders: what they say of a promise is written down where it is plain, and else asked.

Raises what `services.pledges.checking_in` raises, and Unclear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.core.parts import PartKind
from domain.events import PledgeProofSent
from domain.pledges import pledge_replies
from domain.pledges.plain_replies import Reading
from domain.pledges.pledge_replies import only_counts
from domain.pledges.pledges import Answer, Kind
from domain.pledges.reply_amounts import count as count_in
from services.pledges.checking_in import NotYet, answer, answerable, attach, coming, count, note, undo
from services.pledges.pledges import known, own
from storage.core.database import Transaction
from storage.people.people import Person
from storage.pledges import occurrences
from storage.pledges.occurrences import Occurrence
from storage.pledges.pledges import Pledge
from storage.reports.reports import NewPart

AHEAD = timedelta(days=7)
"""So far ahead it can be said by words that a promise will not be kept."""


class Unclear(Exception):
    """What was sent does not say plainly what became of it; it is asked by buttons.

    `time`: of which time, where that is known. `perhaps`: so many in all it may be. `asks`: it is a question to staff.
    """

    def __init__(self, time: int | None = None, *, perhaps: int | None = None, asks: bool = False) -> None:
        super().__init__()
        self.time, self.perhaps, self.asks = time, perhaps, asks


@dataclass(frozen=True)
class Replied:
    """What was written down of a reply: the check-in (None: nothing to keep), and how it was read."""

    checkin: int | None
    reading: Reading


def reply(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart]) -> Replied:
    """What came together in reply to a reminder. Only what says it plainly is written down.

    Photos without words say that it was kept, once; an exact number counts; what became of it counts for the newest
    time, other than a yes only where one alone is open, and of what is promised once only when its day is over. With
    nothing open all of it belongs to what was said last. Raises Unclear for anything else (`keep_unclear`), NotYet when
    nothing has been due.
    """
    pledge = own(tx, actor, number)
    first, open_times = parts[0], answerable(tx, pledge)
    words = "\n".join(part.text for part in parts if part.text)
    if pledge.kind is not Kind.ON_CALL and not open_times:
        newest = occurrences.newest_checkin(tx, number)
        if newest is None:
            raise _beforehand(tx, pledge, words)
        if pledge_replies.denies(words) and _said_kept(tx, number, newest.occurrence):
            raise Unclear(newest.occurrence)
        return Replied(note(tx, actor, number, newest.occurrence, first), Reading.UNSURE)
    if not words and any(part.kind != PartKind.PHOTO for part in parts):
        raise Unclear  # nobody has listened to it
    reading, amount = _read(pledge, open_times, words)
    counted = pledge.kind in (Kind.QUOTA, Kind.ON_CALL)
    if reading in (Reading.NO, Reading.NOT_THIS_TIME) and counted:
        time = open_times[-1].id if open_times else None
        return Replied(None if only_counts(words) else note(tx, actor, number, time, first), Reading.NO)
    if reading is not Reading.YES and (
        len(open_times) > 1 or (pledge.kind is Kind.ONCE and open_times[-1].ends_at > tx.now)
    ):
        raise Unclear
    if counted:
        checkin = count(tx, actor, number, open_times[-1].id if open_times else None, amount)
    else:
        checkin = answer(tx, actor, number, open_times[-1].id, _SAYS[reading])
    if first.kind == PartKind.TEXT and only_counts(words):  # a number is counted, and shows nobody anything
        occurrences.attach(tx, checkin, None, first.kind, None, None, first.message)
    else:
        attach(tx, actor, number, checkin, first)
    return Replied(checkin, reading)


_SAYS = {
    Reading.YES: Answer.DONE,
    Reading.NO: Answer.CANNOT,
    Reading.PARTLY: Answer.PARTLY,
    Reading.NOT_THIS_TIME: Answer.EXCUSED,
}


def _read(pledge: Pledge, open_times: Sequence[Occurrence], words: str) -> tuple[Reading, int]:
    """What words (none: a photo) say, and how many more. Raises Unclear where that has to be asked."""
    if not words:
        return Reading.YES, 1
    if pledge.kind is not Kind.QUOTA:
        reading = pledge_replies.read(words, pledge.words)
        if reading not in _SAYS or (pledge.kind is Kind.ON_CALL and reading is Reading.PARTLY):
            raise Unclear(asks=reading is Reading.QUESTION)
        return reading, 1
    time = open_times[-1]
    said = count_in(words, pledge.words, time.target)
    if said.reading is Reading.NO:
        return said.reading, 0
    more = said.amount - (time.done if said.in_all else 0)
    if said.reading is not Reading.YES or more < 1:
        raise Unclear(perhaps=said.perhaps, asks=said.reading is Reading.QUESTION)
    return said.reading, more


def _beforehand(tx: Transaction, pledge: Pledge, words: str) -> Exception:
    """Nothing was due yet. That it will not be kept can be said of the next time, which is asked."""
    ahead = coming(tx, pledge, tx.now + AHEAD)
    reading = pledge_replies.read(words, pledge.words) if words else Reading.YES
    if reading is Reading.QUESTION:
        return Unclear(asks=True)
    return Unclear(ahead[0].id) if ahead and reading in (Reading.NO, Reading.NOT_THIS_TIME) else NotYet()


def went_on(tx: Transaction, actor: Person, number: int, first: int, part: NewPart) -> None:
    """A later picture of an album, the first part of which is our message `first`: kept beside it.

    Raises Unclear, and takes back what the album was counted as, when its words do not say that as well.
    """
    newest = occurrences.newest_answer(tx, number)
    said = occurrences.newest_checkin(tx, number)
    note(tx, actor, number, said.occurrence if said is not None else None, part)
    plain = not part.text or pledge_replies.read(part.text, known(tx, number).words) is Reading.YES
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
        plain = pledge_replies.read(words, pledge.words) is Reading.YES or (not words and said.kind == PartKind.PHOTO)
        if pledge.kind is Kind.QUOTA:
            counted = count_in(words, pledge.words, pledge.plan.target)
            plain = counted.reading is Reading.YES and not counted.in_all and counted.amount == said.amount
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


def _said_kept(tx: Transaction, number: int, occurrence: int | None) -> bool:
    newest = occurrences.newest_answer(tx, number, occurrence)
    return newest is not None and newest.answer is Answer.DONE
