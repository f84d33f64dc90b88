"""What is asked for each hour, or by each member of staff, is answered by an index, however much is kept."""

import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.background import retention
from domain.community import Community
from domain.operations.retention import KeptDays
from domain.reports.reports import State
from storage.broadcasts import copies, recipients
from storage.core import sends
from storage.core.database import Database, Transaction
from storage.reports import reports as stored
from storage.staff_room import queue
from tests.services.reporting import stands, submitted
from tests.support import person
from tests.walk.plans import Plans

ASKED: dict[str, tuple[Callable[[Transaction], Any], str]] = {
    "overdue": (lambda tx: queue.page(tx, queue.overdue(tx), None, 6), "reports_work_due"),
    "how many are overdue": (lambda tx: queue.count(tx, queue.overdue(tx)), "reports_work_due"),
    "due soon": (lambda tx: queue.page(tx, queue.due_soon(tx), None, 6), "reports_work_due"),
    "handed on": (lambda tx: queue.page(tx, queue.handed_on(), None, 6), "reports_handed_on"),
    "to ask again": (lambda tx: queue.count(tx, queue.to_ask_again(tx)), "reports_handed_on"),
    "mine": (lambda tx: queue.page(tx, queue.mine(1), None, 6), "reports_work_assignee"),
    "what ended goes": (lambda tx: sends.forget_finished(tx, timedelta(days=7), 100), "outbox_finished"),
    "its words go": (lambda tx: sends.forget_finished(tx, timedelta(days=7), 100), "outbox_once_worded"),
    "what went out lately": (lambda tx: sends.sent_since(tx, tx.now), "outbox_finished"),
    "who is next to get what is said to many": (lambda tx: recipients.next_due(tx, 1), "broadcast_recipients_waiting"),
    "whose copy is in the outbox": (lambda tx: recipients.queued(tx, 1), "broadcast_recipients_queued"),
    "what became of those": (lambda tx: recipients.ended(tx, 1), "broadcast_recipients_queued"),
    "the files somebody has of it": (lambda tx: copies.files(tx, 1, [2, 3], [4, 5]), "cards_broadcasts"),
    "the same, what comes once": (lambda tx: sends.sent_since(tx, tx.now), "outbox_finished_once"),
}


@pytest.mark.parametrize("what", ASKED)
async def test_it_is_read_in_the_order_of_its_index(
    database: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ask, index = ASKED[what]
    plans = Plans()
    monkeypatch.setattr(Transaction, "execute", plans.listening(Transaction.execute))

    def details(tx: Transaction) -> list[str]:
        ask(tx)
        seen = list(plans._seen.items())
        return [_detail(row) for sql, values in seen for row in tx.query(f"EXPLAIN QUERY PLAN {sql}", values)]

    said = await database.run(details)
    assert any(f"INDEX {index} " in f"{each} " for each in said), said
    assert not [each for each in said if each in ("SCAN reports", "SCAN outbox") or "sqlite_autoindex" in each]


LARGE = "reports|report_parts|supports|verdicts|dangers|events|messages|cards|outbox|people|repairs|repair_parts"


async def test_a_night_reads_only_what_goes(
    database: Database, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large the tables are: each piece costs what it takes out."""
    plans = Plans()

    def details(tx: Transaction) -> list[tuple[str, str]]:
        number = submitted(tx, community, person(tx, "Mei"))
        stands(tx, number, State.CONFIRMED)
        person(tx, "Bo")
        tx.now += timedelta(days=2000)
        monkeypatch.setattr(Transaction, "execute", plans.listening(Transaction.execute))
        for step in retention.steps(KeptDays()):
            step.forget(tx, tx.now - timedelta(days=1), 10)
        monkeypatch.undo()
        assert stored.existing(tx, number).nameless_at is not None
        # Of an INSERT it names what would be looked at if another row had to give way.
        seen = [each for each in plans._seen.items() if not each[0].startswith("INSERT INTO people")]
        return [(_detail(row), sql) for sql, values in seen for row in tx.query(f"EXPLAIN QUERY PLAN {sql}", values)]

    said = await database.run(details)
    assert not [each for each in said if re.match(rf"SCAN ({LARGE})\b", each[0])]
    by_kind = [sql for detail, sql in said if "events_kind" in detail]
    assert all(
        sql.startswith("DELETE FROM events WHERE id IN (SELECT id FROM events WHERE kind = ?") for sql in by_kind
    )


def _detail(row: sqlite3.Row) -> str:
    return str(row["detail"])
