"""How far reports came on their way to the staff group: nobody reads that staff have what they have not got.

A report of danger that the group has not got yet has a row in `scheduled_tasks`, an *alarm*. After 20 seconds leads and
admins are written to in private, after a minute whoever is in danger reads that the group was not reached; both are
looked at again every minute, until the group's card is really sent or the report is closed. A report without danger has
a row of that sort (`unread`) only while the group cannot be reached: its resident reads so, until it has arrived.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from domain.community import Community
from domain.core.subjects import number_of, subject
from domain.events import GroupClosed, GroupLost, ReportReachedStaff, ReportUnheard
from domain.people.rights import Role
from services.staff_room import staff_chat
from storage.core import chats, messages, scheduled_tasks, settings
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.core.messages import CardRole, Purpose
from storage.people import people
from storage.people.people import Person
from storage.reports import open_numbers, reports
from storage.reports.dangers import Rung
from storage.reports.reports import Report

KIND = "alarm"
UNREAD = "unread"
PRIVATE_AFTER = timedelta(seconds=20)
GIVE_UP_AFTER = timedelta(seconds=60)
AGAIN = timedelta(minutes=1)
LOOK_AGAIN = timedelta(hours=1)
MANY = 200
ROLE = CardRole.ALARM
"""The role of the cards by which leads and admins read of it in private."""


@dataclass(frozen=True)
class Alarm:
    """Danger that the staff group has not got yet.

    `person`: who raised it. `row`: the message in the outbox that brings it there; None: the report's card does.
    `in_private`: leads and admins are told. `given_up`: whoever raised it has read that the group was not reached.
    """

    since: str
    person: int | None
    row: int | None = None
    in_private: bool = False
    given_up: bool = False


def of(tx: Transaction, report: int) -> Alarm | None:
    """The alarm of a report, or None when there is none or the group has it."""
    noted = scheduled_tasks.noted(tx, _key(KIND, subject("report", report)))
    return None if noted is None else Alarm(**noted)


def is_unread(tx: Transaction, report: int) -> bool:
    """Whether a report without danger waits for a group that cannot be reached."""
    return scheduled_tasks.noted(tx, _key(UNREAD, subject("report", report))) is not None


def sent_in(tx: Transaction, report: int, actor: int | None, danger: str | None) -> None:
    """A report was made: it is on its way to the group, or waits for one."""
    about = subject("report", report)
    if danger is not None:
        raise_(tx, report, actor)
    elif not staff_chat.is_reachable(tx):
        scheduled_tasks.plan(tx, UNREAD, about, tx.now + LOOK_AGAIN, _key(UNREAD, about))


def more_said(tx: Transaction, report: Report, by: int | None, into: Rung | None) -> None:
    """Somebody said more, of danger; `into`: what rang before, when it goes onto that card."""
    # What goes onto a card that has rung follows within a minute; where the group is out of reach, it does not.
    if into is None or not staff_chat.is_reachable(tx):
        about = reports.by_id(tx, number_of(into.subject, "report") or report.id) if into is not None else report
        assert about is not None
        raise_(tx, reports.main_of(tx, about).id, by)


def raise_(tx: Transaction, report: int, actor: int | None) -> None:
    """Words of danger about a report are on their way to the staff group. `actor` is whose they are.

    Where it is known that they cannot get there, leads and admins are told without waiting for it.
    """
    about = subject("report", report)
    scheduled_tasks.cancel(tx, about, UNREAD)
    before = of(tx, report)
    alarm = Alarm(to_text(tx.now), actor) if before is None else replace(before, person=actor, row=None)
    _plan(tx, about, alarm, tx.now + (PRIVATE_AFTER if staff_chat.is_reachable(tx) else timedelta()))


def comes_with(tx: Transaction, about: str, row: int | None) -> None:
    """It is this message that brings an alarm to the group, below the card that is there already."""
    number = number_of(about, "report")
    alarm = of(tx, number) if number is not None else None
    planned = scheduled_tasks.planned(tx, _key(KIND, about))
    if alarm is not None and planned is not None and row is not None:
        _plan(tx, about, replace(alarm, row=row), planned)


def run_due(tx: Transaction, about: str) -> Report | None:
    """The task: the group has not got it yet. What was waited for long enough is noted, and told by an event.

    Where there is neither a group nor anybody to be written to in private, nothing is waited for. Returns the report
    while it is open; there is nothing more to do for a closed one.
    """
    number = number_of(about, "report")
    report = reports.by_id(tx, number) if number is not None else None
    alarm = of(tx, number) if number is not None else None
    if report is None or alarm is None or not report.state.is_open:
        return None
    end = from_text(alarm.since) + GIVE_UP_AFTER
    late = not tx.now < end <= tx.now + GIVE_UP_AFTER  # or the clock was put back
    late = late or not (staff_chat.is_reachable(tx) or in_private(tx, alarm.person))
    now = replace(alarm, in_private=True, given_up=alarm.given_up or late)
    _plan(tx, about, now, tx.now + AGAIN if now.given_up else end)
    if now != alarm:
        tx.emit(ReportUnheard(report=report.id, person=alarm.person, given_up=now.given_up and not alarm.given_up))
    return report


def still_unread(tx: Transaction, about: str) -> None:
    """The task: a report still waits for a group, unless it was closed meanwhile."""
    number = number_of(about, "report")
    report = reports.by_id(tx, number) if number is not None else None
    if report is not None and report.state.is_open:
        scheduled_tasks.plan(tx, UNREAD, about, tx.now + LOOK_AGAIN, _key(UNREAD, about))


def out_of_reach(tx: Transaction, _community: Community, event: GroupLost | GroupClosed) -> None:
    """The staff group cannot be reached any more: those whose report never came there read so."""
    if event.chat != settings.staff_chat(tx):
        return
    for number in open_numbers.not_on_card(tx, event.chat, MANY):
        about = subject("report", number)
        if of(tx, number) is None and not is_unread(tx, number):
            scheduled_tasks.plan(tx, UNREAD, about, tx.now + LOOK_AGAIN, _key(UNREAD, about))
            tx.emit(ReportUnheard(report=number, person=None, given_up=False))


def arrived(tx: Transaction, row: sqlite3.Row) -> None:
    """Telegram has taken a message: where it brings a report to the staff group, or to a lead, that is known now."""
    about = row["subject"]
    number = number_of(about, "report") if about is not None else None
    if number is None or row["purpose"] not in (Purpose.CARD, Purpose.TALK, Purpose.ALARM):
        return
    alarm = of(tx, number)
    if row["purpose"] == Purpose.ALARM:
        if alarm is not None and alarm.given_up:
            _plan(tx, about, alarm, tx.now)  # who was told that nobody could be reached reads of it
    elif row["chat"] == settings.staff_chat(tx) and (_brings(row, alarm) or is_unread(tx, number)):
        scheduled_tasks.cancel(tx, about, KIND)
        scheduled_tasks.cancel(tx, about, UNREAD)
        tx.emit(ReportReachedStaff(report=number))


def _brings(row: sqlite3.Row, alarm: Alarm | None) -> bool:
    """Whether a message in the staff group brings the words of danger: the report's card, or one below it."""
    if alarm is None:
        return False
    if alarm.row is None:
        return bool(row["purpose"] == Purpose.CARD)
    return bool(row["purpose"] == Purpose.TALK and row["id"] >= alarm.row)


