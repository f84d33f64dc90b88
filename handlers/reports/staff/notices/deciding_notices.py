"""What staff read of the residents' answers to "Is it fixed?"."""

from domain import events
from domain.core.subjects import subject
from domain.reports.part_purposes import PartPurpose
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import said
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import describe
from handlers.reports.staff_card import move_card, refresh_staff, to_staff
from services.people import team
from storage.core import messages
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.reports import reports, verdicts
from storage.reports.reports import Report

REOPENING = CardRole.REOPENING
SAID = 6
"""So many of the last things that staff and residents said are told to the leads."""


def confirmed(tx: Transaction, setup: Setup, event: events.ReportConfirmed) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    say = setup.group_speaker
    text = say("No. {number}: the resident says it is fixed. Closed.", number=event.report)
    to_staff(tx, setup, report, text, ring=False)


def reopened(tx: Transaction, setup: Setup, event: events.ReportReopened) -> None:
    report = reports.existing(tx, event.report)
    move_card(tx, setup, report, below=True, rings=report.danger is not None)
    _write_reopening(tx, setup, report, again=event.again)


def another_no(tx: Transaction, setup: Setup, event: events.ReportAnotherNo) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    _write_reopening(tx, setup, report)


def _write_reopening(tx: Transaction, setup: Setup, report: Report, *, again: bool = False) -> None:
    """The one message of this round's reopening: it counts those who say no. `again`: it is broken again."""
    about = subject("report", report.id)
    card = messages.newest_card(tx, about, CardRole.STAFF)
    if card is None:
        return
    count = verdicts.tally(tx, report.id, report.rounds).no
    if count == 1:
        messages.new_card(tx, card["chat"], about, REOPENING, card["topic"])
    reopening = messages.newest_card(tx, about, REOPENING)
    if reopening is None:
        return  # there was no staff group when it was opened again
    say = setup.group_speaker
    text = say.plural(
        "No. {number} is REOPENED: the resident says it is not fixed.",
        "No. {number} is REOPENED: {count} residents say it is not fixed.",
        count,
        number=report.id,
    )
    if again and count == 1:
        text = say("No. {number} is REOPENED: the resident says it is broken again.", number=report.id)
    mailer.card(
        tx,
        reopening["chat"],
        reopening["id"],
        bold(text),
        topic=reopening["topic"],
        reply_to_card=card["id"],
        silent=report.danger is None and not setup.community.hours.is_open(tx.now),
        subject=about,
        purpose=Purpose.TALK,
        lane=Lane.INTERACTIVE if report.danger is None else Lane.URGENT,
    )


def escalated(tx: Transaction, setup: Setup, event: events.ReportEscalated) -> None:
    report = reports.existing(tx, event.report)
    for lead in team.leads(tx):
        to = mailer.private(tx, setup, lead.id, in_reach=True)
        if to is not None:
            mailer.send(
                tx,
                to.chat.id,
                *_not_fixed(tx, setup, to.say, report, event.round),
                lane=Lane.NOTICE,
                subject=subject("report", report.id),
                purpose=Purpose.ESCALATION,
                once=f"escalated:{report.id}:{event.round}:{to.chat.id}",
            )


def _not_fixed(tx: Transaction, setup: Setup, say: Speaker, report: Report, round_: int) -> tuple[Html, Markup]:
    parts = reports.parts(tx, report.id)
    told: list[Html | None] = []
    for part in [part for part in parts if part.purpose in (PartPurpose.RESOLUTION, PartPurpose.REASON)][-SAID:]:
        when = say.moment(part.created_at, tx.now)
        staff = part.purpose == PartPurpose.RESOLUTION
        head = say("Staff said on {when}:", when=when) if staff else say("A resident said on {when}:", when=when)
        told.append(lines(head, said(say, [part])))
    text = paragraphs(
        bold(
            say(
                "No. {number} was said to be fixed {count} times, and it is not, the residents say.",
                number=report.id,
                count=round_,
            )
        ),
        say("“{words}”", words=describe.gist(setup.community, say, report, parts, 80)),
        *told,
    )
    button = Button(say.label("Open no. {number}", number=report.id), url=setup.start_link(f"v{report.id}"))
    return text, column(button)


def reach(tx: Transaction, setup: Setup, person: int) -> None:
    """Somebody can be written to again, or not any more: staff's cards say how many could not be asked."""
    for number in verdicts.awaited(tx, person):
        report = reports.by_id(tx, number)
        if report is not None:
            refresh_staff(tx, setup, report)


def unreachable(tx: Transaction, setup: Setup, event: events.PersonUnreachable) -> None:
    reach(tx, setup, event.person)
