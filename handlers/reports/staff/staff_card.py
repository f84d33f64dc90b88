"""The staff's card of a voice, in the topic of its department. Kept true by editing."""

from datetime import timedelta
from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import split, subject
from domain.reports.parts import PartPurpose
from domain.reports.voices import HAS_DEADLINE, State
from handlers.kit import mailer
from handlers.kit.here import Setup
from handlers.kit.keyboards import Markup
from handlers.kit.parts import media_line, quoted, quoted_on
from handlers.kit.texts import Html, Speaker, bold, lines, linked, paragraphs
from handlers.reports import describe
from handlers.reports.staff import danger_words, staff_actions
from services.reports import declining
from services.reports.steering import department_of, owed_answer
from services.staff_room import gathering
from storage.core import chats, due, messages, outbox, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.reports import supports, verdicts, voices
from storage.reports.voices import Part, Voice

STAFF_WORDS = 1200
GENERAL = "general"
URGENT = "urgent"
POINTER = "pointer"
POINTER_AFTER = timedelta(seconds=3)
POINTER_TRIES = 20
GATHERED = "gathered_card"
GATHERED_AFTER = timedelta(seconds=5)
PARTS_NAMED = 12
"""So many of the voices that are part of one are named on its card."""
RARELY = timedelta(minutes=1)


def refresh_staff(
    tx: Transaction, setup: Setup, voice: Voice, markup: Markup | None = None, *, rings: bool = True,
    lane: Lane = Lane.INTERACTIVE,
) -> int | None:  # fmt: skip
    """The staff's card; made when there is none. Returns the card, or None while no staff group is chosen.

    With `markup` it shows these buttons (a page of choices) in place of its own. A new card of danger rings, unless it
    is not to (`rings`); else it goes out in `lane`.
    """
    staff = settings.staff_chat(tx)
    if staff is None:
        return None
    card = messages.newest_card(tx, subject("voice", voice.id), CardRole.STAFF)
    if card is not None and card["chat"] == staff:
        number, topic = int(card["id"]), card["topic"]
        waited = rings = False
    else:
        topic = topic_for(tx, setup, staff, voice)
        number = messages.new_card(tx, staff, subject("voice", voice.id), CardRole.STAFF, topic)
        waited = _waits_no_longer(tx, voice.id)
    _write(tx, setup, voice, staff, number, topic, markup, rings, lane)
    if waited:
        post_media(tx, setup, voice)
    return number


def _waits_no_longer(tx: Transaction, number: int) -> bool:
    """Whether its card was put off in a burst; the message that names it is told that the card is here."""
    waited, named_by = gathering.has_come(tx, number)
    if named_by is not None:
        due.plan_once(tx, GATHERED, subject("card", named_by), tx.now + GATHERED_AFTER, f"{GATHERED}:{named_by}")
    return waited


def move_card(tx: Transaction, setup: Setup, voice: Voice, *, below: bool = False, rings: bool = False) -> None:
    """The staff's card, in the topic it belongs into now; with `below` anew at the bottom, where staff look.

    Only what speaks of danger now `rings`: not each word about what was dangerous an hour ago.

    The card that stood there is shortened to a pointer once the new one is on the screen. At most once a minute to the
    bottom: somebody who writes ten lines has not ten cards.
    """
    staff = settings.staff_chat(tx)
    card = messages.newest_card(tx, subject("voice", voice.id), CardRole.STAFF)
    if staff is None or card is None or card["chat"] != staff:
        refresh_staff(tx, setup, voice)
        return
    topic = topic_for(tx, setup, staff, voice)
    elsewhere = topic != card["topic"] and chats.by_id(tx, staff).is_forum
    lately = messages.made_at(tx, card["id"]) > tx.now - RARELY
    if card["message_id"] is None or not (elsewhere or (below and not lately)):
        messages.set_card_topic(tx, card["id"], topic)
        _write(tx, setup, voice, staff, int(card["id"]), topic, None)
        return
    number = messages.new_card(tx, staff, subject("voice", voice.id), CardRole.STAFF, topic)
    _write(tx, setup, voice, staff, number, topic, None, rings)
    _plan_pointer(tx, voice.id, int(card["id"]), 0)


