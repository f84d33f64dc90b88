"""A burst of new reports is named in a few messages, where one card each would wait behind Telegram's 20 a minute.

A report's card comes when somebody presses its number or anything happens to it, else when the group is calm again.
Danger never waits.
"""

from datetime import timedelta
from typing import Any

from domain.core.subjects import split, subject
from domain.people.rights import Action, require
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, rows
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import report_line
from handlers.reports.staff_card import post_media, refresh_staff
from services.reports import access
from services.staff_room import bursts
from storage.core import chats, messages, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.reports import bursts as gathered
from storage.reports import reports
from storage.reports.reports import Report

KIND = "gathering"
IN_A_ROW = 5
FIRST = timedelta(seconds=2)
AGAIN = timedelta(seconds=15)


class GatheredPress(CallbackData, prefix="ga"):
    """The card of a report that was only named is wanted now."""

    report: int


def arrived(tx: Transaction, setup: Setup, report: Report, *, rings: bool = True) -> None:
    """A new report: it gets its card, or waits for it when many have come within a minute. Danger `rings` or not."""
    staff = settings.staff_chat(tx)
    if staff is None or not setup.keeps_limits or report.danger is not None or not bursts.waits(tx, staff, report):
        refresh_staff(tx, setup, report, rings=rings)
        post_media(tx, setup, report)
        return
    scheduled_tasks.plan_once(tx, KIND, subject("chat", staff), tx.now + FIRST, f"{KIND}:{staff}")


def gather(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: name what came, post a few cards when the group is calm, and go on while any wait."""
    _, chat = split(about)
    if settings.staff_chat(tx) != chat or chats.by_id(tx, chat).unreachable is not None:
        return  # in another group, or when the bot is back, every open report gets its card
    for card in bursts.name(tx, about, chat):
        write(tx, setup, subject("card", card), {})
    for number in bursts.next_ones(tx, chat):
        report = reports.existing(tx, number)
        with tx.carrying(report.person):
            refresh_staff(tx, setup, report)
        bursts.has_come(tx, number)
    if gathered.waiting(tx, 1):
        scheduled_tasks.plan(tx, KIND, about, tx.now + AGAIN, f"{KIND}:{chat}")


def write(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """Also a task: a message that names reports says which of them still wait."""
    _, card = split(about)
    place = messages.card_place(tx, card)
    if place is None:
        return
    text, markup = _text(tx, setup, gathered.named_by(tx, card))
    silent = not setup.community.hours.is_open(tx.now)
    mailer.card(tx, place["chat"], card, text, markup, silent=silent, subject=about, purpose=Purpose.GATHERED)


def press(ctx: UpdateContext) -> None:
    """Its card is wanted now."""
    require(ctx.who.roles, Action.TRIAGE)
    number = ctx.callback_data(GatheredPress).report
    report = access.known(ctx.tx, number)
    if not ctx.is_in_staff_chat:
        ctx.pop_up(ctx.say_to_person.label("The staff work in another group now. Use the buttons there."), alert=True)
        return
    if messages.newest_card(ctx.tx, subject("report", number), CardRole.STAFF) is None:
        refresh_staff(ctx.tx, ctx.setup, report)
    ctx.pop_up(ctx.say_to_person.label("The card of no. {number} is further down.", number=number))


def _text(tx: Transaction, setup: Setup, numbers: list[int]) -> tuple[Html, Markup | None]:
    say = setup.group_speaker
    if not numbers:
        return say("The reports that came all at once have their cards now."), None
    found = [report for report in (reports.by_id(tx, number) for number in numbers) if report is not None]
    head = say.plural("{count} new report", "{count} new reports", len(found))
    text = paragraphs(
        bold(head),
        lines(*(report_line.entry(tx, setup, say, report) for report in found)),
        say("Tap a number to have its card now. The others follow when it is calmer here."),
    )
    buttons = [Button(say.label("No. {number}", number=number), GatheredPress(number).pack()) for number in numbers]
    return text, rows(buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW))
