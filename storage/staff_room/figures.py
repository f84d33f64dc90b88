"""Counting reports: how many were collected, and what became of them."""

from dataclasses import dataclass
from datetime import datetime

from domain.events import ReportReopened
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text

_STATE = "coalesce(whole.state, reports.state)"
_ASKED = (
    "EXISTS (SELECT 1 FROM verdicts WHERE verdicts.report = coalesce(whole.id, reports.id) "
    "AND verdicts.round = coalesce(whole.rounds, reports.rounds) AND asked_at IS NOT NULL)"
)


@dataclass(frozen=True)
class Figures:
    """What became of the reports collected in some time. `since` is when the first of them came, None without any.

    `handled`: said to be fixed at least once, or declined with a reason. Handing on does not count. A merged one counts
    as the one it is part of, and among `merged`. `confirmed`, `unanswered`, `not_asked`, `declined`, `withdrawn`,
    `handed_on`: as they stand. `unanswered`: somebody was asked, and nobody said yes or no. `not_asked`: nobody could
    be asked. `reopened`: a resident said no at least once. `overdue`: still to be done, and its day has passed.
    """

    collected: int
    handled: int
    confirmed: int
    unanswered: int
    not_asked: int
    reopened: int
    declined: int
    withdrawn: int
    handed_on: int
    merged: int
    overdue: int
    since: datetime | None


def of_reports(tx: Transaction, since: datetime | None = None) -> Figures:
    """The figures of all reports, or of those collected since an instant."""
    row = tx.one(
        "SELECT count(*) AS collected, "
        f"count(*) FILTER (WHERE coalesce(whole.rounds, reports.rounds) > 0 OR {_STATE} = 'declined') AS handled, "
        f"count(*) FILTER (WHERE {_STATE} = 'confirmed') AS confirmed, "
        f"count(*) FILTER (WHERE {_STATE} = 'unanswered' AND {_ASKED}) AS unanswered, "
        f"count(*) FILTER (WHERE {_STATE} = 'unanswered' AND NOT {_ASKED}) AS not_asked, "
        f"count(*) FILTER (WHERE {_STATE} = 'declined') AS declined, "
        "count(*) FILTER (WHERE reports.state = 'withdrawn') AS withdrawn, "
        "count(*) FILTER (WHERE reports.merged_into IS NOT NULL) AS merged, "
        f"count(*) FILTER (WHERE {_STATE} = 'handed_on') AS handed_on, "
        "count(*) FILTER (WHERE reports.closed_at IS NULL AND reports.state <> 'resolved' AND reports.due_at < :now) "
        "AS overdue, min(reports.created_at) AS since "
        "FROM reports LEFT JOIN reports AS whole ON whole.id = reports.merged_into WHERE reports.created_at >= :since",
        {"since": to_text(since) if since else "", "now": to_text(tx.now)},
    )
    reopened = tx.one(
        # From the few events to their reports: asked the other way round it took seconds with a hundred thousand.
        f"SELECT count(DISTINCT reports.id) AS n FROM events {dialect.IN_THIS_ORDER} reports "
        "ON reports.id = CAST(substr(events.subject, length('report:') + 1) AS INTEGER) "
        "WHERE events.kind = :reopened AND reports.created_at >= :since",
        {"since": to_text(since) if since else "", "reopened": ReportReopened.KIND},
    )
    assert row is not None and reopened is not None
    counts = {name: int(row[name]) for name in row.keys() if name != "since"}  # noqa: SIM118
    return Figures(**counts, reopened=int(reopened["n"]), since=from_text_or_none(row["since"]))
