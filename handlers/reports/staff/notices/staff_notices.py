"""What staff read of what happened to a report: under its card, in its topic."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from domain import events
from domain.people.rights import Action, may
from domain.reports.part_purposes import PartPurpose
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import QUOTED, quoted, said, words_of
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import Setup
from handlers.reports import describe
from handlers.reports.staff.buttons import NotePress, OfNote
from handlers.reports.staff.notices import burst_notices, danger_card
from handlers.reports.staff_card import move_card, post_media, refresh_staff, to_staff
from services.reports import possible_dangers
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.people import people
from storage.reports import reports
from storage.reports.reports import Part, Report

RESIDENTS_SAY = (PartPurpose.ADDITION, PartPurpose.REASON, PartPurpose.SUPPORT, PartPurpose.OBJECTION)
BEFORE = 600
"""So many letters of the words until now stand below the new ones; all of them are in the history."""


def submitted(tx: Transaction, setup: Setup, event: events.ReportSubmitted) -> None:
    report = reports.existing(tx, event.report)
    burst_notices.arrived(tx, setup, report, rings=not event.quietly)


def changed(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """Their card says so, and nothing else."""
    refresh_staff(tx, setup, reports.existing(tx, event.report))


def completed(tx: Transaction, setup: Setup, event: events.ReportCompleted) -> None:
    """Another kind may be another department's. Where somebody in danger is goes onto their card like their words."""
    if event.into is not None:
        danger_card.more(tx, setup, event.into, answer=True)
    else:
        move_card(tx, setup, reports.existing(tx, event.report))


def taken(tx: Transaction, setup: Setup, event: events.ReportTaken) -> None:
    refresh_staff(tx, setup, reports.existing(tx, event.report))
    name = people.by_id(tx, event.assignee).name
    giver = people.by_id(tx, event.actor).name if event.actor is not None else None

    def moved(say: Speaker) -> Html:
        return say("No. {number} is now looked after by {name}.", number=event.report, name=name)

    def given(say: Speaker) -> Html:
        return say(
            "{name} has given you no. {number}. Its card is in the staff group.", name=giver, number=event.report
        )

    if event.before is not None and event.before not in (event.assignee, event.actor):
        _to_colleague(tx, setup, event.before, moved)
    if event.actor is not None and event.actor != event.assignee:
        _to_colleague(tx, setup, event.assignee, given)


def _to_colleague(tx: Transaction, setup: Setup, person: int, write: Callable[[Speaker], Html]) -> None:
    if may(people.by_id(tx, person).roles, Action.TRIAGE):
        mailer.to_person(tx, setup, person, write)


def heard_drafted(tx: Transaction, setup: Setup, event: events.ReportHeardDrafted) -> None:
    say = setup.group_speaker
    part, report = reports.part(tx, event.part), reports.existing(tx, event.report)
    assert part is not None
    rings = possible_dangers.just_heard(tx, report.id)
    if rings:
        move_card(tx, setup, reports.main_of(tx, report), below=True, rings=True)
    text = paragraphs(
        bold(say("This may speak of danger.")) if rings else None,
        lines(say("A program heard in no. {number}:", number=event.report), quote(shorten(part.text or "", QUOTED))),
        say("Please listen. If it is right, use it; else write what you heard."),
    )
    use = column(Button(say.label("Use this line"), NotePress(event.part, OfNote.HEARD).pack()))
    to_staff(tx, setup, report, text, markup=use, ring=rings, lane=Lane.URGENT if rings else Lane.INTERACTIVE)


def heard_confirmed(tx: Transaction, setup: Setup, event: events.ReportHeardConfirmed) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    if not event.right:
        say = setup.group_speaker
        text = say("No. {number}: what you heard is not quite right, the resident says.", number=event.report)
        to_staff(tx, setup, report, text)


def added(tx: Transaction, setup: Setup, event: events.ReportAdded) -> None:
    report = reports.existing(tx, event.report)
    if _in_a_thread(event):
        refresh_staff(tx, setup, reports.main_of(tx, report))
        return
    parts = reports.some(tx, event.parts)
    if event.into is not None:
        _folded(tx, setup, event.into, parts if event.more else [], answer=event.danger is None)
        return
    rings = event.danger is not None and not event.quietly
    move_card(tx, setup, reports.main_of(tx, report), below=not event.more, rings=rings)
    say = setup.group_speaker
    if event.more and not words_of(parts):
        to_staff(tx, setup, report, None, parts)
        return
    danger = bold(say("This speaks of danger.")) if event.danger else None
    # Staff may be asleep; somebody in danger may not wait for them.
    ring = rings or setup.community.hours.is_open(tx.now)
    lane = Lane.URGENT if rings else Lane.INTERACTIVE
    to_staff(tx, setup, report, lines(danger, _writes(say, report, parts)), parts, ring=ring, lane=lane)


