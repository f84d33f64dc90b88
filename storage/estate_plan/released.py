"""The reports on the plan: only what the public page of reports shows, and of them no number and no person."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from domain.public_reports.shown import PublicState
from storage.core.database import Transaction
from storage.public_reports.entries import EVERY, SHOWN

ALWAYS = date.min


@dataclass(frozen=True)
class Released:
    """A report everybody may see: its public address, its title, where it is (not yet as everybody may read it)."""

    code: str
    title: int
    area: str | None
    state: PublicState


def in_state(tx: Transaction, state: PublicState, since: date, limit: int) -> list[Released]:
    """Those in that state of which something new was to be read since that day; the newest first."""
    return tx.query_as(
        lambda row: _released(row, state),
        "SELECT public_reports.code, reports.public_title, reports.area FROM public_report_lists AS listed "
        "JOIN reports ON reports.id = listed.report JOIN public_reports ON public_reports.report = listed.report "
        "WHERE listed.area = ? AND listed.category = ? AND listed.state = ? AND listed.changed_on >= ? "
        f"AND {SHOWN} ORDER BY listed.changed_on DESC, listed.report DESC LIMIT ?",
        (EVERY, EVERY, state, since.isoformat(), limit),
    )


def _released(row: sqlite3.Row, state: PublicState) -> Released:
    return Released(row["code"], row["public_title"], row["area"], state)