def point_on(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The duty: a card that was moved says where it is, now that Telegram has told the address."""
    _, voice = split(about)
    message = messages.card_message(tx, data["card"])
    newest = messages.newest_card(tx, about, CardRole.STAFF)
    if message is None or newest is None:
        return
    if newest["message_id"] is None and data["tries"] < POINTER_TRIES:
        _plan_pointer(tx, voice, data["card"], data["tries"] + 1)
        return
    say = setup.group_speaker
    url = card_link(tx, voice)
    where = linked(say("Open it"), url) if url else None
    text = lines(say("No. {number}: the card has moved further down.", number=voice), where)
    mailer.edit(tx, newest["chat"], message, text, subject=about)


def _plan_pointer(tx: Transaction, voice: int, card: int, tries: int) -> None:
    data = {"card": card, "tries": tries}
    due.plan(tx, POINTER, subject("voice", voice), tx.now + POINTER_AFTER * (tries + 1), f"{POINTER}:{card}", data)


def _write(
    tx: Transaction, setup: Setup, voice: Voice, chat: int, card: int, topic: int | None, markup: Markup | None,
    rings: bool = False, lane: Lane = Lane.INTERACTIVE,
) -> None:  # fmt: skip
    say = setup.group_speaker
    # Out of hours a new card makes no sound, unless somebody may be in danger. One that has not gone out still rings.
    rings = (rings and voice.danger is not None) or outbox.rings(tx, card)
    silent = not rings and not setup.community.hours.is_open(tx.now)
    parts = voices.parts(tx, voice.id)
    mailer.card(
        tx,
        chat,
        card,
        staff_text(tx, setup, say, voice, parts),
        markup or staff_actions.front(setup, voice, parts),
        topic=topic,
        subject=subject("voice", voice.id),
        purpose=Purpose.CARD,
        silent=silent,
        lane=Lane.URGENT if rings else lane,
    )


def card_link(tx: Transaction, number: int) -> str | None:
    """The address of a voice's card in the staff group; None while it is not sent, or where messages have none."""
    card = messages.newest_card(tx, subject("voice", number), CardRole.STAFF)
    if card is None or card["message_id"] is None:
        return None
    group = str(chats.by_id(tx, card["chat"]).telegram_id)
    # Only supergroups have addresses: their ids are these numbers behind -100.
    return f"https://t.me/c/{group.removeprefix('-100')}/{card['message_id']}" if group.startswith("-100") else None


def post_media(tx: Transaction, setup: Setup, voice: Voice) -> None:
    """Put under a staff card what it has no room for: the rest of long words, photos and voice messages."""
    about = subject("voice", voice.id)
    card = messages.newest_card(tx, about, CardRole.STAFF)
    if card is None:
        return
    below = mailer.below(card, about)
    reported = [part for part in voices.parts(tx, voice.id) if part.purpose == PartPurpose.REPORT]
    for words in quoted_on(reported, STAFF_WORDS):
        mailer.send(tx, card["chat"], words, silent=True, **below)
    mailer.send_files(tx, card["chat"], reported, silent=True, **below)


def topic_for(tx: Transaction, setup: Setup, staff: int, voice: Voice) -> int:
    """The topic of the department that answers for a category; one for all danger, and a general one for the rest."""
    if voice.danger is not None:
        return chats.topic(tx, staff, URGENT, setup.group_speaker.label("Danger"))
    department = setup.community.department(department_of(setup.community, voice))
    if department is None:
        return chats.topic(tx, staff, GENERAL, setup.group_speaker.label("New reports"))
    return chats.topic(tx, staff, department.code, department.name.in_(setup.group_speaker.language))


def staff_text(tx: Transaction, setup: Setup, say: Speaker, voice: Voice, parts: list[Part]) -> Html:
    """What staff read. Never who reported it."""
    community = setup.community
    reported = [part for part in parts if part.purpose == PartPurpose.REPORT]
    danger = danger_words.kinds(tx, community, say, voice)
    behind = supports.behind(tx, voice.id)
    assignee = people.by_id(tx, voice.assignee).name if voice.assignee else None
    return paragraphs(
        lines(
            bold(say("DANGER: {danger}", danger=danger)) if danger else None,
            danger_words.blocked(tx, say, voice),
            bold(
                say(
                    "No. {number} · {state}",
                    number=voice.id,
                    state=describe.stands_for_staff(say, voice),
                )
            ),
            say("About a person: never shown to other residents") if voice.about_person else None,
            bold(voice.title) if voice.title else None,
            quoted(reported, STAFF_WORDS),
            media_line(say, reported),
            _heard_line(say, voice, parts),
            say("Kind: {kind}", kind=describe.kind(community, say, voice.category)),
            say("Place: {place}", place=describe.voice_place(community, say, voice)),
            map_line(say, voice),
            describe.relation_for_staff(say, voice.relation),
        ),
        danger_words.said_afterwards(tx, say, voice),
        lines(
            _follows_line(tx, say, voice),
            _part_of_line(tx, say, voice),
            _parts_line(tx, say, voice),
            say.plural("{count} person", "{count} people", behind) if behind > 1 else None,
            say("In charge: {name}", name=assignee) if assignee else say("In charge: nobody yet"),
            say("Sent: {when}", when=say.moment(voice.created_at, tx.now)),
            _recorded_line(tx, say, voice),
            _due_line(say, voice, tx),
            describe.handed_on(community, say, voice, tx.now),
            _talk_line(say, parts),
            _waits_line(say, voice, parts, tx),
            _verdict_line(tx, say, voice),
            say("A resident does not agree that it is declined; a lead decides.")
            if declining.waits(tx, voice)
            else None,
        ),
    )


def _recorded_line(tx: Transaction, say: Speaker, voice: Voice) -> Html | None:
    if voice.recorded_by is None:
        return None
    name = people.by_id(tx, voice.recorded_by).name
    return say("Recorded by {name}, at the counter or on the telephone", name=name)


def _part_of_line(tx: Transaction, say: Speaker, voice: Voice) -> Html | None:
    if voice.merged_into is None:
        return None
    number = linked(say("no. {number}", number=voice.merged_into), card_link(tx, voice.merged_into))
    return say("Its people hear what becomes of {number}. Work on that one.", number=number)


def _follows_line(tx: Transaction, say: Speaker, voice: Voice) -> Html | None:
    """Where it comes from, or where it goes on, when mending it has not helped."""
    if voice.follows is not None:
        number = linked(say("no. {number}", number=voice.follows), card_link(tx, voice.follows))
        return say("Broken again: continues {number}, which was reopened twice.", number=number)
    later = None if voice.state.is_open else next(iter(voices.following(tx, voice.id)), None)
    if later is None:
        return None
    number = linked(say("no. {number}", number=later.id), card_link(tx, later.id))
    return say("Broken again: continued in {number}.", number=number)


def _parts_line(tx: Transaction, say: Speaker, voice: Voice) -> Html | None:
    """What is part of it, each number leading to its card."""
    merged = voices.merged_into(tx, voice.id)
    if not merged:
        return None
    numbers = [linked(say("no. {number}", number=each.id), card_link(tx, each.id)) for each in merged[:PARTS_NAMED]]
    left = len(merged) - PARTS_NAMED
    more = [say("{count} more", count=left)] if left > 0 else []
    return say("Together with it: {numbers}", numbers=say.listed([*numbers, *more]))


def _heard_line(say: Speaker, voice: Voice, parts: list[Part]) -> Html | None:
    if voice.heard is None:
        spoken = any(
            part.kind in (PartKind.VOICE, PartKind.VIDEO_NOTE, PartKind.AUDIO)
            for part in parts
            if part.purpose == PartPurpose.REPORT
        )
        return say("Please listen, and write what you heard.") if spoken else None
    said = say("Heard: “{words}”", words=voice.heard)
    if voice.heard_right is None and not describe.wrote(voice, voice.person, parts):
        return said  # whoever spoke has taken it back, and others do not read it
    if voice.heard_right is None:
        return lines(said, say("(the resident is asked whether that is right)"))
    return lines(
        said,
        say("(right, the resident says)") if voice.heard_right else say("(not right, the resident says)"),
    )


def map_line(say: Speaker, voice: Voice) -> Html | None:
    """A link to the point somebody shared; None when nobody did."""
    if voice.latitude is None or voice.longitude is None:
        return None
    url = f"https://www.openstreetmap.org/?mlat={voice.latitude:.5f}&mlon={voice.longitude:.5f}#map=18"
    return Html(f'<a href="{url}">{say("Point on the map")}</a>')


def _due_line(say: Speaker, voice: Voice, tx: Transaction) -> Html | None:
    if voice.due_at is None or voice.state not in HAS_DEADLINE:
        return None
    when = say.moment(voice.due_at, tx.now)
    return say("OVERDUE since {when}", when=when) if voice.due_at < tx.now else say("By: {when}", when=when)


def _talk_line(say: Speaker, parts: list[Part]) -> Html | None:
    first = [part for part in parts if part.first is None and part.taken_back_at is None]
    answers = sum(
        part.purpose == PartPurpose.ANSWER or (part.purpose == PartPurpose.NOTE and part.released) for part in first
    )
    notes = sum(part.purpose == PartPurpose.NOTE and not part.released for part in first)
    said = [
        say.plural("{count} answer", "{count} answers", answers) if answers else None,
        say.plural("{count} note", "{count} notes", notes) if notes else None,
    ]
    return Html(" · ".join(part for part in said if part)) if any(said) else None


def _waits_line(say: Speaker, voice: Voice, parts: list[Part], tx: Transaction) -> Html | None:
    """Whether the resident owes staff an answer."""
    asked = owed_answer(tx, voice, parts)
    if asked is None or not voice.state.is_open:
        return None
    return say("The resident was asked on {when}; no answer yet", when=say.moment(asked.created_at, tx.now))


def _verdict_line(tx: Transaction, say: Speaker, voice: Voice) -> Html | None:
    if voice.state not in (State.RESOLVED, State.CONFIRMED, State.UNANSWERED, State.REOPENED):
        return None
    tally = verdicts.tally(tx, voice.id, voice.rounds)
    said = (
        (tally.yes, say.plural("{count} yes", "{count} yes", tally.yes)),
        (tally.no, say.plural("{count} no", "{count} no", tally.no)),
        (tally.silent, say.plural("{count} not answered", "{count} not answered", tally.silent)),
        (tally.unasked, say.plural("{count} could not be asked", "{count} could not be asked", tally.unasked)),
    )
    return Html(" · ".join(text for count, text in said if count)) or None
