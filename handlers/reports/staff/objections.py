"""A resident does not agree that their report was declined: a lead reads both sides and decides.

The resident says so in handlers/reports/resident/objecting.py.
"""

from collections.abc import Iterable
from enum import StrEnum

from domain import events
from domain.core.subjects import subject
from handlers.kit import can_be_written_to, mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import said
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe
from handlers.reports.staff.declining import reason_for
from handlers.reports.staff_card import move_card, refresh_staff, to_staff
from services.people import team
from services.reports import declining as service
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.reports import reports
from storage.reports.reports import Part, Report


class Judged(StrEnum):
    """What a lead decides about an objection."""

    OPEN = "open"
    KEEP = "keep"


class JudgePress(CallbackData, prefix="o"):
    """The decision about a declined report, as it was at that version."""

    report: int
    judged: Judged
    version: int


def press(ctx: UpdateContext) -> None:
    """A lead decides."""
    pressed = ctx.callback_data(JudgePress)
    number, is_opened = pressed.report, pressed.judged is Judged.OPEN
    service.judge(ctx.tx, ctx.setup.community, ctx.who, number, pressed.version, opened=is_opened)
    say = ctx.say
    if is_opened:
        done = say("No. {number} is open again, and yours.", number=number)
        told = say("No. {number} is open again, and yours. Its people are told.", number=number)
    else:
        done = say("No. {number} stays declined.", number=number)
        told = say("No. {number} stays declined. Its people are told.", number=number)
    ctx.edit_pressed(can_be_written_to.all_told(ctx.tx, say, number, done, told), None)


def _decide(say: Speaker, setup: Setup, report: Report) -> Markup:
    return column(
        Button(say.label("Open it again"), JudgePress(report.id, Judged.OPEN, report.version).pack()),
        Button(say.label("Keep it declined"), JudgePress(report.id, Judged.KEEP, report.version).pack()),
        Button(say.label("History of no. {number}", number=report.id), url=setup.start_link(f"v{report.id}")),
    )


def objected(tx: Transaction, setup: Setup, event: events.ReportObjected) -> None:
    """The card goes to the bottom; both sides come below it, and to each lead in private."""
    report = reports.existing(tx, event.report)
    move_card(tx, setup, report, below=True)
    parts = reports.some(tx, event.parts)
    ring = event.rings or setup.community.hours.is_open(tx.now)
    say, lane = setup.group_speaker, Lane.URGENT if event.rings else Lane.INTERACTIVE
    text, buttons = _both_sides(tx, setup, say, report, parts), _decide(say, setup, report)
    to_staff(tx, setup, report, text, parts, buttons, ring, lane)
    about = mailer.below(None, subject("report", report.id), Purpose.OBJECTION)
    for lead in team.leads(tx):
        to = mailer.private(tx, setup, lead.id, in_reach=True)
        if to is not None:
            text, buttons = _both_sides(tx, setup, to.say, report, parts), _decide(to.say, setup, report)
            mailer.send(tx, to.chat.id, text, buttons, lane=Lane.NOTICE, **about)
            mailer.send_files(tx, to.chat.id, parts, silent=True, **about)


def _both_sides(tx: Transaction, setup: Setup, say: Speaker, report: Report, parts: Iterable[Part]) -> Html:
    words, (reason, *_) = reason_for(tx, setup, say, report.id)
    decided_by = people.by_id(tx, reason.person).name if reason.person else "?"
    return paragraphs(
        bold(say("No. {number}: a resident does not agree that it is declined.", number=report.id)),
        say("“{words}”", words=describe.gist(setup.community, say, report, reports.parts(tx, report.id), 80)),
        lines(say("{name} gave this reason:", name=decided_by), words),
        lines(say("The resident says:"), said(say, list(parts))),
        say("It is open until a lead decides."),
    )


def another(tx: Transaction, setup: Setup, event: events.ReportAnotherObjection) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    say, parts = setup.group_speaker, reports.some(tx, event.parts)
    count = sum(part.purpose == service.OBJECTION for part in reports.parts(tx, report.id))
    head = say.plural(
        "No. {number}: {count} resident does not agree that it was declined.",
        "No. {number}: {count} residents do not agree that it was declined.",
        count,
        number=report.id,
    )
    lane = Lane.URGENT if event.rings else Lane.INTERACTIVE
    to_staff(tx, setup, report, lines(bold(head), said(say, parts)), parts, ring=event.rings, lane=lane)


def on_judged(tx: Transaction, setup: Setup, event: events.ReportObjectionJudged) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    say = setup.group_speaker
    name = people.by_id(tx, event.actor).name if event.actor else "?"
    if event.opened:
        text = say("No. {number}: {name} has looked at both sides. It is open again.", number=report.id, name=name)
    else:
        text = say("No. {number}: {name} has looked at both sides. It stays declined.", number=report.id, name=name)
    to_staff(tx, setup, report, text, ring=False)
