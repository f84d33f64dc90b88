"""It is broken again: the button of a closed report, a late No, and words that may say so. Who hears of it.

A press opens it again at once and asks afterwards what is wrong. Words alone only ask: they stay a draft until a button
says whether it is broken again, something new, or only to be added.
"""

from domain import events
from domain.core.subjects import subject
from domain.reports.again import sounds_like_again
from domain.reports.part_purposes import PartPurpose
from handlers.kit import wording
from handlers.kit.callback_data import number_from
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import TYPED_BEFORE, typed_place
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, earlier_in, from_draft, words_of
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, recipients, staff_have_it
from handlers.reports.recipients import Recipient, known_by, write
from handlers.reports.resident import dangers
from handlers.reports.status_card import refresh_status
from services.reports import access, reopen_window, saying_more
from services.reports import reopening as service
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.reports import reports, supports
from storage.reports.reports import Report

REASON = "reason"
"""The flow that asks what is still wrong (deciding.py)."""
PREFIX = "again:"
ADD = "only:"
OFFERED = 1
CLOSED = "_closed"
"""In a draft: closed reports which its words may be about."""
REPLIED = "_replied"
"""In a draft: the closed report to which its first words replied."""


# -- by button


def press(ctx: UpdateContext, number: int) -> None:
    """`m:<number>:again` on the card of a closed report."""
    report = access.spoken(ctx.tx, ctx.who, number)
    try:
        opened = service.broken_again(ctx.tx, ctx.setup.community, ctx.who, number)
    except service.TooLate as refusal:
        refresh_status(ctx.tx, ctx.setup, report, ctx.who.id)
        ctx.pop_up(too_late(ctx, refusal), alert=True)
        return
    dangers.still(ctx, _report(ctx, opened))
    ask_what(ctx, number, opened)


def ask_what(ctx: UpdateContext, number: int, opened: int) -> None:
    """It is open again, or a new one is: said at the head of the question what is wrong, which can be left."""
    why = "no" if opened == reports.main_of(ctx.tx, _report(ctx, number)).id else "new"
    engine.begin(ctx, REASON, {"report": opened, "_why": why}, lead=opened_again(ctx, number, opened))


def opened_again(ctx: UpdateContext, number: int, opened: int) -> Html:
    """What became of saying that no. `number` is broken again."""
    known, new = known_by(ctx.tx, number, ctx.who.id), known_by(ctx.tx, opened, ctx.who.id)
    if opened != reports.main_of(ctx.tx, _report(ctx, number)).id:
        return ctx.say(
            "No. {old} was reopened twice and that did not help, so this is now a new report: no. {number}. It refers "
            "to no. {old}.",
            old=known,
            number=new,
        )
    if describe.is_suggestion(ctx.setup.community, _report(ctx, opened)):
        read = ctx.say(
            "You said that you were not really answered (no. {number}). It is open again, and the staff know.",
            number=known,
        )
        alone = ctx.say("You said that you were not really answered (no. {number}). It is open again.", number=known)
    else:
        read = ctx.say(
            "You said that no. {number} is broken again. It is open again, and the staff know.", number=known
        )
        alone = ctx.say("You said that no. {number} is broken again. It is open again.", number=known)
    return staff_have_it.known(ctx.tx, ctx.say, read, alone)


def too_late(ctx: UpdateContext, refusal: service.TooLate) -> str:
    """That it was closed too long ago, and what to do."""
    say, report = ctx.say_to_person, refusal.report
    assert report.closed_at is not None
    return say.label(
        "No. {number} was closed on {day}: too long ago to open it again. Just write what is wrong; it becomes a new "
        "report.",
        number=known_by(ctx.tx, report.id, ctx.who.id),
        day=say.day(report.closed_at, ctx.now),
    )


# -- by words: a draft that asks


def closed(ctx: UpdateContext, number: int) -> bool:
    """Whether what is said about a report is said about one that the residents, or their silence, have closed."""
    report = reports.by_id(ctx.tx, number)
    return report is not None and reports.main_of(ctx.tx, report).state in reopen_window.CLOSED_BY_RESIDENTS


def draft_about(ctx: UpdateContext, number: int) -> Draft:
    """The beginning of a draft whose words reply to a closed report: where that one was, this one may be."""
    report = _report(ctx, number)
    draft: Draft = {CLOSED: [number], REPLIED: number}
    if report.person == ctx.who.id and report.recorded_by is None:
        draft |= {"area": report.area, "place": report.place}
        draft |= {"latitude": report.latitude, "longitude": report.longitude}
    return draft


def offer(ctx: UpdateContext, draft: Draft) -> None:
    """Words without a reply that sound as if something was so again: the report closed last may be meant."""
    if CLOSED not in draft and sounds_like_again(words_of(from_draft(draft.get("words", [])))):
        draft[CLOSED] = service.lately_closed(ctx.tx, ctx.setup.community, ctx.who, OFFERED)


