"""/team: who has which role, who cannot be written to, and taking a role away."""

from enum import StrEnum

from domain.people.rights import Role
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from services.people import team as service
from storage.core import chats
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.people.people import Person

SHOWN = 10
PAGE = 6
NAME = 30


class Wanted(StrEnum):
    """What is to be shown, or done."""

    ALL = "all"
    LIST = "list"
    ASK = "ask"
    TAKE = "take"


class TeamPress(CallbackData, prefix="team"):
    """`number` is a page of those with the role, or a person."""

    wanted: Wanted
    role: str = "-"
    number: int = 0


def show(ctx: UpdateContext) -> None:
    """/team in private."""
    text, markup = _overview(ctx, ctx.say)
    ctx.send(text, markup, purpose=Purpose.TEAM)


def show_in_private(ctx: UpdateContext) -> Html:
    """/team in a group: the answer goes to the private chat; returns what to say in the group."""
    if not ctx.send_in_private(*_overview(ctx, ctx.say_to_person), purpose=Purpose.TEAM):
        return ctx.say("I tell you that in private: open a chat with me, press Start and send /team there.")
    return ctx.say("I have told you in our private chat.")


def press(ctx: UpdateContext) -> None:
    """A button of the overview, of those with a role, or of the question whether."""
    pressed = ctx.callback_data(TeamPress)
    wanted, name, number = pressed.wanted, pressed.role, pressed.number
    if wanted is Wanted.ALL:
        ctx.edit_pressed(*_overview(ctx, ctx.say))
    elif name not in set(service.GRANTABLE):
        raise InvalidCallbackData
    elif wanted is Wanted.LIST:
        ctx.edit_pressed(*_choose(ctx, Role(name), number))
    elif wanted is Wanted.ASK:
        ctx.edit_pressed(*_confirm(ctx, Role(name), _known(ctx, number)))
    else:
        ctx.edit_pressed(*_take_away(ctx, Role(name), _known(ctx, number)))


def _known(ctx: UpdateContext, number: int) -> Person:
    person = people.find(ctx.tx, number)
    if person is None:
        raise InvalidCallbackData
    return person


def _take_away(ctx: UpdateContext, role: Role, person: Person) -> tuple[Html, Markup]:
    service.revoke(ctx.tx, ctx.who, person.id, role)
    say = ctx.say
    text = say("{name} no longer has the role: {role}.", name=person.name, role=wording.role(say, role))
    return text, column(Button(say.label("Back to the list"), TeamPress(Wanted.ALL).pack()))


def _overview(ctx: UpdateContext, say: Speaker) -> tuple[Html, Markup | None]:
    found = service.team(ctx.tx, ctx.who)
    silent = False
    blocks: list[Html] = []
    for role, members in found.items():
        said = [bold(f"{wording.role(say, role)} ({len(members)})")]
        for person in members[:SHOWN]:
            trouble = _trouble(ctx.tx, say, person)
            silent = silent or trouble is not None
            name = one_line(person.name, NAME)
            said.append(escape(f"– {name} ({trouble})" if trouble else f"– {name}"))
        if len(members) > SHOWN:
            said.append(say.plural("and {count} more", "and {count} more", len(members) - SHOWN))
        blocks.append(lines(*said))
    text = paragraphs(
        bold(say("Who has which role")),
        *blocks,
        say("Whom I cannot write to must open {link} and press Start.", link=f"https://t.me/{ctx.setup.bot_username}")
        if silent
        else None,
    )
    mine = service.may_give(ctx.who.roles)
    buttons = [
        Button(say.label("Take away: {role}", role=wording.role(say, role)), TeamPress(Wanted.LIST, role).pack())
        for role in found
        if role in mine
    ]
    return text, column(*buttons) if buttons else None


def _trouble(tx: Transaction, say: Speaker, person: Person) -> str | None:
    """Why nothing can be sent to them, or None."""
    chat = chats.private_with(tx, person.id)
    if chat is None:
        return say.label("has not pressed Start")
    return say.label("has blocked me") if chat.unreachable is not None else None


def _choose(ctx: UpdateContext, role: Role, page: int) -> tuple[Html, Markup]:
    say = ctx.say
    members = service.team(ctx.tx, ctx.who).get(role, [])
    shown = members[page * PAGE : (page + 1) * PAGE]
    buttons = [Button(one_line(person.name, NAME), TeamPress(Wanted.ASK, role, person.id).pack()) for person in shown]
    if len(members) > (page + 1) * PAGE:
        buttons.append(Button(say.label("More"), TeamPress(Wanted.LIST, role, page + 1).pack()))
    buttons.append(Button(say.label("Back to the list"), TeamPress(Wanted.ALL).pack()))
    if not shown:
        return say("Nobody has the role: {role}.", role=wording.role(say, role)), column(*buttons)
    return say("Who shall no longer have the role: {role}?", role=wording.role(say, role)), column(*buttons)


def _confirm(ctx: UpdateContext, role: Role, person: Person) -> tuple[Html, Markup]:
    say = ctx.say
    text = say("Take the role {role} away from {name}? I tell them so.", role=wording.role(say, role), name=person.name)
    return text, column(
        Button(say.label("Yes, take it away"), TeamPress(Wanted.TAKE, role, person.id).pack()),
        Button(say.label("No, leave it"), TeamPress(Wanted.ALL).pack()),
    )


def last_admin(say: Speaker, _refusal: Exception) -> str:
    """Why the last admin stays one."""
    return say.label("Somebody must stay admin. Make another person admin first; they must have pressed Start.")
