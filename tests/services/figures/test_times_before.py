"""What a database of 0.2.0 knows of promises comes into the record when it is brought to the newest schema."""

import json

import pytest

from domain.community import Community
from storage.core.database import Transaction
from storage.core.migrate import MIGRATIONS
from tests.services.figures.random_community import RandomCommunity
from tests.services.figures.test_all_figures import ALL_TIME, figures
from tests.support import in_transaction

NEW = ("pledge.times_set", "pledge.times_dropped", "pledge.time_closed")


def as_before(tx: Transaction) -> None:
    """Take out of the record what was not noted then."""
    tx.execute(f"DELETE FROM events WHERE kind IN {NEW}")
    for row in tx.query("SELECT id, kind, data FROM events WHERE kind LIKE 'pledge.%'"):
        data = json.loads(row["data"])
        gone = {"outcome", "maker"} | ({"occurrence"} if row["kind"] == "pledge.check_in_undone" else set())
        kept = {name: value for name, value in data.items() if name not in gone}
        tx.execute("UPDATE events SET data = ? WHERE id = ?", (json.dumps(kept), row["id"]))


@pytest.mark.parametrize("seed", range(3))
@in_transaction
def test_all_that_is_known_of_times_is_counted(tx: Transaction, community: Community, seed: int) -> None:
    RandomCommunity(tx, community, seed).lives(300)
    now = figures(tx, community, ALL_TIME).pledges
    assert now is not None and now.due > 5 and len(now.times) > 2
    as_before(tx)
    before = figures(tx, community, ALL_TIME).pledges
    assert before is not None and before.due == 0, "which times there were was not in the record"
    script = (MIGRATIONS / "0035_times_of_promises.sql").read_text("utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            tx.execute(statement)
    assert figures(tx, community, ALL_TIME).pledges == now
