"""The photos on the public pages of projects, and the pages: when they are to be looked at anew.

bot/background/project_photos.py fetches and deletes the files.
"""

from domain.community import Community
from domain.core.subjects import subject
from domain.events import Event
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.projects import photos

KIND = "project_photos"


def pages_change(tx: Transaction, _community: Community, _event: Event) -> None:
    """Kept pages may be out of date."""
    tx.signal(photos.CHANGED)


def see_to(tx: Transaction, project: int) -> None:
    """What is to be there is fetched and what is not is removed, soon."""
    scheduled_tasks.plan(tx, KIND, subject("project", project), tx.now, f"{KIND}:{project}")
