"""The daily digest for the staff group: what is open, in numbers and a few lines."""

from domain import events
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import report_line
from handlers.staff_room import live_queue
from handlers.staff_room import queue as lists
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane, WhenUncertain
from storage.staff_room import queue

SHOWN = 8


def digest(tx: Transaction, setup: Setup, event: events.DigestDue) -> None:
    """Never an empty one, and never two of a day."""
    say = setup.group_speaker
    new, again = queue.count(tx, queue.new()), queue.count(tx, queue.reopened())
    late, ask = queue.count(tx, queue.overdue(tx)), queue.count(tx, queue.to_ask_again(tx))
    work, danger = queue.count(tx, queue.taken()), queue.count(tx, queue.in_danger())
    more = [text for each in setup.features.digest_lines if (text := each(tx, setup, say)) is not None]
    if not more and not any(count.number for count in (new, again, late, ask, work, danger)):
        return
    first = live_queue.first_reports(tx, SHOWN)
    text = paragraphs(
        bold(say("Good morning. This is what is open:")),
        lines(
            bold(say("Danger: {count}", count=danger)) if danger.number else None,
            say("New: {count}", count=new) if new.number else None,
            say("In work: {count}", count=work) if work.number else None,
            say("Opened again: {count}", count=again) if again.number else None,
            say("Overdue: {count}", count=late) if late.number else None,
            say("With others, to be asked again: {count}", count=ask) if ask.number else None,
        ),
        lines(*(report_line.entry(tx, setup, say, report) for report in first)) or None,
        *more,
    )
    button = Button(lists.label(say, lists.View.OPEN), url=setup.start_link(f"{lists.PREFIX}{lists.View.OPEN}"))
    mailer.send(
        tx,
        event.chat,
        text,
        column(button),
        lane=Lane.NOTICE,
        purpose=Purpose.DIGEST,
        when_uncertain=WhenUncertain.DROP,
        once=f"digest:{event.chat}:{event.day}",
    )
