"""After a danger the bot asks where it is. What comes next, without a reply, goes onto the person's own card of danger.

The one exception to "never by guess" (docs/architecture.md): while that question is the bot's last one, for fifteen
minutes. It goes to staff alone, and "That was something else" takes it off again (something_else.py).
"""

from domain.core.subjects import subject
from domain.places.place_corrections import place_instead
from domain.places.places import find_areas, find_place, nearest_area
from handlers.kit.callback_data import CallbackData
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import part_of, words_in
from handlers.kit.texts import Html, paragraphs
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


def asked(here: Here) -> Rung | None:
    """The danger of which the message that came says where it is; None when it is about anything else."""
    if here.danger is not None or here.conversation is not None:
        return None
    rung = service.asked(here.tx, here.who.id)
    if rung is None or rung.asked_at is None:
        return None
    if messages.asked_since(here.tx, here.where.id, rung.asked_at, _QUESTIONS, rung.subject):
        return None
    return rung


def lets_in(here: Here, about: Message | None) -> bool:
    """Whether words may come although their person is blocked: they say where somebody is in danger."""
    rung = asked(here) if about is None else service.asked(here.tx, here.who.id)
    return rung is not None and (about is None or about.subject == rung.subject)


def take(here: Here, rung: Rung) -> None:
    """Put the message that came onto the card of danger, and say so."""
    number = service.number(rung)
    report = reports.by_id(here.tx, number)
    assert report is not None
    if here.message.point is not None:
        message = here.keep_incoming(Purpose.PART, subject("report", number))
        _point(here, rung, report, message)
    else:
        part = part_of(here, Purpose.PART, subject("report", number))
        if part is None:
            here.send(here.say("I can take words, photos, videos and voice messages."))
            return
        saying_more.add(here.tx, here.setup.community, here.who, number, [part])
        message = part.message or 0
        named(here, rung, message, words_in(here))
    said = dangers.word_of_message(here.tx, message)
    label = here.say.label("That was something else")
    markup = column([Button(label, SomethingElsePress(said.id).pack())]) if said is not None else None
    here.send(
        received(here, number), markup,
        subject=subject("report", number), purpose=Purpose.RECEIPT, reply=True, not_before=here.album_pause,
    )  # fmt: skip


def received(here: Here, number: int) -> Html:
    """What somebody reads whose words went onto their report of danger; what is still missing is asked for."""
    say, report = here.say, reports.by_id(here.tx, number)
    assert report is not None
    question = ask(here)
    rung = service.asked(here.tx, here.who.id)
    until = rung.asked_at + service.ASKED if rung is not None and rung.asked_at is not None else None
    if question is None and until is not None and not service.is_placed(report):
        question = _where(here)
    wrong = _no_such_part(here, report)
    return paragraphs(
        say("I have added this to your report no. {number} about the danger.", number=number),
        say("Place: {place}", place=describe.report_place(here.setup.community, say, report))
        if service.is_placed(report)
        else None,
        wrong,
        question,
        say("To tell the staff more, just write it here. Until {time} I add it to this report.", time=say.time(until))
        if until is not None
        else None,
    )


def _no_such_part(here: Here, report: Report) -> Html | None:
    """That what they have just written is not there ("stairwell 9"), and what was noted instead."""
    named = find_place([words_in(here) or ""], here.setup.community)
    if named.area is None or named.area.code != report.area:
        return None
    return describe.no_such_part(here.setup.community, here.say, report.area, named.missing)


def ask(here: Here) -> Html | None:
    """The question where the danger is of which the message that came speaks; None when that is known.

    Whoever shows it takes what comes next for its answer.
    """
    rung = service.standing(here.tx, here.who.id) if here.danger is not None else None
    report = reports.by_id(here.tx, service.number(rung)) if rung is not None else None
    if rung is None or report is None or service.is_placed(report):
        return None
    service.ask_where(here.tx, rung)
    return _where(here)


def _where(here: Here) -> Html:
    return here.say("Please say where it is: building and stairwell. Just write it here.")


def named(here: Here, rung: Rung, message: int, words: str | None) -> None:
    """Words that name exactly one place say where it is, unless that was said before the question.

    Where it was said afterwards already, it is what the same message reads now, or a correction; not what is mentioned.
    """
    report = reports.by_id(here.tx, service.number(rung))
    if report is None or not words:
        return
    if not service.is_placed(report) or service.placed_by(here.tx, message, report):
        areas = find_areas(words, here.setup.community)
        area = areas[0] if len(areas) == 1 else None
    else:
        area = place_instead(words, here.setup.community, report.area)
    if area is not None and area.code != report.area:
        _complete(here, rung, report, message, area=area.code)


def changed(here: Here, part: Part, words: str | None) -> None:
    """Words said afterwards were changed: they may name another place."""
    said = dangers.word_of_part(here.tx, part.id)
    rung = dangers.by_id(here.tx, said.danger) if said is not None else None
    if said is not None and rung is not None and said.message is not None and rung.person == here.who.id:
        named(here, rung, said.message, words)


def moved(here: Here, kept: Message) -> bool:
    """A shared point was moved: it is so on the card. False when the message is none."""
    location = here.message.point
    said = dangers.word_of_message(here.tx, kept.id)
    rung = dangers.by_id(here.tx, said.danger) if said is not None else None
    report = reports.by_id(here.tx, service.number(rung)) if rung is not None else None
    if location is None or rung is None or report is None or rung.person != here.who.id:
        return False
    if service.placed_afterwards(here.tx, rung, report):
        _point(here, rung, report, kept.id)
    return True


def _point(here: Here, rung: Rung, report: Report, message: int) -> None:
    location = here.message.point
    assert location is not None
    near = nearest_area(location.latitude, location.longitude, here.setup.community)
    _complete(here, rung, report, message, near.code if near else None, location.latitude, location.longitude)


def _complete(
    here: Here, rung: Rung, report: Report, message: int, area: str | None, latitude: float | None = None,
    longitude: float | None = None,
) -> None:  # fmt: skip
    completing.complete(
        here.tx, here.setup.community, here.who, report.id, area=area, latitude=latitude, longitude=longitude
    )
    now = reports.by_id(here.tx, report.id)
    assert now is not None
    service.fold_place(here.tx, rung, message, report, now)
