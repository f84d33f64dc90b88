"""Staff mark a report as pressing (急难愁盼) by a button behind "More", and take the mark off again."""

from typing import Any

from domain import events
from domain.reports.reports import State
from handlers.kit.staff_action import StaffAction, StaffWork
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import UpdateContext
from services.reports import pressing
from storage.reports.reports import Report


def _label(say: Speaker, report: Report) -> str:
    return say.label("Not pressing") if report.pressing else say.label("Pressing")


def _press(ctx: UpdateContext, report: Report, _value: str) -> None:
    pressing.mark(ctx.tx, ctx.who, report.id, not report.pressing)
    if report.pressing:
        ctx.pop_up(ctx.say_to_person.label("The mark “pressing” is off."))
    else:
        ctx.pop_up(ctx.say_to_person.label("Marked as pressing. Only staff see the mark."))


def _detail(_ctx: UpdateContext, say: Speaker, data: dict[str, Any]) -> Html:
    return say("It is pressing.") if data["on"] else say("It is not pressing.")


WORK = StaffWork(
    # Of what is merged the whole is marked.
    (StaffAction("pressing", _label, _press, lambda report, _parts: report.state is not State.MERGED),),
    history={events.ReportMarkedPressing: lambda say, who: say("{who} said whether it is pressing.", who=who)},
    history_details={events.ReportMarkedPressing: _detail},
)
