"""What somebody has to look after so that the program goes on well: found by looking at it, told with what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

INBOX = timedelta(minutes=1)
OUTBOX = timedelta(minutes=10)
WORK = timedelta(hours=1)
COPY = timedelta(hours=36)
"""A night may be slept through; what was missed is made at the start."""
FREE = 500_000_000
REFUSED = 50
"""Presses of what one may not, or of what is no button: so many in a day are no slip."""


class TroubleKind(StrEnum):
    """What it is about."""

    NO_GROUP = "no_group"
    GROUP_AWAY = "group_away"
    INBOX = "inbox"
    OUTBOX = "outbox"
    FAILED = "failed"
    WORK = "work"
    QUARANTINE = "quarantine"
    DISK = "disk"
    COPY = "copy"
    REFUSED = "refused"


@dataclass(frozen=True)
class Trouble:
    """`count`: how many or, of the disk, how many megabytes are free; `since`: for how long, where that is known."""

    kind: TroubleKind
    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Outside:
    """What stands in no database: bytes that are free on its disk and that its file has, and when the newest nightly
    copy was made."""

    free: int
    size: int
    newest_copy: datetime | None
