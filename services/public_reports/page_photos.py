"""The photos on the public pages of reports: when they are to be looked at anew.

bot/background/report_photos.py fetches and deletes the files.
"""

from domain.core.subjects import subject
from storage.core import scheduled_tasks
from storage.core.database import Transaction

KIND = "report_photos"


def see_to(tx: Transaction, photo: int) -> None:
    """If it is to be there its file is fetched, and removed if not, soon."""
    scheduled_tasks.plan(tx, KIND, subject("report_photo", photo), tx.now, f"{KIND}:{photo}")
