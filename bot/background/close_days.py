"""Close days, as a program of its own: what happened in them becomes facts in a file beside the database.

In, on standard input, as JSON: {"database": "…", "hours": "…", "until": "…"}. Out: {"chunks": …}. It only reads the
database, and can be killed at any point: the next one goes on. It ends by itself when the bot that started it is gone.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from domain.calendar.hours import WorkingHours
from services.figures import closing
from services.figures.closing import Closing
from storage.core import facts_file

NICE = 10
"""Everybody else goes first."""


def close(database: Path, hours: WorkingHours, until: datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Close all days before `until`, as long as `goes_on`; how many chunks that took. Raises sqlite3.Error."""
    try:
        return _close(database, hours, until, goes_on)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # The file is damaged. All that it holds can be made anew.
        facts_file.remove(database)
        return _close(database, hours, until, goes_on)


def _close(database: Path, hours: WorkingHours, until: datetime, goes_on: Callable[[], bool]) -> int:
    closing = Closing(hours, until)
    chunks = 0
    with facts_file.opened_to_write(database, lambda: datetime.now(UTC)) as write:
        while goes_on() and write(closing.some):
            chunks += 1
    return chunks


def main() -> None:
    """One order."""
    told = json.load(sys.stdin)
    os.nice(NICE)
    parent = os.getppid()
    chunks = close(
        Path(told["database"]),
        closing.from_text(told["hours"]),
        datetime.fromisoformat(told["until"]),
        lambda: os.getppid() == parent,
    )
    json.dump({"chunks": chunks}, sys.stdout)


if __name__ == "__main__":
    main()
