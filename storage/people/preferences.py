"""What somebody chose for themselves in /settings, by the code of its row; who chose nothing has what is usual."""

from storage.core.database import Transaction

QUIET = "quiet"
MUTED = "muted"
"""Kinds of words to many that somebody does not want to hear of, with commas between them."""
QUIET_HOURS = f"(SELECT value FROM preferences WHERE preferences.person = people.id AND code = '{QUIET}')"
"""Somebody's own quiet hours, in a statement about `people`."""
MUTED_KINDS = f"(SELECT value FROM preferences WHERE preferences.person = people.id AND code = '{MUTED}')"
"""What they have muted, in the same."""


def chosen(tx: Transaction, person: int, code: str) -> str | None:
    """What they chose; None: nothing of their own."""
    row = tx.one("SELECT value FROM preferences WHERE person = ? AND code = ?", (person, code))
    return None if row is None else row["value"]


def put(tx: Transaction, person: int, code: str, value: str | None) -> None:
    """They choose this from now on; None: what is usual."""
    if value is None:
        tx.execute("DELETE FROM preferences WHERE person = ? AND code = ?", (person, code))
        return
    tx.execute(
        "INSERT INTO preferences (person, code, value) VALUES (?, ?, ?) "
        "ON CONFLICT (person, code) DO UPDATE SET value = excluded.value",
        (person, code, value),
    )
