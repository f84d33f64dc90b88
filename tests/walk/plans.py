"""How SQLite goes about the statements of a walk: none may read all of a table that grows with the years.

Those of the walk itself are marked, and not looked at.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from storage.core.database import Transaction

GROW = frozenset(
    {
        "reports", "report_parts", "messages", "cards", "events", "people", "chats", "inbox", "outbox", "conversations",
        "scheduled_tasks", "supports", "verdicts", "nearby_words", "pledges", "pledge_wordings", "pledge_consents",
        "pledge_areas", "pledge_thanks", "occurrences", "checkins", "keepers", "repairs", "repair_parts",
        "repair_offers", "homes", "project_told", "milestones",
    }
)  # fmt: skip
SELDOM = (
    "count(*) AS collected",  # /figures and the daily digest: all reports are counted, once
    "DELETE FROM people WHERE id = :person AND created_at",  # a late tap of somebody forgotten: SQLite asks all tables
    "count(*) AS people",  # before a notice is sent its writer reads how many it reaches: 45 ms of 10,000 people
)
"""Words of statements that may: not a step of anybody's."""
ALLOWED = {
    ("inbox_new", "SELECT id, body, tries FROM inbox"): "a batch of what waits, in order; LIMIT",
    ("inbox_quarantined", "SELECT id, received_at, error FROM inbox"): "/quarantine; it is kept for 90 days at most",
    ("outbox_sending", "SELECT chat FROM outbox WHERE state = 'pending'"): "what is on its way: 64 rows at most",
    ("outbox_sending", "SELECT 1 FROM outbox WHERE card = :card"): "the same",
    ("outbox_sending", "SELECT 1 FROM outbox WHERE chat = ? AND subject"): "the same",
    ("outbox_folded", "DELETE FROM outbox WHERE state = 'folded'"): "what was folded and is gone: a day of one flood",
    ("outbox_waiting", "UPDATE outbox SET not_before"): "once, when a chat that refused messages takes them again",
    ("repairs_open_number", "SELECT * FROM repairs WHERE closed_at IS NULL"): "a page of staff's list; LIMIT",
    ("reports_open", "SELECT * FROM reports WHERE closed_at IS NULL"): "a chunk of open reports; LIMIT",
    ("reports_open", "SELECT reports.id AS id, coalesce(title"): "the newest are compared with new words; LIMIT",
    ("reports_open", "SELECT id FROM reports WHERE closed_at IS NULL"): "their numbers, once, for a new staff group",
    ("pledge_wordings_waiting", "SELECT DISTINCT pledge"): "promises that wait for staff; LIMIT",
    ("reports_in_danger", "SELECT count(*) FROM (SELECT 1 FROM reports"): "counted to 100 at most; LIMIT",
    ("reports_in_danger", "SELECT * FROM reports INDEXED BY reports_in_danger"): "open dangers, which are few; LIMIT",
    ("reports_in_danger", "SELECT * FROM reports WHERE NOT (danger"): "the same",
    ("reports_handed_on", "SELECT * FROM reports INDEXED BY reports_handed_on"): "a page of what is with others; LIMIT",
    ("reports_handed_on", "SELECT count(*) FROM (SELECT 1 FROM reports"): "counted to 100 at most; LIMIT",
    ("reports_open", "SELECT * FROM reports WHERE NOT (danger"): "a page of open reports behind these; LIMIT",
    ("reports_open_assignee", "SELECT count(*) FROM (SELECT 1 FROM reports"): "counted to 100 at most; LIMIT",
}
"""Each scan of a partial index that there may be (index, how the statement begins), and why it is little or seldom."""

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
    return [each for each in details if _is_whole(sql, each)]


def _is_whole(sql: str, detail: str) -> bool:
    words = detail.split()
    if words[0] != "SCAN" or words[1] not in GROW or "VIRTUAL" in words:
        return False
    if "INDEX" in words:
        index = words[words.index("INDEX") + 1]
        return not any(index == allowed and sql.startswith(begins) for allowed, begins in ALLOWED)
    return "ORDER BY id DESC LIMIT" not in sql
