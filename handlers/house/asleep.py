"""Roles that sleep since a restore: one message to each admin who is awake, by which they are confirmed."""

from collections.abc import Callable
from typing import Any

from domain import events
from domain.rights import Action, Role, require
from handlers import describe
from handlers.callback_data import InvalidCallbackData
from handlers.describe import called
from handlers.here import Here, Setup, our_language
from handlers.house import abilities, commands
from handlers.house.house_notices import to_person
from handlers.keyboards import Button, Markup, column, paged
from handlers.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
from services import team
from storage import people
from storage.database import Transaction
from storage.messages import Purpose
from storage.people import Person

SHOWN = 40
LABEL = 40
Sleeper = tuple[Person, Role]


def tell(tx: Transaction, setup: Setup, admin: Person) -> None:
    """To an admin who is awake: who sleeps, and the buttons. Nothing when nobody does."""
    sleepers = team.asleep(tx, admin)
    if sleepers:
        text, markup = _all(setup.speaker(our_language(admin.language)), sleepers)
        to_person(tx, setup, admin.id, lambda _say: text, markup, Purpose.ASLEEP)


def press(here: Here) -> None:
    """`as:<all|list|back|one|rest|take>:<role or ->:<page or person>`."""
    _, verb, name, number_text = here.query_parts(4)
    number = here.query_number(number_text)
    require(here.who.roles, Action.GRANT_STAFF)
    if verb == "all":
        for person, role in team.asleep(here.tx, here.who):
            team.confirm(here.tx, here.who, person.id, role)
    elif verb == "one":
        if name not in set(team.GRANTABLE):
            raise InvalidCallbackData
        team.confirm(here.tx, here.who, number, Role(name))
    elif verb == "take":
        for person, role in team.asleep(here.tx, here.who):
            team.revoke(here.tx, here.who, person.id, role)
    elif verb not in ("list", "back", "rest"):
        raise InvalidCallbackData
    here.pop_up()
    sleepers = team.asleep(here.tx, here.who)
    if not sleepers:
        here.edit_pressed(here.say("No role is paused any more. /team shows who has which role."), None)
    elif verb in ("list", "one"):
        here.edit_pressed(*_one_by_one(here.say, sleepers, number if verb == "list" else 0))
    elif verb == "rest":
        here.edit_pressed(*_sure(here.say, sleepers))
    else:
        here.edit_pressed(*_all(here.say, sleepers))


def _all(say: Speaker, sleepers: list[Sleeper]) -> tuple[Html, Markup]:
    named = [escape(f"– {called(person)}: {describe.role(say, role)}") for person, role in sleepers[:SHOWN]]
    more = len(sleepers) - SHOWN
    text = paragraphs(
        bold(say("These roles are paused after the restore")),
        say("The backup may know roles that were taken away since. Please check whether all of these people should "
            "still have them. Until you say so, their buttons and commands do nothing."),
        lines(*named, say.plural("and {count} more", "and {count} more", more) if more > 0 else None),
    )  # fmt: skip
    count = len(sleepers)
    confirm = say.plural("Yes, confirm {count} role", "Yes, confirm all {count} roles", count)
    return text, column([Button(confirm, "as:all:-:0"), Button(say.label("One by one"), "as:list:-:0")])


def _one_by_one(say: Speaker, sleepers: list[Sleeper], page: int) -> tuple[Html, Markup]:
    options = [
        (one_line(f"{called(person)}: {describe.role(say, role)}", LABEL), f"as:one:{role}:{person.id}")
        for person, role in sleepers
    ]
    buttons = [Button(label, data) for label, data in paged(say, options, page, "as:list:-:")]
    buttons.append(Button(say.label("Take away the others"), "as:rest:-:0"))
    buttons.append(Button(say.label("Back to the list"), "as:back:-:0"))
    return say("Tap each person who should have the role again."), column(buttons)


def _sure(say: Speaker, sleepers: list[Sleeper]) -> tuple[Html, Markup]:
    named = [escape(f"– {called(person)}: {describe.role(say, role)}") for person, role in sleepers[:SHOWN]]
    text = lines(say("These people will lose their role. I’ll tell them."), *named)
    buttons = [Button(say.label("Yes, take them away"), "as:take:-:0"), Button(say.label("No, go back"), "as:back:-:0")]
    return text, column(buttons)


def _confirmed(tx: Transaction, setup: Setup, event: events.RoleConfirmed) -> None:
    person = people.by_id(tx, event.person)
    commands.refresh_person(tx, setup, person)
    to_person(
        tx, setup, person.id,
        lambda say: paragraphs(
            say("Your role counts again: {role}.", role=describe.role(say, event.role)),
            abilities.besides(say, person.roles),
        ),
        purpose=Purpose.ROLE,
    )  # fmt: skip
    if event.role == Role.ADMIN:
        tell(tx, setup, person)


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {events.RoleConfirmed: _confirmed}
