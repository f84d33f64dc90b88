"""/figures for staff: small and honest. docs/staff.md says what each line counts."""

from datetime import datetime

from domain.calendar.local_time import instant, local_time
from domain.people.rights import Action, require
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from storage.staff_room import figures
from storage.staff_room.figures import Figures


def show(ctx: UpdateContext) -> None:
    """This month, and since the start."""
    require(ctx.who.roles, Action.LOOK_UP)
    say = ctx.say
    ever = figures.of_reports(ctx.tx)
    if ever.since is None:
        ctx.send(say("Nothing has been reported yet, so there is nothing to count."))
        return
    zone = ctx.setup.community.zone
    today = local_time(ctx.now, zone)
    month = instant(datetime(today.year, today.month, 1), zone)
    ctx.send(
        paragraphs(
            lines(bold(say("Reported this month")), *_lines(say, figures.of_reports(ctx.tx, month))),
            lines(bold(say("Since {day}", day=say.day(ever.since, ctx.now))), *_lines(say, ever)),
            say(
                "Handled means: said to be fixed at least once, or declined with a reason. What is handed on is not "
                "handled. Fixed means that a resident has said so."
            ),
        )
    )


def _lines(say: Speaker, counted: Figures) -> list[Html | None]:
    def some(line: Html, count: int) -> Html | None:
        return line if count else None

    return [
        say("Collected: {count}", count=counted.collected),
        say("Handled: {count} ({percent} %)", count=counted.handled, percent=_percent(counted)),
        say("Fixed, a resident says: {count}", count=counted.confirmed),
        some(say("Closed without an answer: {count}", count=counted.unanswered), counted.unanswered),
        some(say("Closed, nobody could be asked: {count}", count=counted.not_asked), counted.not_asked),
        some(say("Declined: {count}", count=counted.declined), counted.declined),
        some(say("Taken back: {count}", count=counted.withdrawn), counted.withdrawn),
        some(say("Part of another report: {count}", count=counted.merged), counted.merged),
        some(say("Handed on and waiting: {count}", count=counted.handed_on), counted.handed_on),
        say("Opened again because it was not fixed: {count}", count=counted.reopened),
        say("Overdue now: {count}", count=counted.overdue),
    ]


def _percent(counted: Figures) -> str:
    """Rounded down, so that 100 means all."""
    return str(100 * counted.handled // counted.collected) if counted.collected else "–"
