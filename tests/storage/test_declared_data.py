"""Every column of the schema is declared: as saying something about a person, or as saying nothing of anybody."""

import pytest

from bot.personal_data import ROOMS
from scripts import privacy
from storage.core.database import Database, Transaction
from storage.core.declared_data import Held

HELD = [held for room in ROOMS for held in room.held]
NUMBERS = {"telegram_id", "sender", "who", "subject", "data", "rowid"}
"""Telegram's number of somebody or a hash of it; or the person, or the thing that is theirs, stands in a text."""


async def _columns(database: Database) -> dict[str, set[str]]:
    def read(tx: Transaction) -> dict[str, set[str]]:
        tables = [row["name"] for row in tx.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: {row["name"] for row in tx.query(f"SELECT name FROM pragma_table_info('{table}')")}
            for table in tables
            if not table.startswith(("sqlite_", "report_search_"))
        }

    return await database.run(read)


async def test_every_column_is_declared_and_every_declared_one_exists(database: Database) -> None:
    there = {(table, column) for table, columns in (await _columns(database)).items() for column in columns}
    declared = {each for room in ROOMS for each in room.columns()}
    assert sorted(there - declared) == [], "declare it in storage/<room>/personal_data.py, then run scripts/privacy.py"
    assert sorted(declared - there) == [], "declared, and not in the schema"


async def test_no_column_both_says_something_and_nothing(database: Database) -> None:
    held = {(each.table, column) for each in HELD for column in each.columns.split()}
    nothing = {
        (table, column) for room in ROOMS for table, columns in room.nothing.items() for column in columns.split()
    }
    assert held & nothing == set()


@pytest.mark.parametrize("held", HELD, ids=lambda each: f"{each.table}.{each.columns.split()[0]}")
async def test_a_row_leads_to_the_person_whose_it_is(database: Database, held: Held) -> None:
    """By the references of the schema, or to Telegram's number of them."""

    def leads_to(tx: Transaction) -> tuple[str, str]:
        table, column = held.table, held.whose
        for column in held.whose.split("/"):
            names = {row["name"] for row in tx.query(f"SELECT name FROM pragma_table_info('{table}')")}
            assert column in names or column == "rowid", f"{table} has no column {column}"
            references = tx.query(f'SELECT "from" AS it, "table", "to" FROM pragma_foreign_key_list(\'{table}\')')
            to = [(row["table"], row["to"]) for row in references if row["it"] == column]
            if not to:
                return table, column
            ((table, column),) = to
        return table, column

    table, column = await database.run(leads_to)
    assert (table, column) in {("people", "id"), ("chats", "id")} or column in NUMBERS, f"{table}.{column}"


def test_the_page_says_what_is_declared() -> None:
    assert privacy.PAGE.read_text("utf-8") == privacy.page(), "run `python scripts/privacy.py`"
