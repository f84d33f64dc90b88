"""Sending a report. Raises NotAllowed, or Blocked unless it speaks of danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.community import Category, Community
from domain.events import ReportSubmitted
from domain.figures.report_history import Channel
from domain.people.rights import Action, Role, require
from domain.reports.part_purposes import PartPurpose
from services import bounded
from services.reports import alarms, allowed, dangers, deadlines
from services.reports.access import known
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart


@dataclass(frozen=True)
class NewReport:
    """What a resident sends in: at least one part; the rest staff can complete."""

    parts: Sequence[NewPart]
    category: str | None = None
    area: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    danger: str | None = None
    follows: int | None = None
    """The report it goes on from: that one was closed, and is broken again."""
    notice: int | None = None
    """The notice that it answers."""


def submit(
    tx: Transaction,
    community: Community,
    actor: Person,
    new: NewReport,
    recorded_by: int | None = None,
    channel: Channel = Channel.RECORDED,
) -> int:
    """Send a report; returns its number. By when it is to be handled follows from its category.

    `recorded_by`: the member of staff who wrote it down for the actor, who came by that `channel`.

    Raises Blocked or TooOften, unless it speaks of danger.
    """
    require(actor.roles, Action.REPORT)
    if new.danger is None:
        allowed.to_report(tx, actor)
        if recorded_by is None:
            bounded.one_more_report(tx, actor)
    category = community.category(new.category) if new.category else None
    due_at = _due_at(community, category, tx.now, new.danger is not None)
    number = reports.add(
        tx,
        person=actor.id,
        category=new.category,
        area=new.area,
        place=new.place,
        latitude=new.latitude,
        longitude=new.longitude,
        danger=new.danger,
        about_person=category is not None and category.about_person,
        recorded_by=recorded_by,
        follows=new.follows,
        notice=new.notice,
        relation=reports.last_relation(tx, actor.id),
        due_at=due_at,
    )
    reports.add_parts(tx, number, actor.id, PartPurpose.REPORT, new.parts)
    # What staff write down themselves rings each time.
    rings = (
        new.danger is None or recorded_by is not None or dangers.ring_new(tx, community, actor.id, known(tx, number))
    )
    hours = community.hours
    opens = None if hours.is_open(tx.now) else to_text(hours.next_open(tx.now))
    tx.emit(
        ReportSubmitted(
            actor=actor.id,
            report=number,
            danger=new.danger,
            opens=opens,
            quietly=not rings,
            channel=channel if recorded_by is not None else _channel(actor),
            category=new.category,
            area=new.area,
            department=category.department if category else None,
            due_at=to_text(due_at) if due_at else None,
            follows=new.follows,
        )
    )
    # What staff wrote down for somebody: they know of it themselves, and read it like everybody else.
    alarms.sent_in(tx, number, actor.id if recorded_by is None else None, new.danger)
    deadlines.plan(tx, community, number, new=True)
    return number


def _channel(actor: Person) -> Channel:
    return Channel.REPRESENTATIVE if Role.REPRESENTATIVE in actor.roles else Channel.CHAT


def _due_at(community: Community, category: Category | None, now: datetime, in_danger: bool) -> datetime | None:
    """By when a report sent now is to be handled: as its category says, but danger within minutes."""
    due_at = category.deadline.due(now, community.hours) if category else None
    minutes = now + timedelta(minutes=community.care.danger_minutes)
    return min(due_at or minutes, minutes) if in_danger else due_at
