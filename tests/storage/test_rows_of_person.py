"""From a declaration to the rows of one person: in every declared table all that is theirs, and nothing of others."""

import pytest

from storage.core import rows_of_person, scheduled_tasks
from storage.core.database import Transaction
from storage.core.declared_data import Held
from storage.personal_data.rooms import ROOMS
from tests.storage.filled import fill
from tests.support import in_transaction

HELD = [held for room in ROOMS for held in room.held]
OF_THEIRS = {
    "people": "person", "chats": "chat", "conversations": "conversation", "reports": "report", "report_parts": "part",
    "dangers": "danger", "repairs": "repair", "pledges": "pledge", "occurrences": "occurrence",
    "broadcasts": "broadcast",
}  # fmt: skip
"""What subjects name, by the table it stands in; words to many are nobody's own."""


def _rows(tx: Transaction, held: Held, person: int) -> set[tuple[object, ...]]:
    where = rows_of_person.condition(tx, held)
    return {tuple(row) for row in tx.query(f"SELECT * FROM {held.table} WHERE {where}", {"person": person})}


@pytest.mark.parametrize("held", HELD, ids=lambda each: f"{each.table}.{each.columns.split()[0]}-{each.whose}")
@in_transaction
def test_each_person_has_their_own_row_of_every_table(tx: Transaction, held: Held) -> None:
    numbers = fill(tx, "ANNA", "BORIS")
    anna, boris = (_rows(tx, held, numbers[mark]) for mark in ("ANNA", "BORIS"))
    if not held.whose:
        assert not anna | boris, "it names nobody whom the database knows"
        return
    assert (len(anna), len(boris)) == (1, 1)
    assert anna | boris == {tuple(row) for row in tx.query(f"SELECT * FROM {held.table}")}
    assert not anna & boris


@in_transaction
def test_a_subject_is_theirs_if_the_thing_is(tx: Transaction) -> None:
    numbers = fill(tx, "ANNA", "BORIS")
    (tasks,) = (held for held in HELD if held.table == "scheduled_tasks")
    tx.execute("DELETE FROM scheduled_tasks")
    for table, kind in OF_THEIRS.items():
        for row in tx.query(f"SELECT id FROM {table}"):
            scheduled_tasks.plan(tx, "some", f"{kind}:{row['id']}", tx.now, f"{kind}:{row['id']}")
    where = rows_of_person.condition(tx, tasks)
    found = {
        mark: {row["subject"].partition(":")[0]: row["subject"] for row in tx.query(
            f"SELECT subject FROM scheduled_tasks WHERE {where}", {"person": number}
        )} for mark, number in numbers.items()
    }  # fmt: skip
    assert set(found["ANNA"]) == set(found["BORIS"]) == set(OF_THEIRS.values()) - {"broadcast"}
    assert not set(found["ANNA"].values()) & set(found["BORIS"].values())


@in_transaction
def test_without_telegram_nobody_has_a_chat(tx: Transaction) -> None:
    """An empty number of Telegram's is nobody's: not that of all who have none."""
    numbers = fill(tx, "ANNA")
    tx.execute("UPDATE people SET telegram_id = NULL")
    tx.execute("UPDATE inbox SET sender = NULL")
    for held in HELD:
        if held.whose.startswith(("sender", "telegram_id", "chat")):
            assert not _rows(tx, held, numbers["ANNA"]), held.table
