"""Which rows a statement really changed: triggers of one connection note them, and a rollback takes the notes along."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Touched:
    """A row that was added, changed or deleted: `people` and `chats` are those it names."""

    table: str
    row: int
    people: frozenset[int]
    chats: frozenset[int]
    about: str = ""
    """Its subject, where it has one: `conversation:12`."""


def watch(connection: sqlite3.Connection, but: Collection[str]) -> None:
    """Note from now on what is changed in all tables except `but` and those that only help to search."""
    connection.execute("CREATE TEMP TABLE touched (id INTEGER PRIMARY KEY, what TEXT, row INTEGER, named TEXT)")
    virtual = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'")
    ]
    for table, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall():
        helps = any(table == name or table.startswith(f"{name}_") for name in virtual)
        if table in but or helps or table.startswith("sqlite_"):
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        names = [
            (row[2], row[3])
            for row in connection.execute(f"PRAGMA foreign_key_list({table})")
            if row[2] in ("people", "chats")
        ]
        if table in ("people", "chats"):
            names.append((table, "id"))
        number = "0" if "WITHOUT ROWID" in sql else "{row}.rowid"
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
        for happens, row, when in (
            ("INSERT", "NEW", ""),
            ("UPDATE", "NEW", f"WHEN {changed}"),
            ("UPDATE", "OLD", f"WHEN {changed}"),
            ("DELETE", "OLD", ""),
        ):
            pairs = [f"'{other}', {row}.{column}" for other, column in names]
            pairs += [f"'subject', {row}.subject"] if "subject" in columns else []
            connection.execute(
                f"CREATE TEMP TRIGGER touched_{table}_{happens}_{row} AFTER {happens} ON {table} {when} BEGIN "
                f"INSERT INTO touched (what, row, named) VALUES ('{table}', "
                f"{number.format(row=row)}, json_array({', '.join(pairs)})); END"
            )


def mark(connection: sqlite3.Connection, number: int) -> None:
    """What is changed after this belongs to the update of that number."""
    connection.execute("INSERT INTO touched (what, row, named) VALUES ('', ?, '[]')", (number,))


def taken(connection: sqlite3.Connection) -> dict[int, set[Touched]]:
    """What was changed, by the number of the update; the notes begin anew."""
    found: dict[int, set[Touched]] = {}
    number = 0
    for table, row, named in connection.execute("SELECT what, row, named FROM touched ORDER BY id").fetchall():
        if not table:
            number = row
            continue
        pairs = json.loads(named)
        of = [(pairs[at], pairs[at + 1]) for at in range(0, len(pairs), 2)]
        of += [(f"{kind}s" if kind == "chat" else "people", int(number)) for kind, number in _meant(of)]
        people, chats = (
            frozenset(who for other, who in of if other == kind and isinstance(who, int))
            for kind in ("people", "chats")
        )
        about = next((str(what) for other, what in of if other == "subject"), "")
        found.setdefault(number, set()).add(Touched(table, row, people, chats, about))
    connection.execute("DELETE FROM touched")
    return found


def _meant(of: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """A subject that is a person or a chat: `person:12`."""
    for other, what in of:
        kind, _, number = str(what).partition(":")
        if other == "subject" and kind in ("person", "chat") and number.isdecimal():
            yield kind, number
