"""What staff write about a report: answers, which everybody who reported or joined gets, and notes, which staff keep.

An answer is named by its first part. Each use case checks the actor's rights, and says what happened. Raises
NotAllowed, NotFound or AlreadyDone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.events import (
    ReportAlbumWentOn,
    ReportAnswerChanged,
    ReportAnswered,
    ReportAnswerTakenBack,
    ReportNoteChanged,
    ReportNoted,
    ReportProofChanged,
)
from domain.people.rights import Action, NotAllowed, require
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.reports.access import for_staff, known
from storage.core import events, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import answers, reports, supports
from storage.reports.reports import NewPart, Part, Report

ANSWER, NOTE, PROOF = PartPurpose.ANSWER, PartPurpose.NOTE, PartPurpose.RESOLUTION
ALONE = PartPurpose.ALONE
EARLIER = PartPurpose.EARLIER


@dataclass(frozen=True)
class Answered:
    """The newest answer to a report."""

    event: int
    by: Person
    at: datetime
    parts: list[Part]


@dataclass(frozen=True)
class Reached:
    """Of `count` people whom something is for: how many have `got` it, how many are `closed` to us (they blocked the
    bot, or left Telegram), and how many are `without` Telegram, so that somebody has to tell them."""

    count: int
    got: int
    closed: int
    without: int


def reached(tx: Transaction, number: int, first: int) -> Reached:
    """Who has an answer (by its first part) to a report."""
    count, got = supports.behind(tx, number), answers.count_arrived(tx, first)
    without = min(supports.without_telegram(tx, number), count - min(got, count))
    closed = max(0, min(supports.closed_to_us(tx, number), count - got - without))
    return Reached(count, got, closed, without)


def copy_arrived(tx: Transaction, card: int) -> None:
    """Telegram has taken a message that is a card: of an answer's copy, staff read that it has arrived."""
    first = answers.first_of(tx, card)
    if first is not None:
        scheduled_tasks.hurry(tx, answers.receipt(first))


def answer(tx: Transaction, actor: Person, number: int, parts: Sequence[NewPart]) -> int:
    """Write to everybody who reported or joined; returns the answer."""
    report = for_staff(tx, actor, number, Action.ANSWER)
    (first,) = reports.add_parts(tx, report.id, actor.id, ANSWER, parts[:1])
    others = reports.add_parts(tx, report.id, actor.id, ANSWER, parts[1:], first=first)
    tx.emit(ReportAnswered(actor=actor.id, report=report.id, parts=(first, *others)))
    return first


def answer_alone(tx: Transaction, actor: Person, number: int, person: int, parts: Sequence[NewPart]) -> int:
    """Write to one of those who stand behind a report, and to nobody else; returns the answer.

    That the actor may is checked where it is known whose words they answer (services/projects/answers_to_words.py).
    """
    require(actor.roles, Action.LEAD_PROJECT)
    report = known(tx, number)
    if not supports.concerns(tx, number, person):
        raise NotFound
    (first,) = reports.add_parts(tx, report.id, actor.id, ALONE, parts[:1])
    others = reports.add_parts(tx, report.id, actor.id, ALONE, parts[1:], first=first)
    tx.emit(ReportAnswered(actor=actor.id, report=report.id, parts=(first, *others), to=person))
    return first


def newest(tx: Transaction, number: int) -> Answered | None:
    """The newest answer to a report that was not taken back, or None."""
    happened = events.newest_of(tx, ReportAnswered.KIND, subject("report", number))
    if happened is None or happened.actor is None:
        return None
    parts = answers.parts_of(tx, happened.data["parts"][0])
    if not parts or parts[0].taken_back_at is not None:
        return None
    return Answered(happened.id, people.by_id(tx, happened.actor), happened.at, parts)


def note(tx: Transaction, actor: Person, number: int, new: NewPart) -> int:
    """Keep an internal note; returns its id. Nobody outside staff sees it unless it is released."""
    report = for_staff(tx, actor, number, Action.NOTE)
    (part,) = reports.add_parts(tx, report.id, actor.id, NOTE, [new])
    tx.emit(ReportNoted(actor=actor.id, report=report.id, part=part))
    return part


def a_note(tx: Transaction, actor: Person, part_id: int) -> list[Part]:
    """A note that could be sent to the residents, with all that was said together with it.

    Raises AlreadyDone when it was sent.
    """
    require(actor.roles, Action.ANSWER)
    parts = answers.parts_of(tx, part_id)
    if not parts or parts[0].purpose != NOTE or parts[0].first is not None:
        raise NotFound
    if parts[0].released:
        raise AlreadyDone
    return parts


