"""Danger, bounded by person: the first rings, what follows goes onto its card, so that nobody drowns another's danger.

A person's danger *stands* for half an hour after it rang, while staff have not closed it: more words of danger of the
same person are folded into it, wherever they were said. While the person is asked where it is, and for fifteen minutes,
plain words are part of it as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from domain.community import Community
from domain.core.parts import PartKind
from domain.core.subjects import number_of, subject
from domain.events import ReportDangerWordsOff
from domain.places.places import find_place
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import State
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import dangers, reports, supports
from storage.reports.dangers import DANGER, OFF, UNFILLED, UNSAFE, Rung, Said
from storage.reports.reports import Part, Report

STANDS = timedelta(minutes=30)
"""So long what the same person says of danger goes onto the same card."""
ASKED = timedelta(minutes=15)
"""So long plain words answer the question where it is."""
OWN_ENDS = 3
"""So often in that half hour it rings for somebody who takes back their own danger each time."""
ROOM = 1400
"""So many letters said afterwards have room on the card; the rest goes below it."""

REPORT_ROOM = 1200
"""So many letters of the report's own words stand on its card."""


@dataclass(frozen=True)
class Heard:
    """How what somebody says reaches staff: it rings, is folded into what rang before, or (neither) comes as usual."""

    rings: bool = False
    into: Rung | None = None


def number(rung: Rung) -> int:
    """The report that a danger is about."""
    found = number_of(rung.subject, "report")
    assert found is not None, "dangers are about reports"
    return found


def standing(tx: Transaction, person: int) -> Rung | None:
    """What rang for a person in the last half hour and is open with staff; None when more of it has to ring."""
    rung = dangers.newest(tx, DANGER, person)
    if rung is None or not tx.now - STANDS < rung.rang_at <= tx.now + STANDS:
        return None
    return rung if _open(tx, rung) else None


def awaiting_place(tx: Transaction, person: int) -> Rung | None:
    """The danger of which a person is asked where it is, at present; else None."""
    rung = dangers.newest(tx, DANGER, person)
    if rung is None or rung.asked_at is None or not tx.now - ASKED < rung.asked_at <= tx.now + ASKED:
        return None
    return rung if _open(tx, rung) else None


def _open(tx: Transaction, rung: Rung) -> bool:
    """Whether it was not closed since, and is still this person's."""
    return rung.closed_at is None and supports.concerns(tx, number(rung), rung.person)


def awaiting_place_of(tx: Transaction, person: int, report: int) -> Rung | None:
    """As `awaiting_place`, when it is that report."""
    rung = awaiting_place(tx, person)
    return rung if rung is not None and number(rung) == report else None


def is_placed(report: Report) -> bool:
    """Whether staff know where it is."""
    return bool(report.area or report.place or report.latitude is not None)


def ring(tx: Transaction, person: int, report: Report) -> bool:
    """A report speaks of danger, and nothing of its person stands yet. Returns whether staff are rung.

    They are not when the same person has taken back several in a row.
    """
    lately = dangers.since(tx, DANGER, person, tx.now - STANDS)
    dangers.ring(tx, DANGER, person, subject("report", report.id))
    found = (reports.by_id(tx, number(each)) for each in lately)
    own_ends = sum(each is not None and (each.state is State.WITHDRAWN or each.person != person) for each in found)
    return own_ends < OWN_ENDS


def mark(tx: Transaction, report: Report, danger: str) -> None:
    """It is a report of danger from now on, and so is what it is part of."""
    for each in (report, reports.main_of(tx, report)):  # one and the same, unless it was merged
        if each.danger is None:
            reports.change(tx, each.id, danger=danger)


def missing_part(tx: Transaction, community: Community, report: Report) -> str | None:
    """What its words name in its area though there is no such thing ("stairwell 9"); else None."""
    parts = (
        part
        for part in reports.parts(tx, report.id)
        if part.purpose == PartPurpose.REPORT and part.person == report.person
    )
    named = find_place([part.text for part in parts if part.text], community)
    return named.missing if named.area is not None and named.area.code == report.area else None


def ring_new(tx: Transaction, community: Community, person: int, report: Report) -> bool:
    """As `ring`, of a new report: unless its place is known, and is there, its reporter's card asks for it."""
    rings = ring(tx, person, report)
    rung = dangers.newest(tx, DANGER, person)
    if rung is not None and (not is_placed(report) or missing_part(tx, community, report) is not None):
        dangers.note_question(tx, rung.id)
    return rings


def ask_where(tx: Transaction, rung: Rung) -> None:
    """Its person is asked where it is: for a while what they say is the answer."""
    dangers.note_question(tx, rung.id)


def hear(tx: Transaction, actor: Person, report: Report, danger: str | None) -> Heard:
    """Somebody says more about `report`, with words of `danger` or (None) without."""
    if danger is None:
        return Heard(into=awaiting_place_of(tx, actor.id, report.id))
    stands = standing(tx, actor.id)
    return Heard(into=stands) if stands is not None else Heard(rings=ring(tx, actor.id, report))


def fold(tx: Transaction, into: Rung, parts: Iterable[Part]) -> None:
    """These parts go onto the card of `into`, or below it where it has no room for them."""
    for part in parts:
        taken = dangers.letters_on_card(tx, into.id, without=part.id)
        fits = part.kind == PartKind.TEXT and taken + len(part.text or "") <= ROOM
        dangers.say(tx, into.id, part.id, part.message, on_card=fits)


