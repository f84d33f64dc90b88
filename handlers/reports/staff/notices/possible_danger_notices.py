"""What staff read when the person who wrote of a possible danger says whether it is one."""

from domain import events
from handlers.kit.texts import bold
from handlers.kit.update_context import Setup
from handlers.reports.staff_card import refresh_staff, to_staff
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.reports import reports


def answered(tx: Transaction, setup: Setup, event: events.ReportDangerAnswered) -> None:
    """The card says so; that somebody is in danger after all rings below it."""
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report, lane=Lane.URGENT)
    if event.confirmed:
        say = setup.group_speaker
        text = bold(say("No. {number}: confirmed, somebody is in danger now.", number=report.id))
        to_staff(tx, setup, report, text, lane=Lane.URGENT)
