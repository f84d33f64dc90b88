"""How far facts go, and what is missing in them. Written by the program that closes days alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from sqlite3 import Row

from domain.core.subjects import split
from domain.figures.report_facts import FactsOfReport
from domain.figures.report_history import READ
from storage.core import dialect, facts_file
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.figures.fact_rows import COLLECTED, HAPPENED, Rows, instant, kept_names

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OF_REPORTS = ("report:", "report;")
"""Between these two is every subject of a report."""


@dataclass(frozen=True)
class Closed:
    """Facts hold what happened before `until`, of all that was recorded up to the event of that number."""

    until: datetime
    event: int


@dataclass(frozen=True)
class Closing:
    """How far facts are to go; those of all reports up to `done`, in the order of subjects, are there."""

    so_far: Closed | None
    until: Closed
    done: str


def closed(tx: Transaction, hours: str) -> Closed | None:
    """How far the facts go that belong to this database and these working hours; None where there are none."""
    if not dialect.has_schema(tx, "facts"):
        return None
    row = tx.one("SELECT until, event, mark FROM facts.closed WHERE until IS NOT NULL AND hours = ?", (hours,))
    if row is None or _mark(tx, row["event"]) != row["mark"]:
        return None
    return Closed(_instant(row["until"]), row["event"])


def begun(tx: Transaction, hours: str, until: datetime) -> Closing | None:
    """What is to be closed next, so that all days before `until` are in the end; None when they are.

    Facts of another database, or counted with other working hours, are thrown away first.
    """
    row = tx.one("SELECT * FROM facts.closed")
    if row is not None and (row["hours"] != hours or not _belongs(tx, row)):
        row = None
    if row is None:
        for table in ("closed", "names", "unordered", "collected", "happened"):
            tx.execute(f"DELETE FROM facts.{table}")
        tx.execute("INSERT INTO facts.closed (only, hours) VALUES (1, ?)", (hours,))
        row = tx.one("SELECT * FROM facts.closed")
        assert row is not None
    so_far = None if row["until"] is None else Closed(_instant(row["until"]), row["event"])
    if row["next_until"] is not None:
        return Closing(so_far, Closed(_instant(row["next_until"]), row["next_event"]), row["done"])
    if so_far is not None and so_far.until >= until:
        return None
    last = tx.number("SELECT coalesce(max(id), 0) FROM events")
    tx.execute(
        "UPDATE facts.closed SET next_until = ?, next_event = ?, next_mark = ?, done = ''",
        (instant(until), last, _mark(tx, last)),
    )
    return Closing(so_far, Closed(until, last), "")


def next_reports(tx: Transaction, behind: str, limit: int) -> list[str]:
    """Reports, by subject, in their order."""
    rows = tx.query(
        "SELECT DISTINCT subject FROM events WHERE subject > ? AND subject < ? ORDER BY subject LIMIT ?",
        (max(behind, _OF_REPORTS[0]), _OF_REPORTS[1], limit),
    )
    return [row["subject"] for row in rows]


def changed(tx: Transaction, so_far: Closed, until: datetime) -> list[str]:
    """The reports, by subject and in order, to which something happened before `until` that the facts do not know."""
    rows = tx.query(f"{_SINCE} ORDER BY subject", _since(so_far, until))
    return [row["subject"] for row in rows]


def touched(tx: Transaction, so_far: Closed, ends: datetime) -> list[str]:
    """The reports, by subject, of which facts do not tell how they stood at `ends`: something happened to them that
    the facts do not know, or the clock was set back in between."""
    rows = tx.query(f"{_SINCE} UNION SELECT 'report:' || report FROM facts.unordered", _since(so_far, ends))
    return [row["subject"] for row in rows]


def write(tx: Transaction, made: Mapping[str, FactsOfReport], done: str) -> None:
    """The facts of these reports, in the place of what there was of them; those of all up to `done` are there now."""
    rows, names = Rows(), kept_names(tx)
    for subject, each in made.items():
        report = split(subject)[1]
        if each.is_in_order:
            rows.add(report, each.facts(), names)
        else:
            tx.execute("INSERT INTO facts.unordered (report) VALUES (?) ON CONFLICT DO NOTHING", (report,))
    tx.many(_put("facts.collected", COLLECTED, facts_file.COLLECTED_KEY), rows.collected)
    tx.many(_put("facts.happened", HAPPENED, facts_file.HAPPENED_KEY), rows.happened)
    tx.execute("UPDATE facts.closed SET done = ?", (done,))


def finished(tx: Transaction) -> None:
    """All facts are there up to where they were to go."""
    tx.execute(
        "UPDATE facts.closed SET until = next_until, event = next_event, mark = next_mark, next_until = NULL, "
        "next_event = NULL, next_mark = NULL, done = NULL"
    )


_KINDS = ", ".join("?" for _ in READ)
_SINCE = (
    f"SELECT subject FROM {dialect.read_by_number('events')} WHERE id > ? AND at < ? AND kind IN ({_KINDS}) "
    f"UNION SELECT subject FROM {dialect.read_by('events_kind', 'events')} WHERE kind IN ({_KINDS}) AND at >= ? "
    "AND at < ?"
)


def _since(so_far: Closed, ends: datetime) -> tuple[object, ...]:
    before = to_text(ends)
    return (so_far.event, before, *READ, *READ, to_text(so_far.until), before)


def _put(table: str, columns: Sequence[str], key: str) -> str:
    others = [each for each in columns if each not in key.split(", ")]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in others)}"
    )


def _belongs(tx: Transaction, row: Row) -> bool:
    """Whether the events up to which facts go, or are to go, are those of this database: a restored one may have
    others of the same numbers."""
    return all(
        row[number] is None or _mark(tx, row[number]) == row[mark]
        for number, mark in (("event", "mark"), ("next_event", "next_mark"))
    )


def _mark(tx: Transaction, event: int) -> str:
    row = tx.one("SELECT at, subject, kind FROM events WHERE id = ?", (event,))
    return "" if row is None else f"{row['at']} {row['kind']} {row['subject']}"


def _instant(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)
