"""Before and after a deadline whoever is in charge hears of it, once each, in working hours.

A voice has at most one row in `due`, which goes through three stages: `warn` before the deadline, `late` when it has
passed, `tell` when somebody is there to be told so.
"""

from datetime import datetime, timedelta
from typing import Any

from domain.community import Community
from domain.events import VoiceDueSoon, VoiceOverdue, VoiceOverdueTold
from domain.subjects import split, subject
from domain.voices import HAS_DEADLINE
from storage import due, events, voices
from storage.database import Transaction
from storage.instants import to_text

KIND = "deadline"


def plan(tx: Transaction, community: Community, number: int, *, new: bool = False) -> None:
    """See to it that the deadline a voice has now is kept in mind; called after whatever may have changed it.

    What was said of this deadline is not said again. A `new` voice has none yet.
    """
    voice = voices.by_id(tx, number)
    if voice is None or voice.due_at is None or voice.state not in HAS_DEADLINE:
        return  # a row that is there finds nothing to do when its time comes
    if not new and _known(tx, number, voice.due_at):
        return
    warning = min(timedelta(hours=community.care.warn_hours), (voice.due_at - tx.now) / 2)
    if warning > timedelta():
        _plan(tx, number, voice.due_at, "warn", voice.due_at - warning)
    else:
        _plan(tx, number, voice.due_at, "late", tx.now)


def come(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The duty: one stage has come."""
    _, number = split(about)
    voice = voices.by_id(tx, number)
    if voice is None or voice.due_at is None or voice.state not in HAS_DEADLINE:
        return
    there = community.hours.next_open(tx.now)
    passed = voice.due_at <= tx.now
    if data["stage"] == "tell" or passed:
        if data["stage"] != "tell":
            tx.emit(VoiceOverdue(voice=number, due_at=to_text(voice.due_at)))
        if there > tx.now:
            _plan(tx, number, voice.due_at, "tell", there)
        else:
            tx.emit(VoiceOverdueTold(voice=number))
    elif data["stage"] == "late" or there >= voice.due_at:
        _plan(tx, number, voice.due_at, "late", voice.due_at)
    elif there > tx.now:
        _plan(tx, number, voice.due_at, "warn", there)
    else:
        tx.emit(VoiceDueSoon(voice=number, due_at=to_text(voice.due_at)))
        _plan(tx, number, voice.due_at, "late", voice.due_at)


def _known(tx: Transaction, number: int, due_at: datetime) -> bool:
    planned = due.noted(tx, _occurrence(number))
    if planned is not None:
        return bool(planned["due_at"] == to_text(due_at))
    said = events.newest_noted(tx, VoiceOverdue.__name__, subject("voice", number))
    return said is not None and said[1]["due_at"] == to_text(due_at)


def _plan(tx: Transaction, number: int, due_at: datetime, stage: str, at: datetime) -> None:
    data = {"stage": stage, "due_at": to_text(due_at)}
    due.plan(tx, KIND, subject("voice", number), at, _occurrence(number), data)


def _occurrence(number: int) -> str:
    return f"{KIND}:{number}"
