"""The rows that are one person's, as plain values: what is declared of them, and what else stands in them of nobody.

A number of another person never comes out: where a column names somebody, it says "you" or nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from storage.core import dialect, rows_of_person
from storage.core.database import Transaction
from storage.core.declared_data import Held
from storage.personal_data.rooms import ROOMS

YOU = "you"
Row = dict[str, Any]
_PERSON = re.compile(r"person:(\d+)", re.ASCII)


def of_nobody() -> Mapping[str, frozenset[str]]:
    """The columns that say nothing of anybody by themselves, by table: what they stand beside says what they mean."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for table, columns in room.nothing.items():
            found.setdefault(table, set()).update(columns.split())
    return {table: frozenset(columns) for table, columns in found.items()}


def rows(tx: Transaction, held: Held, person: int) -> list[Row]:
    """That person's rows of what is declared, in the order of their keys."""
    names = dialect.columns(tx, held.table)
    wanted = set(held.columns.split()) | of_nobody().get(held.table, frozenset())
    columns = [name for name in names if name in wanted]
    people = {column for column, (table, _) in dialect.references(tx, held.table).items() if table == "people"}
    order = ", ".join(name for name, place in sorted(names.items(), key=lambda each: each[1]) if place) or columns[0]
    found = tx.query(
        f"SELECT {', '.join(columns)} FROM {held.table} WHERE {rows_of_person.condition(tx, held)} ORDER BY {order}",
        {"person": person},
    )
    return [{name: _value(name in people, row[name], person) for name in columns} for row in found]


def _value(names_a_person: bool, value: Any, person: int) -> Any:
    if names_a_person:
        return YOU if value == person else None
    if isinstance(value, bytes):
        return None
    if isinstance(value, str) and (named := _PERSON.fullmatch(value)):
        return YOU if int(named[1]) == person else "person"
    return value
