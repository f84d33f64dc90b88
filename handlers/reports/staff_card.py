"""The staff's card of a report, in the topic of its department: kept true by editing; and what is said below it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import split, subject
from domain.events import ReportSubmitted
from domain.figures.report_history import Channel
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import HAS_DEADLINE, State
from handlers.kit import mailer, wording
from handlers.kit.keyboards import Markup
from handlers.kit.parts import media_line, quoted, quoted_on
from handlers.kit.texts import Html, Speaker, bold, lines, linked, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import danger_card_words, describe, pressing_words, staff_actions
from services.reports import alarms, declining
from services.reports.steering import department_of, owed_answer
from services.staff_room import bursts
from storage.core import chats, events, messages, outbox, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.reports import reports, supports, verdicts
from storage.reports.reports import Part, Report

STAFF_WORDS = 1200
GENERAL = "general"
DANGER_TOPIC = "danger"
POINTER = "pointer"
POINTER_AFTER = timedelta(seconds=3)
POINTER_TRIES = 20
GATHERED = "gathered_card"
GATHERED_AFTER = timedelta(seconds=5)
PARTS_NAMED = 12
"""So many of the reports that are part of one are named on its card."""
RARELY = timedelta(minutes=1)


def refresh_staff(
    tx: Transaction,
    setup: Setup,
    report: Report,
    markup: Markup | None = None,
    *,
    rings: bool = True,
    lane: Lane = Lane.INTERACTIVE,
) -> int | None:
    """The staff's card; made when there is none. Returns the card, or None while no staff group is chosen.

    With `markup` it shows these buttons (a page of choices) in place of its own. A new card of danger rings, unless it
    is not to (`rings`); else it goes out in `lane`.
    """
    staff = settings.staff_chat(tx)
    if staff is None:
        return None
    card = messages.newest_card(tx, subject("report", report.id), CardRole.STAFF)
    if card is not None and card["chat"] == staff:
        number, topic = int(card["id"]), card["topic"]
        waited = rings = False
    else:
        topic = topic_for(tx, setup, staff, report)
        number = messages.new_card(tx, staff, subject("report", report.id), CardRole.STAFF, topic)
        waited = _waits_no_longer(tx, report.id)
    _write(tx, setup, report, staff, number, topic, markup, rings, lane)
    if waited:
        post_media(tx, setup, report)
    return number


def _waits_no_longer(tx: Transaction, number: int) -> bool:
    """Whether its card was put off in a burst; the message that names it is told that the card is here."""
    waited, named_by = bursts.has_come(tx, number)
    if named_by is not None:
        scheduled_tasks.plan_once(
            tx, GATHERED, subject("card", named_by), tx.now + GATHERED_AFTER, f"{GATHERED}:{named_by}"
        )
    return waited


def move_card(tx: Transaction, setup: Setup, report: Report, *, below: bool = False, rings: bool = False) -> None:
    """The staff's card, in the topic it belongs into now; with `below` anew at the bottom, where staff look.

    Only what speaks of danger now `rings`: not each word about what was dangerous an hour ago.

    The card that stood there is shortened to a pointer once the new one is on the screen. At most once a minute to the
    bottom: somebody who writes ten lines has not ten cards.
    """
    staff = settings.staff_chat(tx)
    card = messages.newest_card(tx, subject("report", report.id), CardRole.STAFF)
    if staff is None or card is None or card["chat"] != staff:
        refresh_staff(tx, setup, report)
        return
    topic = topic_for(tx, setup, staff, report)
    elsewhere = topic != card["topic"] and chats.by_id(tx, staff).is_forum
    lately = messages.made_at(tx, card["id"]) > tx.now - RARELY
    if card["message_id"] is None or not (elsewhere or (below and not lately)):
        messages.set_card_topic(tx, card["id"], topic)
        _write(tx, setup, report, staff, int(card["id"]), topic, None)
        return
    number = messages.new_card(tx, staff, subject("report", report.id), CardRole.STAFF, topic)
    _write(tx, setup, report, staff, number, topic, None, rings)
    _plan_pointer(tx, report.id, int(card["id"]), 0)


def point_on(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: a card that was moved says where it is, now that Telegram has told the address."""
    _, report = split(about)
    message = messages.card_message(tx, data["card"])
    newest = messages.newest_card(tx, about, CardRole.STAFF)
    if message is None or newest is None:
        return
    if newest["message_id"] is None and data["tries"] < POINTER_TRIES:
        _plan_pointer(tx, report, data["card"], data["tries"] + 1)
        return
    say = setup.group_speaker
    url = card_link(tx, report)
    where = linked(say("Open it"), url) if url else None
    text = lines(say("No. {number}: the card has moved further down.", number=report), where)
    mailer.edit(tx, newest["chat"], message, text, subject=about)


