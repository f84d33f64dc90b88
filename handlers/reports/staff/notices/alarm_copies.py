"""Danger that the staff group has not got: leads and admins read its words and place in private, at any hour.

Their copies cannot be forwarded, and say so when the group has it after all.
"""

from domain import events
from domain.core.subjects import number_of, subject
from domain.reports.part_purposes import PartPurpose
from handlers.kit import mailer
from handlers.kit.parts import media_line, quoted
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import danger_card_words, describe
from handlers.reports.resident import dangers
from handlers.reports.staff_card import map_line
from handlers.reports.status_card import refresh_status, show_status_below
from services.reports import alarms
from storage.core import chats, messages
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.reports import dangers as rang
from storage.reports import reports
from storage.reports.reports import Report

SAID = (PartPurpose.REPORT, PartPurpose.ADDITION, PartPurpose.REASON, PartPurpose.SUPPORT, PartPurpose.OBJECTION)
WORDS = 2000


def run_due(tx: Transaction, setup: Setup, about: str) -> None:
    """The task: leads and admins are written to, those too who can be only now; who raised it reads how far it came."""
    report = alarms.run_due(tx, about)
    alarm = alarms.of(tx, report.id) if report is not None else None
    if report is None or alarm is None:
        return
    for _, chat in alarms.in_private(tx, alarm.person):
        card = messages.newest_card_in(tx, about, alarms.ROLE, chat.id)
        if card is None:
            number = messages.new_card(tx, chat.id, about, alarms.ROLE)
            _write(tx, setup, report, chat.id, number)
    if alarm.given_up and alarm.person is not None:
        _refresh_status(tx, setup, report, alarm.person)


def refresh(tx: Transaction, setup: Setup, report: Report) -> None:
    """The copies that were made read as it stands now."""
    for card in alarms.copies(tx, report.id):
        _write(tx, setup, report, card["chat"], card["id"])


def _write(tx: Transaction, setup: Setup, report: Report, chat: int, card: int) -> None:
    text, about = _text(tx, setup, mailer.speaker_in(tx, setup, chat), report), subject("report", report.id)
    mailer.card(tx, chat, card, text, protected=True, subject=about, purpose=Purpose.ALARM, lane=Lane.URGENT)


def _text(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html:
    said = [part for part in reports.parts(tx, report.id) if part.purpose in SAID]
    danger = dangers.name(setup.community, say, report.danger)
    waits = alarms.of(tx, report.id) is not None
    return paragraphs(
        lines(
            bold(danger_card_words.headline(tx, say, report, danger)) if danger else None,
            bold(say("No. {number} · {state}", number=report.id, state=describe.stands_for_staff(say, report))),
            quoted(said, WORDS),
            media_line(say, said),
            say("Place: {place}", place=describe.report_place(setup.community, say, report)),
            map_line(say, report),
        ),
        bold(say("The staff group has not got this yet, so I am telling you in private."))
        if waits
        else bold(say("The staff group has it now.")),
        say("To see who reported it: /history {number}", number=report.id),
    )


def unheard(tx: Transaction, setup: Setup, event: events.ReportUnheard) -> None:
    """Where it stands comes below, and rings: an edit of what is above makes no sound."""
    report = reports.by_id(tx, event.report)
    if report is None or not event.given_up or event.person is None:
        return
    chat = chats.private_with(tx, event.person)
    if chat is not None:
        show_status_below(tx, setup, report, chat.id, event.person, lane=Lane.URGENT)


def reached(tx: Transaction, setup: Setup, event: events.ReportReachedStaff) -> None:
    report = reports.by_id(tx, event.report)
    if report is not None:
        refresh(tx, setup, report)


def more(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """More words, or a place: those who were told in private read it, too, while the group has not got it."""
    into = event.into if isinstance(event, events.ReportAdded | events.ReportReworded) else None
    rung = rang.by_id(tx, into) if into is not None else None
    about = {event.report, number_of(rung.subject, "report") if rung is not None else None} - {None}
    for report in (reports.by_id(tx, number) for number in about if number is not None):
        if report is None or alarms.of(tx, reports.main_of(tx, report).id) is None:
            continue
        refresh(tx, setup, reports.main_of(tx, report))
        if event.actor is not None and isinstance(event, events.ReportAdded | events.ReportReworded):
            _refresh_status(tx, setup, report, event.actor)


def _refresh_status(tx: Transaction, setup: Setup, report: Report, person: int) -> None:
    """The card of somebody who spoke about it; none is made for those who only wrote down what others said."""
    chat = chats.private_with(tx, person)
    if (
        chat is not None
        and messages.newest_card_in(tx, subject("report", report.id), CardRole.STATUS, chat.id) is not None
    ):
        refresh_status(tx, setup, report, person)
