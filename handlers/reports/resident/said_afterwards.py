"""After a danger the bot asks where it is. What comes next, without a reply, goes onto the person's own card of danger.

The one exception to "never by guess" (docs/conversations.md): while that question is the bot's last one, for fifteen
minutes. It goes to staff alone, and "That was something else" takes it off again (something_else.py).
"""

from domain.core.subjects import subject
from domain.places.place_corrections import place_instead
from domain.places.places import find_areas, find_place, nearest_area
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import part_of, words_in
from handlers.kit.texts import Html, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe
from services.reports import completing, saying_more
from services.reports import dangers as service
from storage.core import messages
from storage.core.messages import Message, Purpose
from storage.reports import dangers, reports
from storage.reports.dangers import Rung
from storage.reports.reports import Part, Report

_QUESTIONS = (Purpose.QUESTION, Purpose.PLEDGE, Purpose.PLEDGE_LIST, Purpose.INTRODUCTION)
"""Purposes of what asks somebody something, beside `asked:…` and what opens the reply bar."""


class SomethingElsePress(CallbackData, prefix="da"):
    """What was put onto a card of danger belongs to something else."""

    word: int


def danger_answered(ctx: UpdateContext) -> Rung | None:
    """The danger of which the message that came says where it is; None when it is about anything else."""
    if ctx.danger is not None or ctx.conversation is not None:
        return None
    rung = service.awaiting_place(ctx.tx, ctx.who.id)
    if rung is None or rung.asked_at is None:
        return None
    if messages.asked_since(ctx.tx, ctx.where.id, rung.asked_at, _QUESTIONS, rung.subject):
        return None
    return rung


def lets_in(ctx: UpdateContext, about: Message | None) -> bool:
    """Whether words may come although their person is blocked: they say where somebody is in danger."""
    rung = danger_answered(ctx) if about is None else service.awaiting_place(ctx.tx, ctx.who.id)
    return rung is not None and (about is None or about.subject == rung.subject)


def take(ctx: UpdateContext, rung: Rung) -> None:
    """Put the message that came onto the card of danger, and say so."""
    number = service.number(rung)
    report = reports.existing(ctx.tx, number)
    if ctx.message.point is not None:
        message = ctx.keep_incoming(Purpose.PART, subject("report", number))
        _point(ctx, rung, report, message)
    else:
        part = part_of(ctx, Purpose.PART, subject("report", number))
        if part is None:
            ctx.send(ctx.say("I can take words, photos, videos and voice messages."))
            return
        saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, [part])
        message = part.message or 0
        named(ctx, rung, message, words_in(ctx))
    said = dangers.word_of_message(ctx.tx, message)
    label = ctx.say.label("That was something else")
    markup = column(Button(label, SomethingElsePress(said.id).pack())) if said is not None else None
    ctx.send(
        received(ctx, number),
        markup,
        subject=subject("report", number),
        purpose=Purpose.RECEIPT,
        reply=True,
        not_before=ctx.album_pause,
    )


def received(ctx: UpdateContext, number: int) -> Html:
    """What somebody reads whose words went onto their report of danger; what is still missing is asked for."""
    say, report = ctx.say, reports.existing(ctx.tx, number)
    question = ask(ctx)
    rung = service.awaiting_place(ctx.tx, ctx.who.id)
    until = rung.asked_at + service.ASKED if rung is not None and rung.asked_at is not None else None
    if question is None and until is not None and not service.is_placed(report):
        question = _where(ctx)
    wrong = _no_such_part(ctx, report)
    return paragraphs(
        say("I have added this to your report no. {number} about the danger.", number=number),
        say("Place: {place}", place=describe.report_place(ctx.setup.community, say, report))
        if service.is_placed(report)
        else None,
        wrong,
        question,
        say("To tell the staff more, just write it here. Until {time} I add it to this report.", time=say.time(until))
        if until is not None
        else None,
    )


def _no_such_part(ctx: UpdateContext, report: Report) -> Html | None:
    """That what they have just written is not there ("stairwell 9"), and what was noted instead."""
    named = find_place([words_in(ctx) or ""], ctx.setup.community)
    if named.area is None or named.area.code != report.area:
        return None
    return wording.no_such_part(ctx.setup.community, ctx.say, report.area, named.missing)


def ask(ctx: UpdateContext) -> Html | None:
    """The question where the danger is of which the message that came speaks; None when that is known.

    Whoever shows it takes what comes next for its answer.
    """
    rung = service.standing(ctx.tx, ctx.who.id) if ctx.danger is not None else None
    report = reports.by_id(ctx.tx, service.number(rung)) if rung is not None else None
    if rung is None or report is None or service.is_placed(report):
        return None
    service.ask_where(ctx.tx, rung)
    return _where(ctx)


def _where(ctx: UpdateContext) -> Html:
    return ctx.say("Please say where it is: building and stairwell. Just write it here.")


def named(ctx: UpdateContext, rung: Rung, message: int, words: str | None) -> None:
    """Words that name exactly one place say where it is, unless that was said before the question.

    Where it was said afterwards already, it is what the same message reads now, or a correction; not what is mentioned.
    """
    report = reports.by_id(ctx.tx, service.number(rung))
    if report is None or not words:
        return
    if not service.is_placed(report) or service.placed_by(ctx.tx, message, report):
        areas = find_areas(words, ctx.setup.community)
        area = areas[0] if len(areas) == 1 else None
    else:
        area = place_instead(words, ctx.setup.community, report.area)
    if area is not None and area.code != report.area:
        _complete(ctx, rung, report, message, area=area.code)


def changed(ctx: UpdateContext, part: Part, words: str | None) -> None:
    """Words said afterwards were changed: they may name another place."""
    said = dangers.word_of_part(ctx.tx, part.id)
    rung = dangers.by_id(ctx.tx, said.danger) if said is not None else None
    if said is not None and rung is not None and said.message is not None and rung.person == ctx.who.id:
        named(ctx, rung, said.message, words)


def moved(ctx: UpdateContext, kept: Message) -> bool:
    """A shared point was moved: it is so on the card. False when the message is none."""
    location = ctx.message.point
    said = dangers.word_of_message(ctx.tx, kept.id)
    rung = dangers.by_id(ctx.tx, said.danger) if said is not None else None
    report = reports.by_id(ctx.tx, service.number(rung)) if rung is not None else None
    if location is None or rung is None or report is None or rung.person != ctx.who.id:
        return False
    if service.placed_afterwards(ctx.tx, rung, report):
        _point(ctx, rung, report, kept.id)
    return True


def _point(ctx: UpdateContext, rung: Rung, report: Report, message: int) -> None:
    location = ctx.message.point
    assert location is not None
    near = nearest_area(location.latitude, location.longitude, ctx.setup.community)
    _complete(ctx, rung, report, message, near.code if near else None, location.latitude, location.longitude)


def _complete(
    ctx: UpdateContext,
    rung: Rung,
    report: Report,
    message: int,
    area: str | None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> None:
    completing.complete(
        ctx.tx, ctx.setup.community, ctx.who, report.id, area=area, latitude=latitude, longitude=longitude
    )
    now = reports.existing(ctx.tx, report.id)
    service.fold_place(ctx.tx, rung, message, report, now)
