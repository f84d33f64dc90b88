"""The times pledges are due, and what was said of each."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.core.stored import known
from domain.operations.taken_away import Taken
from domain.pledges.pledges import Answer, Outcome, Time
from storage.core import dialect, taken_away
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.pledges import board


@dataclass(frozen=True)
class Occurrence:
    """One time a pledge is due. `target` and `done` are a quota's."""

    id: int
    key: str
    pledge: int
    starts_at: datetime
    ends_at: datetime
    outcome: Outcome
    target: int | None
    done: int
    told: str | None
    asked_again_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True)
class CheckIn:
    """What somebody said of one time (or, on call, of having been there)."""

    id: int
    pledge: int
    occurrence: int | None
    person: int | None
    answer: Answer
    amount: int
    words: str | None
    kind: str | None
    file_id: str | None
    file_unique_id: str | None
    message: int | None
    released_at: datetime | None
    released_by: int | None
    gone_at: datetime | None
    undone_at: datetime | None
    created_at: datetime


def occurrence_of(row: sqlite3.Row) -> Occurrence:
    """A row of the table as an occurrence."""
    values = dict(row)
    values["outcome"] = known(values["outcome"], Outcome.NOT_REPORTED)
    values["starts_at"], values["ends_at"] = from_text(values["starts_at"]), from_text(values["ends_at"])
    for name in ("asked_again_at", "settled_at"):
        values[name] = from_text_or_none(values[name])
    return Occurrence(**values)


def plan(tx: Transaction, pledge: int, times: Iterable[Time]) -> list[tuple[int, datetime]]:
    """Write down when a pledge is due. What is known already stays, at the instant it has by today's rules.

    Returns what is written down otherwise than before: the id of each time, and when it is over.
    """
    found = []
    for time in times:
        rows = tx.query(
            "INSERT INTO occurrences (key, pledge, starts_at, ends_at, target) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, "
            "target = excluded.target WHERE outcome = 'open' AND (occurrences.starts_at <> excluded.starts_at "
            "OR occurrences.ends_at <> excluded.ends_at "
            "OR coalesce(occurrences.target, 0) <> coalesce(excluded.target, 0)) RETURNING id",
            (time.key, pledge, to_text(time.starts), to_text(time.ends), time.target),
        )
        found += [(int(row["id"]), time.ends) for row in rows]
    return found


def forget_untouched(tx: Transaction, pledge: int, now: datetime, *, begun: bool) -> list[int]:
    """Times to come of which nothing was said yet are due no more; with `begun` also those that are not over.

    Returns which these were.
    """
    return tx.ids(
        f"DELETE FROM occurrences WHERE pledge = ? AND outcome = 'open' AND {'ends_at' if begun else 'starts_at'} > ? "
        "AND NOT EXISTS (SELECT 1 FROM checkins WHERE checkins.occurrence = occurrences.id) RETURNING id",
        (pledge, to_text(now)),
    )


def by_key(tx: Transaction, key: str) -> Occurrence | None:
    """One time by its name, or None."""
    return tx.one_as(occurrence_of, "SELECT * FROM occurrences WHERE key = ?", (key,))


def ids(tx: Transaction, keys: Collection[str]) -> list[int]:
    """The times with these names; what is due no more is left out."""
    found = (tx.one("SELECT id FROM occurrences WHERE key = ?", (key,)) for key in keys)
    return [int(row["id"]) for row in found if row is not None]


def by_id(tx: Transaction, number: int) -> Occurrence | None:
    """One time, or None."""
    return tx.one_as(occurrence_of, "SELECT * FROM occurrences WHERE id = ?", (number,))


def open_of(tx: Transaction, pledge: int, since: datetime, until: datetime) -> list[Occurrence]:
    """The times of a pledge still to be answered that ended later than `since` and begin by `until`, in order."""
    return tx.query_as(
        occurrence_of,
        "SELECT * FROM occurrences WHERE pledge = ? AND outcome = 'open' AND ends_at > ? AND starts_at <= ? "
        "ORDER BY starts_at",
        (pledge, to_text(since), to_text(until)),
    )


def last_of(tx: Transaction, pledge: int, until: datetime, limit: int) -> list[Occurrence]:
    """The newest times of a pledge that began by `until`, whatever became of them; the newest first."""
    return tx.query_as(
        occurrence_of,
        "SELECT * FROM occurrences WHERE pledge = ? AND starts_at <= ? ORDER BY starts_at DESC LIMIT ?",
        (pledge, to_text(until), limit),
    )


def counts(tx: Transaction, pledge: int) -> dict[Outcome, int]:
    """How often it was kept, not kept, not reported, excused, and is still open."""
    rows = tx.query("SELECT outcome, count(*) AS n FROM occurrences WHERE pledge = ? GROUP BY outcome", (pledge,))
    found: Counter[Outcome] = Counter()
    for row in rows:
        found[known(row["outcome"], Outcome.NOT_REPORTED)] += int(row["n"])
    return dict(found)


def settle(tx: Transaction, occurrence: int, outcome: Outcome) -> None:
    """What became of it is known (or, with OPEN, is not any more)."""
    tx.execute(
        "UPDATE occurrences SET outcome = ?, settled_at = ? WHERE id = ?",
        (outcome.value, None if outcome is Outcome.OPEN else to_text(tx.now), occurrence),
    )


def settle_all(tx: Transaction, times: Iterable[int], outcome: Outcome) -> None:
    """The same became of all of them."""
    now = to_text(tx.now)
    tx.many(
        "UPDATE occurrences SET outcome = ?, settled_at = ? WHERE id = ?",
        [(outcome.value, now, time) for time in times],
    )


