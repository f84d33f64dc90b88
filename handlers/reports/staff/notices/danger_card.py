"""A person's card of danger rings once; what they say afterwards is written into it, at most once a minute.

The first few answers to "Where is it?" are written at once. What the card has no room for goes below it, a few messages
a minute, each a card of its own, so that it can be taken off again.
"""

from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import split, subject
from handlers.kit import mailer
from handlers.kit.parts import quoted, quoted_on
from handlers.kit.texts import bold, lines
from handlers.kit.update_context import Setup
from handlers.reports.staff_card import refresh_staff
from services.reports import danger_cards
from services.reports import dangers as service
from storage.core import messages, outbox
from storage.core.database import Transaction
from storage.core.messages import CardRole
from storage.core.outbox import Lane
from storage.reports import dangers, reports
from storage.reports.dangers import WAITING, Rung, Said
from storage.reports.reports import Part, Report

BELOW = 3
"""So many messages (an album is one) are posted below the card in a minute."""


def more(tx: Transaction, setup: Setup, number: int, *, answer: bool) -> None:
    """More was said of a danger: it is on the card at once, or within a minute. `answer`: the person was asked."""
    rung = dangers.by_id(tx, number)
    if rung is None:
        return
    lane = danger_cards.comes_now(tx, rung, answer=answer)
    if lane is not None:
        _post(tx, setup, rung, lane)


def album_went_on(tx: Transaction, setup: Setup, number: int, part: Part) -> None:
    """A further part of an album: with those before it, when they are below the card already."""
    rung = dangers.by_id(tx, number)
    said = dangers.word_of_part(tx, part.id)
    if rung is None or said is None:
        return
    before = [each for each in _below(tx, rung) if each[1].album == part.album and each[0].id != said.id]
    if before and all(each.state != WAITING for each, _ in before):
        _post_below(tx, setup, _main(tx, rung), [(said, part)])
    else:
        more(tx, setup, number, answer=False)


def run_due(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """What was said of a danger in the last minute is written."""
    rung = danger_cards.is_due(tx, split(about)[1])
    if rung is not None:
        _post(tx, setup, rung, Lane.INTERACTIVE)


def said_again(tx: Transaction, setup: Setup, report: Report) -> list[int]:
    """A card was made anew in another group: what stood below it follows. Returns the parts that this is about."""
    found: list[int] = []
    for rung in dangers.about(tx, [subject("report", report.id)]):
        found += [each.part for each in danger_cards.post_again(tx, rung) if each.part is not None]
    return found


def _main(tx: Transaction, rung: Rung) -> Report:
    report = reports.existing(tx, service.number(rung))
    return reports.main_of(tx, report)


def _below(tx: Transaction, rung: Rung) -> list[tuple[Said, Part]]:
    found = [
        (each, reports.part(tx, each.part))
        for each in dangers.words(tx, rung.id)
        if each.part is not None and not each.on_card and service.is_said(each)
    ]
    return [(each, part) for each, part in found if part is not None]


def _post(tx: Transaction, setup: Setup, rung: Rung, lane: Lane) -> None:
    """Write the card, and some of what waits below it; the rest in a minute."""
    report = _main(tx, rung)
    if refresh_staff(tx, setup, report, lane=lane) is None:
        return  # no staff group yet: its card will have all of it
    _tell_off(tx, setup, rung, report)
    for number in _others(tx, rung, report):
        refresh_staff(tx, setup, number, lane=lane)  # it speaks of danger, too
    danger_cards.card_written(tx, rung)
    waiting = [(said, part) for said, part in _below(tx, rung) if said.state == WAITING]
    now = _some(waiting)
    _post_below(tx, setup, report, now)
    if len(now) < len(waiting):
        danger_cards.go_on(tx, rung)


def _others(tx: Transaction, rung: Rung, report: Report) -> list[Report]:
    """Other reports of the same person about which something waits to be shown on this card."""
    parts = [reports.part(tx, each.part) for each in dangers.words(tx, rung.id) if each.state == WAITING and each.part]
    found = (reports.by_id(tx, number) for number in sorted({part.report for part in parts if part is not None}))
    return [each for each in found if each is not None and each.id not in (report.id, service.number(rung))]


def _some(waiting: list[tuple[Said, Part]]) -> list[tuple[Said, Part]]:
    """As much as goes below the card in a minute; an album counts as one message."""
    found: list[tuple[Said, Part]] = []
    counted: set[str] = set()
    for said, part in waiting:
        counted.add(part.album or f"part:{part.id}")
        if len(counted) > BELOW or len(found) >= outbox.ALBUM_LIMIT:
            break
        found.append((said, part))
    return found


def _post_below(tx: Transaction, setup: Setup, report: Report, now: list[tuple[Said, Part]]) -> None:
    if not now:
        return
    about, say = subject("report", report.id), setup.group_speaker
    card = messages.newest_card(tx, about, CardRole.STAFF)
    assert card is not None
    chat = card["chat"]
    below = mailer.below(card, about)
    number_of = {part.id: said.id for said, part in now}

    def made(part: Part) -> int:
        return messages.new_card(tx, chat, about, role(number_of[part.id]), card["topic"])

    for said, part in now:
        danger_cards.posted(tx, said)
        head = bold(say("No. {number}, said afterwards ({time}):", number=report.id, time=say.time(said.created_at)))
        words = quoted([part])
        if words is not None:
            for each in (lines(head, words), *quoted_on([part])):
                mailer.card(tx, chat, made(part), each, silent=True, **below)
    parts = [part for _, part in now]
    mailer.send_files(tx, chat, parts, card=made, lane=Lane.INTERACTIVE, silent=True, **below)


def role(said: int) -> str:
    """The role of a message below a card that holds something said afterwards."""
    return f"{CardRole.SAID}{said}"


def _tell_off(tx: Transaction, setup: Setup, rung: Rung, report: Report) -> None:
    """What was about something else is gone from the card; staff who may have read it are told."""
    about, say = subject("report", report.id), setup.group_speaker
    card = messages.newest_card(tx, about, CardRole.STAFF)
    off = danger_cards.taken_off(tx, rung) if card is not None else []
    if not off or card is None:
        return
    gone = say("The resident says that this was about something else.")
    for each in off:
        part = reports.part(tx, each.part) if each.part is not None else None
        kind = part.kind if part is not None else PartKind.TEXT
        for number in messages.cards_in_role(tx, about, role(each.id), card["chat"]):
            mailer.take_back(tx, card["chat"], number, gone, kind, subject=about)
    text = say(
        "No. {number}: the resident says that what they sent at {times} was about something else. It is no longer on "
        "the card.",
        number=report.id,
        times=say.listed(dict.fromkeys(say.time(each.created_at) for each in off)),
    )
    mailer.send(tx, card["chat"], text, silent=True, **mailer.below(card, about))
