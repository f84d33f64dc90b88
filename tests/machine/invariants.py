"""What is so at every moment, whatever was done: nothing points nowhere, everybody can go on, figures add up."""

from datetime import date

from domain.community import Community
from domain.figures.periods import Period
from domain.reports.reports import State
from services.figures import all_figures
from services.figures.report_figures import Asked
from storage.core.database import Transaction
from tests.services.figures.community_by_hand import as_it_stands, known_of


def nothing_points_nowhere(tx: Transaction) -> None:
    """Foreign keys."""
    broken = [tuple(row) for row in tx.query("SELECT * FROM pragma_foreign_key_check")]
    assert broken == [], f"rows that point nowhere: {broken[:3]}"


def reports_are_in_one_state(tx: Transaction) -> None:
    """Each report is in a state there is; the rest of its row says the same."""
    for row in tx.query("/* ours */ SELECT id, state, closed_at, merged_into, assignee FROM reports"):
        state = State(row["state"])
        assert (row["closed_at"] is None) == state.is_open, (row["id"], state)
        assert (row["merged_into"] is not None) == (state is State.MERGED), (row["id"], state)
    rows = tx.query(
        "/* ours */ SELECT r.id FROM reports r JOIN reports m ON m.id = r.merged_into WHERE m.merged_into IS NOT NULL"
    )
    assert not rows, "merged into what is merged itself"


def reports_can_be_reached(tx: Transaction) -> None:
    """Who reported has a card of it, as long as they are somebody, and staff have theirs while it is open."""
    rows = tx.query(
        "/* ours */ SELECT reports.id, reports.state, people.telegram_id IS NOT NULL AS somebody, "
        "EXISTS (SELECT 1 FROM cards WHERE subject = 'report:' || reports.id AND role = 'staff') AS staff, "
        "EXISTS (SELECT 1 FROM cards WHERE subject = 'report:' || reports.id AND role = 'status') AS own, "
        "(SELECT count(*) FROM events WHERE kind = 'report.submitted' AND subject = 'report:' || reports.id) AS told "
        "FROM reports JOIN people ON people.id = reports.person"
    )
    for row in rows:
        assert row["told"] == 1, f"report {row['id']} has no beginning in the record"
        assert row["staff"] or not State(row["state"]).is_open, f"staff have no card of report {row['id']}"
        assert row["own"] or not row["somebody"], f"who reported {row['id']} has no card of it"


def work_is_somebodys(tx: Transaction) -> None:
    """Nobody answers for anything who may not, and what is taken has somebody who took it."""
    gone = tx.query(
        "/* ours */ SELECT repairs.id, repairs.state FROM repairs LEFT JOIN people ON people.id = repairs.taker "
        "WHERE repairs.state IN ('taken', 'coming') AND (people.id IS NULL OR people.telegram_id IS NULL)"
    )
    assert not gone, f"repairs that are taken by nobody: {[tuple(row) for row in gone]}"


def nothing_fails(tx: Transaction) -> None:
    """No task has to be tried again."""
    failed = [
        tuple(row) for row in tx.query("/* ours */ SELECT kind, subject, data FROM scheduled_tasks WHERE tries > 0")
    ]
    assert failed == [], f"a task failed: {failed[:3]}"


def figures_add_up(tx: Transaction, community: Community) -> None:
    """Of all time the record and the tables come to the same, and each sum is that of its parts."""
    period = Period(date(2020, 1, 1), date(2100, 1, 1))
    found = all_figures.of_period(tx, community, Asked(period), tx.now)
    if found is None:  # nothing was ever reported
        assert tx.number("/* ours */ SELECT count(*) FROM reports") == 0
        return
    assert known_of(found) == as_it_stands(tx)
    total = found.reports.total
    assert total.collected == tx.number("/* ours */ SELECT count(*) FROM reports") == total.by_channel.total()
    assert total.handled == total.handled_by.total() <= total.collected
