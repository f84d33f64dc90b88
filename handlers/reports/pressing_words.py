"""How staff read that a report is pressing: on its card, and in lists."""

from domain.reports.pressing import PEOPLE, Why
from handlers.kit.texts import Html, Speaker, bold
from services.reports import pressing
from storage.core.database import Transaction
from storage.reports.reports import Report


def line(tx: Transaction, say: Speaker, report: Report, people: int) -> Html | None:
    """The line of its card, and why; None when it is not. `people`: how many stand behind it."""
    match pressing.why(tx, report, people):
        case Why.MARKED:
            return bold(say("PRESSING: marked by staff"))
        case Why.PEOPLE:
            return bold(say("PRESSING: {count} people or more have this problem", count=PEOPLE))
        case Why.REOPENED:
            return bold(say("PRESSING: reopened more than once"))
    return None


def tag(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """The word before it in a list; None when it is not."""
    return bold(say("PRESSING")) if report.state.is_open and pressing.why(tx, report) is not None else None
