"""What had happened to promises, repairs, projects and volunteers by some instant, for figures."""

from collections.abc import Iterator
from datetime import datetime

from domain.events import PledgePublished, ProjectMade, RepairAsked, VolunteerApproved
from domain.figures import pledge_history, project_history, repair_history, volunteer_measures
from domain.figures.periods import Span
from domain.figures.pledge_history import PledgeHistory
from domain.figures.project_history import ProjectHistory
from domain.figures.repair_history import RepairHistory
from domain.figures.volunteer_measures import VolunteerHistory
from storage.core.database import Transaction
from storage.figures import recorded

FIRST = (PledgePublished.KIND, RepairAsked.KIND, ProjectMade.KIND, VolunteerApproved.KIND)
"""Before one of these happened there is nothing to count here."""


def pledges(tx: Transaction, ends: datetime) -> Iterator[PledgeHistory]:
    """Each promise that was on the board before that instant: any of them may have been due at any time since."""
    about = recorded.subjects(tx, (PledgePublished.KIND,), None, ends)
    for number, happened in recorded.histories(tx, about, pledge_history.READ, ends):
        history = PledgeHistory()
        for each in happened:
            history.after(each.kind, each.at, each.actor, each.data)
        if history.maker is None:  # published before that was noted; whose it is never changes
            history.maker = tx.number("SELECT person FROM pledges WHERE id = ?", (number,))
        yield history


def repairs(tx: Transaction, span: Span) -> Iterator[RepairHistory]:
    """Each repair with an event that is counted in the time, up to its end."""
    about = recorded.subjects(tx, repair_history.COUNTED_BY, span.begins, span.ends)
    for _, happened in recorded.histories(tx, about, repair_history.READ, span.ends):
        history = RepairHistory()
        for each in happened:
            history.after(each.kind, each.at)
        yield history


def projects(tx: Transaction, ends: datetime) -> Iterator[ProjectHistory]:
    """Each project that was made before that instant."""
    about = recorded.subjects(tx, (ProjectMade.KIND,), None, ends)
    for _, happened in recorded.histories(tx, about, project_history.READ, ends):
        history = ProjectHistory()
        for each in happened:
            history.after(each.kind, each.at, each.data)
        yield history


def volunteers(tx: Transaction, ends: datetime) -> Iterator[VolunteerHistory]:
    """Everybody who was a volunteer at some time before that instant."""
    about = recorded.subjects(tx, (VolunteerApproved.KIND,), None, ends)
    for _, happened in recorded.histories(tx, about, volunteer_measures.READ, ends):
        history = VolunteerHistory()
        for each in happened:
            history.after(each.kind, each.at, each.data)
        yield history
