"""A report as one line among others, for staff: its number, what it is about, by when."""

from domain.reports.reports import HAS_DEADLINE
from handlers.kit.texts import Html, Speaker, bold, escape, linked
from handlers.kit.update_context import Setup
from handlers.reports import danger_card_words, describe, pressing_words
from handlers.reports.staff_card import card_link
from storage.core.database import Transaction
from storage.reports import reports
from storage.reports.reports import Report


def entry(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html:
    """One line for the group: the number leads to the card, then what it is about and by when."""
    number = linked(say("No. {number}", number=report.id), card_link(tx, report.id))
    name = describe.gist(setup.community, say, report, reports.parts_for_list(tx, report.id))
    when = deadline(tx, say, report)
    danger = danger_card_words.mark(tx, say, report)
    said = (danger, pressing_words.tag(tx, say, report), escape(name), when)
    return say("{number}: {what}", number=number, what=Html(" · ".join(each for each in said if each)))


def deadline(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """By when it is to be done, or when they are asked again; None when there is no such day."""
    if report.ask_again_at is not None and report.state not in HAS_DEADLINE and report.state.is_open:
        return say("Ask again: {when}", when=say.day(report.ask_again_at, tx.now)) if report.handed_to else None
    if report.due_at is None or report.state not in HAS_DEADLINE:
        return None
    when = say.moment(report.due_at, tx.now)
    return bold(say("OVERDUE since {when}", when=when)) if report.due_at < tx.now else say("By: {when}", when=when)
