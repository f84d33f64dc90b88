"""Category and place of a report, added or changed. Raises NotAllowed or NotFound."""

from domain.community import Community
from domain.core.parts import PartKind
from domain.events import ReportCompleted, ReportPlaceChanged
from domain.people.rights import Action, require
from domain.reports.part_purposes import PartPurpose
from services.core.errors import NotFound
from services.reports import dangers, deadlines
from services.reports.access import known, own
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart

TYPED = PartPurpose.TYPED
"""Purpose of words of staff that an event tells of: a place, a name. Events hold none, for they are never changed."""


def complete(
    tx: Transaction,
    community: Community,
    actor: Person,
    number: int,
    *,
    category: str | None = None,
    area: str | None = None,
    place: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> None:
    """Add or change category or place: staff of any report, residents of their own. The deadline follows.

    Whoever is asked where a danger is may say so of a report they joined, too, and while they are blocked.
    """
    report = known(tx, number)
    into = dangers.awaiting_place_of(tx, actor.id, report.id)
    if report.person != actor.id and into is None:
        require(actor.roles, Action.TRIAGE)
    values: dict[str, object] = {}
    department = due = None
    if category is not None:
        kind = community.category(category)
        if kind is None:
            raise NotFound
        values |= {"category": category}
        due_at = kind.deadline.due(report.created_at, community.hours)
        if report.danger is not None and report.due_at is not None:
            due_at = min(due_at, report.due_at)  # another kind makes it no less dangerous
        department, due = kind.department, to_text(due_at)
        values |= {"due_at": due}
        if kind.about_person:
            values |= {"about_person": 1}
    if area is not None or place is not None or latitude is not None:
        values |= {"area": area, "place": place}
    if latitude is not None:
        # A point that was shared stays on the map when staff name the place in words.
        values |= {"latitude": latitude, "longitude": longitude}
    reports.change(tx, report.id, **values)
    typed = [NewPart(PartKind.TEXT, text=place)] if place and not area else []
    kept = reports.add_parts(tx, report.id, actor.id, TYPED, typed)
    part, rung = kept[0] if kept else None, into.id if into is not None else None
    tx.emit(
        ReportCompleted(
            actor=actor.id,
            report=report.id,
            category=category,
            area=area,
            part=part,
            into=rung,
            department=department,
            due_at=due,
        )
    )
    deadlines.plan(tx, community, report.id)


def change_place(tx: Transaction, actor: Person, number: int, area: str | None, place: str) -> None:
    """The resident's words of where it is read otherwise now; those until now stay on record."""
    report = own(tx, actor, number)
    before = [NewPart(PartKind.TEXT, text=report.place)] if report.place else []
    kept = reports.add_parts(tx, report.id, actor.id, PartPurpose.PLACE, before)
    reports.change(tx, report.id, area=area, place=place)
    tx.emit(ReportPlaceChanged(actor=actor.id, report=report.id, part=kept[0] if kept else None, area=area))
