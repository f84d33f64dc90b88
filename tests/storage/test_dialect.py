"""SQL that only SQLite understands stands in one module, where a second engine would find it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STORAGE = Path(__file__).parent.parent.parent / "storage"
SQLITES_OWN = (
    "core/dialect.py",
    "core/database.py",
    "core/migrate.py",
    "core/facts_file.py",
    "core/backup.py",
    "core/inspection.py",
    "core/left_behind.py",
    "operations/restore.py",
    "staff_room/search.py",
    "staff_room/personal_data.py",
)
"""The dialect itself; those that open or copy the file; the full-text search, and what is said of its index."""
OWN = re.compile(
    r"\bPRAGMA\b|\bsqlite_(?!errorname)\w+|\bINSERT OR\b|\bREPLACE INTO\b|\bINDEXED BY\b|\bGLOB\b|\bMATCH\b|\browid\b"
    r"|\biif\(|\bifnull\(|\bgroup_concat\(|\bjson(_\w+)?\(|\bstrftime\(|\bjulianday\(|\bdatetime\(|\bunixepoch\(|\bprintf\("
    r"|\btypeof\(|\bhex\(|\brandomblob\(|\blast_insert_rowid\(|\bLIMIT -1\b|\bCOLLATE NOCASE\b"
    r"|\bIS (NOT )?(\?|:\w)|\b(max|min)\([^()]*,|\bsum\((?!CASE)[^()]*(=|<|>| IS )"
)
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|AND|SET|JOIN|LIMIT|ORDER BY)\b")


def own(words: str) -> list[str]:
    """What in a piece of SQL is SQLite's own."""
    return [found[0] for found in OWN.finditer(words)]


def pieces() -> Iterator[tuple[str, str]]:
    """Every text in storage/ that is or could be a part of a statement, with its place."""
    for path in sorted(STORAGE.rglob("*.py")):
        name = path.relative_to(STORAGE).as_posix()
        if name in SQLITES_OWN:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield f"{name}:{node.lineno}", node.value


def test_the_rest_is_portable() -> None:
    found = list(pieces())
    assert sum(bool(SQL.search(words)) for _, words in found) > 400, "there is something to look through"
    wrong = [f"{place}: {each}" for place, words in found for each in own(words)]
    assert not wrong, "these belong into storage/core/dialect.py:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "words",
    [
        "SELECT json_extract(data, '$.x') FROM events",
        "WHERE category IS ?",
        "AND topic IS NOT :topic",
        "SET done = max(0, done + ?)",
        "ORDER BY rowid",
        "ORDER BY id DESC LIMIT -1 OFFSET ?",
        "reports INDEXED BY reports_open",
        "SELECT sum(state = 'new') FROM reports",
        "INSERT OR REPLACE INTO settings",
    ],
)
def test_what_is_sqlites_own_is_seen(words: str) -> None:
    assert own(words)


@pytest.mark.parametrize(
    "words",
    ["SELECT max(id) FROM events", "WHERE x IS NOT NULL", "sum(amount)", "count(*) FILTER (WHERE a > 1)"],
)
def test_what_everybody_understands_is_let_through(words: str) -> None:
    assert not own(words)
