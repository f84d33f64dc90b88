"""Roles that sleep since a restore: one message to each admin who is awake, by which they are confirmed."""

from enum import StrEnum

from domain import events
from domain.people.rights import Action, Role, require
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.mailer import to_person
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.kit.wording import called
from handlers.people import abilities, commands
from services.people import team
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.people.people import Person

SHOWN = 40
LABEL = 40
Sleeper = tuple[Person, Role]


class Wanted(StrEnum):
    """What is to be shown, or done."""

    ALL = "all"
    LIST = "list"
    BACK = "back"
    ONE = "one"
    REST = "rest"  # whether to take the others away
    TAKE = "take"


class AsleepPress(CallbackData, prefix="as"):
    """`number` is a page of those who sleep, or whose role is confirmed."""

    wanted: Wanted
    role: str = "-"
    number: int = 0


def tell(tx: Transaction, setup: Setup, admin: Person) -> None:
    """To an admin who is awake: who sleeps, and the buttons. Nothing when nobody does."""
    sleepers = team.asleep(tx, admin)
    if sleepers:
        to_person(tx, setup, admin.id, lambda say: _all(say, sleepers), purpose=Purpose.ASLEEP)


def press(ctx: UpdateContext) -> None:
    """Roles are confirmed or taken away, or another list is wanted."""
    pressed = ctx.callback_data(AsleepPress)
    wanted, name, number = pressed.wanted, pressed.role, pressed.number
    require(ctx.who.roles, Action.GRANT_STAFF)
    if wanted is Wanted.ALL:
        for person, role in team.asleep(ctx.tx, ctx.who):
            team.confirm(ctx.tx, ctx.who, person.id, role)
    elif wanted is Wanted.ONE:
        if name not in set(team.GRANTABLE):
            raise InvalidCallbackData
        team.confirm(ctx.tx, ctx.who, number, Role(name))
    elif wanted is Wanted.TAKE:
        for person, role in team.asleep(ctx.tx, ctx.who):
            team.revoke(ctx.tx, ctx.who, person.id, role)
    sleepers = team.asleep(ctx.tx, ctx.who)
    if not sleepers:
        ctx.edit_pressed(ctx.say("No role is paused any more. /team shows who has which role."), None)
    elif wanted in (Wanted.LIST, Wanted.ONE):
        ctx.edit_pressed(*_one_by_one(ctx.say, sleepers, number if wanted is Wanted.LIST else 0))
    elif wanted is Wanted.REST:
        ctx.edit_pressed(*_sure(ctx.say, sleepers))
    else:
        ctx.edit_pressed(*_all(ctx.say, sleepers))


def _all(say: Speaker, sleepers: list[Sleeper]) -> tuple[Html, Markup]:
    named = [escape(f"– {called(person)}: {wording.role(say, role)}") for person, role in sleepers[:SHOWN]]
    more = len(sleepers) - SHOWN
    text = paragraphs(
        bold(say("These roles are paused after the restore")),
        say(
            "The backup may know roles that were taken away since. Please check whether all of these people should "
            "still have them. Until you say so, their buttons and commands do nothing."
        ),
        lines(*named, say.plural("and {count} more", "and {count} more", more) if more > 0 else None),
    )
    count = len(sleepers)
    confirm = say.plural("Yes, confirm {count} role", "Yes, confirm all {count} roles", count)
    return text, column(
        Button(confirm, AsleepPress(Wanted.ALL).pack()),
        Button(say.label("One by one"), AsleepPress(Wanted.LIST).pack()),
    )


def _one_by_one(say: Speaker, sleepers: list[Sleeper], page: int) -> tuple[Html, Markup]:
    options = [
        (
            one_line(f"{called(person)}: {wording.role(say, role)}", LABEL),
            AsleepPress(Wanted.ONE, role, person.id).pack(),
        )
        for person, role in sleepers
    ]
    buttons = [
        Button(label, data)
        for label, data in paged(
            say, options, page, lambda following: AsleepPress(Wanted.LIST, number=following).pack()
        )
    ]
    buttons.append(Button(say.label("Take away the others"), AsleepPress(Wanted.REST).pack()))
    buttons.append(Button(say.label("Back to the list"), AsleepPress(Wanted.BACK).pack()))
    return say("Tap each person who should have the role again."), column(*buttons)


def _sure(say: Speaker, sleepers: list[Sleeper]) -> tuple[Html, Markup]:
    named = [escape(f"– {called(person)}: {wording.role(say, role)}") for person, role in sleepers[:SHOWN]]
    text = lines(say("These people will lose their role. I’ll tell them."), *named)
    return text, column(
        Button(say.label("Yes, take them away"), AsleepPress(Wanted.TAKE).pack()),
        Button(say.label("No, go back"), AsleepPress(Wanted.BACK).pack()),
    )


def confirmed(tx: Transaction, setup: Setup, event: events.RoleConfirmed) -> None:
    person = people.by_id(tx, event.person)
    commands.refresh_person(tx, setup, person)

    def write(say: Speaker) -> Html:
        role = say("Your role counts again: {role}.", role=wording.role(say, event.role))
        return paragraphs(role, abilities.besides(say, person.roles))

    to_person(tx, setup, person.id, write, purpose=Purpose.ROLE)
    if event.role == Role.ADMIN:
        tell(tx, setup, person)
