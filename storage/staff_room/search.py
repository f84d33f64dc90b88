"""Finding reports by words: the full-text table, what waits to be put into it, and what staff searched for.

The full-text table is SQLite's own (FTS5); no other module reads or writes it. What is written about a report only
notes that it waits (storage/reports/reports.py), so that the step of a resident stays cheap; a due row puts it in
shortly afterwards, and whoever searches waits for nothing (`services/staff_room/searching.py`).
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from storage.core import dialect, scheduled_tasks
from storage.core.database import Transaction
from storage.reports.reports import SEARCH, SEARCHED_AFTER, Report, from_row
from storage.staff_room import queue

KIND = SEARCH
KEPT = 20
"""Searches kept for each person: the buttons of older ones say that they are gone."""


def plan(tx: Transaction, after: timedelta) -> None:
    """What still waits is put in then. The row being done is moved on: planned once only, it would end here."""
    scheduled_tasks.plan(tx, KIND, "program:1", tx.now + after, KIND)


def waiting(tx: Transaction, limit: int) -> list[int]:
    """The reports that wait to be put in, the newest first."""
    rows = tx.query("SELECT report FROM search_waiting ORDER BY report DESC LIMIT ?", (limit,))
    return [int(row["report"]) for row in rows]


def put(tx: Transaction, report: int, words: str) -> None:
    """A report is found by these words from now on, and by no others."""
    tx.execute("DELETE FROM report_search WHERE rowid = ?", (report,))
    tx.execute("INSERT INTO report_search (rowid, words) VALUES (?, ?)", (report, words))
    tx.execute("DELETE FROM search_waiting WHERE report = ?", (report,))


def forget(tx: Transaction, reports: Collection[int], *, for_good: bool) -> None:
    """These are found by no word; unless it is `for_good`, by those that are left once they were put in anew."""
    numbers = [(report,) for report in reports]
    tx.many("DELETE FROM report_search WHERE rowid = ?", numbers)
    if for_good:
        tx.many("DELETE FROM search_waiting WHERE report = ?", numbers)
        return
    tx.many("INSERT INTO search_waiting (report) VALUES (?) ON CONFLICT DO NOTHING", numbers)
    if numbers:
        scheduled_tasks.plan_once(tx, KIND, "program:1", tx.now + SEARCHED_AFTER, KIND)


def merge(tx: Transaction, pages: int, first: bool) -> bool:
    """One step, of so many pages, of putting the index together into one piece; False when nothing was left to do.

    A row that is deleted stays in the pieces written before, and is only marked in a newer one: it is gone once they
    were put together. `first` begins that with all pieces there are; what is written later is for the next time.
    """
    before = tx.number("SELECT total_changes()")
    tx.execute("INSERT INTO report_search (report_search, rank) VALUES ('merge', ?)", (-pages if first else pages,))
    # Less than two says SQLite that there was nothing to do (fts5.html, "The 'merge' command").
    return tx.number("SELECT total_changes()") - before >= 2


def find(tx: Transaction, phrases: Sequence[tuple[list[str], bool]], after: Report | None, limit: int) -> list[Report]:
    """The reports in which every phrase stands (the last word of it may go on, where it says so).

    What is in danger comes first, of both the newest. `after`: only those behind it. Nothing is found by no phrases.
    """
    if not phrases:
        return []
    # Within quotation marks nothing has a meaning of its own, and the words have none in them.
    match = " AND ".join(f'"{" ".join(words)}"{" *" if goes_on else ""}' for words, goes_on in phrases)
    found: list[Report] = []
    if after is None or queue.is_first(after):
        # Each of the few is looked up in what was found: to sort all that holds a common word would take long.
        rows = tx.query(
            f"SELECT reports.* FROM {dialect.read_by('reports_in_danger', 'reports')} "
            f"WHERE {queue.FIRST} AND id < :before AND EXISTS "
            "(SELECT 1 FROM report_search WHERE report_search.rowid = reports.id AND words MATCH :match) "
            "ORDER BY id DESC LIMIT :limit",
            {"match": match, "before": after.id if after else 1 << 62, "limit": limit},
        )
        found, after = [from_row(row) for row in rows], None
    rows = tx.query(
        "SELECT reports.* FROM report_search JOIN reports ON reports.id = report_search.rowid "
        f"WHERE words MATCH :match AND report_search.rowid < :before AND NOT ({queue.FIRST}) "
        "ORDER BY report_search.rowid DESC LIMIT :limit",
        {"match": match, "before": after.id if after else 1 << 62, "limit": limit - len(found)},
    )
    return [*found, *(from_row(row) for row in rows)]


def remember(tx: Transaction, person: int, words: str) -> int:
    """Keep what somebody searched for; returns its number, for buttons."""
    number = tx.insert("INSERT INTO searches (person, words) VALUES (?, ?)", (person, words))
    tx.execute(
        "DELETE FROM searches WHERE person = :person AND id NOT IN "
        "(SELECT id FROM searches WHERE person = :person ORDER BY id DESC LIMIT :kept)",
        {"person": person, "kept": KEPT},
    )
    return number


def remembered(tx: Transaction, person: int, number: int) -> str | None:
    """The words of somebody's own search, or None when it is forgotten or another's."""
    row = tx.one("SELECT words FROM searches WHERE id = ? AND person = ?", (number, person))
    return None if row is None else str(row["words"])
