"""How often somebody did something within a stretch of time that runs: a row for each of a person's limits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.people.limits import Counted
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text

KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Count:
    """So often since then."""

    count: int
    since: datetime


def one_more(tx: Transaction, person: int, what: Counted, stretch: timedelta) -> Count:
    """Count once more; a stretch that is over begins anew. Returns the count, this time included."""
    row = tx.query(
        "INSERT INTO counts_of_people (person, what, since, count) VALUES (:person, :what, :now, 1) "
        "ON CONFLICT (person, what) DO UPDATE SET "
        "count = CASE WHEN since > :before AND since <= :now THEN count + 1 ELSE 1 END, "
        "since = CASE WHEN since > :before AND since <= :now THEN since ELSE :now END RETURNING count, since",
        {"person": person, "what": what, "now": to_text(tx.now), "before": to_text(tx.now - stretch)},
    )[0]
    return Count(row["count"], from_text(row["since"]))


def of(tx: Transaction, person: int, what: Counted) -> Count | None:
    """What was counted last, in a stretch that may be over."""
    row = tx.one("SELECT count, since FROM counts_of_people WHERE person = ? AND what = ?", (person, what))
    return None if row is None else Count(row["count"], from_text(row["since"]))


def begin_anew(tx: Transaction, person: int, what: Counted) -> None:
    """The next one counts as the first."""
    tx.execute("DELETE FROM counts_of_people WHERE person = ? AND what = ?", (person, what))


def many(tx: Transaction, what: Counted, at_least: int, since: datetime) -> int:
    """How many people have reached that count in a stretch that began after `since`."""
    return tx.number(
        "SELECT count(*) FROM counts_of_people WHERE what = ? AND count >= ? AND since > ?",
        (what, at_least, to_text(since)),
    )


def forget_old(tx: Transaction) -> int:
    """What was counted so long ago says nothing any more; returns how many rows went."""
    return tx.execute("DELETE FROM counts_of_people WHERE since < ?", (to_text(tx.now - KEPT),)).rowcount
