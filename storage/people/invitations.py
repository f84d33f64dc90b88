"""One-time codes: who made one, what it is for, until when it counts, who used it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.core.stored import Stored
from storage.core import taken_away
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text


class InvitationPurpose(Stored, StrEnum, kept_in="invitations.purpose"):
    """What a code is for."""

    ROLE = "role:"
    """Followed by the role that it gives."""
    FIRST_ADMIN = "first_admin"
    AFTER_RESTORE = "after_restore"
    STAFF_CHAT = "staff_chat"
    ASKED = "asked:"
    """Followed by what somebody who writes as the group asked for."""


@dataclass(frozen=True)
class Invitation:
    """A code and its `purpose`, such as `role:staff`. `created_by` is None when the program itself made it.

    `opened_by` is who opened it and waits for its maker's yes. `ended`: it counts no longer, whoever has it.
    """

    code: str
    purpose: str
    created_by: int | None
    expires_at: datetime
    used_by: int | None
    opened_by: int | None = None
    ended: bool = False


_GIVES_NOTHING = (InvitationPurpose.STAFF_CHAT, InvitationPurpose.ASKED)
"""Codes that only somebody with the right can use: one that comes back with a backup gives nobody anything."""
_COLUMNS = "code, purpose, created_by, expires_at, used_by, opened_by, ended_at IS NOT NULL AS ended"


def _invitation(row: sqlite3.Row | None) -> Invitation | None:
    if row is None:
        return None
    return Invitation(**{**dict(row), "expires_at": from_text(row["expires_at"]), "ended": bool(row["ended"])})


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
            "AND ended_at IS NULL AND expires_at > ? ORDER BY expires_at DESC LIMIT 1",
            (purpose, created_by, to_text(tx.now)),
        )
    )


def use(tx: Transaction, code: str, person: int) -> bool:
    """Use a code up; False when it was used or has expired. One statement, so nobody comes between."""
    rows = tx.query(
        "UPDATE invitations SET used_by = ?, used_at = ? WHERE code = ? AND used_by IS NULL "
        "AND ended_at IS NULL AND expires_at > ? RETURNING purpose",
        (person, to_text(tx.now), code, to_text(tx.now)),
    )
    if rows and not rows[0]["purpose"].startswith(_GIVES_NOTHING):
        taken_away.note_link(tx, code)
    return bool(rows)


def open_for(tx: Transaction, code: str, person: int) -> None:
    """Somebody has opened a link that waits for its maker's yes."""
    tx.execute("UPDATE invitations SET opened_by = ?, opened_at = ? WHERE code = ?", (person, to_text(tx.now), code))


def opened(tx: Transaction, created_by: int, opened_by: int) -> Invitation | None:
    """The newest link of `created_by` that `opened_by` has opened and that waits for a yes, or None."""
    return _invitation(
        tx.one(
            f"SELECT {_COLUMNS} FROM invitations WHERE created_by = ? AND opened_by = ? AND used_by IS NULL "
            "AND ended_at IS NULL ORDER BY opened_at DESC LIMIT 1",
            (created_by, opened_by),
        )
    )


def end(tx: Transaction, code: str) -> None:
    """A link counts no longer."""
    tx.execute("UPDATE invitations SET ended_at = ? WHERE code = ?", (to_text(tx.now), code))
    taken_away.note_link(tx, code)


def forget_expired(tx: Transaction, purpose_begins: str) -> None:
    """Delete codes whose purpose begins so and whose time is over."""
    tx.execute(
        "DELETE FROM invitations WHERE substr(purpose, 1, ?) = ? AND expires_at <= ?",
        (len(purpose_begins), purpose_begins, to_text(tx.now)),
    )


def forget_old(tx: Transaction, before: datetime, limit: int) -> int:
    """Delete codes that expired before that, used or not; returns how many, at most `limit`."""
    return tx.execute(
        "DELETE FROM invitations WHERE code IN (SELECT code FROM invitations WHERE expires_at < ? LIMIT ?)",
        (to_text(before), limit),
    ).rowcount


def end_own(tx: Transaction, purpose: str) -> None:
    """The program's own unused codes for that purpose count no longer."""
    tx.execute("DELETE FROM invitations WHERE purpose = ? AND created_by IS NULL AND used_by IS NULL", (purpose,))
