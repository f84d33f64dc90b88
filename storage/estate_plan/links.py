"""One-time links by which an admin places areas on the plan in a browser. Kept as digests."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import from_text, to_text


@dataclass(frozen=True)
class PlanLink:
    """Whose link it is, and until when it counts. `opened`: a browser has a session by it. `ended`: by a newer one."""

    person: int
    expires_at: datetime
    opened: bool
    ended: bool


def add(tx: Transaction, code: str, person: int, expires_at: datetime) -> None:
    """A new link; those the person had before end, with their sessions."""
    end_all(tx, person)
    tx.execute(
        "INSERT INTO plan_links (code, person, expires_at) VALUES (?, ?, ?)", (code, person, to_text(expires_at))
    )


def by_code(tx: Transaction, code: str) -> PlanLink | None:
    """The link of that digest, whether it still counts or not."""
    return tx.one_as(_link, "SELECT * FROM plan_links WHERE code = ?", (code,))


def by_session(tx: Transaction, session: str) -> PlanLink | None:
    """The same, by the digest of its session."""
    return tx.one_as(_link, "SELECT * FROM plan_links WHERE session = ?", (session,))


def open_by(tx: Transaction, code: str, session: str, expires_at: datetime) -> bool:
    """A browser has opened it, and has a session until then; False when one had before."""
    opened = tx.execute(
        "UPDATE plan_links SET session = ?, expires_at = ? WHERE code = ? AND session IS NULL AND ended_at IS NULL",
        (session, to_text(expires_at), code),
    )
    return opened.rowcount > 0


def end_all(tx: Transaction, person: int) -> None:
    """None of the person's links counts any more; those that ended long ago are deleted."""
    tx.execute("DELETE FROM plan_links WHERE person = ? AND ended_at IS NOT NULL", (person,))
    tx.execute("UPDATE plan_links SET ended_at = ? WHERE person = ?", (to_text(tx.now), person))


def forget_old(tx: Transaction, before: datetime) -> int:
    """Delete links that expired before that; returns how many."""
    return tx.execute("DELETE FROM plan_links WHERE expires_at < ?", (to_text(before),)).rowcount


def _link(row: sqlite3.Row) -> PlanLink:
    return PlanLink(
        row["person"], from_text(row["expires_at"]), row["session"] is not None, row["ended_at"] is not None
    )
