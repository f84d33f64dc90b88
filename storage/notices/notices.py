"""Notices to the neighbourhood."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.core.stored import known
from domain.notices.audience import Audience, from_text, to_text
from domain.notices.notices import NoticeKind, NoticeState
from storage.core import instants
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none


@dataclass(frozen=True)
class Notice:
    """A notice; what it says, and who got it, is its broadcast's."""

    id: int
    by: int
    kind: NoticeKind
    urgent: bool
    audience: Audience
    state: NoticeState
    broadcast: int | None
    send_at: datetime | None
    confirmed_by: int | None
    alone_reason: str | None
    created_at: datetime
    changed_at: datetime


def _notice(row: sqlite3.Row) -> Notice:
    values: dict[str, Any] = dict(row)
    values["kind"] = known(values["kind"], NoticeKind.NEWS)
    values["urgent"] = bool(values["urgent"])
    values["audience"] = from_text(values["audience"])
    # In a state of a later version it is one that nothing is to be done with.
    values["state"] = known(values["state"], NoticeState.WITHDRAWN)
    values["send_at"] = from_text_or_none(values["send_at"])
    for name in ("created_at", "changed_at"):
        values[name] = instants.from_text(values[name])
    return Notice(**values)


def add(
    tx: Transaction,
    by: int,
    kind: NoticeKind,
    urgent: bool,
    audience: Audience,
    state: NoticeState,
    send_at: datetime | None,
) -> int:
    """Keep a new notice; returns its number."""
    now = instants.to_text(tx.now)
    return tx.insert(
        "INSERT INTO notices (by, kind, urgent, audience, state, send_at, created_at, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (by, kind, int(urgent), to_text(audience), state, send_at and instants.to_text(send_at), now, now),
    )


def set_broadcast(tx: Transaction, notice: int, broadcast: int) -> None:
    """What it says is in that broadcast."""
    tx.execute("UPDATE notices SET broadcast = ? WHERE id = ?", (broadcast, notice))


def by_id(tx: Transaction, notice: int) -> Notice | None:
    """The notice with that number, or None."""
    return tx.one_as(_notice, "SELECT * FROM notices WHERE id = ?", (notice,))


def newest(tx: Transaction, limit: int, offset: int = 0) -> list[Notice]:
    """Notices, the newest first."""
    return tx.query_as(_notice, "SELECT * FROM notices ORDER BY id DESC LIMIT ? OFFSET ?", (limit, offset))


def lately_out(tx: Transaction, since: datetime, limit: int) -> list[Notice]:
    """Those that went out since then, the newest first, `limit` at most."""
    return tx.query_as(
        _notice,
        "SELECT * FROM notices WHERE state IN ('sending', 'sent') AND changed_at >= ? ORDER BY id DESC LIMIT ?",
        (instants.to_text(since), limit),
    )


def count(tx: Transaction) -> int:
    """How many there are."""
    return tx.number("SELECT count(*) FROM notices")


def answers(tx: Transaction, notice: int) -> int:
    """How many reports answer it."""
    return tx.number("SELECT count(*) FROM reports WHERE notice = ?", (notice,))


def move(tx: Transaction, notice: int, before: NoticeState, after: NoticeState, **values: Any) -> bool:
    """It stands in `after` from now on, with these values of columns; False when it does not stand in `before`."""
    names = "".join(f", {name} = :{name}" for name in values)
    return (
        tx.execute(
            f"UPDATE notices SET state = :after, changed_at = :now{names} WHERE id = :id AND state = :before",
            {**values, "after": after, "before": before, "now": instants.to_text(tx.now), "id": notice},
        ).rowcount
        > 0
    )