def question(ctx: UpdateContext, draft: Draft) -> Html | None:
    """What the summary asks; None when no closed report may be meant."""
    numbers = draft.get(CLOSED)
    if not numbers:
        return None
    if not _can_be(ctx, numbers[0]):
        return ctx.say("No. {number} is closed. Is this something new, or only to be added there?", number=numbers[0])
    if describe.is_suggestion(ctx.setup.community, _main(ctx, numbers[0])):
        return ctx.say(
            "No. {number} is closed. Were you not really answered, or is this something new?", number=numbers[0]
        )
    return ctx.say("No. {number} is closed. Is it broken again, or is this something new?", number=numbers[0])


def buttons(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    """It is broken again; and for a reply, only to add it."""
    draft, found = conversation.draft, []
    for number in draft.get(CLOSED, []):
        report = reports.by_id(ctx.tx, number)
        if (
            report is None
            or not closed(ctx, number)
            or not supports.concerns(ctx.tx, _main(ctx, number).id, ctx.who.id)
        ):
            continue
        if _can_be(ctx, number):
            found.append(Button(_label(ctx, report), button_data(conversation, f"{PREFIX}{number}")))
        if draft.get(REPLIED) == number:
            label = ctx.say.label("Only add it to no. {number}", number=number)
            found.append(Button(label, button_data(conversation, f"{ADD}{number}")))
    return found


def _label(ctx: UpdateContext, report: Report) -> str:
    if describe.is_suggestion(ctx.setup.community, _main(ctx, report.id)):
        return ctx.say.label("No. {number}: not really answered", number=report.id)
    return ctx.say.label("No. {number} is broken again", number=report.id)


def pressed(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    """One of these buttons: no report is sent, unless it goes on as a new one. False when it was none of them."""
    prefix = next((each for each in (PREFIX, ADD) if value.startswith(each)), None)
    if prefix is None:
        return False
    number = number_from(value.removeprefix(prefix))
    draft = conversation.draft
    if number not in draft.get(CLOSED, []):
        return False
    parts = [*from_draft(draft["words"]), *typed_place(draft)]
    where = number
    if prefix == PREFIX:
        try:
            where = service.broken_again(ctx.tx, ctx.setup.community, ctx.who, number, parts)
        except service.TooLate as refusal:
            ctx.pop_up(too_late(ctx, refusal), alert=True)
            return False
        dangers.still(ctx, _report(ctx, where))
        said = opened_again(ctx, number, where)
        if where == _main(ctx, number).id:
            saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, parts, purpose=PartPurpose.REASON)
            where = number
    else:
        saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, parts)
        said = staff_have_it.known(
            ctx.tx,
            ctx.say,
            ctx.say("Added to your report no. {number}. The staff can read it. It stays closed.", number=number),
            ctx.say("Added to your report no. {number}. It stays closed.", number=number),
        )
    saying_more.keep_earlier(ctx.tx, ctx.who, where, [*earlier_in(draft["words"]), *draft.get(TYPED_BEFORE, [])])
    belong_to(ctx.tx, parts, subject("report", where))
    draft["report"] = where  # a reply to these last words is about it
    engine.end(ctx, conversation, wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, said))
    drafts.ended(ctx, conversation)
    engine.take_up_parked(ctx)
    return True


def _report(ctx: UpdateContext, number: int) -> Report:
    return reports.existing(ctx.tx, number)


def _main(ctx: UpdateContext, number: int) -> Report:
    return reports.main_of(ctx.tx, _report(ctx, number))


def _can_be(ctx: UpdateContext, number: int) -> bool:
    return reopen_window.can_be(ctx.tx, ctx.setup.community, _main(ctx, number))


# -- who hears of it


def reopened(tx: Transaction, setup: Setup, event: events.ReportReopened, report: Report, recipient: Recipient) -> None:
    """What was closed is open again: all whose report it is are told, once, but for whoever said so."""
    if not event.closed or recipient.person.id in (event.actor, event.spoke_for):
        return
    suggestion = describe.is_suggestion(setup.community, report)

    def text(say: Speaker) -> Html:
        number = recipient.report.id
        if suggestion:
            return say(
                "Report no. {number} is open again: someone says that they were not really answered. The staff "
                "are looking at it again.",
                number=number,
            )
        if event.again:
            return say(
                "Report no. {number} is open again: someone says that it is broken again. The staff are looking "
                "at it again.",
                number=number,
            )
        return say(
            "Report no. {number} is open again: someone says that it is not fixed. The staff are looking at it again.",
            number=number,
        )

    write(tx, setup, recipient, text)


def window_over(tx: Transaction, setup: Setup, about: str) -> None:
    """The task: it cannot be opened again any more, and no card says that it can."""
    number = reopen_window.is_over(tx, about)
    if number is not None:
        recipients.refresh(tx, setup, number)