def _plan_pointer(tx: Transaction, report: int, card: int, tries: int) -> None:
    data = {"card": card, "tries": tries}
    scheduled_tasks.plan(
        tx, POINTER, subject("report", report), tx.now + POINTER_AFTER * (tries + 1), f"{POINTER}:{card}", data
    )


def _write(
    tx: Transaction, setup: Setup, report: Report, chat: int, card: int, topic: int | None, markup: Markup | None,
    rings: bool = False, lane: Lane = Lane.INTERACTIVE,
) -> None:  # fmt: skip
    say = setup.group_speaker
    # Out of hours a new card makes no sound, unless somebody may be in danger. One that has not gone out still rings.
    rings = (rings and report.danger is not None) or outbox.rings(tx, card)
    silent = not rings and not setup.community.hours.is_open(tx.now)
    parts = reports.parts(tx, report.id)
    mailer.card(
        tx,
        chat,
        card,
        staff_text(tx, setup, say, report, parts),
        markup or staff_actions.front(setup, report, parts),
        topic=topic,
        subject=subject("report", report.id),
        purpose=Purpose.CARD,
        silent=silent,
        lane=Lane.URGENT if rings else lane,
    )


def card_link(tx: Transaction, number: int) -> str | None:
    """The address of a report's card in the staff group; None while it is not sent, or where messages have none."""
    card = messages.newest_card(tx, subject("report", number), CardRole.STAFF)
    if card is None or card["message_id"] is None:
        return None
    group = str(chats.by_id(tx, card["chat"]).telegram_id)
    # Only supergroups have addresses: their ids are these numbers behind -100.
    return f"https://t.me/c/{group.removeprefix('-100')}/{card['message_id']}" if group.startswith("-100") else None


def post_media(tx: Transaction, setup: Setup, report: Report) -> None:
    """Put under a staff card what it has no room for: the rest of long words, photos and voice messages."""
    about = subject("report", report.id)
    card = messages.newest_card(tx, about, CardRole.STAFF)
    if card is None:
        return
    below = mailer.below(card, about)
    reported = [part for part in reports.parts(tx, report.id) if part.purpose == PartPurpose.REPORT]
    for words in quoted_on(reported, STAFF_WORDS):
        mailer.send(tx, card["chat"], words, silent=True, **below)
    mailer.send_files(tx, card["chat"], reported, silent=True, **below)


def to_staff(
    tx: Transaction,
    setup: Setup,
    report: Report,
    text: Html | None,
    parts: Sequence[Part] = (),
    markup: Markup | None = None,
    ring: bool = True,
    lane: Lane = Lane.INTERACTIVE,
) -> None:
    """A message under the staff's card, in its topic; without `text` only the files.

    What concerns a merged report comes under the card of the one it is part of, where staff work on it.
    """
    report = reports.main_of(tx, report)
    about = subject("report", report.id)
    card = messages.newest_card(tx, about, CardRole.STAFF)
    if card is None and refresh_staff(tx, setup, report) is not None:
        card = messages.newest_card(tx, about, CardRole.STAFF)  # it waited in a burst
    if card is None:
        return
    chat, below = card["chat"], mailer.below(card, about)
    if text is not None:
        row = mailer.send(tx, chat, text, markup, silent=not ring, lane=lane, **below)
        if lane == Lane.URGENT:
            alarms.comes_with(tx, about, row)
        for words in quoted_on(parts):
            mailer.send(tx, chat, words, silent=True, lane=lane, **below)
    mailer.send_files(tx, chat, parts, silent=True, **below)


