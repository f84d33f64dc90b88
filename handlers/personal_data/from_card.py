"""An admin has the data of a report's person deleted, who asked on paper or has no Telegram: by its card, two yeses."""

from domain.people.rights import Action, require
from handlers.kit.staff_action import StaffAction, StaffWork
from handlers.kit.texts import bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.personal_data.for_somebody import really, warning, whose
from handlers.reports import staff_actions
from services.personal_data import forgetting, meant
from services.personal_data.meant import Theirs
from storage.people import people
from storage.reports.reports import Report


def _ask(ctx: UpdateContext, report: Report, _value: str) -> None:
    """It says by which report, and no name."""
    person = _of_report(ctx, report)
    if person is None:
        return
    say = ctx.say
    text = paragraphs(bold(whose(say, Theirs.REPORT, report.id)), *warning(ctx, person))
    staff_actions.confirm(ctx, report, text, say.label("They have asked for it"), "forgetsure", "1")
    ctx.pop_up()


def _ask_again(ctx: UpdateContext, report: Report, _value: str) -> None:
    if _of_report(ctx, report) is None:
        return
    say = ctx.say
    staff_actions.confirm(ctx, report, bold(really(say)), say.label("Yes, delete it for good"), "forgetyes", "1")
    ctx.pop_up()


def _forget(ctx: UpdateContext, report: Report, _value: str) -> None:
    person = _of_report(ctx, report)
    if person is None:
        return
    forgetting.for_them(ctx.tx, ctx.who, person)
    ctx.pop_up(ctx.say_to_person.label("Their data are being deleted. Within an hour all of it is gone."), alert=True)


def _of_report(ctx: UpdateContext, report: Report) -> int | None:
    """Who is meant; None when they are forgotten already, which is said. Raises NotAllowed."""
    require(ctx.who.roles, Action.FORGET)
    person = meant.person(ctx.tx, Theirs.REPORT, report.id)
    if person is None or people.by_id(ctx.tx, person).forgotten:
        ctx.pop_up(ctx.say_to_person.label("The data of this person are deleted already."), alert=True)
        return None
    return person


WORK = StaffWork(
    (
        StaffAction("forget", lambda say, _report: say.label("Delete personal data"), _ask, right=Action.FORGET),
        StaffAction(
            "forgetsure",
            lambda say, _report: say.label("Delete personal data"),
            _ask_again,
            lambda _r, _parts: False,
            right=Action.FORGET,
        ),
        StaffAction(
            "forgetyes",
            lambda say, _report: say.label("Delete personal data"),
            _forget,
            lambda _r, _parts: False,
            right=Action.FORGET,
        ),
    ),
)
