"""How much one person may do before the program asks them to wait, so that nobody else waits for them.

Danger is never limited, only gathered (services/reports/dangers.py). 0 is no limit.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.core.stored import Stored

STRETCH = timedelta(minutes=10)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """Of one person: reports and repairs within 24 hours; messages, files and presses within ten minutes; drafts that
    are put aside."""

    reports: int = 30
    repairs: int = 20
    messages: int = 200
    photos: int = 100
    presses: int = 300
    drafts: int = 10


NO_LIMITS = Limits(reports=0, repairs=0, messages=0, photos=0, presses=0)


class Counted(Stored, StrEnum, kept_in="counts_of_people.what"):
    """What is counted of a person."""

    PRESS = "press"
    MESSAGE = "message"
    FILE = "file"
    REFUSED = "refused"
    """What they may not, or what is none of our buttons: within a day."""
