"""Before and after a deadline whoever is in charge hears of it, once each, in working hours.

Danger has a deadline of its own, some minutes after it was told, and is spoken of at any hour.

A report has at most one row in `scheduled_tasks`, which goes through three stages: `warn` before the deadline, `late`
when it has passed, `tell` when somebody is there to be told so.
"""

from datetime import datetime, timedelta
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import ReportDueSoon, ReportOverdue, ReportOverdueTold
from domain.reports.reports import HAS_DEADLINE
from storage.core import events, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports import reports

KIND = "deadline"


def plan(tx: Transaction, community: Community, number: int, *, new: bool = False) -> None:
    """See to it that the deadline a report has now is kept in mind; called after whatever may have changed it.

    What was said of this deadline is not said again. A `new` report has none yet.
    """
    report = reports.by_id(tx, number)
    if report is None or report.due_at is None or report.state not in HAS_DEADLINE:
        return  # a row that is there finds nothing to do when its time comes
    if not new and _known(tx, number, report.due_at):
        return
    warning = min(timedelta(hours=community.care.warn_hours), (report.due_at - tx.now) / 2)
    if warning > timedelta():
        _plan(tx, number, report.due_at, "warn", report.due_at - warning)
    else:
        _plan(tx, number, report.due_at, "late", tx.now)


def back(tx: Transaction, community: Community, number: int) -> None:
    """It was opened again: its deadline counts again, and danger is not over after all."""
    report = reports.by_id(tx, number)
    if report is not None and report.danger is not None:
        in_danger(tx, community, number, rings=True)
    plan(tx, community, number)


def in_danger(tx: Transaction, community: Community, number: int, *, rings: bool) -> None:
    """A report, and what it is part of, speaks of danger now: it is due in minutes. What `rings` anew is due anew."""
    report = reports.by_id(tx, number)
    if report is None:
        return
    due_at = tx.now + timedelta(minutes=community.care.danger_minutes)
    for each in {report.id: report, (main := reports.main_of(tx, report)).id: main}.values():
        if each.due_at is None or each.due_at > due_at or (rings and each.due_at < tx.now):
            reports.change(tx, each.id, due_at=to_text(due_at))
            plan(tx, community, each.id)


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: one stage has come."""
    _, number = split(about)
    report = reports.by_id(tx, number)
    if report is None or report.due_at is None or report.state not in HAS_DEADLINE:
        return
    there = tx.now if report.danger is not None else community.hours.next_open(tx.now)
    passed = report.due_at <= tx.now
    if data["stage"] == "tell" or passed:
        if data["stage"] != "tell":
            tx.emit(ReportOverdue(report=number, due_at=to_text(report.due_at)))
        if there > tx.now:
            _plan(tx, number, report.due_at, "tell", there)
        else:
            tx.emit(ReportOverdueTold(report=number))
    elif data["stage"] == "late" or there >= report.due_at:
        _plan(tx, number, report.due_at, "late", report.due_at)
    elif there > tx.now:
        _plan(tx, number, report.due_at, "warn", there)
    else:
        tx.emit(ReportDueSoon(report=number, due_at=to_text(report.due_at)))
        _plan(tx, number, report.due_at, "late", report.due_at)


def _known(tx: Transaction, number: int, due_at: datetime) -> bool:
    planned = scheduled_tasks.noted(tx, _occurrence(number))
    if planned is not None:
        return bool(planned["due_at"] == to_text(due_at))
    said = events.newest_noted(tx, ReportOverdue.KIND, subject("report", number))
    return said is not None and said[1]["due_at"] == to_text(due_at)


def _plan(tx: Transaction, number: int, due_at: datetime, stage: str, at: datetime) -> None:
    data = {"stage": stage, "due_at": to_text(due_at)}
    scheduled_tasks.plan(tx, KIND, subject("report", number), at, _occurrence(number), data)


def _occurrence(number: int) -> str:
    return f"{KIND}:{number}"
