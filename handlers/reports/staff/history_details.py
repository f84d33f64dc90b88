"""What exactly happened to a report, beside who did it: the day it was moved to, whom it was given to. For /history."""

from typing import Any

from domain import events as happened
from domain.figures.report_history import Channel
from handlers.kit.staff_action import Detail
from handlers.kit.texts import Html, Speaker, escape, lines
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe
from storage.core.instants import from_text
from storage.people import people
from storage.reports import reports

Data = dict[str, Any]


def _given_to(ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("In charge: {name}", name=people.by_id(ctx.tx, data["assignee"]).name)


def _completed(ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    community = ctx.setup.community
    area = data.get("area")
    place = community.place_name(area, say.language) if area and community.area(area) else _typed(ctx, data, "place")
    return lines(
        say("Kind: {kind}", kind=describe.kind(community, say, data["category"])) if data.get("category") else None,
        say("Place: {place}", place=place) if place else None,
    )


def _typed(ctx: UpdateContext, data: Data, earlier: str) -> str:
    """Words of staff that an event names by a part; an event of before holds them itself, under `earlier`."""
    part = reports.part(ctx.tx, data["part"]) if data.get("part") is not None else None
    return (part.text if part is not None else data.get(earlier)) or ""


def _department(ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    department = ctx.setup.community.department(data["department"])
    return escape(say.words(department.name)) if department else None


def _new_day(ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("By: {when}", when=say.moment(from_text(data["due_at"]), ctx.now))


def _handed_on(ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    name = escape(describe.handed_to(ctx.setup.community, say, data.get("partner") or _typed(ctx, data, "to")))
    return lines(name, _ask_again(ctx, say, data))


def _ask_again(ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("Ask again: {when}", when=say.day(from_text(data["ask_again_at"]), ctx.now))


def _was_closed(_ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    return say("It had been closed, and is open again.") if data.get("closed") else None


def _heard_right(_ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("It was heard right.") if data["right"] else say("It was not heard right.")


def _content(_ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("Content.") if data["content"] else say("Not content.")


def _other(name: str) -> Detail:
    return lambda _ctx, say, data: say("No. {number}", number=data[name])


def _judged(_ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("It is open again.") if data["opened"] else say("It stays declined.")


def _recorded(_ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    came = {Channel.COUNTER: say("They came to the counter."), Channel.PHONE: say("They called.")}
    return lines(
        came.get(data.get("channel") or Channel.RECORDED),
        say("They agreed that we keep their telephone number.") if data["may_ring"] else None,
    )


def _reached(_ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    return None if data["reached"] else say("They were not reached.")


def _blocked(ctx: UpdateContext, say: Speaker, data: Data) -> Html:
    return say("Until {when}", when=say.moment(from_text(data["until"]), ctx.now))


DETAILS: dict[type[happened.Event], Detail] = {
    happened.ReportTaken: _given_to,
    happened.ReportCompleted: _completed,
    happened.ReportSentToDepartment: _department,
    happened.ReportDeadlineMoved: _new_day,
    happened.ReportHandedOn: _handed_on,
    happened.ReportAskedAgain: _ask_again,
    happened.ReportHeardConfirmed: _heard_right,
    happened.ReportHandlingJudged: _content,
    happened.ReportReopened: _was_closed,
    happened.ReportFollowed: _other("by"),
    happened.ReportMerged: _other("into"),
    happened.ReportTakenIn: _other("other"),
    happened.ReportTakenOut: _other("before"),
    happened.ReportLetGo: _other("other"),
    happened.ReportObjectionJudged: _judged,
    happened.ReportRecorded: _recorded,
    happened.ReportRungBack: _reached,
    happened.ReporterBlocked: _blocked,
}