def count_on(tx: Transaction, occurrence: int, amount: int) -> int:
    """Count so much more of a quota; returns how much it is now."""
    done = dialect.greatest("0", "done + ?")
    rows = tx.query(f"UPDATE occurrences SET done = {done} WHERE id = ? RETURNING done", (amount, occurrence))
    return int(rows[0]["done"])


def over(tx: Transaction, before: datetime, asked_before: datetime, limit: int) -> list[Occurrence]:
    """Times that ended before `before`, were asked about once more before `asked_before` or never, and still open."""
    return tx.query_as(
        occurrence_of,
        "SELECT * FROM occurrences WHERE outcome = 'open' AND ends_at < ? "
        "AND (asked_again_at IS NULL OR asked_again_at < ?) ORDER BY ends_at LIMIT ?",
        (to_text(before), to_text(asked_before), limit),
    )


# -- what was said


def say(tx: Transaction, pledge: int, occurrence: int | None, person: int, answer: Answer, amount: int = 0) -> int:
    """Keep what somebody said; returns its id."""
    return tx.insert(
        "INSERT INTO checkins (pledge, occurrence, person, answer, amount, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (pledge, occurrence, person, answer.value, amount, to_text(tx.now)),
    )


def attach(
    tx: Transaction,
    checkin: int,
    words: str | None,
    kind: str,
    file_id: str | None,
    file_unique_id: str | None,
    message: int | None,
) -> None:
    """Keep the words or the photo that came with it."""
    tx.execute(
        "UPDATE checkins SET words = ?, kind = ?, file_id = ?, file_unique_id = ?, message = ? WHERE id = ?",
        (words, kind, file_id, file_unique_id, message, checkin),
    )


def reword(tx: Transaction, checkin: int, words: str) -> None:
    """Its words read otherwise now; the board shows them, and what came with them, once staff release them anew."""
    tx.execute("UPDATE checkins SET words = ?, released_at = NULL, released_by = NULL WHERE id = ?", (words, checkin))
    tx.signal(board.CHANGED)


def of_message(tx: Transaction, pledge: int, message: int) -> CheckIn | None:
    """The newest check-in that came with that message, or None."""
    row = tx.one("SELECT * FROM checkins WHERE pledge = ? AND message = ? ORDER BY id DESC LIMIT 1", (pledge, message))
    return None if row is None else _checkin(row)


def checkin(tx: Transaction, number: int) -> CheckIn | None:
    """One check-in, or None."""
    return tx.one_as(_checkin, "SELECT * FROM checkins WHERE id = ?", (number,))


def newest_checkin(tx: Transaction, pledge: int, occurrence: int | None = None) -> CheckIn | None:
    """What was last said of a pledge (of that time only, when one is given) and not taken back."""
    return tx.one_as(
        _checkin,
        "SELECT * FROM checkins WHERE pledge = ? AND (? IS NULL OR occurrence = ?) AND undone_at IS NULL "
        "ORDER BY id DESC LIMIT 1",
        (pledge, occurrence, occurrence),
    )


def newest_answer(tx: Transaction, pledge: int, occurrence: int | None = None) -> CheckIn | None:
    """As `newest_checkin`, but no words or photo that only came beside an answer."""
    return tx.one_as(
        _checkin,
        "SELECT * FROM checkins WHERE pledge = ? AND (? IS NULL OR occurrence = ?) AND undone_at IS NULL "
        "AND answer <> 'note' ORDER BY id DESC LIMIT 1",
        (pledge, occurrence, occurrence),
    )


def checkins_of(tx: Transaction, pledge: int, limit: int) -> list[CheckIn]:
    """What was said of a pledge and not taken back, the newest first."""
    rows = tx.query(
        "SELECT * FROM checkins WHERE pledge = ? AND undone_at IS NULL ORDER BY id DESC LIMIT ?", (pledge, limit)
    )
    return [_checkin(row) for row in rows]


def amount_of(tx: Transaction, pledge: int) -> int:
    """How often, or how much, was done in all; for one on call, which has no times."""
    return tx.number(
        "SELECT coalesce(sum(amount), 0) FROM checkins WHERE pledge = ? AND answer = 'done' AND undone_at IS NULL",
        (pledge,),
    )


def undo(tx: Transaction, checkin: int) -> bool:
    """Take it back; False when that was done before."""
    undone = (
        tx.execute(
            "UPDATE checkins SET undone_at = ? WHERE id = ? AND undone_at IS NULL", (to_text(tx.now), checkin)
        ).rowcount
        > 0
    )
    if undone:
        taken_away.note(tx, Taken.PROOF_HIDDEN, checkin=checkin)
    return undone


def release(tx: Transaction, checkin: int, by: int, *, shown: bool) -> bool:
    """Staff let the board show its words and photo, or take them off; False when it was so already."""
    changed = (
        tx.execute(
            "UPDATE checkins SET released_at = CASE WHEN :shown THEN :now END, released_by = :by WHERE id = :id "
            "AND (released_at IS NOT NULL) <> :shown",
            {"shown": int(shown), "now": to_text(tx.now), "by": by, "id": checkin},
        ).rowcount
        > 0
    )
    if changed and not shown:
        taken_away.note(tx, Taken.PROOF_HIDDEN, checkin=checkin)
    return changed


def photo_gone(tx: Transaction, checkin: int) -> None:
    """Telegram has its file no more: the board shows the words alone."""
    tx.execute("UPDATE checkins SET gone_at = ? WHERE id = ? AND gone_at IS NULL", (to_text(tx.now), checkin))


def _checkin(row: sqlite3.Row) -> CheckIn:
    values = dict(row)
    values["answer"] = known(values["answer"], Answer.NOTE)
    values["created_at"] = from_text(values["created_at"])
    for name in ("released_at", "gone_at", "undone_at"):
        values[name] = from_text_or_none(values[name])
    return CheckIn(**values)
