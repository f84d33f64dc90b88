"""The topic of a project in the staff group."""

from handlers.kit.texts import one_line
from storage.core import chats
from storage.core.database import Transaction
from storage.projects.projects import Project

LONGEST = 60


def topic(tx: Transaction, staff: int, project: Project) -> int:
    """Its topic, made when there is none."""
    return chats.topic(tx, staff, f"project:{project.id}", one_line(f"{project.id} · {project.title}", LONGEST))
