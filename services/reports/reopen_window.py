"""How long what was closed by a yes or by silence can be opened again; its cards say so, until that is over."""

from datetime import datetime

from domain.community import Community
from domain.core.subjects import split, subject
from domain.reports.reports import State
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.reports import reports, supports
from storage.reports.reports import Report

KIND = "reopenable"
CLOSED_BY_RESIDENTS = frozenset({State.CONFIRMED, State.UNANSWERED, State.CLOSED})
"""What can be opened again by those whose report it is; against declining they object. Or nobody knows who closed it:
then they can, too."""


def until(community: Community, report: Report) -> datetime | None:
    """Until when it can be opened again; None for what is not closed by those whose report it is."""
    if report.state not in CLOSED_BY_RESIDENTS or report.closed_at is None:
        return None
    return community.care.reopen_within.due(report.closed_at, community.hours)


def can_be(tx: Transaction, community: Community, report: Report) -> bool:
    """Whether somebody whose report it is may say now that it is broken again."""
    last = until(community, report)
    return last is not None and tx.now < last


def going_on(tx: Transaction, report: Report, person: int) -> Report | None:
    """The open report of a person as which a closed one goes on, after it was reopened in vain; else None."""
    if report.state not in CLOSED_BY_RESIDENTS:
        return None
    later = (each for each in reports.following(tx, report.id) if each.state.is_open)
    return next((each for each in later if supports.concerns(tx, each.id, person)), None)


def plan(tx: Transaction, community: Community, number: int) -> None:
    """It was closed: have its cards say so when it can be opened again no more."""
    report = reports.by_id(tx, number)
    last = until(community, report) if report is not None else None
    if last is not None:
        scheduled_tasks.plan(tx, KIND, subject("report", number), last, f"{KIND}:{number}")


def is_over(tx: Transaction, about: str) -> int | None:
    """The task: the number of the report, if it is closed still."""
    _, number = split(about)
    report = reports.by_id(tx, number)
    return number if report is not None and report.state in CLOSED_BY_RESIDENTS else None
