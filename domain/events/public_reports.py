"""What can happen to what everybody reads of a report."""

from dataclasses import dataclass
from enum import StrEnum

from domain.events.reports import ReportEvent


class WhyOff(StrEnum):
    """Why a report is on the public page no more. Kept in events: a name is never changed."""

    STAFF = "staff"
    OBJECTED = "objected"
    UNFIT = "unfit"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


@dataclass(frozen=True, kw_only=True)
class ReportReleased(ReportEvent, kind="report.released", says=True):
    """Everybody can read of it, by a title of staff's (`wording`). `part_of_it`: the one that was released before."""

    wording: int
    part_of_it: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportPublicTitleChanged(ReportEvent, kind="report.public_title_changed", says=True):
    """Everybody reads another title of it."""

    wording: int
    before: int


@dataclass(frozen=True, kw_only=True)
class ReportTakenOff(ReportEvent, kind="report.taken_off"):
    """Nobody else can read of it any more; `why` as in `WhyOff`."""

    why: str


@dataclass(frozen=True, kw_only=True)
class ReportObjectionToPage(ReportEvent, kind="report.page_objected"):
    """Somebody who spoke about it does not want it on the public page; with `withdrawn` they do not mind any more."""

    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportPhotoChosen(ReportEvent, kind="report.photo_chosen", says=True):
    """Staff chose a photo of it for the public page. `part`: a resident's, who is asked; None: staff's own."""

    photo: int
    part: int | None


@dataclass(frozen=True, kw_only=True)
class ReportPhotoTakenOff(ReportEvent, kind="report.photo_taken_off"):
    """The public page shows that photo no more."""

    photo: int