def release_note(tx: Transaction, actor: Person, part_id: int) -> int:
    """Send an internal note to the residents after all; returns the report's number."""
    parts = a_note(tx, actor, part_id)
    answers.release(tx, part_id)
    tx.emit(ReportAnswered(actor=actor.id, report=parts[0].report, parts=tuple(part.id for part in parts)))
    return parts[0].report


def go_on(tx: Transaction, actor: Person, begun: Part, new: NewPart) -> None:
    """A further part of an album: it becomes what the first part became, an answer, a proof or a note."""
    report = for_staff(tx, actor, begun.report, _wanted_for(begun, Action.NOTE))
    if begun.taken_back_at is not None:
        raise NotFound
    first = begun.first or begun.id
    (part,) = reports.add_parts(tx, report.id, actor.id, begun.purpose, [new], first=first, released=begun.released)
    to_resident = begun.purpose != NOTE or begun.released
    tx.emit(ReportAlbumWentOn(actor=actor.id, report=report.id, part=part, to_resident=to_resident))


def change(
    tx: Transaction,
    actor: Person,
    part: Part,
    text: str | None,
    file: NewPart | None = None,
    newest_change: bool = True,
) -> bool:
    """Whoever wrote it writes it otherwise, or puts another `file` in its place: the residents' copies follow, and how
    it was before stays on record. Of a proof only the words can be changed: its photos are out, as no card.

    A change that is not the newest is kept on record only. False when nothing is to be changed.
    """
    if part.purpose not in (ANSWER, ALONE, NOTE, PROOF) or part.taken_back_at is not None:
        raise NotFound
    action = Action.ANSWER if part.purpose == PROOF or _is_out(part) else Action.NOTE
    require(actor.roles, _wanted_for(part, action))
    if part.person != actor.id:
        raise NotAllowed(Action.ANSWER)
    if file is not None and (part.purpose == PROOF or file.file_unique_id == part.file_unique_id):
        file = None
    if file is None and (text == part.text or (text is None and part.kind == PartKind.TEXT)):
        return False
    before = NewPart(PartKind.TEXT, text=part.text if newest_change else text)
    if file is not None:
        other = part if newest_change else file
        before = replace(
            before, kind=other.kind, file_id=other.file_id, file_unique_id=other.file_unique_id, duration=other.duration
        )
    worth_keeping = before.text or before.file_id
    kept = reports.add_parts(tx, part.report, actor.id, EARLIER, [before] if worth_keeping else [])
    if not newest_change:
        return False
    reports.change_part(tx, part, text, file)
    earlier = kept[0] if kept else None
    if part.purpose == PROOF:
        tx.emit(ReportProofChanged(actor=actor.id, report=part.report, proof=part.id, part=earlier))
    elif _is_out(part):
        first, replaced = part.first or part.id, None if file is None else part.id
        tx.emit(ReportAnswerChanged(actor=actor.id, report=part.report, answer=first, part=earlier, replaced=replaced))
    else:
        tx.emit(ReportNoteChanged(actor=actor.id, report=part.report, part=earlier))
    return True


def sent(tx: Transaction, actor: Person, first: int) -> list[Part]:
    """The parts of an answer that could be taken back, the first one first. Raises AlreadyDone when it was."""
    require(actor.roles, Action.ANSWER)
    parts = answers.parts_of(tx, first)
    if not parts or not _is_out(parts[0]) or parts[0].first is not None:
        raise NotFound
    if parts[0].taken_back_at is not None:
        raise AlreadyDone
    return parts


def take_back(tx: Transaction, actor: Person, first: int) -> int:
    """The residents shall have it no more; it stays on record. Returns the report's number."""
    parts = sent(tx, actor, first)
    answers.take_back(tx, first)
    ids = tuple(part.id for part in parts)
    tx.emit(ReportAnswerTakenBack(actor=actor.id, report=parts[0].report, answer=first, parts=ids))
    return parts[0].report


def answerable(tx: Transaction, actor: Person, number: int) -> Report:
    """The report, when the actor may answer it; else NotAllowed or NotFound."""
    return for_staff(tx, actor, number, Action.ANSWER)


def _is_out(part: Part) -> bool:
    return part.purpose in (ANSWER, ALONE) or part.released


def _wanted_for(part: Part, action: Action) -> Action:
    """What lets somebody write on at what they wrote: who leads a project need not be of the staff."""
    return Action.LEAD_PROJECT if part.purpose == ALONE else action
