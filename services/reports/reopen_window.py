"""How long what was closed by a yes or by silence can be opened again; its cards say so, until that is over."""

from datetime import datetime

from domain.community import Community
from domain.core.subjects import split, subject
from domain.reports.voices import State
from storage.core import due
from storage.core.database import Transaction
from storage.reports import voices
from storage.reports.voices import Voice

KIND = "reopenable"
CLOSED_BY_RESIDENTS = frozenset({State.CONFIRMED, State.UNANSWERED})
"""What can be opened again by those whose report it is; against declining they object."""


def until(community: Community, voice: Voice) -> datetime | None:
    """Until when it can be opened again; None for what is not closed by those whose report it is."""
    if voice.state not in CLOSED_BY_RESIDENTS or voice.closed_at is None:
        return None
    return community.care.reopen_within.due(voice.closed_at, community.hours)


def can_be(tx: Transaction, community: Community, voice: Voice) -> bool:
    """Whether somebody whose report it is may say now that it is broken again."""
    last = until(community, voice)
    return last is not None and tx.now < last


def plan(tx: Transaction, community: Community, number: int) -> None:
    """It was closed: have its cards say so when it can be opened again no more."""
    voice = voices.by_id(tx, number)
    last = until(community, voice) if voice is not None else None
    if last is not None:
        due.plan(tx, KIND, subject("voice", number), last, f"{KIND}:{number}")


def is_over(tx: Transaction, about: str) -> int | None:
    """The task: the number of the voice, if it is closed still."""
    _, number = split(about)
    voice = voices.by_id(tx, number)
    return number if voice is not None and voice.state in CLOSED_BY_RESIDENTS else None