def topic_for(tx: Transaction, setup: Setup, staff: int, report: Report) -> int:
    """The topic of the department that answers for a category; one for all danger, and a general one for the rest."""
    if report.danger is not None:
        return chats.topic(tx, staff, DANGER_TOPIC, setup.group_speaker.label("Danger"))
    department = setup.community.department(department_of(setup.community, report))
    if department is None:
        return chats.topic(tx, staff, GENERAL, setup.group_speaker.label("New reports"))
    return chats.topic(tx, staff, department.code, department.name.in_(setup.group_speaker.language))


def staff_text(tx: Transaction, setup: Setup, say: Speaker, report: Report, parts: list[Part]) -> Html:
    """What staff read. Never who reported it."""
    community = setup.community
    reported = [part for part in parts if part.purpose == PartPurpose.REPORT]
    danger = danger_card_words.kinds(tx, community, say, report)
    behind = supports.behind(tx, report.id)
    assignee = wording.named(say, people.by_id(tx, report.assignee)) if report.assignee else None
    return paragraphs(
        lines(
            bold(danger_card_words.headline(tx, say, report, danger)) if danger else None,
            danger_card_words.blocked(tx, say, report),
            bold(say("No. {number} · {state}", number=report.id, state=describe.stands_for_staff(say, report))),
            pressing_words.line(tx, say, report, behind),
            *(line(say, report) for line in setup.features.card_lines),
            *(line(tx, setup, say, report) for line in setup.features.looked_up_lines),
            bold(report.title) if report.title else None,
            _nameless_line(say, report),
            quoted(reported, STAFF_WORDS),
            media_line(say, reported),
            _heard_line(say, report, parts),
            say("Kind: {kind}", kind=describe.kind(community, say, report.category)),
            say("Place: {place}", place=describe.report_place(community, say, report)),
            map_line(say, report),
            describe.relation_for_staff(say, report.relation),
        ),
        danger_card_words.said_afterwards(tx, say, report),
        lines(
            _follows_line(tx, say, report),
            _part_of_line(tx, say, report),
            _parts_line(tx, say, report),
            say.plural("{count} person", "{count} people", behind) if behind > 1 else None,
            say("In charge: {name}", name=assignee) if assignee else say("In charge: nobody yet"),
            say("Sent: {when}", when=say.moment(report.created_at, tx.now)),
            _recorded_line(tx, say, report),
            _due_line(say, report, tx),
            describe.handed_on(community, say, report, tx.now),
            _talk_line(say, parts),
            _waits_line(say, report, parts, tx),
            _verdict_line(tx, say, report),
            say("A resident does not agree that it is declined; a lead decides.")
            if declining.waits(tx, report)
            else None,
        ),
    )


def _nameless_line(say: Speaker, report: Report) -> Html | None:
    if report.nameless_at is None:
        return None
    return say(
        "It was closed long ago. Its words, photos and place, and who reported it, were deleted on {day}.",
        day=say.dated(report.nameless_at),
    )


