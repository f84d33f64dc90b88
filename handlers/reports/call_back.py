"""Ringing back: what people without Telegram should hear goes to staff, who note what they say.

To whoever wrote it down; else to whoever is in charge; else below the card. Name and telephone number stand only in
private, protected from forwarding.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from domain.core.subjects import subject
from domain.people.rights import Action, may
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import questions
from handlers.reports.staff_card import to_staff
from services.reports import declining
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import Part, Report

PURPOSE = Purpose.RING


class Rung(StrEnum):
    """What staff note of somebody they have rung."""

    YES = "yes"
    NO = "no"
    CONTENT = "content"
    DISCONTENT = "discontent"
    TOLD = "told"
    MISSED = "missed"
    OBJECT = "object"


class RungPress(CallbackData, prefix="rb"):
    """What that person says of a report; `mark` is the round, or the reason they do not agree with."""

    report: int
    noted: Rung
    mark: int
    person: int


def ring_back(
    tx: Transaction,
    setup: Setup,
    person: Person,
    report: Report,
    text: Callable[[Speaker], Html],
    parts: Sequence[Part],
    purpose: str,
) -> None:
    """Have staff tell somebody what they should hear about `report`, the one they know; `purpose`: what it asks."""
    main = reports.main_of(tx, report)
    staff = _who_rings(tx, setup, report, main)
    silent = not setup.community.hours.is_open(tx.now)
    if staff is None:
        say = setup.group_speaker
        head = bold(say("No. {number}: please ring back whoever reported it. “Who?” says how.", number=report.id))
        # Why they do not agree is written down in private.
        found = [
            each for each in _buttons(tx, say, person, main, purpose) if f":{Rung.OBJECT}:" not in (each.data or "")
        ]
        buttons = column(*found)
        to_staff(tx, setup, report, paragraphs(head, text(say)), parts, buttons, ring=not silent)
        return
    say, chat, phone = staff.say, staff.chat.id, people.phone(tx, person.id)
    named = {"name": person.name, "number": report.id}
    head = lines(
        bold(say("Please ring back: {name} (no. {number})", **named))
        if phone
        else bold(say("Please tell {name} (no. {number})", **named)),
        say("Telephone: {phone}", phone=phone) if phone else say("They gave no telephone number."),
    )
    heard = paragraphs(head, lines(say("What they should hear:"), text(say)))
    buttons = column(*_buttons(tx, say, person, main, purpose))
    about = mailer.below(None, subject("report", report.id), PURPOSE)
    mailer.send(tx, chat, heard, buttons, silent=silent, protected=True, lane=Lane.NOTICE, **about)
    mailer.send_files(tx, chat, parts, silent=True, **about)


def _who_rings(tx: Transaction, setup: Setup, report: Report, main: Report) -> mailer.Private | None:
    for number in (report.recorded_by, main.assignee):
        if number is not None and may(people.by_id(tx, number).roles, Action.RECORD):
            to = mailer.private(tx, setup, number, in_reach=True)
            if to is not None:
                return to
    return None


def _buttons(tx: Transaction, say: Speaker, person: Person, main: Report, purpose: str) -> list[Button]:
    def button(label: str, word: Rung, mark: int = 0) -> Button:
        return Button(label, RungPress(main.id, word, mark, person.id).pack())

    missed = button(say.label("Not reached"), Rung.MISSED)
    if purpose == questions.FIXED:
        return [
            button(say.label("They say: fixed"), Rung.YES, main.rounds),
            button(say.label("They say: not fixed"), Rung.NO, main.rounds),
            missed,
        ]
    told = button(say.label("They have been told"), Rung.TOLD)
    reason = declining.reason(tx, main.id)
    if purpose == questions.DECLINED and reason is not None and main.objected_at is None:
        return [told, button(say.label("They do not agree"), Rung.OBJECT, reason[0]), missed]
    return [told, missed]
