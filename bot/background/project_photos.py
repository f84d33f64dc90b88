"""The photos on the public pages of projects: those staff released, of residents only with their yes."""

from bot.background.page_photos import PagePhotos
from services.projects.page_photos import KIND, see_to
from storage.core.database import Transaction
from storage.projects import photos


class ProjectPhotos(PagePhotos):
    """By project."""

    kind = KIND
    changed = photos.CHANGED

    @staticmethod
    def see_to(tx: Transaction, owner: int) -> None:
        see_to(tx, owner)

    @staticmethod
    def shown(tx: Transaction, owner: int, limit: int) -> list[tuple[int, str]]:
        return [(photo.id, photo.file_id) for photo in photos.shown(tx, owner, limit)]

    @staticmethod
    def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
        return photos.with_photos(tx, after, limit)

    @staticmethod
    def gone(tx: Transaction, photo: int) -> None:
        photos.gone(tx, photo)
