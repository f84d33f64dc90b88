"""Commands in groups. What is not meant for us is left alone and not kept.

Of an administrator who writes as the group Telegram does not say who it is: they are asked in private.
"""

from domain.people.rights import Action
from handlers.kit import wording
from handlers.kit.refusals import Handler
from handlers.kit.texts import Html, lines
from handlers.kit.update_context import UpdateContext
from handlers.people import role_notices, roles, team
from handlers.staff_room import asked_as_group, setting_up
from services.people.team import GRANTABLE
from storage.core.messages import Purpose


def meant_for_us(handler: Handler) -> Handler:
    """The handler, for commands in the staff group or with our name behind them (`/help@us`); else silence."""

    def handle(ctx: UpdateContext) -> None:
        # Telegram's own routing has made sure that a name behind the command is ours.
        if ctx.is_in_staff_chat or "@" in ctx.message.text.partition(" ")[0]:
            handler(ctx)
        else:
            ctx.forget_text = True

    return handle


def start(ctx: UpdateContext) -> None:
    """/start: with a code this becomes the staff group, else as /help."""
    payload = roles.words(ctx)
    if not payload.startswith(setting_up.PREFIX):
        help_(ctx)
        return
    code = payload.removeprefix(setting_up.PREFIX)
    if ctx.person is None:
        asked_as_group.ask_setup(ctx, code)
    else:
        ctx.send(setting_up.choose(ctx, code, ctx.where), reply=True, purpose=Purpose.SETUP)


def help_(ctx: UpdateContext) -> None:
    """/help: one line."""
    if ctx.is_in_staff_chat:
        text = ctx.say("Use the buttons under each report. Reply to a report to leave a note. /role gives a role.")
    else:
        text = ctx.say("To say what is wrong, write to me in private: {link}", link=roles.bot_link(ctx))
    ctx.send(text, reply=True)


def setup(ctx: UpdateContext) -> None:
    """/setup: the group is chosen in private. An admin need not name us; anybody else may mean another bot."""
    if ctx.is_in_staff_chat or ctx.may(Action.SET_UP) or "@" in ctx.message.text.partition(" ")[0]:
        text = ctx.say(
            "The staff group is chosen in our private chat: an admin opens it, sends /setup there and taps the button. "
            "{link}",
            link=roles.bot_link(ctx),
        )
        ctx.send(text, reply=True)
    else:
        ctx.forget_text = True


def role(ctx: UpdateContext) -> None:
    """/role in the staff group, as a reply to a message of the person who is to get it. In others nobody gets one."""
    if not ctx.is_in_staff_chat:
        text = ctx.say("Roles are given in the staff group, or in our private chat: {link}", link=roles.bot_link(ctx))
        ctx.send(text, reply=True)
        return
    wanted = roles.named(roles.words(ctx))
    answered = ctx.message.reply_to
    if answered is None or wanted is None:
        ctx.send(_how(ctx), reply=True)
        return
    author = answered.author
    if author is None:
        text = ctx.say("That was written as the group, so I cannot tell by whom. Send /role to me in private.")
        ctx.send(text, reply=True)
        return
    if author.is_bot:
        ctx.send(ctx.say("That was written by a bot. Reply to a message of the person."), reply=True)
        return
    target = roles.meet(ctx, author.id, author.name, author.username)
    if ctx.person is None:
        asked_as_group.ask_role(ctx, wanted, target)
    else:
        ctx.send(roles.give(ctx, target, wanted), reply=True)
        # A button that takes roles away had better not stand where everybody can press it by mistake.
        role_notices.tell_giver(ctx.tx, ctx.setup, ctx.who, target, wanted)


def who_is_who(ctx: UpdateContext) -> None:
    """/team in a group."""
    if ctx.person is None:
        ctx.send(ctx.say("Send /team to me in private: {link}", link=roles.bot_link(ctx)), reply=True)
    else:
        ctx.send(team.show_in_private(ctx), reply=True)


def only_in_private(ctx: UpdateContext) -> None:
    """A command of the private chat, such as /notice: where it belongs. What stands behind it is not kept."""
    ctx.forget_text = True
    name = ctx.message.text.split(maxsplit=1)[0].partition("@")[0]
    text = ctx.say("Send {command} to me in private: {link}", command=name.lower(), link=roles.bot_link(ctx))
    ctx.send(text, reply=True)


def _how(ctx: UpdateContext) -> Html:
    names = ctx.say.listed(wording.role_and_word(ctx.say, role) for role in GRANTABLE)
    return lines(
        ctx.say("Reply to a message of the person with /role and the role, such as: /role staff"),
        ctx.say("The roles are: {roles}", roles=names),
        ctx.say("Or send /role to me in private, for a one-time link."),
    )
