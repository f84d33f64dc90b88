"""What exactly happened to a report, beside who did it: the day it was moved to, whom it was given to. For /voice."""

from collections.abc import Callable
from typing import Any

from domain import events as happened
from handlers.kit.here import Here
from handlers.kit.texts import Html, Speaker, escape, lines
from handlers.reports import describe
from storage.core.instants import from_text
from storage.people import people
from storage.reports import reports

Data = dict[str, Any]


def detail(here: Here, kind: type[happened.ReportEvent], data: Data) -> Html | None:
    """A line more about it; None when the sentence says it all."""
    found = _DETAILS.get(kind)
    return found(here, here.say, data) if found is not None else None


def _given_to(here: Here, say: Speaker, data: Data) -> Html:
    return say("In charge: {name}", name=people.by_id(here.tx, data["assignee"]).name)


def _completed(here: Here, say: Speaker, data: Data) -> Html | None:
    community = here.setup.community
    area = data.get("area")
    place = community.place_name(area, say.language) if area and community.area(area) else _typed(here, data, "place")
    return lines(
        say("Kind: {kind}", kind=describe.kind(community, say, data["category"])) if data.get("category") else None,
        say("Place: {place}", place=place) if place else None,
    )


def _typed(here: Here, data: Data, earlier: str) -> str:
    """Words of staff that an event names by a part; an event of before holds them itself, under `earlier`."""
    part = reports.part(here.tx, data["part"]) if data.get("part") is not None else None
    return (part.text if part is not None else data.get(earlier)) or ""


def _department(here: Here, say: Speaker, data: Data) -> Html | None:
    department = here.setup.community.department(data["department"])
    return escape(say.words(department.name)) if department else None


def _new_day(here: Here, say: Speaker, data: Data) -> Html:
    return say("By: {when}", when=say.moment(from_text(data["due_at"]), here.now))


def _personal(_here: Here, say: Speaker, data: Data) -> Html:
    return say("It is about a person.") if data["on"] else say("It is not about a person.")


def _handed_on(here: Here, say: Speaker, data: Data) -> Html:
    name = escape(describe.handed_to(here.setup.community, say, data.get("partner") or _typed(here, data, "to")))
    return lines(name, _ask_again(here, say, data))


def _ask_again(here: Here, say: Speaker, data: Data) -> Html:
    return say("Ask again: {when}", when=say.day(from_text(data["ask_again_at"]), here.now))


def _was_closed(_here: Here, say: Speaker, data: Data) -> Html | None:
    return say("It had been closed, and is open again.") if data.get("closed") else None


def _heard_right(_here: Here, say: Speaker, data: Data) -> Html:
    return say("It was heard right.") if data["right"] else say("It was not heard right.")


def _content(_here: Here, say: Speaker, data: Data) -> Html:
    return say("Content.") if data["content"] else say("Not content.")


def _other(name: str) -> Callable[[Here, Speaker, Data], Html]:
    return lambda _here, say, data: say("No. {number}", number=data[name])


def _judged(_here: Here, say: Speaker, data: Data) -> Html:
    return say("It is open again.") if data["opened"] else say("It stays declined.")


def _may_ring(_here: Here, say: Speaker, data: Data) -> Html | None:
    return say("They agreed that we keep their telephone number.") if data["may_ring"] else None


def _reached(_here: Here, say: Speaker, data: Data) -> Html | None:
    return None if data["reached"] else say("They were not reached.")


def _blocked(here: Here, say: Speaker, data: Data) -> Html:
    return say("Until {when}", when=say.moment(from_text(data["until"]), here.now))


_DETAILS: dict[type[happened.ReportEvent], Callable[[Here, Speaker, Data], Html | None]] = {
    happened.ReportTaken: _given_to,
    happened.ReportCompleted: _completed,
    happened.ReportSentToDepartment: _department,
    happened.ReportDeadlineMoved: _new_day,
    happened.ReportMarkedPersonal: _personal,
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
    happened.ReportRecorded: _may_ring,
    happened.ReportRungBack: _reached,
    happened.ReporterBlocked: _blocked,
}