def _recorded_line(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    if report.recorded_by is None:
        return None
    name = people.by_id(tx, report.recorded_by).name
    noted = events.newest_noted(tx, ReportSubmitted.KIND, subject("report", report.id))
    came = noted[1].get("channel") if noted is not None else None
    if came == Channel.COUNTER:
        return say("Recorded by {name}, at the counter", name=name)
    if came == Channel.PHONE:
        return say("Recorded by {name}, on the phone", name=name)
    return say("Recorded by {name}, at the counter or on the telephone", name=name)


def _part_of_line(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    if report.merged_into is None:
        return None
    number = linked(say("no. {number}", number=report.merged_into), card_link(tx, report.merged_into))
    return say("Its people hear what becomes of {number}. Work on that one.", number=number)


def _follows_line(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """Where it comes from, or where it goes on, when repairing it has not helped."""
    if report.follows is not None:
        number = linked(say("no. {number}", number=report.follows), card_link(tx, report.follows))
        return say("Broken again: continues {number}, which was reopened twice.", number=number)
    later = None if report.state.is_open else next(iter(reports.following(tx, report.id)), None)
    if later is None:
        return None
    number = linked(say("no. {number}", number=later.id), card_link(tx, later.id))
    return say("Broken again: continued in {number}.", number=number)


def _parts_line(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """What is part of it, each number leading to its card."""
    merged = reports.merged_into(tx, report.id)
    if not merged:
        return None
    numbers = [linked(say("no. {number}", number=each.id), card_link(tx, each.id)) for each in merged[:PARTS_NAMED]]
    left = len(merged) - PARTS_NAMED
    more = [say("{count} more", count=left)] if left > 0 else []
    return say("Together with it: {numbers}", numbers=say.listed([*numbers, *more]))


def _heard_line(say: Speaker, report: Report, parts: list[Part]) -> Html | None:
    if report.heard is None:
        spoken = any(
            part.kind in (PartKind.VOICE, PartKind.VIDEO_NOTE, PartKind.AUDIO)
            for part in parts
            if part.purpose == PartPurpose.REPORT
        )
        return say("Please listen, and write what you heard.") if spoken else None
    said = say("Heard: “{words}”", words=report.heard)
    if report.heard_right is None and not describe.wrote(report, report.person, parts):
        return said  # whoever spoke has taken it back, and others do not read it
    if report.heard_right is None:
        return lines(said, say("(the resident is asked whether that is right)"))
    return lines(
        said, say("(right, the resident says)") if report.heard_right else say("(not right, the resident says)")
    )


def map_line(say: Speaker, report: Report) -> Html | None:
    """A link to the point somebody shared; None when nobody did."""
    if report.latitude is None or report.longitude is None:
        return None
    url = f"https://www.openstreetmap.org/?mlat={report.latitude:.5f}&mlon={report.longitude:.5f}#map=18"
    return Html(f'<a href="{url}">{say("Point on the map")}</a>')


def _due_line(say: Speaker, report: Report, tx: Transaction) -> Html | None:
    if report.due_at is None or report.state not in HAS_DEADLINE:
        return None
    when = say.moment(report.due_at, tx.now)
    return say("OVERDUE since {when}", when=when) if report.due_at < tx.now else say("By: {when}", when=when)


def _talk_line(say: Speaker, parts: list[Part]) -> Html | None:
    first = [part for part in parts if part.first is None and part.taken_back_at is None]
    answers = sum(
        part.purpose in (PartPurpose.ANSWER, PartPurpose.ALONE) or (part.purpose == PartPurpose.NOTE and part.released)
        for part in first
    )
    notes = sum(part.purpose == PartPurpose.NOTE and not part.released for part in first)
    said = [
        say.plural("{count} answer", "{count} answers", answers) if answers else None,
        say.plural("{count} note", "{count} notes", notes) if notes else None,
    ]
    return Html(" · ".join(part for part in said if part)) if any(said) else None


def _waits_line(say: Speaker, report: Report, parts: list[Part], tx: Transaction) -> Html | None:
    """Whether the resident owes staff an answer."""
    asked = owed_answer(tx, report, parts)
    if asked is None or not report.state.is_open:
        return None
    return say("The resident was asked on {when}; no answer yet", when=say.moment(asked.created_at, tx.now))


def _verdict_line(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    if report.state not in (State.RESOLVED, State.CONFIRMED, State.UNANSWERED, State.REOPENED, State.CLOSED):
        return None
    tally = verdicts.tally(tx, report.id, report.rounds)
    said = (
        (tally.yes, say.plural("{count} yes", "{count} yes", tally.yes)),
        (tally.no, say.plural("{count} no", "{count} no", tally.no)),
        (tally.silent, say.plural("{count} not answered", "{count} not answered", tally.silent)),
        (tally.unasked, say.plural("{count} could not be asked", "{count} could not be asked", tally.unasked)),
    )
    return Html(" · ".join(text for count, text in said if count)) or None
