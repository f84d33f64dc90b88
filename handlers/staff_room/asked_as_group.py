"""What an administrator who writes as the group asked for: in private they are asked whether it was them.

In the group stands only a link. Whoever opens it reads what would be done and to whom, and says yes with rights of
their own: nobody becomes anything by a press in the group.
"""

from domain.people.rights import Action, Role, granting, require
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData, YesNo
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.kit.wording import called
from handlers.people import abilities, arriving, roles
from handlers.people.role_notices import take_away
from handlers.staff_room import setting_up
from services.core.errors import AlreadyDone
from services.people.team import GRANTABLE, LinkExpired, LinkUnknown, LinkUsed
from services.staff_room import asked_as_group as service
from storage.core import chats
from storage.core.chats import Chat
from storage.core.messages import Purpose
from storage.people import people
from storage.people.people import Person

PREFIX = "g-"


def ask_role(ctx: UpdateContext, role: Role, target: Person) -> None:
    """In the group: somebody wants a person to get a role."""
    _ask(ctx, f"role:{role}:{target.id}")


def ask_setup(ctx: UpdateContext, code: str) -> None:
    """In the group: somebody wants it to be the staff group."""
    _ask(ctx, f"setup:{ctx.where.id}:{code}")


def _ask(ctx: UpdateContext, what: str) -> None:
    say = ctx.say
    link = ctx.setup.start_link(PREFIX + service.ask(ctx.tx, what))
    ctx.send(
        say(
            "You write as the group, so I cannot tell who you are. Tap the button and I’ll ask you in our private "
            "chat whether to do it. The button works for ten minutes."
        ),
        column(Button(say.label("Go on in private"), url=link)),
        reply=True,
        purpose=Purpose.WHO,
    )


def start(ctx: UpdateContext, code: str) -> None:
    """`/start g-<code>` in private: what was asked for, and what a yes does."""
    try:
        what = service.asked_for(ctx.tx, code)
    except (LinkUnknown, LinkExpired, LinkUsed):
        ctx.send(_over(ctx), arriving.main_keyboard(ctx.say))
        return
    ctx.send(*_question(ctx, code, what), purpose=Purpose.WHO)


class GroupPress(CallbackData, prefix="me"):
    """Whether it was they who asked for it as the group; `code` names what was asked for."""

    answer: YesNo
    code: str


def press(ctx: UpdateContext) -> None:
    """The answer to it."""
    pressed = ctx.callback_data(GroupPress)
    code = pressed.code
    try:
        what = service.asked_for(ctx.tx, code)
        _require(ctx, what)
        service.answer(ctx.tx, ctx.who, code)
    except LinkUnknown as error:
        raise InvalidCallbackData from error
    except (LinkExpired, LinkUsed):
        ctx.edit_pressed(_over(ctx), None)
        return
    said, markup = _carry_out(ctx, what) if pressed.answer is YesNo.YES else (ctx.say("Nothing was changed."), None)
    ctx.edit_pressed(said, markup)


def _over(ctx: UpdateContext) -> Html:
    return ctx.say(
        "The time for this is over, or it was answered already. Nothing was changed. If it was you, please "
        "send the command in the group once more."
    )


def _question(ctx: UpdateContext, code: str, what: str) -> tuple[Html, Markup]:
    say = ctx.say
    _require(ctx, what)
    role, target, group, _ = _read(ctx, what)
    if role is not None and target is not None:
        name = wording.role(say, role)
        text = paragraphs(
            say(
                "Someone who writes as the staff group wants to give {name} the role: {role}.",
                name=called(target),
                role=name,
            ),
            abilities.of_role(say, role),
            say("Was that you? With your yes, {name} gets this role.", name=called(target)),
        )
        yes = say.label("Yes, give the role")
    else:
        assert group is not None
        text = paragraphs(
            say("Someone who writes as the group “{title}” wants it to be the staff group.", title=group.title or "?"),
            say("Was that you? With your yes, every report appears there, and everyone in that group can read them."),
        )
        yes = say.label("Yes, take this group")
    return text, column(
        Button(yes, GroupPress(YesNo.YES, code).pack()),
        Button(say.label("No, change nothing"), GroupPress(YesNo.NO, code).pack()),
    )


def _carry_out(ctx: UpdateContext, what: str) -> tuple[Html, Markup | None]:
    role, target, group, code = _read(ctx, what)
    if role is not None and target is not None:
        try:
            return roles.give(ctx, target, role), take_away(ctx.say_to_person, ctx.who, target, role)
        except AlreadyDone:
            return ctx.say("{name} has that role already.", name=target.name), None
    assert group is not None
    return setting_up.choose(ctx, code, group), None


def _require(ctx: UpdateContext, what: str) -> None:
    role, *_ = _read(ctx, what)
    require(ctx.who.roles, Action.SET_UP if role is None else granting(role))


def _read(ctx: UpdateContext, what: str) -> tuple[Role | None, Person | None, Chat | None, str]:
    """What is kept behind a code: a role and who is to get it, or a group and the code by which it is chosen."""
    match what.split(":"):
        case ["role", name, number] if name in set(GRANTABLE):
            target = people.find(ctx.tx, int(number))
            if target is not None:
                return Role(name), target, None, ""
        case ["setup", number, code]:
            return None, None, chats.by_id(ctx.tx, int(number)), code
    raise InvalidCallbackData
