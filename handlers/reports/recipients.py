"""Everybody who spoke about a report hears of it, each in their own language: some now, the others chunk by chunk.

A *writer* writes what one event causes to be sent to one recipient. Where many joined a report, the first chunk is
told in the transaction of the event and the rest by a due row, so that nobody waits for five hundred messages to be
written.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from domain import events
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column, force_reply
from handlers.kit.mailer import ALBUM_PAUSE, How, Private
from handlers.kit.parts import quoted_on
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup
from handlers.reports import call_back, unknown_events
from handlers.reports.staff_card import refresh_staff
from handlers.reports.status_card import refresh_status, write_status
from handlers.reports.unknown_events import Told
from services.people import quiet
from storage.core import chats, messages, scheduled_tasks
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.people.people import Person
from storage.reports import reports, supports
from storage.reports.reports import Part, Report

KIND = "recipients"
CHUNK = 50


@dataclass(frozen=True)
class Recipient:
    """Somebody who spoke about a report: its reporter, one who joined, or one whose own was merged into it.

    `report` is the one they know it by, their own or the one they joined. `chat` is None for people without Telegram.
    """

    person: Person
    chat: Chat | None
    report: Report


Writer = Callable[[Transaction, Setup, Any, Report, Recipient], None]
"""The transaction, the set-up, the event, the report it happened to, and who hears of it.

Cards are refreshed before.
"""
REMINDS: frozenset[type[events.Event]] = frozenset({events.ReportVerdictsAwaited})
"""What tells nothing new: nobody hears of it in their quiet hours."""


@dataclass(frozen=True)
class Everybody:
    """A subscriber: everybody who spoke about the report hears of it by `writer`;

    None changes their cards alone.
    """

    writer: Writer | None

    def __call__(self, tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
        tell(tx, setup, event, self.writer)


@dataclass(frozen=True)
class ReporterAlone:
    """A subscriber: the same, for what concerns nobody but whose report it is."""

    writer: Writer | None

    def __call__(self, tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
        report = reports.existing(tx, event.report)
        recipient = reporter(tx, report)
        _refresh(tx, setup, recipient)
        if self.writer is not None:
            self.writer(tx, setup, event, report, recipient)


def actor_alone(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """A subscriber: it changes nobody's card but that of who did it."""
    report = reports.existing(tx, event.report)
    refresh_status(tx, setup, report, event.actor)


def tell(tx: Transaction, setup: Setup, event: events.ReportEvent, writer: Writer | None) -> None:
    """Make the cards of everybody who spoke about the event's report true, and let each hear of it by `writer`.

    Each hears of it once, whatever they know it by; the first now, the rest as tasks.
    """
    _chunk(tx, setup, event, writer, 0)


def tell_on(tx: Transaction, setup: Setup, _about: str, data: dict[str, Any]) -> None:
    """The task: the next recipients of an event, or one alone (`data` as `plan_later` notes it)."""
    kept = (data["event"], data["subject"], data["actor"], data["fields"])
    event = events.from_record(*kept) or unknown_events.event(tx, *kept)
    if not isinstance(event, Told):
        return
    # Where there is no writer, their cards alone change.
    if "only" in data:
        _tell_one(tx, setup, event, _writer(setup, event), data["only"])
    else:
        _chunk(tx, setup, event, _writer(setup, event), data["after"])


def _writer(setup: Setup, event: events.Event) -> Writer | None:
    found = (each.run for each in setup.features.subscriptions(type(event)))
    return next((each.writer for each in found if isinstance(each, Everybody)), None)


def _chunk(tx: Transaction, setup: Setup, event: Told, writer: Writer | None, after: int) -> None:
    report = reports.existing(tx, event.report)
    concerned = supports.concerned(tx, report.id, after, CHUNK + 1)
    if len(concerned) > CHUNK:
        plan_later(tx, event, tx.now, after=concerned[CHUNK - 1])
    together = _together(tx, report)
    for person in concerned[:CHUNK]:
        recipients = of_person(tx, together, person)
        for recipient in recipients:
            _refresh(tx, setup, recipient)
        if writer is not None:
            _tell_or_wait(tx, setup, event, writer, report, recipients[0])


def _tell_one(tx: Transaction, setup: Setup, event: Told, writer: Writer | None, person: int) -> None:
    """Somebody's quiet hours are over."""
    report = reports.existing(tx, event.report)
    found = of_person(tx, _together(tx, report), person)
    if writer is not None and found:
        _tell_or_wait(tx, setup, event, writer, report, found[0])


def _tell_or_wait(
    tx: Transaction, setup: Setup, event: Told, writer: Writer, report: Report, recipient: Recipient
) -> None:
    if type(event) in REMINDS:
        allowed = quiet.allowed_from(tx.now, setup.community, recipient.person)
        if allowed > tx.now:
            plan_later(tx, event, allowed, only=recipient.person.id)
            return
    writer(tx, setup, event, report, recipient)