def is_on_card(tx: Transaction, report: int) -> bool:
    """Whether a card of a report is in the staff group; a newer one may be on its way."""
    group = settings.staff_chat(tx)
    cards = messages.cards_of(tx, subject("report", report), CardRole.STAFF)
    return any(card["message_id"] is not None and card["chat"] == group for card in cards)


def in_private(tx: Transaction, without: int | None) -> list[tuple[Person, Chat]]:
    """The leads and admins who can be written to, but for whoever raised it."""
    found = {each.id: each for role in (Role.LEAD, Role.ADMIN) for each in people.with_role(tx, role)}
    reached = [(each, chats.private_with(tx, each.id)) for each in found.values() if each.id != without]
    return [(each, chat) for each, chat in reached if chat is not None and chat.unreachable is None]


def copies(tx: Transaction, report: int) -> Collection[sqlite3.Row]:
    """The cards by which leads and admins read of it in private; sent when they have a `message_id`."""
    return messages.cards_of(tx, subject("report", report), ROLE)


def _plan(tx: Transaction, about: str, alarm: Alarm, at: datetime) -> None:
    scheduled_tasks.plan(tx, KIND, about, at, _key(KIND, about), asdict(alarm))


def _key(kind: str, about: str) -> str:
    return f"{kind}:{about}"
