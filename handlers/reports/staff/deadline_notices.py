"""Who hears of a deadline: before it whoever is in charge, after it the leads as well."""

from collections.abc import Callable, Iterable

from domain import events
from domain.core.subjects import subject
from domain.people.rights import Action, may
from handlers.kit import mailer
from handlers.kit.here import Setup
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import How, Words
from handlers.kit.texts import Html, Speaker, bold, lines
from handlers.reports import describe
from handlers.reports.staff.staff_card import refresh_staff
from handlers.reports.staff.staff_notices import to_staff, voice_of
from services.people import team
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.people.people import Person
from storage.reports import voices
from storage.reports.voices import Voice


def due_soon(tx: Transaction, setup: Setup, event: events.VoiceDueSoon) -> None:
    voice = voice_of(tx, event)

    def write(say: Speaker) -> Html:
        assert voice.due_at is not None
        return lines(
            bold(say("DANGER")) if voice.danger is not None else None,
            bold(say("No. {number} is to be done by {when}.", number=voice.id, when=say.moment(voice.due_at, tx.now))),
            _gist(tx, setup, say, voice),
        )

    told = voice.assignee is not None and _tell(tx, setup, voice, [people.by_id(tx, voice.assignee)], write)
    if not told:
        to_staff(tx, setup, voice, _with_nobody(setup.group_speaker, voice, write), lane=_lane(voice))


def overdue(tx: Transaction, setup: Setup, event: events.VoiceOverdue) -> None:
    refresh_staff(tx, setup, voice_of(tx, event))


def overdue_told(tx: Transaction, setup: Setup, event: events.VoiceOverdueTold) -> None:
    voice = voice_of(tx, event)

    def write(say: Speaker) -> Html:
        assert voice.due_at is not None
        name = people.by_id(tx, voice.assignee).name if voice.assignee else None
        when = say.moment(voice.due_at, tx.now)
        return lines(
            bold(say("DANGER")) if voice.danger is not None else None,
            bold(say("No. {number} is OVERDUE since {when}.", number=voice.id, when=when)),
            _gist(tx, setup, say, voice),
            say("In charge: {name}", name=name) if name else None,
        )

    assignee = [people.by_id(tx, voice.assignee)] if voice.assignee else []
    told = _tell(tx, setup, voice, assignee, write)
    _tell(tx, setup, voice, [lead for lead in team.leads(tx) if lead.id != voice.assignee], write)
    if not told or voice.danger is not None:
        to_staff(tx, setup, voice, _with_nobody(setup.group_speaker, voice, write), lane=_lane(voice))


def _lane(voice: Voice) -> Lane:
    return Lane.INTERACTIVE if voice.danger is None else Lane.URGENT


def _with_nobody(say: Speaker, voice: Voice, write: Callable[[Speaker], Html]) -> Html:
    return lines(write(say), say("Nobody has taken it yet.") if voice.assignee is None else None)


def _gist(tx: Transaction, setup: Setup, say: Speaker, voice: Voice) -> Html:
    words = describe.gist(setup.community, say, voice, voices.parts(tx, voice.id), 80)
    return say("“{words}”", words=words)


def _tell(tx: Transaction, setup: Setup, voice: Voice, who: Iterable[Person], write: Callable[[Speaker], Html]) -> bool:
    """In private, each in their language; whether anybody could be written to."""

    def with_button(say: Speaker) -> Words:
        button = Button(say.label("Open no. {number}", number=voice.id), url=setup.start_link(f"v{voice.id}"))
        return write(say), column([button])

    how: How = {"subject": subject("voice", voice.id), "purpose": Purpose.DEADLINE, "lane": Lane.URGENT}
    if voice.danger is None:
        how["lane"] = Lane.NOTICE
    # Who was a colleague once reads nothing of reports any more.
    colleagues = [person.id for person in who if may(person.roles, Action.TRIAGE)]
    rows = [mailer.to_person(tx, setup, each, with_button, in_reach=True, **how) for each in colleagues]
    return any(row is not None for row in rows)
