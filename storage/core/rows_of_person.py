"""Which rows of a declared table are one person's, read from its declaration and the references of the schema.

What exports, erases or looks for what is left of somebody asks here, so that none of these has a list of its own that
could forget a table.
"""

from collections.abc import Sequence

from storage.core import dialect
from storage.core.database import Transaction
from storage.core.declared_data import SUBJECTS, Held

NOBODY = "1 = 0"
_OF_THEIRS = {
    "person": ("people", "id"),
    "chat": ("chats", "telegram_id>people.telegram_id"),
    "conversation": ("conversations", "person"),
    "report": ("reports", "person"),
    "part": ("report_parts", "person"),
    "danger": ("dangers", "person"),
    "repair": ("repairs", "person"),
    "pledge": ("pledges", "person"),
    "occurrence": ("occurrences", "pledge/person"),
}
"""Kinds of subjects that can be somebody's: in which table, and what leads there to the person."""


def condition(tx: Transaction, held: Held) -> str:
    """What stands behind WHERE to find the rows of `held.table` that are those of the person `:person`, our number.

    It names that one parameter, or none where the rows name nobody the database knows. Raises KeyError where `whose`
    leads nowhere.
    """
    return _leads(tx, held.table, held.whose.split("/")) if held.whose else NOBODY


def _leads(tx: Transaction, table: str, path: Sequence[str]) -> str:
    column, _, named = path[0].partition(">")
    if named == SUBJECTS:
        return f"{column} IN ({' UNION ALL '.join(_subjects(tx, kind) for kind in _OF_THEIRS)})"
    if (table, column) == ("people", "id"):
        return "id = :person"
    to, its = _target(named) if named else dialect.references(tx, table)[column]
    if (to, its) == ("people", "id"):
        return f"{column} = :person"
    onward = path[1:] or _onward[to]
    return f"{column} IN (SELECT {its} FROM {to} WHERE {_leads(tx, to, onward)})"


_onward = {"people": ("id",), "chats": ("telegram_id>people.telegram_id",)}
"""Where it goes on without being said: Telegram's number of a person, and the private chat with them."""


def _target(named: str) -> tuple[str, str]:
    table, _, column = named.partition(".")
    return table, column


def _subjects(tx: Transaction, kind: str) -> str:
    table, whose = _OF_THEIRS[kind]
    return f"SELECT '{kind}:' || id FROM {table} WHERE {_leads(tx, table, whose.split('/'))}"
