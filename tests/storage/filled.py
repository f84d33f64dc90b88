"""A database in which every table has one row of each of some people: made from the schema, so none is forgotten.

All that a row refers to is the same person's: their chat, their report, the part of it. Every text has that person's
mark in it.
"""

from storage.core.database import Transaction

_SUBJECTS = {"scheduled_tasks": ("person", "people"), "tasks_put_away": ("pledge", "pledges")}
_OTHERS = ("report", "reports")
_LATER = {"events", "scheduled_tasks", "tasks_put_away", "report_search"}
"""These name things without a reference of the schema, so they come behind all others."""
_OF_NOBODY = {"settings", "tidying"}
_TELEGRAMS = {("people", "telegram_id"), ("chats", "telegram_id"), ("inbox", "sender")}


def fill(tx: Transaction, *marks: str) -> dict[str, int]:
    """Write a row of each person, named by their mark, into each table; returns our numbers of them."""
    found: dict[str, dict[str, int]] = {mark: {} for mark in marks}
    for place, table in enumerate(_in_order(tx), 1):
        for number, mark in enumerate(marks, 1):
            # No two tables have the same numbers, so one taken for another finds nothing.
            found[mark][table] = _write(tx, table, mark, place * 100 + number, found[mark])
    return {mark: rows["people"] for mark, rows in found.items()}


def tables(tx: Transaction) -> list[str]:
    """All tables of ours, in the order in which they are made."""
    rows = tx.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [row["name"] for row in rows if not row["name"].startswith(("sqlite_", "report_search_"))]


def _write(tx: Transaction, table: str, mark: str, number: int, theirs: dict[str, int]) -> int:
    """Returns what other tables refer to it by, where they do."""
    if table == "report_search":
        tx.execute("INSERT INTO report_search (rowid, words) VALUES (?, ?)", (theirs["reports"], mark))
        return theirs["reports"]
    columns = tx.query(f"SELECT * FROM pragma_table_info('{table}')")
    values: dict[str, object] = {
        each["name"]: _value(table, each["name"], each["type"], mark, number) for each in columns
    }
    for name, to in _points_to(tx, table).items():
        values[name] = theirs.get(to)  # what is only made later stays empty
    if table == "outbox":
        values["comes_from"] = theirs["people"]
    if "subject" in values:
        kind, of = _SUBJECTS.get(table, _OTHERS)
        values["subject"] = f"{kind}:{theirs.get(of, number)}"
    marks = ", ".join("?" for _ in values)
    tx.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    key = next((each["name"] for each in columns if each["pk"] == 1), columns[0]["name"])
    return values[key]  # type: ignore[return-value]  # only numbers are referred to


def _value(table: str, name: str, kind: str, mark: str, number: int) -> object:
    if (table, name) in _TELEGRAMS:
        return 700_000 + number % 100
    if kind == "BLOB":
        return mark.encode()
    return f"{mark} {table}.{name}" if kind == "TEXT" else number


def _points_to(tx: Transaction, table: str) -> dict[str, str]:
    rows = tx.query(f"SELECT * FROM pragma_foreign_key_list('{table}')")
    return {row["from"]: row["table"] for row in rows}


def _in_order(tx: Transaction) -> list[str]:
    """The tables, each behind those it refers to; of two that refer to each other, the one made first comes first."""
    waiting = [table for table in tables(tx) if table not in _OF_NOBODY | _LATER]
    needs = {table: set(_points_to(tx, table).values()) - {table} for table in waiting}
    order: list[str] = []
    while waiting:
        now = [table for table in waiting if not needs[table] & set(waiting)] or waiting[:1]
        order += now
        waiting = [table for table in waiting if table not in now]
    return [*order, *sorted(_LATER)]
