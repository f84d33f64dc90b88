"""What staff read of the residents' answers to "Is it fixed?"."""

from domain import events
from domain.core.subjects import subject
from domain.reports.parts import PartPurpose
from handlers.kit import mailer
from handlers.kit.here import Setup
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.reports import describe
from handlers.reports.staff.staff_card import move_card, refresh_staff
from handlers.reports.staff.staff_notices import said, to_staff, voice_of
from services.people import team
from storage.core import messages
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.reports import verdicts, voices
from storage.reports.voices import Voice

REOPENING = CardRole.REOPENING
SAID = 6
"""So many of the last things that staff and residents said are told to the leads."""


def changed(tx: Transaction, setup: Setup, event: events.VoiceEvent) -> None:
    refresh_staff(tx, setup, voice_of(tx, event))


def confirmed(tx: Transaction, setup: Setup, event: events.VoiceConfirmed) -> None:
    voice = voice_of(tx, event)
    refresh_staff(tx, setup, voice)
    say = setup.group_speaker
    text = say("No. {number}: the resident says it is fixed. Closed.", number=event.voice)
    to_staff(tx, setup, voice, text, ring=False)


def reopened(tx: Transaction, setup: Setup, event: events.VoiceReopened) -> None:
    voice = voice_of(tx, event)
    move_card(tx, setup, voice, below=True, rings=voice.danger is not None)
    _write_reopening(tx, setup, voice, again=event.again)


def another_no(tx: Transaction, setup: Setup, event: events.VoiceAnotherNo) -> None:
    voice = voice_of(tx, event)
    refresh_staff(tx, setup, voice)
    _write_reopening(tx, setup, voice)


def _write_reopening(tx: Transaction, setup: Setup, voice: Voice, *, again: bool = False) -> None:
    """The one message of this round's reopening: it counts those who say no. `again`: it is broken again."""
    about = subject("voice", voice.id)
    card = messages.newest_card(tx, about, CardRole.STAFF)
    if card is None:
        return
    count = verdicts.tally(tx, voice.id, voice.rounds).no
    if count == 1:
        messages.new_card(tx, card["chat"], about, REOPENING, card["topic"])
    reopening = messages.newest_card(tx, about, REOPENING)
    if reopening is None:
        return  # there was no staff group when it was opened again
    say = setup.group_speaker
    text = say.plural(
        "No. {number} is REOPENED: the resident says it is not fixed.",
        "No. {number} is REOPENED: {count} residents say it is not fixed.",
        count,
        number=voice.id,
    )
    if again and count == 1:
        text = say("No. {number} is REOPENED: the resident says it is broken again.", number=voice.id)
    mailer.card(
        tx,
        reopening["chat"],
        reopening["id"],
        bold(text),
        topic=reopening["topic"],
        reply_to_card=card["id"],
        silent=voice.danger is None and not setup.community.hours.is_open(tx.now),
        subject=about,
        purpose=Purpose.TALK,
        lane=Lane.INTERACTIVE if voice.danger is None else Lane.URGENT,
    )


def escalated(tx: Transaction, setup: Setup, event: events.VoiceEscalated) -> None:
    voice = voice_of(tx, event)
    for lead in team.leads(tx):
        to = mailer.private(tx, setup, lead.id, in_reach=True)
        if to is not None:
            mailer.send(
                tx,
                to.chat.id,
                *_not_fixed(tx, setup, to.say, voice, event.round),
                lane=Lane.NOTICE,
                subject=subject("voice", voice.id),
                purpose=Purpose.ESCALATION,
                once=f"escalated:{voice.id}:{event.round}:{to.chat.id}",
            )


def _not_fixed(tx: Transaction, setup: Setup, say: Speaker, voice: Voice, round_: int) -> tuple[Html, Markup]:
    parts = voices.parts(tx, voice.id)
    told: list[Html | None] = []
    for part in [part for part in parts if part.purpose in (PartPurpose.RESOLUTION, PartPurpose.REASON)][-SAID:]:
        when = say.moment(part.created_at, tx.now)
        staff = part.purpose == PartPurpose.RESOLUTION
        head = say("Staff said on {when}:", when=when) if staff else say("A resident said on {when}:", when=when)
        told.append(lines(head, said(say, [part])))
    text = paragraphs(
        bold(
            say(
                "No. {number} was said to be fixed {count} times, and it is not, the residents say.",
                number=voice.id,
                count=round_,
            )
        ),
        say("“{words}”", words=describe.gist(setup.community, say, voice, parts, 80)),
        *told,
    )
    button = Button(say.label("Open no. {number}", number=voice.id), url=setup.start_link(f"v{voice.id}"))
    return text, column([button])


def reach(tx: Transaction, setup: Setup, person: int) -> None:
    """Somebody can be written to again, or not any more: staff's cards say how many could not be asked."""
    for number in verdicts.awaited(tx, person):
        voice = voices.by_id(tx, number)
        if voice is not None:
            refresh_staff(tx, setup, voice)


def unreachable(tx: Transaction, setup: Setup, event: events.PersonUnreachable) -> None:
    reach(tx, setup, event.person)
