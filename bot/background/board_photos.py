"""The photos on the web board: of check-ins that staff released, as long as their makers let them be shown."""

from bot.background.page_photos import PagePhotos
from services.pledges.board_photos import KIND, see_to
from storage.core.database import Transaction
from storage.pledges import board, occurrences


class BoardPhotos(PagePhotos):
    """By promise."""

    kind = KIND
    changed = board.CHANGED

    @staticmethod
    def see_to(tx: Transaction, owner: int) -> None:
        see_to(tx, owner)

    @staticmethod
    def shown(tx: Transaction, owner: int, limit: int) -> list[tuple[int, str]]:
        return board.photos(tx, owner, limit)

    @staticmethod
    def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
        return board.with_photos(tx, after, limit)

    @staticmethod
    def gone(tx: Transaction, photo: int) -> None:
        occurrences.photo_gone(tx, photo)
