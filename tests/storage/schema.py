"""What a fresh database looks like, as a text that shows in a review what a change of the schema changes."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from storage.core.migrate import migrate


def as_made() -> str:
    """What the migrations make."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, Path(":memory:"))
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        full_text = [name for name, sql in tables if "VIRTUAL" in sql]
        # What SQLite keeps a full-text table in is its own affair.
        ours = [(name, sql) for name, sql in tables if not name.startswith(tuple(f"{each}_" for each in full_text))]
        return "\n".join(
            f"[{name}]\n" + "".join(f"{each}\n" for each in _lines(connection, name, sql)) for name, sql in ours
        )


def _lines(connection: sqlite3.Connection, table: str, sql: str) -> Iterator[str]:
    plain = _on_one_line(sql)
    if "VIRTUAL" in plain:
        yield plain
        return
    points_to = {row[3]: f" -> {row[2]}.{row[4]}" for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
    for _, name, kind, needed, default, key, _ in connection.execute(f"PRAGMA table_xinfo({table})"):
        said = f"{name} {kind}" + " NOT NULL" * needed + (f" DEFAULT {default}" if default is not None else "")
        yield said + (f" KEY {key}" if key else "") + points_to.get(name, "")
    yield from re.findall(r"AUTOINCREMENT|CHECK \(.*?\)|WITHOUT ROWID", plain)
    for row in connection.execute(f"PRAGMA index_list({table})").fetchall():
        columns = ", ".join(each[2] for each in connection.execute(f"PRAGMA index_info({row[1]})"))
        if row[3] == "u":
            yield f"UNIQUE ({columns})"
    rest = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql IS NOT NULL ORDER BY name"
    yield from (_on_one_line(made) for (made,) in connection.execute(rest, (table,)))


def _on_one_line(sql: str) -> str:
    return " ".join(re.sub(r"--.*", "", sql).split())