def reworded(tx: Transaction, actor: Person, report: Report, part: Part, danger: str | None) -> Heard:
    """As `hear`, when somebody changes what they said: what stands on a card of danger is changed there."""
    said = dangers.word_of_part(tx, part.id)
    into = dangers.by_id(tx, said.danger) if said is not None else None
    if into is not None and (danger is None or standing(tx, actor.id) is not None):
        return Heard(into=into)
    return hear(tx, actor, report, danger)


def fold_reworded(tx: Transaction, into: Rung, parts: Iterable[Part]) -> None:
    """What was changed, and how it read before. The card has the report's own words already, if they are not long."""
    for part in parts:
        if part.purpose != PartPurpose.REPORT or len(part.text or "") > REPORT_ROOM:
            fold(tx, into, [part])


def fold_place(tx: Transaction, into: Rung, message: int | None, before: Report, after: Report) -> None:
    """A message said where it is: the report has that place now, and goes back to the one before by `take_off`."""
    place = {"before": _place(before), "by": _place(after)}
    said = dangers.word_of_message(tx, message) if message is not None else None
    if said is None:
        dangers.say(tx, into.id, None, message, on_card=True, place=place)
    else:
        first = said.place["before"] if said.place else place["before"]
        dangers.set_place(tx, said.id, {**place, "before": first})


def placed_afterwards(tx: Transaction, rung: Rung, report: Report) -> bool:
    """Whether the place a report has was said afterwards, so that what is said now can correct it."""
    found = [each for each in dangers.words(tx, rung.id) if is_said(each) and each.place is not None]
    return any(each.place is not None and each.place["by"] == _place(report) for each in found)


def placed_by(tx: Transaction, message: int, report: Report) -> bool:
    """Whether the place a report has was said by this message."""
    said = dangers.word_of_message(tx, message)
    return said is not None and said.place is not None and said.place["by"] == _place(report)


def on_card(tx: Transaction, rung: Rung) -> list[tuple[Said, Part]]:
    """The words that stand on its card, the oldest first."""
    found = [(each, _part(tx, each)) for each in dangers.words(tx, rung.id) if each.on_card and is_said(each)]
    return [(each, part) for each, part in found if part is not None]


def is_said(said: Said) -> bool:
    """Whether it stands; else it was taken off."""
    return said.state in (dangers.WAITING, dangers.POSTED)


def _part(tx: Transaction, said: Said) -> Part | None:
    return None if said.part is None else reports.part(tx, said.part)


def take_off(tx: Transaction, actor: Person, said_number: int) -> list[Part]:
    """What was said afterwards was about something else: it is off the card, with the rest of its album.

    Returns the parts, for a draft. Staff who may have read them are told. Raises LookupError for what is not the
    actor's, or is off already.
    """
    said = dangers.word(tx, said_number)
    rung = dangers.by_id(tx, said.danger) if said is not None else None
    if said is None or rung is None or rung.person != actor.id or not is_said(said):
        raise LookupError
    first = _part(tx, said)
    parts: list[Part] = []
    for each in dangers.words(tx, rung.id):
        part = _part(tx, each)
        together = part is not None and first is not None and part.album is not None and part.album == first.album
        if not is_said(each) or (each.id != said.id and not together):
            continue
        dangers.set_state(tx, each.id, OFF if each.state == dangers.POSTED else dangers.GONE)
        if part is not None:
            reports.take_back_part(tx, part)
            parts.append(part)
        _put_back(tx, rung, each)
    dangers.end_question(tx, rung.id)
    tx.emit(ReportDangerWordsOff(actor=actor.id, report=number(rung), danger=rung.id))
    return parts


def _put_back(tx: Transaction, rung: Rung, said: Said) -> None:
    report = reports.existing(tx, number(rung))
    if said.place is not None and _place(report) == said.place["by"]:
        reports.change(tx, report.id, **said.place["before"])


def _place(report: Report) -> dict[str, object]:
    return {"area": report.area, "place": report.place, "latitude": report.latitude, "longitude": report.longitude}


def has_rung(tx: Transaction, person: int, repair: int) -> bool:
    """Whether staff were rung in the last half hour because somebody does not feel safe."""
    before = dangers.newest(tx, UNSAFE, person, subject("repair", repair))
    return before is not None and tx.now - STANDS < before.rang_at <= tx.now + STANDS


def unsafe(tx: Transaction, person: int, repair: int) -> tuple[int, bool]:
    """Somebody does not feel safe: what rings (its number), and whether it rings now or has done so a moment ago."""
    about = subject("repair", repair)
    before = dangers.newest(tx, UNSAFE, person, about)
    if before is not None and tx.now - STANDS < before.rang_at <= tx.now + STANDS:
        dangers.pressed_again(tx, before.id)
        return before.id, False
    return dangers.ring(tx, UNSAFE, person, about), True


def unfilled(tx: Transaction, person: int, repair: int) -> bool:
    """Nobody can come to what cannot wait: whether that is said before all others, which it is once in half an hour."""
    before = dangers.newest(tx, UNFILLED, person)
    if before is not None and tx.now - STANDS < before.rang_at <= tx.now + STANDS:
        return False
    dangers.ring(tx, UNFILLED, person, subject("repair", repair))
    return True
