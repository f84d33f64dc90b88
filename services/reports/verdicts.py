"""Who is asked whether it is fixed, how long they have to say so, and what their silence comes to."""

from datetime import datetime, timedelta
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import PersonReachable, PersonUnreachable, ReportLapsed, ReportVerdictsAwaited
from domain.reports.reports import Move, State, after
from services.people import quiet
from services.reports import reopen_window
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.reports import reports, verdicts

KIND = "verdict"
BETWEEN = timedelta(days=1)
"""What was asked once more stays open for so long at least, also when the program was away for days."""


def ask_everybody(tx: Transaction, community: Community, number: int, round_: int) -> None:
    """It was said to be fixed: everybody who spoke about it, also of what was merged into it, is asked whether it is.

    Who does not answer is asked once more after `ask_again`; after `close_after` the question is closed.
    """
    verdicts.ask(tx, number, round_, number)
    again = community.care.ask_again.due(tx.now, community.hours)
    close = community.care.close_after.due(tx.now, community.hours)
    _plan(tx, number, round_, "again" if again < close else "close", min(again, close), close)


def run_due(tx: Transaction, community: Community, about: str, data: dict[str, Any]) -> None:
    """The task: nobody has answered for a while."""
    _, number = split(about)
    report = reports.by_id(tx, number)
    if report is None or report.state is not State.RESOLVED or report.rounds != data["round"]:
        return
    if data["stage"] == "close":
        reports.move(tx, report, after(report.state, Move.LAPSE), report.assignee, report.rounds)
        asked = verdicts.tally(tx, number, report.rounds).silent > 0
        tx.emit(ReportLapsed(report=number, round=report.rounds, asked=asked))
        reopen_window.plan(tx, community, number)
        return
    close = from_text(data["close"])
    allowed = quiet.allowed_from(tx.now, community)
    if allowed > tx.now:
        _plan(tx, number, report.rounds, "again", allowed, close)
        return
    if verdicts.remind(tx, number, report.rounds):
        close = max(close, tx.now + BETWEEN)
        tx.emit(ReportVerdictsAwaited(report=number, round=report.rounds, close=to_text(close)))
    _plan(tx, number, report.rounds, "close", close, close)


def reach(tx: Transaction, _community: Community, event: PersonReachable | PersonUnreachable) -> None:
    """Somebody can be written to again, or not any more: what they were asked counts as asked, or as not asked."""
    verdicts.reach(tx, event.person, reached=isinstance(event, PersonReachable))


def _plan(tx: Transaction, number: int, round_: int, stage: str, at: datetime, close: datetime) -> None:
    data = {"stage": stage, "round": round_, "close": to_text(close)}
    scheduled_tasks.plan(tx, KIND, subject("report", number), at, f"{KIND}:{number}:{round_}:{stage}", data)
