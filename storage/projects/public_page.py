"""What the public pages show of projects: only of those that are public, and of people nothing but their office.

No name, no report and no number of one is in any answer from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.broadcasts.broadcasts import State
from domain.core.subjects import subject
from storage.broadcasts import broadcasts
from storage.broadcasts.broadcasts import BroadcastPart
from storage.core.database import Transaction
from storage.people import people
from storage.projects import figures, leads, milestones, photos, projects
from storage.projects.figures import Figures
from storage.projects.milestones import Milestone
from storage.projects.photos import Photo
from storage.projects.projects import Project

LASTING = (State.SENDING, State.STOPPED, State.DONE)


@dataclass(frozen=True)
class Said:
    """What was said last to everybody whose report is in it, in all languages, and when."""

    at: datetime
    parts: Sequence[BroadcastPart]


@dataclass(frozen=True)
class Shown:
    """A project as everybody may see it. `leads`: the roles of each person who leads it.

    `figures`: what is said of how many people; None while nothing is.
    """

    project: Project
    areas: Sequence[str]
    leads: Sequence[frozenset[str]]
    figures: Figures | None
    milestones: Sequence[Milestone]
    said: Said | None
    photos: Sequence[Photo] = field(default_factory=list)


def count(tx: Transaction) -> int:
    """How many projects are public."""
    return tx.number("SELECT count(*) FROM projects WHERE public")


def page(tx: Transaction, limit: int, offset: int, most_photos: int) -> list[Shown]:
    """Some of them: those that go on first, of each the newest first."""
    rows = tx.query(
        "SELECT id FROM projects WHERE public ORDER BY ended_at IS NOT NULL, id DESC LIMIT ? OFFSET ?", (limit, offset)
    )
    found = [one(tx, row["id"], most_photos) for row in rows]
    return [each for each in found if each is not None]


def one(tx: Transaction, number: int, most_photos: int) -> Shown | None:
    """One project, or None when it is not public."""
    project = projects.by_id(tx, number)
    if project is None or not project.public:
        return None
    return Shown(
        project=project,
        areas=projects.areas(tx, number),
        leads=[people.by_id(tx, person).roles for person in leads.of(tx, number)],
        figures=figures.published(tx, number),
        milestones=milestones.of(tx, number),
        said=_said(tx, number),
        photos=photos.shown(tx, number, most_photos),
    )


def _said(tx: Transaction, number: int) -> Said | None:
    newest = broadcasts.newest_of(tx, subject("project", number), LASTING)
    if newest is None or newest.started_at is None:
        return None
    return Said(newest.started_at, broadcasts.parts_of(tx, newest.id))
