"""The photos on the public pages of reports: those staff chose, of residents only with their yes.

Each is an owner of its own: nothing that everybody reads has the number of a report, not even the name of a file.
"""

from bot.background.page_photos import PagePhotos
from domain.community import Community, ReportsShown
from services.public_reports.page_photos import KIND, see_to
from storage.core.database import Transaction
from storage.public_reports import entries, photos


class ReportPhotos(PagePhotos):
    """By photo."""

    kind = KIND
    changed = entries.CHANGED

    @staticmethod
    def see_to(tx: Transaction, owner: int) -> None:
        see_to(tx, owner)

    @staticmethod
    def shown(tx: Transaction, owner: int, limit: int) -> list[tuple[int, str]]:
        file_id = photos.is_shown(tx, owner)
        return [] if file_id is None else [(owner, file_id)]

    @staticmethod
    def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
        return photos.shown_behind(tx, after, limit)

    @staticmethod
    def gone(tx: Transaction, photo: int) -> None:
        photos.gone(tx, photo)


class NoReportPhotos(ReportPhotos):
    """Where the community shows none: those that are there go."""

    @staticmethod
    def shown(tx: Transaction, owner: int, limit: int) -> list[tuple[int, str]]:
        return []

    @staticmethod
    def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
        return []


def report_photos(community: Community) -> type[ReportPhotos]:
    """What looks after them where they are shown, and where they are not."""
    return ReportPhotos if community.public.reports is ReportsShown.PHOTOS else NoReportPhotos
