"""How much waits at both doors, and since when: read from outside, so that nobody who writes has to wait."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.core.instants import from_text_or_none

PATIENCE_SECONDS = 1.0
BROADCASTS = 2


@dataclass(frozen=True)
class Lags:
    """What waits. An instant is that of what has waited longest, None where nothing does."""

    inbox_waiting: int
    inbox_since: datetime | None
    outbox_waiting: int
    outbox_since: datetime | None
    """Broadcasts are not looked at: they take their time."""
    quarantined: int


def read(path: Path) -> Lags:
    """Look at the database file at `path`, on a read-only connection of its own. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE_SECONDS)) as reader:
        reader.execute("BEGIN")  # one moment for all that follows
        inbox_waiting, inbox_since = reader.execute(
            "SELECT count(*), (SELECT received_at FROM inbox WHERE state = 'new' ORDER BY id LIMIT 1) "
            "FROM inbox WHERE state = 'new'"
        ).fetchone()
        outbox_waiting, outbox_since = reader.execute(
            "SELECT count(*), min(CASE WHEN lane < ? THEN coalesce(not_before, created_at) END) FROM outbox "
            "WHERE state IN ('pending', 'sending')",
            (BROADCASTS,),
        ).fetchone()
        # There are indexes of those done and those new, and few that are neither.
        (quarantined,) = reader.execute(
            "SELECT (SELECT count(*) FROM inbox) - (SELECT count(*) FROM inbox WHERE state = 'done') "
            "- (SELECT count(*) FROM inbox WHERE state = 'new') - (SELECT count(*) FROM inbox WHERE state = 'held')"
        ).fetchone()
    return Lags(
        inbox_waiting, from_text_or_none(inbox_since), outbox_waiting, from_text_or_none(outbox_since), quarantined
    )
