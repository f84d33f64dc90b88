"""What a report says of the project it is in: a line of the staff's card, and sentences of its history."""

from typing import Any

from domain import events
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports.staff_card import refresh_staff
from storage.core.database import Transaction
from storage.reports import reports
from storage.reports.reports import Report


def _card_line(say: Speaker, report: Report) -> Html | None:
    """In which project it is."""
    return None if report.project is None else say("In project no. {number}", number=report.project)


def refresh(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """Its card says in which project it is."""
    refresh_staff(tx, setup, reports.existing(tx, event.report), rings=False)


def _bundled(_ctx: UpdateContext, say: Speaker, data: dict[str, Any]) -> Html:
    if data.get("before") is not None:
        return say("From project no. {before} to project no. {number}", before=data["before"], number=data["project"])
    return say("Project no. {number}", number=data["project"])


def _unbundled(_ctx: UpdateContext, say: Speaker, data: dict[str, Any]) -> Html:
    return say("Project no. {number}", number=data["project"])


WORK = StaffWork(
    card_lines=(_card_line,),
    history={
        events.ReportBundled: lambda say, who: say("{who} put it into a project.", who=who),
        events.ReportUnbundled: lambda say, who: say("It is no longer in its project."),
    },
    history_details={events.ReportBundled: _bundled, events.ReportUnbundled: _unbundled},
)
