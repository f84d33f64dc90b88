"""The record of events as figures read it: what had happened to each of some subjects before an instant, in order."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core.subjects import split
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text

AT_ONCE = 400
"""The events of so many subjects are in memory at a time."""


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a subject."""

    kind: str
    at: datetime
    actor: int | None
    data: Mapping[str, Any]


def subjects(tx: Transaction, kinds: Sequence[str], begins: datetime | None, ends: datetime) -> list[str]:
    """What one of these kinds of events happened to from `begins` (None: from the first on) until before `ends`."""
    rows = tx.query(
        f"SELECT DISTINCT subject FROM events WHERE kind IN ({_marks(kinds)}) AND at >= ? AND at < ?",
        (*kinds, "" if begins is None else to_text(begins), to_text(ends)),
    )
    return [row["subject"] for row in rows]


def histories(
    tx: Transaction, about: Sequence[str], kinds: Sequence[str], ends: datetime
) -> Iterator[tuple[int, list[Happened]]]:
    """Of each subject its number and what of these kinds happened to it before `ends`, the oldest first."""
    for at in range(0, len(about), AT_ONCE):
        chunk = about[at : at + AT_ONCE]
        rows = tx.query(
            f"SELECT subject, kind, at, actor, data FROM {dialect.read_by('events_subject', 'events')} "
            f"WHERE subject IN ({_marks(chunk)}) AND kind IN ({_marks(kinds)}) AND at < ? ORDER BY subject, id",
            (*chunk, *kinds, to_text(ends)),
        )
        found: dict[str, list[Happened]] = {}
        for row in rows:
            happened = Happened(row["kind"], from_text(row["at"]), row["actor"], json.loads(row["data"]))
            found.setdefault(row["subject"], []).append(happened)
        for subject, what in found.items():
            yield split(subject)[1], what


def first(tx: Transaction, kinds: Sequence[str]) -> datetime | None:
    """When one of these kinds of events happened for the first time; None when none did."""
    found = [tx.one("SELECT min(at) AS at FROM events WHERE kind = ?", (kind,)) for kind in kinds]
    instants = [from_text(row["at"]) for row in found if row is not None and row["at"] is not None]
    return min(instants, default=None)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)
