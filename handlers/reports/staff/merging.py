"""Same as another: staff make one report part of another, and take it out again. Its people hear both."""

from collections.abc import Sequence

from domain import events
from domain.core.subjects import subject, written_number
from domain.reports.reports import State
from handlers.kit import can_be_written_to, mailer
from handlers.kit.callback_data import number_from
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, questions, staff_actions
from handlers.reports.recipients import Recipient, write
from handlers.reports.resident.resident_notices import ask_if_fixed
from handlers.reports.staff_card import move_card, refresh_staff
from services.reports import access
from services.reports import merging as service
from storage.core.database import Transaction
from storage.reports import reports, supports
from storage.reports.reports import NewPart, Part, Report

LABEL = 22
SHOWN = 80


def _sames(ctx: UpdateContext, report: Report, page: str) -> None:
    """The open ones that resemble it most, and any other by its number."""
    options = [(_named(ctx, each, LABEL), str(each.id)) for each in service.offers(ctx.tx, report)]
    if not options:
        refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again, while the answer is awaited
        staff_actions.put(ctx, report, _SAME)
        return
    options.append((ctx.say.label("Another number"), "0"))
    markup = staff_actions.choices(ctx.say, report, options, page, "same")
    refresh_staff(ctx.tx, ctx.setup, report, markup)


def _named(ctx: UpdateContext, report: Report, limit: int) -> str:
    name = describe.gist(ctx.setup.community, ctx.say, report, reports.parts(ctx.tx, report.id), limit)
    return ctx.say.label("No. {number}: {name}", number=report.id, name=name)


def _same(ctx: UpdateContext, report: Report, value: str) -> None:
    refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again
    into = number_from(value)
    if into == 0:
        staff_actions.put(ctx, report, _SAME)
    else:
        _preview(ctx, report, into)


def _which(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, which report is no. {number} the same as? Reply to this message with its number.",
        name=name,
        number=number,
    )


def _number(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    report = access.known(ctx.tx, number)
    written = written_number(words)
    if written is None:
        ctx.send(ctx.say("That is no number. Please press “Same as another” once more."), reply=True)
        return
    _preview(ctx, report, written)


def _preview(ctx: UpdateContext, report: Report, into: int) -> None:
    say = ctx.say
    main = service.target(ctx.tx, report.id, into)
    count = supports.behind(ctx.tx, report.id)
    text = paragraphs(
        bold(say("Is no. {number} the same as no. {other}?", number=report.id, other=main.id)),
        lines(escape(_named(ctx, report, SHOWN)), escape(_named(ctx, main, SHOWN))),
        say.plural(
            "{count} person behind no. {number} will hear what becomes of no. {other}.",
            "{count} people behind no. {number} will hear what becomes of no. {other}.",
            count,
            number=report.id,
            other=main.id,
        ),
    )
    staff_actions.confirm(ctx, report, text, say.label("Yes, it is the same"), "samein", str(main.id))


def _merge(ctx: UpdateContext, report: Report, value: str) -> None:
    main = service.merge(ctx.tx, ctx.setup.community, ctx.who, report.id, number_from(value))
    said = can_be_written_to.all_told(
        ctx.tx,
        ctx.say,
        report.id,
        ctx.say("No. {number} is part of no. {other} now.", number=report.id, other=main.id),
        ctx.say("No. {number} is part of no. {other} now. Its people have been told.", number=report.id, other=main.id),
    )
    ctx.edit_pressed(said, None)


def _take_out(ctx: UpdateContext, report: Report, _value: str) -> None:
    service.take_out(ctx.tx, ctx.setup.community, ctx.who, report.id)
    ctx.pop_up(ctx.say_to_person.label("No. {number} stands by itself again.", number=report.id))


def _mergeable(report: Report, _parts: Sequence[Part]) -> bool:
    return service.mergeable(report)


def _merged(report: Report, _parts: Sequence[Part]) -> bool:
    return report.state is State.MERGED


def _never(_report: Report, _parts: Sequence[Part]) -> bool:
    return False


_ACTIONS = (
    StaffAction(
        "takeout", lambda say, _report: say.label("Take out again"), _take_out, _merged, changes_state=True, front=True
    ),
    StaffAction("sames", lambda say, _report: say.label("Same as another"), _sames, _mergeable),
    StaffAction("same", lambda say, _report: say.label("Same as another"), _same, _never),
    StaffAction("samein", lambda say, _report: say.label("Same as another"), _merge, _never, changes_state=True),
)
_SAME = StaffQuestion("same", _which, _number, needs_words=True)
WORK = StaffWork(_ACTIONS, (_SAME,))


# -- who hears of it


def whole_card(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """Danger may have come with what was merged into it: then it belongs into another topic."""
    move_card(tx, setup, reports.existing(tx, event.report))


def told_merged(
    tx: Transaction, setup: Setup, event: events.ReportMerged, _report: Report, recipient: Recipient
) -> None:
    main = reports.existing(tx, event.into)
    write(
        tx, setup, recipient,
        lambda say: paragraphs(
            say("Your report no. {number} is about the same thing as no. {other}. They are looked after together: you "
                "hear what becomes of it, as everybody who reported it.", number=recipient.report.id, other=main.id),
            lines(say("Where it stands:"), bold(describe.state_for_resident(say, main.state))),
        ),
    )  # fmt: skip
    if main.state is State.RESOLVED and recipient.person.id in event.asked:
        ask_if_fixed(tx, setup, main, recipient)


def told_out(tx: Transaction, setup: Setup, event: events.ReportTakenOut, report: Report, recipient: Recipient) -> None:
    """By itself again; a question about the other one is no longer theirs to answer."""
    if recipient.chat is not None and not supports.concerns(tx, event.before, recipient.person.id):
        mailer.unbutton_newest(tx, recipient.chat.id, subject("report", recipient.report.id), questions.FIXED)

    def text(say: Speaker) -> Html:
        return paragraphs(
            say(
                "Your report no. {number} is looked after by itself again; it is not the same as no. {other}.",
                number=recipient.report.id,
                other=event.before,
            ),
            lines(say("Where it stands:"), bold(describe.state_for_resident(say, report.state))),
        )

    write(tx, setup, recipient, text)


def same_already(say: Speaker, _refusal: Exception) -> str:
    """Why it cannot be made part of that one."""
    return say.label("That is this report itself, or is part of it already. Please take another number.")
