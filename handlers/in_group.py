"""Commands in groups. What is not meant for us is left alone and not kept.

An administrator who writes as the group is asked who they are: Telegram does not say, but a press of a button does.
"""

from domain.rights import Action, Role
from handlers import describe
from handlers.groups import is_staff_chat
from handlers.here import Forged, Here
from handlers.house import roles, setting_up, team
from handlers.keyboards import Button, column
from handlers.refusals import Handler
from handlers.sender import ANONYMOUS_ADMIN
from handlers.texts import Html, lines
from services.team import GRANTABLE
from storage import people
from storage.people import Person


def meant_for_us(handler: Handler) -> Handler:
    """The handler, for commands in the staff group or with our name behind them (`/help@us`); else silence."""

    def handle(here: Here) -> None:
        # Telegram's own routing has made sure that a name behind the command is ours.
        if is_staff_chat(here) or "@" in (here.message.text or "").partition(" ")[0]:
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
        _ask_who(here, f"setup:{code}")
    else:
        here.send(setting_up.choose(here, code), reply=True, purpose="setup")


def help_(here: Here) -> None:
    """/help: one line."""
    if is_staff_chat(here):
        text = here.say("Use the buttons under each report. Reply to a report to leave a note. /role gives a role.")
    else:
        text = here.say("To say what is wrong, write to me in private: {link}", link=roles.bot_link(here))
    here.send(text, reply=True)


def setup(here: Here) -> None:
    """/setup: the group is chosen in private. An admin need not name us; anybody else may mean another bot."""
    if is_staff_chat(here) or here.may(Action.SET_UP) or "@" in (here.message.text or "").partition(" ")[0]:
        text = here.say(
            "The staff group is chosen in our private chat: an admin opens it, sends /setup there and taps the button. "
            "{link}", link=roles.bot_link(here),
        )  # fmt: skip
        here.send(text, reply=True)
    else:
        here.forget_text = True


def role(here: Here) -> None:
    """/role in a group, as a reply to a message of the person who shall get it."""
    wanted = roles.named(roles.words(here))
    answered = here.message.reply_to_message
    if answered is None or answered.forum_topic_created is not None or wanted is None:
        here.send(_how(here), reply=True)
        return
    user = answered.from_user
    if user is None or user.id == ANONYMOUS_ADMIN or answered.sender_chat is not None:
        text = here.say("That was written as the group, so I cannot tell by whom. Send /role to me in private.")
        here.send(text, reply=True)
        return
    if user.is_bot:
        here.send(here.say("That was written by a bot. Reply to a message of the person."), reply=True)
        return
    target = roles.meet(here, user.id, user.full_name, user.username)
    if here.person is None:
        _ask_who(here, f"role:{wanted}:{target.id}")
    else:
        here.send(roles.give(here, target, wanted), reply=True)


def who_is_who(here: Here) -> None:
    """/team in a group."""
    if here.person is None:
        _ask_who(here, "team")
    else:
        here.send(team.show_in_private(here), reply=True)


def it_is_me(here: Here) -> None:
    """`me:<what>`: the press says who sent the command; it is carried out with the rights of whoever pressed."""
    what = (here.query.data or "").split(":")[1:]
    match what:
        case ["team"]:
            said = team.show_in_private(here)
        case ["role", name, number] if name in set(GRANTABLE):
            said = roles.give(here, _known(here, here.query_number(number)), Role(name))
        case ["setup", code]:
            said = setting_up.choose(here, code)
        case _:
            raise Forged
    here.pop_up()
    here.edit_pressed(said, None)


def _ask_who(here: Here, what: str) -> None:
    here.send(
        here.say("Are you the one who sent this? You write as the group, so I cannot tell."),
        column([Button(here.say.label("It is me"), f"me:{what}")]),
        reply=True,
        purpose="who",
    )


def _known(here: Here, number: int) -> Person:
    person = people.find(here.tx, number)
    if person is None:
        raise Forged
    return person


def _how(here: Here) -> Html:
    names = here.say.listed(describe.role_and_word(here.say, role) for role in GRANTABLE)
    return lines(
        here.say("Reply to a message of the person with /role and the role, such as: /role staff"),
        here.say("The roles are: {roles}", roles=names),
        here.say("Or send /role to me in private, for a one-time link."),
    )
