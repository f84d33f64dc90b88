"""Every column of the schema is declared: as saying something about a person, or as saying nothing of anybody."""

from scripts import privacy
from storage.core import dialect
from storage.core.database import Database, Transaction
from storage.personal_data.rooms import ROOMS

HELD = [held for room in ROOMS for held in room.held]


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


async def test_each_column_that_names_a_person_is_a_way_to_their_rows(database: Database) -> None:
    """Else what is exported to that person, or erased of them, would pass over it."""

    def naming(tx: Transaction) -> set[tuple[str, str]]:
        return {
            (table, column)
            for table in {each.table for each in HELD}
            for column, (to, _) in dialect.references(tx, table).items()
            if to == "people"
        }

    ways = {(each.table, each.whose.partition("/")[0]) for each in HELD}
    assert sorted(await database.run(naming) - ways) == [], "declare a Held whose `whose` it is"


def test_the_page_says_what_is_declared() -> None:
    assert privacy.PAGE.read_text("utf-8") == privacy.page(), "run `python scripts/privacy.py`"
