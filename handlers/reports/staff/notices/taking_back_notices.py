"""A resident has taken back a report, or that they have the same trouble. It goes on with the next who joined it."""

from domain import events
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.parts import said
from handlers.kit.texts import bold, lines
from handlers.kit.update_context import Setup
from handlers.reports import questions, recipients
from handlers.reports.staff_card import refresh_staff, to_staff
from handlers.reports.status_card import refresh_status, write_left
from storage.core import chats
from storage.core.database import Transaction
from storage.reports import reports, supports
from storage.reports.reports import Report


def withdrawn(tx: Transaction, setup: Setup, event: events.ReportWithdrawn) -> None:
    report = reports.existing(tx, event.report)
    _close_questions(tx, report, event.actor)
    refresh_staff(tx, setup, report)
    say, parts = setup.group_speaker, reports.some(tx, event.parts)
    head = say("No. {number}: the resident has taken it back. It is closed.", number=report.id)
    to_staff(tx, setup, report, lines(bold(head), said(say, parts)), parts, ring=_ring(tx, setup))


def left(tx: Transaction, setup: Setup, event: events.ReportLeft) -> None:
    report = reports.existing(tx, event.report)
    assert event.actor is not None
    _close_questions(tx, report, event.actor)
    write_left(tx, setup, report, event.actor)
    if event.heir is not None:
        _tell_heir(tx, setup, report)
    refresh_staff(tx, setup, report)
    say, parts = setup.group_speaker, reports.some(tx, event.parts)
    head = say.plural(
        "No. {number}: one resident has taken it back. It stays open for {count} other.",
        "No. {number}: one resident has taken it back. It stays open for {count} others.",
        len(supports.concerned(tx, report.id)),
        number=report.id,
    )
    to_staff(tx, setup, report, lines(bold(head), said(say, parts)), parts, ring=_ring(tx, setup))


def _close_questions(tx: Transaction, report: Report, person: int | None) -> None:
    """What somebody was asked about a report and has not answered is asked no more: its buttons go."""
    chat = chats.private_with(tx, person) if person is not None else None
    if chat is None:
        return
    for purpose in (questions.FIXED, questions.RIGHT):
        mailer.unbutton_newest(tx, chat.id, subject("report", report.id), purpose)


def _tell_heir(tx: Transaction, setup: Setup, report: Report) -> None:
    recipient = recipients.reporter(tx, report)
    refresh_status(tx, setup, report, recipient.person.id)
    recipients.write(
        tx,
        setup,
        recipient,
        lambda say: say(
            "Whoever reported no. {number} first has taken it back. It stays open, because you have the same trouble. "
            "If the staff have a question, they ask you.",
            number=report.id,
        ),
    )


def _ring(tx: Transaction, setup: Setup) -> bool:
    return setup.community.hours.is_open(tx.now)
