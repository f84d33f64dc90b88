"""Words, files and places of reports go for good, from wherever they are in the database; what became of them stays.

For who wants to be forgotten, and for what is old. Telegram's messages and files are seen to elsewhere.
"""

from collections.abc import Collection

from domain.reports.part_purposes import PartPurpose
from storage.core.database import Transaction
from storage.projects import photo_consents
from storage.public_reports import photos
from storage.reports import erasing, nearby
from storage.staff_room import search


def whole(tx: Transaction, reports: Collection[int]) -> None:
    """Nothing that was said about these is left, by anybody, nor where they are; area and kind stay."""
    _forget_parts(tx, erasing.parts_of(tx, reports))
    erasing.empty(tx, reports, title=True)
    _unfound(tx, reports, for_good=True)


def place_and_voice(tx: Transaction, reports: Collection[int]) -> None:
    """The same for where they are and what was heard in them, where others have the same trouble: what these said
    stays, and so does the line that staff gave it."""
    _forget_parts(tx, erasing.parts_of(tx, reports, PartPurpose.DRAFT))
    erasing.empty(tx, reports, title=False)
    _unfound(tx, reports, for_good=False)


def words_of(tx: Transaction, person: int, but: Collection[int], limit: int) -> int:
    """What somebody said about any report goes, at most `limit` things of it, but for the reports `but`; returns how
    much went. What staff answered, asked and noted is the office's, and stays."""
    found = erasing.said_by(tx, person, but, limit)
    _forget_parts(tx, [part for part, _, _ in found])
    place_and_voice(tx, sorted({report for _, report, is_first in found if is_first}))
    _unfound(tx, sorted({report for _, report, _ in found}), for_good=False)
    return len(found)


def _forget_parts(tx: Transaction, parts: Collection[int]) -> None:
    photo_consents.forget(tx, parts)
    photos.forget(tx, parts)
    erasing.delete_parts(tx, parts)


def _unfound(tx: Transaction, reports: Collection[int], *, for_good: bool) -> None:
    search.forget(tx, reports, for_good=for_good)
    for report in reports:
        nearby.forget(tx, report)
