"""Staff have rung somebody back and note what they say, by the buttons of handlers/reports/call_back.py."""

from domain.people.rights import Action, require
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports import questions
from handlers.reports.call_back import Rung, RungPress
from handlers.reports.resident import broken_again, deciding, objecting
from services.reports import deciding as verdicts
from services.reports import recording as service
from services.reports import reopening
from storage.reports import reports


def press(ctx: UpdateContext) -> None:
    """What somebody without Telegram says, or that they were told."""
    require(ctx.who.roles, Action.RECORD)
    pressed = ctx.callback_data(RungPress)
    _NOTED[pressed.noted](ctx, pressed.report, pressed.mark, pressed.person)


def _yes(ctx: UpdateContext, number: int, round_: int, person: int) -> None:
    verdicts.decide(ctx.tx, ctx.setup.community, ctx.who, number, round_, fixed=True, for_person=person)
    report = reports.by_id(ctx.tx, number)
    still_open = report is not None and report.state.is_open
    said = (
        ctx.say(
            "Noted: they say that no. {number} is fixed. Somebody else says it is not, so it stays open.", number=number
        )
        if still_open
        else ctx.say("Noted: they say that no. {number} is fixed. It is closed now.", number=number)
    )
    content, discontent = questions.content_or_not(ctx.say, number, round_)
    buttons = [
        Button(content.label, RungPress(number, Rung.CONTENT, round_, person).pack()),
        Button(discontent.label, RungPress(number, Rung.DISCONTENT, round_, person).pack()),
    ]
    ctx.edit_pressed(paragraphs(said, bold(ctx.say("Are they content with how it was handled?"))), column(*buttons))
    deciding.ask_no_more(ctx, number, person)


def _no(ctx: UpdateContext, number: int, round_: int, person: int) -> None:
    try:
        reopening.say_no(ctx.tx, ctx.setup.community, ctx.who, number, round_, person)
    except reopening.TooLate as refusal:
        ctx.pop_up(broken_again.too_late(ctx, refusal), alert=True)
        return
    _done(ctx, ctx.say("Noted: they say that no. {number} is not fixed. It is open again.", number=number))
    if ctx.where.is_private:
        engine.begin(ctx, deciding.REASON.name, {"report": number, "_why": "no", "_for": person})


def _content(ctx: UpdateContext, number: int, round_: int, person: int) -> None:
    verdicts.judge(ctx.tx, ctx.who, number, round_, content=True, for_person=person)
    _done(ctx, ctx.say("Noted: they are content (no. {number}).", number=number))


def _discontent(ctx: UpdateContext, number: int, round_: int, person: int) -> None:
    verdicts.judge(ctx.tx, ctx.who, number, round_, content=False, for_person=person)
    _done(ctx, ctx.say("Noted: they are not content (no. {number}).", number=number))


def _told(ctx: UpdateContext, number: int, _mark: int, person: int) -> None:
    service.rang(ctx.tx, ctx.who, number, person, reached=True)
    _done(ctx, ctx.say("Noted: they have been told (no. {number}).", number=number))


def _missed(ctx: UpdateContext, number: int, _mark: int, person: int) -> None:
    """The message stays as it is, to try again by."""
    service.rang(ctx.tx, ctx.who, number, person, reached=False)
    say = ctx.say_to_person
    ctx.pop_up(say.label("Noted. Try again later: the buttons stay. Until then they count as not asked."), alert=True)


def _object(ctx: UpdateContext, number: int, reason: int, person: int) -> None:
    if not ctx.where.is_private:
        raise InvalidCallbackData  # no such button stands in a group: why they do not agree is written down in private
    objecting.begin(ctx, number, reason, person)


def _done(ctx: UpdateContext, text: Html) -> None:
    ctx.edit_pressed(text, None)


_NOTED = {
    Rung.YES: _yes,
    Rung.NO: _no,
    Rung.CONTENT: _content,
    Rung.DISCONTENT: _discontent,
    Rung.TOLD: _told,
    Rung.MISSED: _missed,
    Rung.OBJECT: _object,
}
