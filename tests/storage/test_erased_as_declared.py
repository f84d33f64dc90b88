"""Whatever a table declares of how it is erased is so once somebody was forgotten, and of others nothing is touched."""

from typing import Any

import pytest

from domain.community import Community
from services.personal_data import forgetting
from storage.core import rows_of_person, scheduled_tasks
from storage.core.database import Transaction
from storage.core.declared_data import Erasing, Held
from storage.core.instants import to_text
from storage.people import people
from storage.personal_data.rooms import ROOMS
from tests.storage.filled import fill, tables
from tests.support import in_transaction

AT_ONCE = {"people", "roles", "blocks", "scheduled_tasks"}
"""What they are known by goes in the very transaction of their yes: tests/services/personal_data/test_forgetting.py."""
OUTSIDE = {"inbox", "outbox", "messages", "cards", "chats"}
"""These go when nothing is left in Telegram that they lead to."""
HELD = [held for room in ROOMS for held in room.held if held.table not in AT_ONCE | OUTSIDE]


def _rows(tx: Transaction, held: Held, person: int) -> list[dict[str, object]]:
    where = rows_of_person.condition(tx, held)
    return [dict(row) for row in tx.query(f"SELECT * FROM {held.table} WHERE {where}", {"person": person})]


@in_transaction
def test_each_table_is_erased_as_it_declares(tx: Transaction, community: Community) -> None:
    numbers = fill(tx, "ANNA", "BORIS")
    anna = numbers["ANNA"]
    tx.execute("UPDATE forgetting SET step = 'erasing', asked_at = ?, done_at = NULL", (to_text(tx.now),))
    before = {id(held): _rows(tx, held, anna) for held in HELD}
    others = {table: _of(tx, table, "BORIS") for table in tables(tx)}
    data: dict[str, Any] | None = {}
    while data is not None:
        forgetting.run_due(tx, community, f"person:{anna}", data)
        data = scheduled_tasks.noted(tx, f"{forgetting.KIND}:{anna}")
        scheduled_tasks.cancel(tx, f"person:{anna}", forgetting.KIND)
    for held in HELD:
        if held.erase.how is Erasing.KEEP or not held.whose:
            continue
        left = _rows(tx, held, anna)
        assert before[id(held)], f"{held.table} had nothing of theirs"
        if held.erase.how is Erasing.DELETE:
            assert left == [], held.table
        else:
            says = {each: row[each] for row in left for each in held.erase.columns.split()}
            assert left and set(says.values()) <= {None, ""}, f"{held.table}: {says}"
    assert {table: _of(tx, table, "BORIS") for table in tables(tx)} == others


def _of(tx: Transaction, table: str, mark: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in tx.query(f"SELECT * FROM {table}") if any(mark in str(value) for value in row)]


@in_transaction
def test_what_they_are_known_by_goes_with_the_yes(tx: Transaction) -> None:
    numbers = fill(tx, "ANNA", "BORIS")
    tx.execute("DELETE FROM forgetting")
    tx.execute("UPDATE people SET created_at = ?", (to_text(tx.now),))
    boris = dict(tx.query("SELECT * FROM people WHERE id = ?", (numbers["BORIS"],))[0])
    people.forget(tx, numbers["ANNA"])
    row = dict(tx.query("SELECT * FROM people WHERE id = ?", (numbers["ANNA"],))[0])
    (held,) = (each for room in ROOMS for each in room.held if each.table == "people" and "phone" in each.columns)
    (known,) = (each for room in ROOMS for each in room.held if each.table == "people" and "name" in each.columns)
    assert {row[each] for each in (held.erase.columns + " " + known.erase.columns).split()} <= {None, ""}
    assert dict(tx.query("SELECT * FROM people WHERE id = ?", (numbers["BORIS"],))[0]) == boris


@pytest.mark.parametrize("held", [held for room in ROOMS for held in room.held], ids=lambda each: each.table)
def test_what_is_emptied_is_declared_and_what_stays_has_a_reason(held: Held) -> None:
    assert set(held.erase.columns.split()) <= set(held.columns.split())
    assert (held.erase.how is Erasing.EMPTY) == bool(held.erase.columns)
    assert held.erase.but or held.erase.how is not Erasing.KEEP
