"""Things said to many: where each stands, and what it says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.broadcasts.broadcasts import State
from domain.core.stored import known
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text


@dataclass(frozen=True)
class Broadcast:
    """One thing said to many. `subject` is what it belongs to, such as `notice:3`; `by` is who says it.

    `kind` is what people mute it by (None: nobody can). Recipients are listed up to the person `gathered_to`; None: all
    are.
    """

    id: int
    subject: str
    by: int
    kind: str | None
    urgent: bool
    state: State
    gathered_to: int | None
    version: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    counts: str | None = None
    """How many stood where, as JSON, once the list of who got it goes; None: it is there."""

    @property
    def is_listed(self) -> bool:
        """Whether it is known who got it: else no copy could be corrected or deleted."""
        return self.counts is None


@dataclass(frozen=True)
class BroadcastPart:
    """Words or a file of it, for one language or (None) for all."""

    id: int
    language: str | None
    kind: str
    text: str | None
    file_id: str | None
    file_unique_id: str | None

    @property
    def album(self) -> None:
        """It waits for no further parts: all are there."""
        return


class NewPart(Protocol):
    """What is to be said, as it comes out of a draft."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def file_id(self) -> str | None: ...
    @property
    def file_unique_id(self) -> str | None: ...


_COLUMNS = "id, subject, by, kind, urgent, state, gathered_to, version, created_at, started_at, finished_at, counts"


def _broadcast(row: object) -> Broadcast:
    values = dict(row)  # type: ignore[call-overload]
    return Broadcast(
        **{
            **values,
            "urgent": bool(values["urgent"]),
            "state": known(values["state"], State.STOPPED),  # it goes on when somebody says so
            "created_at": from_text(values["created_at"]),
            "started_at": from_text_or_none(values["started_at"]),
            "finished_at": from_text_or_none(values["finished_at"]),
        }
    )


def add(tx: Transaction, subject: str, by: int, kind: str | None, urgent: bool) -> int:
    """One more, not to be sent yet; returns its id."""
    return tx.insert(
        "INSERT INTO broadcasts (subject, by, kind, urgent, state, gathered_to, created_at) VALUES (?, ?, ?, ?, ?, 0, "
        "?)",
        (subject, by, kind, int(urgent), State.PREPARED, to_text(tx.now)),
    )


def by_id(tx: Transaction, number: int) -> Broadcast | None:
    """The one with that id, or None."""
    return tx.one_as(_broadcast, f"SELECT {_COLUMNS} FROM broadcasts WHERE id = ?", (number,))


def newest_of(tx: Transaction, subject: str, states: Collection[State]) -> Broadcast | None:
    """The newest of those that belong to a thing and stand in one of these states, or None."""
    marks = ", ".join("?" for _ in states)
    return tx.one_as(
        _broadcast,
        f"SELECT {_COLUMNS} FROM broadcasts WHERE subject = ? AND state IN ({marks}) ORDER BY id DESC LIMIT 1",
        (subject, *states),
    )


def sending(tx: Transaction) -> list[int]:
    """Our ids of all that go out at present."""
    return tx.ids("SELECT id FROM broadcasts WHERE state = 'sending' ORDER BY id")


def is_urgent_sending(tx: Transaction, since: datetime) -> bool:
    """Whether an urgent one goes out at present that was begun after that instant."""
    row = tx.one(
        "SELECT 1 FROM broadcasts WHERE state = 'sending' AND urgent = 1 AND started_at > ? LIMIT 1", (to_text(since),)
    )
    return row is not None


def set_state(tx: Transaction, number: int, state: State) -> None:
    """It stands there from now on; the first time it goes out, and when it ends, are kept."""
    started = to_text(tx.now) if state is State.SENDING else None
    finished = to_text(tx.now) if state in (State.DONE, State.WITHDRAWN) else None
    tx.execute(
        "UPDATE broadcasts SET state = ?, started_at = coalesce(started_at, ?), "
        "finished_at = coalesce(?, finished_at) WHERE id = ?",
        (state, started, finished, number),
    )


def listed_before(tx: Transaction, instant: datetime) -> int | None:
    """One that was done or withdrawn before that and still has the list of who got it, or None."""
    row = tx.one(
        "SELECT id FROM broadcasts WHERE finished_at < ? AND finished_at IS NOT NULL AND listed "
        "AND state IN ('done', 'withdrawn') ORDER BY finished_at LIMIT 1",
        (to_text(instant),),
    )
    return None if row is None else int(row["id"])


def set_counts(tx: Transaction, number: int, counts: str) -> None:
    """How many stood where: the list of them goes."""
    tx.execute("UPDATE broadcasts SET counts = ? WHERE id = ?", (counts, number))


def set_unlisted(tx: Transaction, number: int) -> None:
    """Nothing of the list is left."""
    tx.execute("UPDATE broadcasts SET listed = 0 WHERE id = ?", (number,))


def set_gathered(tx: Transaction, number: int, to: int | None) -> None:
    """Recipients are listed up to that person; None: all are."""
    tx.execute("UPDATE broadcasts SET gathered_to = ? WHERE id = ?", (to, number))


def corrected(tx: Transaction, number: int) -> int:
    """It reads otherwise; returns how often by now."""
    rows = tx.query("UPDATE broadcasts SET version = version + 1 WHERE id = ? RETURNING version", (number,))
    return int(rows[0]["version"])


# -- what it says


def add_part(tx: Transaction, number: int, part: NewPart, language: str | None) -> int:
    """Words or a file more; returns its id."""
    return tx.insert(
        "INSERT INTO broadcast_parts (broadcast, language, kind, text, file_id, file_unique_id, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, language, part.kind, part.text, part.file_id, part.file_unique_id, to_text(tx.now)),
    )


def parts_of(tx: Transaction, number: int) -> list[BroadcastPart]:
    """What it says now, in the order in which it was first said."""
    rows = tx.query(
        "SELECT id, language, kind, text, file_id, file_unique_id FROM broadcast_parts "
        "WHERE broadcast = ? AND replaced_at IS NULL ORDER BY id",
        (number,),
    )
    return [BroadcastPart(**dict(row)) for row in rows]


def replace(tx: Transaction, part: int) -> None:
    """Another stands in its place from now on; how it read stays on record."""
    tx.execute("UPDATE broadcast_parts SET replaced_at = ? WHERE id = ?", (to_text(tx.now), part))
