"""Words of danger that a program heard in a voice note: as typed ones that nobody has confirmed, once staff have it."""

from domain import events
from domain.core.subjects import subject
from domain.danger.danger import Found, find_danger
from handlers.kit import mailer
from handlers.kit.mailer import Words
from handlers.kit.texts import Speaker
from handlers.kit.update_context import Setup
from handlers.reports.resident import dangers, possible_question
from handlers.reports.status_card import refresh_status
from services.reports import possible_dangers
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.reports import reports


def rings(tx: Transaction, setup: Setup, event: events.ReportHeardDrafted) -> None:
    """What was heard is read like what is written."""
    found = _found(tx, setup, event)
    if found is not None:
        possible_dangers.heard(tx, setup.community, event.report, found.danger.code)


def asks(tx: Transaction, setup: Setup, event: events.ReportHeardDrafted) -> None:
    """Who spoke gets the number to call, and may say whether it is so."""
    report = reports.existing(tx, event.report)
    found = _found(tx, setup, event)
    if found is None or report.person is None or not possible_dangers.just_heard(tx, report.id):
        return
    about = subject("report", report.id)

    def number(say: Speaker) -> Words:
        return dangers.warning(say, setup.community, found.danger, guessed=found.guessed)

    def question(say: Speaker) -> Words:
        return possible_question.heard(say, report.id)

    refresh_status(tx, setup, report)
    mailer.to_person(tx, setup, report.person, number, purpose=Purpose.DANGER, lane=Lane.URGENT)
    mailer.to_person(
        tx, setup, report.person, question, subject=about, purpose=Purpose.POSSIBLE_DANGER, lane=Lane.URGENT
    )


def _found(tx: Transaction, setup: Setup, event: events.ReportHeardDrafted) -> Found | None:
    part = reports.part(tx, event.part)
    return find_danger(part.text or "", setup.community.dangers) if part is not None else None
