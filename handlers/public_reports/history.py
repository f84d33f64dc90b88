"""What the history of a report says of its being shown to everybody."""

from typing import Any

from domain import events
from domain.events import WhyOff
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Html, Speaker, lines
from handlers.kit.update_context import UpdateContext
from handlers.public_reports import public_words
from storage.public_reports import titles

Data = dict[str, Any]


def why_off(say: Speaker, why: str) -> Html | None:
    """Why it is on the page no more, where it was not staff who took it off."""
    return {
        WhyOff.OBJECTED: say("Somebody whose report it is does not want it there."),
        WhyOff.UNFIT: say("It is about a person or of danger."),
        WhyOff.WITHDRAWN: say("It was taken back."),
        WhyOff.MERGED: say("It is part of another one now."),
    }.get(WhyOff(why) if why in set(WhyOff) else WhyOff.STAFF)


def _wording(ctx: UpdateContext, _say: Speaker, data: Data) -> Html | None:
    title = titles.by_id(ctx.tx, data["wording"])
    return public_words.in_all_languages(title) if title is not None else None


def _new_wording(ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    before = titles.by_id(ctx.tx, data["before"])
    return lines(
        _wording(ctx, say, data),
        say("Before: {words}", words=before.in_(say.language)) if before is not None else None,
    )


def _off(_ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    return why_off(say, data["why"])


def _objection(_ctx: UpdateContext, say: Speaker, data: Data) -> Html | None:
    return say("They do not mind any more.") if data["withdrawn"] else None


WORK = StaffWork(
    history={
        events.ReportReleased: lambda say, who: say("{who} showed it to everybody, by this title:", who=who),
        events.ReportPublicTitleChanged: lambda say, who: say("{who} changed the title everybody reads:", who=who),
        events.ReportTakenOff: lambda say, who: say("{who} took it off the public page.", who=who),
        events.ReportObjectionToPage: lambda say, who: say(
            "{who} said whether they mind that it is on the public page.", who=who
        ),
        events.ReportPhotoChosen: lambda say, who: say("{who} chose a photo for the public page.", who=who),
        events.ReportPhotoTakenOff: lambda say, who: say("{who} took a photo off the public page.", who=who),
    },
    history_details={
        events.ReportReleased: _wording,
        events.ReportPublicTitleChanged: _new_wording,
        events.ReportTakenOff: _off,
        events.ReportObjectionToPage: _objection,
    },
)
