"""Staff hear that somebody offers help, and who did hears what became of it."""

from typing import Annotated

from domain import events
from domain.core.subjects import subject
from domain.people.rights import Role
from handlers.kit import mailer, staff_topics
from handlers.kit.callback_data import ADDED_LATER, CallbackData, YesNo
from handlers.kit.fingerprint import fingerprint
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.people import blocking, commands
from handlers.repairs import side_unreachable
from handlers.volunteers import volunteer_words
from services.people.blocking import Source
from storage.core import settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.volunteers import volunteers


def asked_to_help(tx: Transaction, setup: Setup, event: events.VolunteerAsked) -> None:
    """Without a staff group the admins decide."""
    if settings.staff_chat(tx) is not None:
        ask_staff(tx, setup, event.person)
        return
    about = subject("person", event.person)
    for admin in people.with_role(tx, Role.ADMIN):
        mailer.to_person(
            tx,
            setup,
            admin.id,
            lambda say: question(tx, setup, event.person, say),
            lane=Lane.INTERACTIVE,
            subject=about,
            purpose=Purpose.VOLUNTEER,
        )


def ask_staff(tx: Transaction, setup: Setup, person: int) -> None:
    """Ask in the staff group whether somebody is to be a volunteer; nothing while there is none."""
    staff = settings.staff_chat(tx)
    if staff is not None:
        topic, about = staff_topics.repairs(tx, setup, staff), subject("person", person)
        asked = question(tx, setup, person, setup.group_speaker)
        mailer.send(tx, staff, *asked, topic=topic, subject=about, purpose=Purpose.VOLUNTEER)


class VolunteerPress(CallbackData, prefix="vo"):
    """Whether that person is to be a volunteer; `seen` is the mark of the offer that was shown."""

    person: int
    answer: YesNo
    seen: Annotated[int, ADDED_LATER] = 0


def question(tx: Transaction, setup: Setup, person: int, say: Speaker) -> tuple[Html, Markup]:
    """What staff are asked about somebody who offers help, with the buttons to answer it."""
    volunteer = volunteers.of(tx, person)
    assert volunteer is not None
    text = paragraphs(
        bold(say("{name} offers help with repairs", name=people.by_id(tx, person).name)),
        lines(
            volunteer_words.full_offer(setup.community, say, volunteer.profile),
            say("A telephone number for the staff: given") if volunteer.profile.phone else None,
        ),
        say("Do you know them? Say yes only to people you would send to a neighbour's door."),
    )
    seen = offer_fingerprint(tx, person)
    return text, column(
        Button(say.label("Yes, a volunteer"), VolunteerPress(person, YesNo.YES, seen).pack()),
        Button(say.label("No"), VolunteerPress(person, YesNo.NO, seen).pack()),
        blocking.button(say, Source.OFFER, person),
    )


def offer_fingerprint(tx: Transaction, person: int) -> int:
    """Of the name and the profile that staff are shown."""
    volunteer = volunteers.of(tx, person)
    return fingerprint(people.by_id(tx, person).name, volunteer and volunteer.profile)


def approved(tx: Transaction, setup: Setup, event: events.VolunteerApproved) -> None:
    person = people.by_id(tx, event.person)
    commands.refresh_person(tx, setup, person)

    def write(say: Speaker) -> Html:
        return paragraphs(
            bold(say("You are a volunteer now. Thank you!")),
            say(
                "When somebody near you needs your hands, I ask you here. /duty switches it off and on, /jobs shows "
                "what you have taken."
            ),
        )

    if event.actor != event.person:
        mailer.to_person(tx, setup, event.person, write, lane=Lane.INTERACTIVE)


def declined(tx: Transaction, setup: Setup, event: events.VolunteerDeclined) -> None:
    def write(say: Speaker) -> Html:
        return say(
            "The staff thank you for your offer, and do not take it up at present. Ask them if you want to know why."
        )

    mailer.to_person(tx, setup, event.person, write, lane=Lane.INTERACTIVE)


# -- what the others of a repair read of what happens to people


def unreachable(tx: Transaction, setup: Setup, event: events.PersonUnreachable) -> None:
    side_unreachable.resident_gone(tx, setup, event.person)


def reachable(tx: Transaction, setup: Setup, event: events.PersonReachable) -> None:
    side_unreachable.come_back(tx, setup, event.person)
