"""One-time codes: who made one, what it is for, until when it counts, who used it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.instants import from_text, to_text


@dataclass(frozen=True)
class Invitation:
    """A code and its `purpose`, such as `role:staff`. `created_by` is None when the program itself made it."""

    code: str
    purpose: str
    created_by: int | None
    expires_at: datetime
    used_by: int | None


_COLUMNS = "code, purpose, created_by, expires_at, used_by"


def _invitation(row: sqlite3.Row | None) -> Invitation | None:
    if row is None:
        return None
    return Invitation(**{**dict(row), "expires_at": from_text(row["expires_at"])})


def add(tx: Transaction, code: str, purpose: str, created_by: int | None, expires_at: datetime) -> Invitation:
    """Keep a new code."""
    tx.execute(
        "INSERT INTO invitations (code, purpose, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        (code, purpose, created_by, to_text(tx.now), to_text(expires_at)),
    )
    return Invitation(code, purpose, created_by, expires_at, None)


def by_code(tx: Transaction, code: str) -> Invitation | None:
    """The invitation with that code, used or not, or None."""
    return _invitation(tx.one(f"SELECT {_COLUMNS} FROM invitations WHERE code = ?", (code,)))


def usable(tx: Transaction, purpose: str, created_by: int) -> Invitation | None:
    """The newest code somebody made for that purpose that can still be used, or None."""
    return _invitation(
        tx.one(
            f"SELECT {_COLUMNS} FROM invitations WHERE purpose = ? AND created_by = ? AND used_by IS NULL "
            "AND expires_at > ? ORDER BY expires_at DESC LIMIT 1",
            (purpose, created_by, to_text(tx.now)),
        )
    )


def use(tx: Transaction, code: str, person: int) -> bool:
    """Use a code up; False when it was used or has expired. One statement, so nobody comes between."""
    return (
        tx.execute(
            "UPDATE invitations SET used_by = ?, used_at = ? WHERE code = ? AND used_by IS NULL AND expires_at > ?",
            (person, to_text(tx.now), code, to_text(tx.now)),
        ).rowcount
        > 0
    )


def end_own(tx: Transaction, purpose: str) -> None:
    """The program's own unused codes for that purpose count no longer."""
    tx.execute(
        "DELETE FROM invitations WHERE purpose = ? AND created_by IS NULL AND used_by IS NULL",
        (purpose,),
    )
