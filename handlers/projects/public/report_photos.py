"""A photo of a report for the project it is in: chosen by a button of the report's card."""

from collections.abc import Sequence

from domain.core.parts import PartKind
from domain.projects.photos import Moment
from handlers.kit.callback_data import InvalidCallbackData, number_from
from handlers.kit.staff_action import StaffAction, StaffWork
from handlers.kit.texts import Speaker
from handlers.kit.update_context import UpdateContext
from handlers.reports import staff_actions
from handlers.reports.staff_card import refresh_staff
from services.projects import photos as service
from services.projects.bundling import fit
from storage.reports.reports import Part, Report


def _label(say: Speaker, _report: Report) -> str:
    return say.label("Photo for the project")


def _is_there(report: Report, parts: Sequence[Part]) -> bool:
    wanted = (*service.OF_RESIDENTS, *service.OF_STAFF)
    photos = (each.kind == PartKind.PHOTO and each.purpose in wanted for each in parts)
    return report.project is not None and fit(report) and any(photos)


def _choices(ctx: UpdateContext, report: Report, page: str) -> None:
    say = ctx.say
    found = service.to_choose(ctx.tx, report)
    options = []
    for place, part in enumerate(found, 1):
        before, after = (
            say.label("Photo {number}: before", number=place),
            say.label("Photo {number}: after", number=place),
        )
        options += [(before, f"{part.id}.{Moment.BEFORE}"), (after, f"{part.id}.{Moment.AFTER}")]
    if not options:
        ctx.pop_up(ctx.say_to_person.label("There is no photo with it."), alert=True)
        return
    refresh_staff(ctx.tx, ctx.setup, report, staff_actions.choices(say, report, options, page, "photo"))


def _chosen(ctx: UpdateContext, report: Report, value: str) -> None:
    part, _, moment = value.partition(".")
    if moment not in set(Moment):
        raise InvalidCallbackData
    photo = service.choose(ctx.tx, ctx.who, number_from(part), Moment(moment))
    refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again
    say = ctx.say_to_person
    if photo.part is None:
        ctx.pop_up(say.label("It is one of the project's photos now. Nobody else sees it yet."))
    else:
        ctx.pop_up(say.label("The resident is asked. Nobody else sees it yet."))


WORK = StaffWork(
    actions=(
        StaffAction("photos", _label, _choices, _is_there),
        StaffAction("photo", _label, _chosen, lambda _report, _parts: False),
    )
)
