"""What only takes away: it must not come back with a backup, so it is kept in a file of its own, too."""

from dataclasses import dataclass
from enum import StrEnum

from domain.core.stored import Stored


class Taken(Stored, StrEnum, kept_in="the file of what was taken away"):
    """What a line of the file says. Stored: a name is never changed, and one nobody knows any more is passed over."""

    LINK_ENDED = "link_ended"  # a one-time link was used, or ended: link
    ROLE_REVOKED = "role_revoked"  # who, role
    CONSENT_WITHDRAWN = "consent_withdrawn"  # pledge, what: name or photos
    PROOF_HIDDEN = "proof_hidden"  # checkin: the board shows its words and photo no more
    UNLISTED = "unlisted"  # who: a volunteer is not to stand in the neighbours' list
    HOME_FORGOTTEN = "home_forgotten"  # who: an address that was kept for the next time
    RESIDENCE_FORGOTTEN = "residence_forgotten"  # who: where they live, of which they would rather not say any more
    BLOCKED = "blocked"  # who, until
    UNBLOCKED = "unblocked"  # who
    PHOTO_CONSENT_WITHDRAWN = "photo_consent_withdrawn"  # part: a resident's photo may be shown to nobody
    PROJECT_PHOTO_HIDDEN = "project_photo_hidden"  # photo: the public page of a project shows it no more
    REPORT_OFF_PAGE = "report_off_page"  # report: everybody read of it, and nobody else does any more
    REPORT_PHOTO_OFF = "report_photo_off"  # photo: the public page of a report shows it no more
    PAGE_OBJECTED = "page_objected"  # who, report: they do not want it on the public page
    FORGOTTEN = "forgotten"  # who: nothing of what they said and who they were is there any more
    GROUP_LEFT = "group_left"  # group, now: staff work there no more, but in another one (our numbers of chats)


@dataclass(frozen=True)
class Line:
    """One line: its number, when, and what. `key` says by which database's key people and links are hashed."""

    number: int
    at: str
    kind: str
    key: str
    data: dict[str, str | int]
