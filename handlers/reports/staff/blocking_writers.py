"""The button "Block" of a report's card: who is meant, where several people have said something about it."""

from collections.abc import Sequence

from handlers.kit.callback_data import number_from
from handlers.kit.staff_action import StaffAction, StaffWork
from handlers.kit.texts import one_line
from handlers.kit.update_context import UpdateContext
from handlers.people import blocking
from handlers.reports import staff_actions
from handlers.reports.staff_card import refresh_staff
from services.people import blocking as service
from services.people.blocking import Source
from storage.reports import reports
from storage.reports.reports import Part, Report

GIST = 40


def _of_report(ctx: UpdateContext, report: Report, page: str) -> None:
    """The button of a card. Where several people have said something, it is asked first whose words are meant."""
    del page
    parts = service.writers(ctx.tx, report.id)
    if len(parts) < 2:
        blocking.ask(ctx, Source.PART if parts else Source.REPORT, parts[0] if parts else report.id)
        return
    found = [part for part in (reports.part(ctx.tx, each) for each in parts) if part is not None]
    options = [(_gist(ctx, part), f"p.{part.id}") for part in found]
    refresh_staff(ctx.tx, ctx.setup, report, staff_actions.choices(ctx.say, report, options, "", "block"))
    ctx.pop_up(ctx.say_to_person.label("Whose words do you mean?"))


def _gist(ctx: UpdateContext, part: Part) -> str:
    words = one_line(part.text or ctx.say.label("voice message or photo"), GIST)
    return ctx.say.label("“{words}”", words=words)


def _chosen(ctx: UpdateContext, report: Report, value: str) -> None:
    name, _, number = value.partition(".")
    part = reports.part(ctx.tx, number_from(number)) if name == "p" else None
    said_of = reports.by_id(ctx.tx, part.report) if part is not None else None
    if part is None or said_of is None or report.id not in (said_of.id, said_of.merged_into):
        ctx.pop_up(ctx.say_to_person.label("I do not know this button. Please use a newer one."), alert=True)
        return
    refresh_staff(ctx.tx, ctx.setup, report)
    blocking.ask(ctx, Source.PART, part.id)


def _can_send(report: Report, parts: Sequence[Part]) -> bool:
    """Whoever has no Telegram cannot be blocked, but those who joined them can."""
    others = (part.person for part in parts if part.purpose in service.REPORTERS)
    return report.recorded_by is None or any(each not in (None, report.recorded_by, report.person) for each in others)


_ACTIONS = (
    StaffAction("blocks", lambda say, _report: say.label("Block"), _of_report, _can_send),
    StaffAction("block", lambda say, _report: say.label("Block"), _chosen, lambda _report, _parts: False),
)
WORK = StaffWork(_ACTIONS)