def _in_a_thread(event: events.ReportAdded | events.ReportReworded) -> bool:
    """Whether staff read it in the topic of what it answers. Words of danger they read below the card, too."""
    return event.thread is not None and event.danger is None and event.into is None


def reworded(tx: Transaction, setup: Setup, event: events.ReportReworded) -> None:
    """The card reads so now; below it what was changed, with the words until then."""
    if _in_a_thread(event):
        return
    if event.into is not None:
        _folded(tx, setup, event.into, [], answer=event.danger is None)
        return
    report, say = reports.existing(tx, event.report), setup.group_speaker
    rings = event.danger is not None and not event.quietly
    move_card(tx, setup, reports.main_of(tx, report), below=True, rings=rings)
    now = [replace(part, kind="text", file_id=None) for part in reports.some(tx, (event.now,))]
    before = reports.part(tx, event.part) if event.part is not None else None
    own = all(part.person in (None, report.person) for part in now)
    text = lines(
        bold(say("This speaks of danger.")) if event.danger else None,
        bold(
            say("No. {number}: the resident has changed what they wrote", number=report.id)
            if own
            else say("No. {number}: one who joined has changed what they wrote", number=report.id)
        ),
        _part_of(say, report),
        quoted(now),
        lines(say("Before:"), quote(shorten(before.text or "", BEFORE))) if before else None,
    )
    ring = rings or setup.community.hours.is_open(tx.now)
    to_staff(tx, setup, report, text, now, ring=ring, lane=Lane.URGENT if rings else Lane.INTERACTIVE)


def _folded(tx: Transaction, setup: Setup, into: int, album: list[Part], *, answer: bool) -> None:
    """More of a danger that has rung: on its card, without ringing again."""
    for part in album:
        danger_card.album_went_on(tx, setup, into, part)
    if not album:
        danger_card.more(tx, setup, into, answer=answer)


def words_off(tx: Transaction, setup: Setup, event: events.ReportDangerWordsOff) -> None:
    danger_card.more(tx, setup, event.danger, answer=True)


def _part_of(say: Speaker, report: Report) -> Html | None:
    merged = report.merged_into
    return say("(It is part of no. {number}.)", number=merged) if merged is not None else None


def _writes(say: Speaker, report: Report, parts: list[Part]) -> Html:
    purpose = parts[0].purpose if parts else PartPurpose.ADDITION
    if purpose == PartPurpose.REASON:
        head = say("No. {number}: why it is not fixed", number=report.id)
    elif purpose == PartPurpose.OBJECTION:
        head = say("No. {number}: why a resident does not agree", number=report.id)
    elif purpose == PartPurpose.SUPPORT:
        head = say("No. {number}: one more resident has the same trouble", number=report.id)
    elif parts and parts[0].person not in (None, report.person):
        head = say("No. {number}: one who joined writes", number=report.id)
    else:
        head = say("No. {number}: the resident writes", number=report.id)
    return lines(bold(head), _part_of(say, report), said(say, parts))


def joined(tx: Transaction, setup: Setup, event: events.ReportJoined) -> None:
    """One more has the same trouble: the card counts them, and their words come under it."""
    report = reports.existing(tx, event.report)
    move_card(tx, setup, reports.main_of(tx, report), below=True)
    say, parts = setup.group_speaker, reports.some(tx, event.parts)
    to_staff(tx, setup, report, _writes(say, report, parts), parts, ring=setup.community.hours.is_open(tx.now))


def say_again(tx: Transaction, setup: Setup, report: Report, until: datetime) -> None:
    """All that the resident said beside the words on the card, under a card made for those who have heard none of it.

    The report's files, then what was added by `until`; what came later was told as it came.
    """
    post_media(tx, setup, report)
    later = [part for part in reports.parts(tx, report.id) if part.purpose in RESIDENTS_SAY]
    on_card = danger_card.said_again(tx, setup, report)
    later = [part for part in later if part.created_at <= until and part.id not in on_card]
    for _, together in groupby(later, lambda part: (part.purpose, part.person, part.created_at)):
        parts = list(together)
        to_staff(tx, setup, report, _writes(setup.group_speaker, report, parts), parts, ring=False)


def place_changed(tx: Transaction, setup: Setup, event: events.ReportPlaceChanged) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    say = setup.group_speaker
    before = reports.part(tx, event.part) if event.part is not None else None
    text = lines(
        bold(say("No. {number}: the resident has changed the place.", number=report.id)),
        say("Place: {place}", place=describe.report_place(setup.community, say, report)),
        say("Before: {place}", place=before.text or "") if before else None,
    )
    to_staff(tx, setup, report, text, ring=setup.community.hours.is_open(tx.now))
