"""Commands in groups. What is not meant for us is left alone and not kept.

Of an administrator who writes as the group Telegram does not say who it is: they are asked in private.
"""

from domain.people.rights import Action
from handlers.kit.here import Here
from handlers.kit.refusals import Handler
from handlers.kit.texts import Html, lines
from handlers.people import asked_as_group, role_notices, roles, team
from handlers.reports import describe
from handlers.staff_room import setting_up
from handlers.staff_room.groups import is_staff_chat
from services.people.team import GRANTABLE
from storage.core.messages import Purpose


def meant_for_us(handler: Handler) -> Handler:
    """The handler, for commands in the staff group or with our name behind them (`/help@us`); else silence."""

    def handle(here: Here) -> None:
        # Telegram's own routing has made sure that a name behind the command is ours.
        if is_staff_chat(here) or "@" in here.message.text.partition(" ")[0]:
            handler(here)
        else:
            here.forget_text = True

    return handle


def start(here: Here) -> None:
    """/start: with a code this becomes the staff group, else as /help."""
    payload = roles.words(here)
    if not payload.startswith(setting_up.PREFIX):
        help_(here)
        return
    code = payload.removeprefix(setting_up.PREFIX)
    if here.person is None:
        asked_as_group.ask_setup(here, code)
    else:
        here.send(setting_up.choose(here, code, here.where), reply=True, purpose=Purpose.SETUP)


def help_(here: Here) -> None:
    """/help: one line."""
    if is_staff_chat(here):
        text = here.say("Use the buttons under each report. Reply to a report to leave a note. /role gives a role.")
    else:
        text = here.say("To say what is wrong, write to me in private: {link}", link=roles.bot_link(here))
    here.send(text, reply=True)


def setup(here: Here) -> None:
    """/setup: the group is chosen in private. An admin need not name us; anybody else may mean another bot."""
    if is_staff_chat(here) or here.may(Action.SET_UP) or "@" in here.message.text.partition(" ")[0]:
        text = here.say(
            "The staff group is chosen in our private chat: an admin opens it, sends /setup there and taps the button. "
            "{link}",
            link=roles.bot_link(here),
        )
        here.send(text, reply=True)
    else:
        here.forget_text = True


def role(here: Here) -> None:
    """/role in the staff group, as a reply to a message of the person who is to get it. In others nobody gets one."""
    if not is_staff_chat(here):
        text = here.say("Roles are given in the staff group, or in our private chat: {link}", link=roles.bot_link(here))
        here.send(text, reply=True)
        return
    wanted = roles.named(roles.words(here))
    answered = here.message.reply_to
    if answered is None or wanted is None:
        here.send(_how(here), reply=True)
        return
    author = answered.author
    if author is None:
        text = here.say("That was written as the group, so I cannot tell by whom. Send /role to me in private.")
        here.send(text, reply=True)
        return
    if author.is_bot:
        here.send(here.say("That was written by a bot. Reply to a message of the person."), reply=True)
        return
    target = roles.meet(here, author.id, author.name, author.username)
    if here.person is None:
        asked_as_group.ask_role(here, wanted, target)
    else:
        here.send(roles.give(here, target, wanted), reply=True)
        # A button that takes roles away had better not stand where everybody can press it by mistake.
        role_notices.tell_giver(here.tx, here.setup, here.who, target, wanted)


def who_is_who(here: Here) -> None:
    """/team in a group."""
    if here.person is None:
        here.send(here.say("Send /team to me in private: {link}", link=roles.bot_link(here)), reply=True)
    else:
        here.send(team.show_in_private(here), reply=True)


def _how(here: Here) -> Html:
    names = here.say.listed(describe.role_and_word(here.say, role) for role in GRANTABLE)
    return lines(
        here.say("Reply to a message of the person with /role and the role, such as: /role staff"),
        here.say("The roles are: {roles}", roles=names),
        here.say("Or send /role to me in private, for a one-time link."),
    )
