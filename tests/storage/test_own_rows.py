"""Rows of one person as plain values: what they are, what stands beside it of nobody, and no number of anybody else."""

from storage.core.database import Transaction
from storage.core.declared_data import Held, Withheld
from storage.personal_data import own_rows
from storage.personal_data.rooms import ROOMS
from tests.storage.filled import fill
from tests.support import in_transaction

COPIED = [held for room in ROOMS for held in room.held if not isinstance(held.export, Withheld)]


def _declared(table: str, whose: str) -> Held:
    return next(held for held in COPIED if (held.table, held.whose) == (table, whose))


@in_transaction
def test_all_that_is_declared_comes_out_and_of_nobody_else(tx: Transaction) -> None:
    numbers = fill(tx, "ANNA", "BORIS")
    for held in COPIED:
        (row,) = own_rows.rows(tx, held, numbers["ANNA"])
        assert set(held.columns.split()) <= set(row), held.table
        assert "BORIS" not in str(row), held.table


@in_transaction
def test_people_are_named_as_you_or_not_at_all(tx: Transaction) -> None:
    numbers = fill(tx, "ANNA", "BORIS")
    tx.execute("UPDATE events SET actor = ?, subject = 'person:' || ?", (numbers["ANNA"], numbers["BORIS"]))
    deeds = own_rows.rows(tx, _declared("events", "actor"), numbers["ANNA"])
    assert {(row["actor"], row["subject"]) for row in deeds} == {("you", "person")}
    about = own_rows.rows(tx, _declared("events", "subject>subjects"), numbers["BORIS"])
    assert {row["subject"] for row in about} == {"you"} and all("actor" not in row for row in about)
