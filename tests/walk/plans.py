"""How SQLite goes about the statements of a walk: none may read all of a table that grows with the years.

Those of the walk itself are marked, and not looked at.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from storage.database import Transaction

GROW = frozenset(
    {
        "voices", "voice_parts", "messages", "cards", "events", "people", "chats", "inbox", "outbox", "conversations",
        "due", "supports", "verdicts", "nearby_words", "pledges", "pledge_wordings", "pledge_consents", "pledge_areas",
        "pledge_thanks", "occurrences", "checkins", "keepers", "repairs", "repair_parts", "repair_offers", "homes",
    }
)  # fmt: skip
SELDOM = (
    "count(*) AS collected",  # /figures and the daily digest: all voices are counted, once
    "UPDATE conversations SET draft = '{}'",  # tidying up, once an hour
    "DELETE FROM inbox",
    "FROM inbox WHERE state = 'quarantined'",  # an admin's /quarantine; what was handled leaves the inbox in two days
    "UPDATE inbox SET body = '{}'",
    "DELETE FROM outbox",
    "UPDATE outbox SET content = '{}'",
)
"""Words of statements that may: not a step of anybody's."""

Execute = Callable[..., sqlite3.Cursor]


class Plans:
    """Remembers each statement once, with values it was given."""

    def __init__(self) -> None:
        self._seen: dict[str, Any] = {}

    def note(self, sql: str, parameters: Any) -> None:
        """A statement that was executed."""
        self._seen.setdefault(sql, parameters)

    def listening(self, execute: Execute) -> Execute:
        """`execute` of a transaction, noting what it executes."""

        def noting(tx: Transaction, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
            self.note(sql, parameters)
            return execute(tx, sql, parameters)

        return noting

    def that_read_all(self, tx: Transaction) -> list[str]:
        """The statements that read all of a growing table, each with what SQLite says of it."""
        seen = list(self._seen.items())  # asking is executing, too
        return [f"{found}: {sql}" for sql, parameters in seen for found in _whole(tx, sql, parameters)]


def _whole(tx: Transaction, sql: str, parameters: Any) -> list[str]:
    if not sql.startswith(("SELECT", "WITH", "UPDATE", "DELETE")) or any(each in sql for each in SELDOM):
        return []
    details = [str(row["detail"]) for row in tx.query(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    return [each for each in details if _is_whole(tx, sql, each)]


def _is_whole(tx: Transaction, sql: str, detail: str) -> bool:
    words = detail.split()
    if words[0] != "SCAN" or words[1] not in GROW or "VIRTUAL" in words:
        return False
    if "INDEX" in words:
        # Of what is open, new or waiting there is little; and what has its order from an index stops at its limit.
        index = tx.one("SELECT sql FROM sqlite_master WHERE name = ?", (words[words.index("INDEX") + 1],))
        return (index is None or " WHERE " not in (index["sql"] or "")) and "LIMIT" not in sql
    return "ORDER BY id DESC LIMIT" not in sql
