"""Which reports everybody may see: by which address, since when, and in which lists they stand.

A report is shown while it has a public title and nothing forbids it (`SHOWN`); the lists only say where it is found.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports.reports import Report, from_row

CHANGED = "public_reports"
"""The signal that something the public pages of reports showed is not so any more."""
EVERY = ""
"""All areas, kinds or states."""
LATEST = "9999-12-31"
SHOWN = (
    "reports.public_title IS NOT NULL AND NOT reports.about_person AND reports.danger IS NULL "
    "AND reports.merged_into IS NULL AND reports.state NOT IN ('withdrawn', 'merged')"
)


@dataclass(frozen=True)
class Entry:
    """A report on the public page: by which address, and on which day everybody last read something new of it."""

    report: Report
    code: str
    changed_on: date


def _entry(row: sqlite3.Row) -> Entry:
    values = dict(row)
    code, changed_on = values.pop("entry_code"), date.fromisoformat(values.pop("entry_changed_on"))
    return Entry(from_row(values), code, changed_on)


# -- released, taken off


def release(tx: Transaction, report: int, title: int, by: int, code: str, on: date) -> str:
    """Everybody reads it by that title; returns its address, which is the one it had where it was released before."""
    tx.execute("UPDATE reports SET public_title = ? WHERE id = ?", (title, report))
    tx.execute(
        "INSERT INTO public_reports (report, code, released_by, released_at, changed_on) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (report) DO UPDATE SET released_by = excluded.released_by, released_at = excluded.released_at, "
        "changed_on = excluded.changed_on",
        (report, code, by, to_text(tx.now), on.isoformat()),
    )
    kept = code_of(tx, report)
    assert kept is not None
    return kept


def change_title(tx: Transaction, report: int, title: int, on: date) -> None:
    """Everybody reads another title of it."""
    tx.execute("UPDATE reports SET public_title = ? WHERE id = ?", (title, report))
    touch(tx, report, on)


def touch(tx: Transaction, report: int, on: date) -> None:
    """Everybody reads something new of it."""
    tx.execute("UPDATE public_reports SET changed_on = ? WHERE report = ?", (on.isoformat(), report))


def take_off(tx: Transaction, report: int) -> bool:
    """Nobody else reads of it any more; False when nobody did before."""
    tx.execute("DELETE FROM public_report_lists WHERE report = ?", (report,))
    found = tx.execute("UPDATE reports SET public_title = NULL WHERE id = ? AND public_title IS NOT NULL", (report,))
    return found.rowcount > 0


def pass_on(tx: Transaction, report: int, to: int, on: date) -> None:
    """What a report was released as is the other one's now: its title and photos; its address, unless that has one."""
    title = "SELECT public_title FROM reports WHERE id = ?"
    tx.execute("DELETE FROM public_report_lists WHERE report = ?", (report,))
    tx.execute(f"UPDATE reports SET public_title = ({title}) WHERE id = ?", (report, to))
    tx.execute("UPDATE reports SET public_title = NULL WHERE id = ?", (report,))
    if code_of(tx, to) is None:
        tx.execute("UPDATE public_reports SET report = ? WHERE report = ?", (to, report))
    tx.execute("UPDATE report_photos SET report = ? WHERE report = ?", (to, report))
    touch(tx, to, on)


def code_of(tx: Transaction, report: int) -> str | None:
    """The public address of a report that was ever released."""
    row = tx.one("SELECT code FROM public_reports WHERE report = ?", (report,))
    return None if row is None else str(row["code"])


# -- its places in the lists


def lists_of(tx: Transaction, report: int) -> set[tuple[str, str, str, str]]:
    """In which it stands: area, kind, state, and the day it is ordered by."""
    rows = tx.query("SELECT area, category, state, changed_on FROM public_report_lists WHERE report = ?", (report,))
    return {(row["area"], row["category"], row["state"], row["changed_on"]) for row in rows}


def changed_on(tx: Transaction, report: int) -> str | None:
    """The day on which everybody last read something new of it."""
    row = tx.one("SELECT changed_on FROM public_reports WHERE report = ?", (report,))
    return None if row is None else str(row["changed_on"])


def list_in(tx: Transaction, report: int, lists: Iterable[tuple[str, str, str, str]]) -> bool:
    """It stands in these lists and in no other; False when it did before."""
    wanted, there = set(lists), lists_of(tx, report)
    if wanted == there:
        return False
    tx.many(
        "DELETE FROM public_report_lists WHERE area = ? AND category = ? AND state = ? AND changed_on = ? "
        "AND report = ?",
        [(*each, report) for each in there - wanted],
    )
    tx.many(
        "INSERT INTO public_report_lists (area, category, state, changed_on, report) VALUES (?, ?, ?, ?, ?)",
        [(*each, report) for each in wanted - there],
    )
    return True


# -- read

_ENTRY = (
    "SELECT reports.*, public_reports.code AS entry_code, public_reports.changed_on AS entry_changed_on "
    "FROM public_reports JOIN reports ON reports.id = public_reports.report"
)


@dataclass(frozen=True)
class Place:
    """A place in a list: the day, and the report behind which it is."""

    day: str
    report: int


def page(
    tx: Transaction, area: str, category: str, state: str, limit: int, behind: Place | None = None
) -> tuple[list[Entry], Place | None]:
    """A page of a list, what changed last first; and where the next one goes on, None where there is none."""
    start = behind or Place(LATEST, 0)
    rows = tx.query(
        "SELECT changed_on, report FROM public_report_lists WHERE area = ? AND category = ? AND state = ? "
        "AND (changed_on, report) < (?, ?) ORDER BY changed_on DESC, report DESC LIMIT ?",
        (area, category, state, start.day, start.report, limit + 1),
    )
    listed = [row["report"] for row in rows[:limit]]
    marks = ", ".join("?" for _ in listed)
    found = tx.query_as(_entry, f"{_ENTRY} WHERE public_reports.report IN ({marks}) AND {SHOWN}", tuple(listed))
    by_number = {each.report.id: each for each in found}
    last = Place(rows[limit - 1]["changed_on"], listed[-1]) if len(rows) > limit else None
    return [by_number[number] for number in listed if number in by_number], last


def by_code(tx: Transaction, code: str) -> Entry | None:
    """The report with that address, or None when nobody may see it (any more)."""
    return tx.one_as(_entry, f"{_ENTRY} WHERE code = ? AND {SHOWN}", (code,))


def number_of(tx: Transaction, code: str) -> int | None:
    """The report that had that address at any time; never to be shown."""
    row = tx.one("SELECT report FROM public_reports WHERE code = ?", (code,))
    return None if row is None else int(row["report"])


def has(tx: Transaction, area: str, category: str, state: str) -> bool:
    """Whether anything stands in a list."""
    row = tx.one(
        "SELECT 1 FROM public_report_lists WHERE area = ? AND category = ? AND state = ? LIMIT 1",
        (area, category, state),
    )
    return row is not None


def count(tx: Transaction, area: str, category: str, state: str, most: int) -> int:
    """How many stand in a list; counted up to `most`."""
    return tx.number(
        "SELECT count(*) FROM (SELECT 1 FROM public_report_lists WHERE area = ? AND category = ? AND state = ? "
        "LIMIT ?) AS found",
        (area, category, state, most),
    )


def some_behind(tx: Transaction, report: int, limit: int) -> list[int]:
    """The next reports that were ever released, by number: to go through all of them in pieces."""
    return tx.ids("SELECT report AS id FROM public_reports WHERE report > ? ORDER BY report LIMIT ?", (report, limit))
