"""Who leads a project."""

from storage.core.database import Transaction
from storage.core.instants import to_text


def add(tx: Transaction, project: int, person: int) -> bool:
    """That person leads it from now on; False when they did before."""
    return (
        tx.execute(
            "INSERT INTO project_leads (project, person, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (project, person, to_text(tx.now)),
        ).rowcount
        > 0
    )


def remove(tx: Transaction, project: int, person: int) -> bool:
    """They lead it no more; False when they did not."""
    found = tx.execute("DELETE FROM project_leads WHERE project = ? AND person = ?", (project, person))
    return found.rowcount > 0


def of(tx: Transaction, project: int) -> list[int]:
    """Who leads it, in the order in which they were given it."""
    rows = tx.query("SELECT person FROM project_leads WHERE project = ? ORDER BY since, person", (project,))
    return [int(row["person"]) for row in rows]


def leads(tx: Transaction, project: int, person: int) -> bool:
    """Whether that person leads it."""
    return tx.one("SELECT 1 FROM project_leads WHERE project = ? AND person = ?", (project, person)) is not None


def projects_of(tx: Transaction, person: int) -> list[int]:
    """The numbers of all projects that person leads, the oldest first."""
    rows = tx.query("SELECT project FROM project_leads WHERE person = ? ORDER BY project", (person,))
    return [int(row["project"]) for row in rows]
