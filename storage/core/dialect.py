"""What SQLite says in its own way, in one place: pieces of SQL for statements that else every database understands.

SQLite's alone are, besides, the modules that open or copy its file (database, migrate, backup, inspection, restore) and
the full-text search (staff_room/search.py). tests/storage/test_dialect.py looks through all others.
"""

from storage.core.database import Transaction

AS_WRITTEN = "rowid"
"""Orders rows of a table without a number by when they were written."""
JSON_TRUE = "json('true')"
JSON_EMPTY_LIST = "json('[]')"
IN_THIS_ORDER = "CROSS JOIN"
"""Joins two tables and reads the left one first."""


def same(term: str, value: str) -> str:
    """Equal, also where both are empty."""
    return f"{term} IS {value}"


def differs(term: str, value: str) -> str:
    """The contrary of `same`."""
    return f"{term} IS NOT {value}"


def greatest(*terms: str) -> str:
    """The greatest of two values or more."""
    return f"max({', '.join(terms)})"


def least(*terms: str) -> str:
    """The least of two values or more."""
    return f"min({', '.join(terms)})"


def joined(term: str, separator: str = ",") -> str:
    """The texts of all rows as one."""
    return f"group_concat({term}, '{separator}')"


def each(values: str, name: str) -> str:
    """The values of a JSON list as rows: `name.value`."""
    return f"json_each({values}) AS {name}"


def member(term: str, name: str) -> str:
    """What a JSON object has under a name; empty where it has nothing."""
    return f"json_extract({term}, '$.{name}')"


def with_member(term: str, name: str, value: str) -> str:
    """A JSON object that has this under the name."""
    return f"json_set({term}, '$.{name}', {value})"


def without(term: str, *names: str) -> str:
    """A JSON object that has nothing under these names."""
    paths = ", ".join(f"'$.{name}'" for name in names)
    return f"json_remove({term}, {paths})"


def read_by(index: str, table: str) -> str:
    """A table, read by that index; its planner would take another."""
    return f"{table} INDEXED BY {index}"


def last_number(tx: Transaction, table: str) -> int:
    """The greatest number that a table which counts has ever given; 0 before the first."""
    row = tx.one("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    return 0 if row is None else int(row["seq"])


def count_on_from(tx: Transaction, table: str, number: int) -> None:
    """The next number that the table gives is greater than that."""
    tx.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))


def tables_that_count(tx: Transaction) -> list[str]:
    """Those which never give a number twice."""
    rows = tx.query("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    return [str(row["name"]) for row in rows]


def references(tx: Transaction, table: str) -> dict[str, tuple[str, str]]:
    """The columns of a table that refer to another one: to which table, and to which column of it."""
    rows = tx.query('SELECT "from" AS it, "table", "to" FROM pragma_foreign_key_list(?)', (table,))
    return {row["it"]: (row["table"], row["to"]) for row in rows}


def columns(tx: Transaction, table: str) -> dict[str, int]:
    """The columns of a table, each with its place in the key; 0 where it is no part of it."""
    rows = tx.query("SELECT name, pk FROM pragma_table_info(?)", (table,))
    return {row["name"]: row["pk"] for row in rows}


def has_schema(tx: Transaction, name: str) -> bool:
    """Whether tables of that schema can be read."""
    return tx.one("SELECT 1 FROM pragma_database_list WHERE name = ?", (name,)) is not None


def read_by_number(table: str) -> str:
    """A table, read by its number and by no index; its planner would take one."""
    return f"{table} NOT INDEXED"
