"""Who led which project at some instant, by what had happened until then."""

import json
from datetime import datetime

from domain.core.subjects import split
from domain.events import ProjectLeadGiven, ProjectLeadLost, ProjectLeadTaken, ProjectMade
from storage.core.database import Transaction
from storage.core.instants import to_text


def leads_at(tx: Transaction, at: datetime) -> dict[int, tuple[int, ...]]:
    """The people who led each project just before that instant, by its number."""
    rows = tx.query(
        "SELECT subject, kind, data FROM events WHERE kind IN (?, ?, ?, ?) AND at < ? ORDER BY id",
        (ProjectMade.KIND, ProjectLeadGiven.KIND, ProjectLeadTaken.KIND, ProjectLeadLost.KIND, to_text(at)),
    )
    leads: dict[int, dict[int, None]] = {}
    for row in rows:
        of_project, data = leads.setdefault(split(row["subject"])[1], {}), json.loads(row["data"])
        if row["kind"] == ProjectMade.KIND:
            of_project.update(dict.fromkeys(data["leads"]))
        elif row["kind"] == ProjectLeadGiven.KIND:
            of_project[data["person"]] = None
        else:
            of_project.pop(data["person"], None)
    return {project: tuple(people) for project, people in leads.items()}