def refresh(tx: Transaction, setup: Setup, number: int) -> None:
    """Make all cards of a report say what is so now: each resident's, and the staff's."""
    report = reports.existing(tx, number)
    together = _together(tx, report)
    for person in supports.concerned(tx, number):
        for recipient in of_person(tx, together, person):
            _refresh(tx, setup, recipient)
    refresh_staff(tx, setup, report)


def _refresh(tx: Transaction, setup: Setup, recipient: Recipient) -> None:
    """Make the card of a recipient true; a person without Telegram has none."""
    if recipient.chat is not None:
        to = Private(recipient.chat, speaker(setup, recipient))
        write_status(tx, setup, recipient.report, recipient.person.id, to)


def plan_later(tx: Transaction, event: Told, at: datetime, **whom: int) -> None:
    """Have it told later: to one (`only=person`), or to all behind one (`after=person`)."""
    data = {"event": event.kind, "subject": event.subject, "actor": event.actor, "fields": event.data(), **whom}
    # Two of one kind at one instant differ in what they carry.
    mark = crc32(json.dumps(data, sort_keys=True).encode())
    scheduled_tasks.plan(tx, KIND, event.subject, at, f"{KIND}:{event.subject}:{to_text(tx.now)}:{mark}", data)


def reporter(tx: Transaction, report: Report) -> Recipient:
    """Whoever reported it."""
    return Recipient(people.by_id(tx, report.person), chats.private_with(tx, report.person), report)


def of_person(tx: Transaction, together: Sequence[Report], person: int) -> list[Recipient]:
    """What a person is to a report and those merged into it (`_together`): one Recipient for each they know."""
    known_by = [each for each in together if each.person == person or supports.joined(tx, each.id, person)]
    who, chat = people.by_id(tx, person), chats.private_with(tx, person)
    return [Recipient(who, chat, each) for each in known_by]


def _together(tx: Transaction, report: Report) -> list[Report]:
    """A report, and the others that were merged into it."""
    return [report, *reports.merged_into(tx, report.id)]


def known_by(tx: Transaction, number: int, person: int) -> int:
    """The number by which a person knows a report: their own, where it was merged into it."""
    report = reports.by_id(tx, number)
    recipients = of_person(tx, _together(tx, report), person) if report is not None else []
    return recipients[0].report.id if recipients else number


def speaker(setup: Setup, recipient: Recipient) -> Speaker:
    """Somebody who speaks the recipient's language."""
    return setup.speaker(recipient.person.language)


def write(
    tx: Transaction,
    setup: Setup,
    recipient: Recipient,
    text: Callable[[Speaker], Html],
    buttons: Callable[[Speaker], list[Button]] | None = None,
    parts: Sequence[Part] = (),
    *,
    parts_first: bool = False,
    reply_bar: bool = False,
    purpose: str = Purpose.ANSWER,
    once: str | None = None,
    lane: Lane = Lane.INTERACTIVE,
    by_phone: Callable[[Speaker], Html] | None = None,
) -> None:
    """A short message in reply to the recipient's status card: Telegram announces no edits.

    Those without Telegram are rung back, and hear `by_phone`, where the text speaks of messages.

    `reply_bar` opens the recipient's reply bar on it. With `parts_first` the files of `parts` come before it, so that
    the question is the last thing on the screen.
    """
    if recipient.chat is None:
        if recipient.person.is_spoken_for:
            call_back.ring_back(tx, setup, recipient.person, recipient.report, by_phone or text, parts, purpose)
        return
    say, chat = speaker(setup, recipient), recipient.chat.id
    about = subject("report", recipient.report.id)
    card = messages.newest_card_in(tx, about, CardRole.STATUS, chat)
    markup = column(*buttons(say)) if buttons else None
    if reply_bar:
        markup = force_reply(say.label("Write here"))
    bare = mailer.below(card, about, Purpose.ANSWER)
    question: How = {
        "reply_to_card": bare["reply_to_card"],
        "subject": about,
        "purpose": purpose,
        "once": once,
        "lane": lane,
    }
    # A question stays the last thing on the screen, and what is quoted goes on right below it else.
    if parts_first:
        mailer.send_files(tx, chat, parts, lane=Lane.INTERACTIVE, silent=True, **bare)
        if any(part.album for part in parts):
            question["not_before"] = tx.now + 2 * ALBUM_PAUSE  # behind an album whose last parts are still to come
    else:
        mailer.send(tx, chat, text(say), markup, **question)
    for words in quoted_on(parts):
        mailer.send(tx, chat, words, silent=True, **bare)
    if parts_first:
        mailer.send(tx, chat, text(say), markup, **question)
    else:
        mailer.send_files(tx, chat, parts, silent=True, **bare)
